"""What the SMS gateway posts to us, in the desk's terms: a message of a person, a report about one of ours.

Nobody can be asked to post it again more clearly: what is missing or strange is read for what it is worth. Only a body
that is no form at all is refused.
"""

import hashlib
import hmac
import logging
import re
from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl

from models.commands import HearMessage, NoteDelivery
from models.tables.notice import Fate
from models.tables.person import AddressKind
from models.tables.ticket import Channel
from models.values.phone import NotAPhoneNumber, PhoneNumber
from sms.inbound import language_of, understood

STATUSES: Mapping[str, Fate] = {
    "sent": Fate.SENT,
    "submitted": Fate.SENT,
    "buffered": Fate.SENT,
    "queued": Fate.SENT,
    "success": Fate.REACHED,
    "rejected": Fate.UNREACHED,
    "failed": Fate.UNREACHED,
    "expired": Fate.UNREACHED,
    "absentsubscriber": Fate.UNREACHED,
}
"""Africa's Talking's delivery reports. `Sent` to `Queued`: under way; the others are its last word."""

MOST_FIELDS = 40  # a message has seven, a report six
LONGEST_ID = 80  # characters: the columns' width
LONGEST_SAID = 60  # the same
LONGEST_TEXT = 2000  # characters; ten parts hold 1,530

log = logging.getLogger(__name__)

_never_typed = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # PostgreSQL keeps no NUL, and no phone sends these
_not_a_word = re.compile(r"[^A-Za-z ]+")


class Malformed(Exception):
    """Not what the gateway posts."""


def message(body: bytes, key: bytes, institution: Collection[str] = ()) -> HearMessage | None:
    """Somebody's message; nothing if no person with a number sent it (an operator's advertisement: it has a name for a
    sender).

    It is known by the gateway's `id`. Without one it is known by a keyed hash of sender, date, link and text: then the
    same words sent twice at the same second are one message."""
    form = read_form(body, "from", "text")
    try:
        phone = PhoneNumber.parse_caller(form.get("from", ""))
    except NotAPhoneNumber:
        log.info("an SMS was dropped: its sender is no phone number")
        return None
    told = form.get("text", "")[:LONGEST_TEXT]
    identity = form.get("id", "").strip()
    if not identity:
        log.warning("an SMS came without its id")
        identity = _digest(key, phone, form.get("date", ""), form.get("linkId", ""), form.get("text", ""))
    elif len(identity) > LONGEST_ID:
        identity = _digest(key, identity)
    return HearMessage(
        Channel.SMS, AddressKind.PHONE, phone, identity, understood(told, institution), language_of(told, institution)
    )


def delivery(body: bytes, key: bytes) -> NoteDelivery | None:
    """What became of a message of ours; nothing if the status says nothing to us, or it is not said of which."""
    form = read_form(body, "id", "status")
    status, gateway_id = form.get("status", "").strip(), form.get("id", "").strip()[:LONGEST_ID]
    fate = STATUSES.get(status.casefold())
    if fate is None:
        log.error("a delivery report has a status that is not in our dialect: %s", _plain(status) or "(none)")
        return None
    try:
        phone = str(PhoneNumber.parse_caller(form.get("phoneNumber", "")))
    except NotAPhoneNumber:
        phone = ""
    if not gateway_id and not phone:
        log.warning("a delivery report does not say of which message")
        return None
    said = _plain(form.get("failureReason", "")) or _plain(status)
    identity = f"{status.casefold()}:{gateway_id}"
    if not gateway_id or len(identity) > LONGEST_ID:
        identity = _digest(key, status.casefold(), gateway_id, phone, form.get("failureReason", ""))
    return NoteDelivery("sms", gateway_id, phone, fate, said, identity)


def read_form(body: bytes, *names: str) -> dict[str, str]:
    """The form's fields, without what nobody typed; refused if it is none or has none of the `names`."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # not UTF-8, as a form is, or too many fields
        raise Malformed from None
    form = {name: _never_typed.sub("", value) for name, value in pairs}
    if not any(name in form for name in names):
        raise Malformed
    return form


def _digest(key: bytes, *told: str) -> str:
    return hmac.new(key, "\x1f".join(told).encode(), hashlib.sha256).hexdigest()


def _plain(words: str) -> str:
    """The gateway's own word, letters only: no number of a person is among them."""
    return " ".join(_not_a_word.sub(" ", words).split())[:LONGEST_SAID]
