"""Delivery reports: hours late, twice, out of order, for messages whose id was never learnt, or for none of ours."""

import hashlib
from datetime import timedelta

from sqlalchemy import bindparam, select

from database import columns, spelled
from handlers.debts import settle
from handlers.delivering import in_hand
from handlers.door import handles
from handlers.work import Work
from models.commands import NoteDelivery
from models.tables import Attempt, Receipt
from models.tables.notice import Fate

MATCHED_WITHIN = timedelta(hours=24)  # of an attempt whose id at the gateway nobody knows

_attempt, _receipt = columns(Attempt), columns(Receipt)

_HEARD = select(_receipt.at).where(_receipt.channel == bindparam("channel"), _receipt.message == bindparam("message"))
_AT_GATEWAY = select(_attempt.id).where(
    _attempt.gateway_id == bindparam("gateway_id"), _attempt.channel == bindparam("channel")
)
# The one that is being sent now is likelier than one that ran into a time-out before; of those, the oldest.
_TO_NUMBER = (
    select(_attempt.id)
    .where(
        _attempt.address == bindparam("address"), _attempt.channel == bindparam("channel"),
        _attempt.gateway_id == "",
        _attempt.fate.in_([spelled(Fate.SENDING), spelled(Fate.UNKNOWN)]),
        _attempt.at > bindparam("since", type_=_attempt.at.type),
    )
    .order_by((_attempt.fate == spelled(Fate.SENDING)).desc(), _attempt.id)
    .limit(1)
)  # fmt: skip

REPORTED = frozenset({Fate.SENT, Fate.REACHED, Fate.REFUSED, Fate.UNREACHED})


@handles(NoteDelivery)
def note_delivery(work: Work, command: NoteDelivery) -> bool:
    if not _first_time(work, command) or command.fate not in REPORTED:
        return False
    attempt_id = _attempt_of(work, command)
    if attempt_id is None:
        return False
    notice, attempt = in_hand(work, attempt_id)
    attempt.gateway_id = attempt.gateway_id or command.gateway_id[:80]
    news = attempt.learns(command.fate, command.said, work.at)
    work.tx.save(attempt)
    if news:
        settle(work, notice, attempt)
        work.tx.save(notice)
    return True


def _first_time(work: Work, command: NoteDelivery) -> bool:
    """Reports have receipts of their own: their ids are not those of messages that people send."""
    message = f"{command.channel}:{command.message}"
    if len(message) > 80:
        message = hashlib.sha256(message.encode()).hexdigest()
    if work.tx.one(_HEARD, channel="report", message=message) is not None:
        return False
    work.tx.add(Receipt(channel="report", message=message, at=work.at))
    return True


def _attempt_of(work: Work, command: NoteDelivery) -> int | None:
    found = None
    if command.gateway_id:
        found = work.tx.one(_AT_GATEWAY, gateway_id=command.gateway_id[:80], channel=command.channel)
    if found is None and command.phone:
        since = work.at - MATCHED_WITHIN
        found = work.tx.one(_TO_NUMBER, address=command.phone, channel=command.channel, since=since)
    return None if found is None else int(found.id)
