"""Periodic jobs: whose turn it is, and what is put away."""

from datetime import timedelta

from sqlalchemy import bindparam, delete, select, tuple_, update

from conversations.engine import HOME
from database import columns, spelled, table_of
from handlers.door import handles
from handlers.work import Work
from models.commands import Sweep, TakeChore
from models.tables import Chore, Conversation, Receipt, UssdSession
from models.tables.conversation import Standing

RECEIPTS_KEPT = timedelta(days=3)  # gateways repeat a message for 12 hours at most
SESSIONS_KEPT = timedelta(days=30)
FRONT_PAGES_KEPT = timedelta(days=1)

_chore, _session, _receipt = columns(Chore), columns(UssdSession), columns(Receipt)
_conversation = columns(Conversation)

_TAKE = (
    update(table_of(Chore))
    .where(_chore.name == bindparam("chore"), _chore.due_at <= bindparam("at", type_=_chore.due_at.type))
    .values(due_at=bindparam("next_at", type_=_chore.due_at.type))
)

_END_SESSIONS = (
    update(table_of(UssdSession))
    .where(
        _session.id.in_(
            select(_session.id)
            .where(
                _session.ended_at.is_(None), _session.started_at < bindparam("before", type_=_session.started_at.type)
            )
            .limit(bindparam("most"))
        ),
        _session.ended_at.is_(None),
    )
    .values(ended_at=bindparam("at", type_=_session.ended_at.type), end_status=bindparam("status"))
)  # fmt: skip
_DROP_SESSIONS = delete(table_of(UssdSession)).where(
    _session.id.in_(
        select(_session.id)
        .where(_session.started_at < bindparam("before", type_=_session.started_at.type))
        .order_by(_session.started_at)
        .limit(bindparam("most"))
    )
)
_DROP_RECEIPTS = delete(table_of(Receipt)).where(
    tuple_(_receipt.channel, _receipt.message).in_(
        select(_receipt.channel, _receipt.message)
        .where(_receipt.at < bindparam("before", type_=_receipt.at.type))
        .order_by(_receipt.at)
        .limit(bindparam("most"))
    )
)
_CLOSE_FRONT_PAGES = (
    update(table_of(Conversation))
    .where(
        _conversation.id.in_(
            select(_conversation.id)
            .where(
                _conversation.standing == spelled(Standing.OPEN), _conversation.name == HOME,
                _conversation.touched_at < bindparam("before", type_=_conversation.touched_at.type),
            )
            .order_by(_conversation.touched_at)
            .limit(bindparam("most"))
        ),
        _conversation.standing == spelled(Standing.OPEN),
    )
    .values(standing=spelled(Standing.CANCELLED))
)  # fmt: skip


@handles(TakeChore)
def take_chore(work: Work, command: TakeChore) -> bool:
    """A job that was never done before is due. Two who find it so at once: one's insert is refused, and the writer
    lets it look again."""
    next_at = work.at + command.every
    if work.tx.get(Chore, command.name) is None:
        work.tx.add(Chore(name=command.name, due_at=next_at))
        return True
    return work.tx.run(_TAKE, chore=command.name, at=work.at, next_at=next_at) == 1


@handles(Sweep)
def sweep(work: Work, command: Sweep) -> int:
    most = command.most
    return (
        work.tx.run(_DROP_SESSIONS, before=work.at - SESSIONS_KEPT, most=most)
        + work.tx.run(
            _END_SESSIONS, before=work.at - work.rules.session_limit, at=work.at, status="unreported", most=most
        )
        + work.tx.run(_DROP_RECEIPTS, before=work.at - RECEIPTS_KEPT, most=most)
        + work.tx.run(_CLOSE_FRONT_PAGES, before=work.at - FRONT_PAGES_KEPT, most=most)
    )
