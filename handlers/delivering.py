"""Paying what is owed: leasing notices to workers, and what gateways say of each attempt. See `handlers/debts.py`."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Select,
    and_,
    bindparam,
    exists,
    false,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    update,
)

from conversations.screen import Screen
from database import Row, columns, spelled, table_of
from handlers.debts import REPORTING, TRIES, give_up, settle, settle_silence, take_next_route
from handlers.door import handles
from handlers.work import Work
from models.commands import LeaseNotices, NoteFate, SettleSilence
from models.tables import Address, Attempt, Conversation, Notice
from models.tables.conversation import Standing
from models.tables.notice import Debt, Fate, Lane
from models.tables.person import AddressKind
from queries.delivery import Leased

PASSED_OVER = 100  # notices in one lease round whose route leads nowhere

_notice, _conversation, _address = columns(Notice), columns(Conversation), columns(Address)
_earlier, _held = table_of(Notice).alias("earlier"), table_of(Notice).alias("held")

_SAME_ADDRESS_FIRST = exists().where(
    _earlier.c.debt == spelled(Debt.OWED), _earlier.c.address == _notice.address, _earlier.c.channel == _notice.channel,
    tuple_(_earlier.c.lane, _earlier.c.id) < tuple_(_notice.lane, _notice.id),
)  # fmt: skip
_ON_THE_WAY_THERE = exists().where(
    _held.c.lease != literal_column("''"), _held.c.address == _notice.address, _held.c.channel == _notice.channel
)

# A question that was answered, or shown, elsewhere meanwhile is no longer owed: its screen is not the latest.
_DUE = (
    select(
        _notice.id, _notice.address, _notice.screen, _notice.conversation_id, _notice.revision, _notice.card,
        (
            (_conversation.asked_by_desk.is_(True)) & (_notice.lane != int(Lane.REPLY))
            & ((_conversation.standing != Standing.OPEN) | (_conversation.revision != _notice.revision))
        ).label("overtaken"),
    )
    .join_from(table_of(Notice), table_of(Conversation), _notice.conversation_id == _conversation.id, isouter=True)
    .where(
        _notice.debt == spelled(Debt.OWED), _notice.channel == bindparam("channel"), _notice.lane == bindparam("lane"),
        _notice.due_at <= bindparam("at", type_=_notice.due_at.type),
        or_(_notice.demonstration.is_(False), bindparam("real", type_=Boolean).is_(False)),
        ~_SAME_ADDRESS_FIRST, ~_ON_THE_WAY_THERE,
    )
    .order_by(_notice.due_at, _notice.id)
    .limit(bindparam("most"))
    .with_for_update(of=table_of(Notice), skip_locked=True)
)  # fmt: skip

_TAKE = (
    update(table_of(Notice))
    .where(_notice.id == bindparam("notice_id"), _notice.debt == spelled(Debt.OWED))
    .values(
        debt=spelled(Debt.TRYING), tries=_notice.tries + 1,
        lease=bindparam("worker", type_=_notice.lease.type), due_at=bindparam("until", type_=_notice.due_at.type),
    )
)  # fmt: skip
_DROP = update(table_of(Notice)).where(_notice.id == bindparam("notice_id")).values(debt=spelled(Debt.PAID))

# A question counts for typed answers from when it is on its way; not while it surely went nowhere.
_SHOWN = (
    update(table_of(Conversation))
    .where(_conversation.id == bindparam("conversation"), _conversation.revision == bindparam("seen"),
           _conversation.asked_by_desk.is_(True))
    .values(shown_at=bindparam("shown", type_=_conversation.shown_at.type))
)  # fmt: skip
_NOT_SHOWN = (
    update(table_of(Conversation))
    .where(_conversation.id == bindparam("conversation"), _conversation.revision == bindparam("seen"),
           _conversation.asked_by_desk.is_(True),
           _conversation.shown_at == bindparam("shown", type_=_conversation.shown_at.type))
    .values(shown_at=None)
)  # fmt: skip

_SILENT = (
    select(_notice.id)
    .where(_notice.debt == spelled(Debt.TRYING), _notice.due_at <= bindparam("at", type_=_notice.due_at.type))
    .order_by(_notice.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)

_MOVED = (
    update(table_of(Address))
    .where(_address.kind == AddressKind.TELEGRAM, _address.value == bindparam("old"), _address.ended_at.is_(None))
    .values(value=bindparam("new", type_=_address.value.type))
)
_LIVE = select(_address.id).where(
    _address.kind == AddressKind.TELEGRAM, _address.value == bindparam("chat"), _address.ended_at.is_(None)
)


@handles(LeaseNotices)
def lease_notices(work: Work, command: LeaseNotices) -> list[Leased]:
    """Replies first, then words about tickets, then announcements; of each the oldest first. One address gets one
    thing at a time: a later notice waits until the earlier one was sent, so that a chat keeps its order."""
    _pass_over(work, frozenset(channel for channel, _ in command.room), command.real)
    return [leased for channel, room in command.room for leased in _lease(work, command, channel, room)]


def _lease(work: Work, command: LeaseNotices, channel: str, room: int) -> Iterator[Leased]:
    real = channel in command.real
    for lane in Lane:
        if room <= 0:
            return
        for row in work.tx.all(_DUE, channel=channel, lane=int(lane), at=work.at, real=real, most=room):
            if row.overtaken:
                work.tx.run(_DROP, notice_id=row.id)
            elif work.tx.run(_TAKE, notice_id=row.id, worker=command.worker, until=work.at + command.lease):
                room -= 1
                yield _attempt(work, channel, row)


def _attempt(work: Work, channel: str, row: Row) -> Leased:
    attempt_id = work.tx.insert(
        Attempt, notice_id=row.id, channel=channel, address=row.address, at=work.at, fate=Fate.SENDING
    )
    if row.conversation_id is not None:
        work.tx.run(_SHOWN, conversation=row.conversation_id, seen=row.revision, shown=work.at)
    return Leased(
        attempt_id, channel, row.address, Screen.from_json(row.screen), row.conversation_id, row.revision, row.card
    )


def _pass_over(work: Work, carried: frozenset[str], real: frozenset[str]) -> None:
    """Routes on channels that this institution has no gateway for, and real ones for people of the demonstration."""
    for row in work.tx.all(_leading_nowhere(carried, real), at=work.at, most=PASSED_OVER):
        notice = work.tx.get(Notice, row.id)
        assert notice is not None  # locked above
        while notice.debt is Debt.OWED and (said := _why_not(notice, carried, real)):
            work.tx.insert(
                Attempt, notice_id=row.id, channel=notice.channel, address=notice.address, at=work.at,
                fate=Fate.REFUSED, said=said, settled_at=work.at,
            )  # fmt: skip
            if not take_next_route(work, notice):
                give_up(work, notice, said)
        work.tx.save(notice)


def _why_not(notice: Notice, carried: frozenset[str], real: frozenset[str]) -> str:
    if notice.channel not in carried:
        return "no gateway"
    return "demonstration" if notice.demonstration and notice.channel in real else ""


@cache
def _leading_nowhere(carried: frozenset[str], real: frozenset[str]) -> Select[Any]:
    uncarried = and_(true(), *(_notice.channel != channel for channel in sorted(carried)))
    pretended = _notice.demonstration.is_(True) & or_(
        false(), *(_notice.channel == channel for channel in sorted(real))
    )  # fmt: skip
    return (
        select(_notice.id)
        .where(
            _notice.debt == spelled(Debt.OWED), _notice.due_at <= bindparam("at", type_=_notice.due_at.type),
            or_(uncarried, pretended),
        )
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )  # fmt: skip


@handles(NoteFate)
def note_fate(work: Work, command: NoteFate) -> None:
    """Late or twice does no harm: what was known better stays."""
    notice, attempt = in_hand(work, command.attempt_id)
    fate = Fate.REFUSED if command.retry_in is not None or command.moved_to else command.fate
    if fate is Fate.SENT and attempt.channel not in REPORTING:
        fate = Fate.REACHED
    if command.gateway_id:
        if attempt.gateway_id not in ("", command.gateway_id):
            attempt.fate = Fate.SENDING  # a report that came first was matched by its number, and was another's
        attempt.gateway_id = command.gateway_id[:80]
    attempt.parts = command.parts or attempt.parts
    attempt.cost = command.cost[:24] or attempt.cost
    news = attempt.learns(fate, command.said, work.at)
    work.tx.save(attempt)
    if not news:
        return
    if attempt.fate.surely_failed and notice.conversation_id is not None:
        work.tx.run(_NOT_SHOWN, conversation=notice.conversation_id, seen=notice.revision, shown=attempt.at)
    if command.moved_to and _may_follow(notice, attempt, command.moved_to):
        _follow(work, notice, command.moved_to)
    else:
        settle(work, notice, attempt, command.retry_in)
    work.tx.save(notice)


def _may_follow(notice: Notice, attempt: Attempt, chat: str) -> bool:
    """Not in circles, and not for a notice that went another way meanwhile."""
    here = notice.debt is Debt.TRYING and (notice.channel, notice.address) == (attempt.channel, attempt.address)
    return here and chat != attempt.address and notice.tries < TRIES


def _follow(work: Work, notice: Notice, chat: str) -> None:
    """A group became a supergroup: the chat is the same, its id is not. The notice goes there at once."""
    if work.tx.one(_LIVE, chat=chat) is None:
        work.tx.run(_MOVED, old=notice.address, new=chat)
    notice.moves(chat)
    notice.owed_again(work.at)
    work.owed = True


@handles(SettleSilence)
def settle_silences(work: Work, command: SettleSilence) -> int:
    rows = work.tx.all(_SILENT, at=work.at, most=command.most)
    for row in rows:
        notice = work.tx.get(Notice, row.id)
        assert notice is not None  # locked above
        settle_silence(work, notice)
        work.tx.save(notice)
    return len(rows)


def in_hand(work: Work, attempt_id: int) -> tuple[Notice, Attempt]:
    """An attempt and its notice, kept from others until the commit: the notice first, whoever asks."""
    seen = work.tx.get(Attempt, attempt_id)
    assert seen is not None  # attempts are never deleted
    notice = work.tx.get(Notice, seen.notice_id, lock=True)
    attempt = work.tx.get(Attempt, attempt_id, lock=True)
    assert notice is not None  # a foreign key holds it
    assert attempt is not None
    return notice, attempt
