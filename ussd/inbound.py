"""What the phone company posts, in the desk's terms. Only the form is read here: what it means, the desk knows."""

import logging
from collections.abc import Mapping
from urllib.parse import parse_qsl

from models.commands import HearHangUp, HearHop
from models.values.phone import NotAPhoneNumber, PhoneNumber

NETWORKS: Mapping[str, str] = {
    "64002": "Yas",
    "64003": "Zantel",
    "64004": "Vodacom",
    "64005": "Airtel",
    "64007": "TTCL",
    "64009": "Halotel",
    "99999": "sandbox",
}

MOST_FIELDS = 40  # the end event has thirteen; more is no phone company
LONGEST_SESSION = 64  # characters; Africa's Talking writes 38
LONGEST_TRANSCRIPT = 10_000  # characters; a session of thirty full messages has half of it
LONGEST_CODE = 12  # characters of a network's code or of a session's end

log = logging.getLogger(__name__)


class Malformed(Exception):
    """Not what a phone company posts. The message names the field, never what stood in it."""


def hop(body: bytes) -> tuple[HearHop, str]:
    """One hop, and the network's code as it was sent (its page may be smaller)."""
    form = _form(body)
    text = form.get("text", "")
    if len(text) > LONGEST_TRANSCRIPT:
        raise Malformed("text")
    try:
        phone = PhoneNumber.parse_caller(form.get("phoneNumber", ""))
    except NotAPhoneNumber:
        raise Malformed("phoneNumber") from None
    code = form.get("networkCode", "")
    return HearHop(_session(form), phone, _network(code), text), code


def hang_up(body: bytes) -> HearHangUp:
    """The end of a session, however it came."""
    form = _form(body)
    return HearHangUp(_session(form), form.get("status", "")[:LONGEST_CODE])


def _form(body: bytes) -> dict[str, str]:
    try:
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:  # too many fields
        raise Malformed("form") from None
    if any("\0" in value for value in form.values()):  # no keypad has it and PostgreSQL cannot keep it
        raise Malformed("form")
    return form


def _session(form: Mapping[str, str]) -> str:
    session = form.get("sessionId", "").strip()
    if not session or len(session) > LONGEST_SESSION:
        raise Malformed("sessionId")
    return session


def _network(code: str) -> str:
    """Our word for it. A network we do not know is kept by its code: nothing depends on it."""
    known = NETWORKS.get(code)
    if known is None:
        log.warning("unknown networkCode %s", code[:LONGEST_CODE] if code.isascii() and code.isdigit() else "(no code)")
        return code[:LONGEST_CODE] if code.isascii() and code.isdigit() else ""
    return known
