"""Hearing USSD. A session's transcript grows with every hop; what is new is told from its length and keyed hash."""

import hashlib
import hmac
from dataclasses import replace

from sqlalchemy import Text, bindparam, select, type_coerce, update

from conversations.book.not_me import DISOWN, says_not_me
from conversations.engine import HOME, MENU
from conversations.screen import Screen
from database import Row, columns, table_of
from handlers.door import handles
from handlers.talk import BY_ID, Talk, load
from handlers.telling import owe
from handlers.work import Work
from models.columns import read
from models.commands import HearHangUp, HearHop, SendLate
from models.tables import Notice, UssdSession
from models.tables.conversation import Standing
from models.tables.notice import Lane
from models.tables.person import AddressKind
from models.values.phone import PhoneNumber
from queries.caller import Caller, caller_at

MOST_PARTS = 30  # of a transcript that has to be replayed: more than any conversation has steps

_session, _notice = columns(UssdSession), columns(Notice)

_KNOWN = (
    select(
        _session.conversation_id,
        _session.heard,
        _session.digest,
        _session.hops,
        type_coerce(_session.screen, Text).label("shown"),
    )
    .where(_session.id == bindparam("session"))
    .with_for_update()
)
_HOP = (
    update(table_of(UssdSession))
    .where(_session.id == bindparam("session"))
    .values(
        conversation_id=bindparam("conversation", type_=_session.conversation_id.type),
        heard=bindparam("new_heard", type_=_session.heard.type),
        digest=bindparam("new_digest", type_=_session.digest.type),
        screen=bindparam("new_screen", type_=_session.screen.type),
        hops=bindparam("new_hops", type_=_session.hops.type),
    )
)
_END = (
    update(table_of(UssdSession))
    .where(_session.id == bindparam("session"), _session.ended_at.is_(None))
    .values(
        ended_at=bindparam("at", type_=_session.ended_at.type),
        end_status=bindparam("status", type_=_session.end_status.type),
    )
)
_OWED = select(_notice.id).where(_notice.fact == bindparam("fact"))


@handles(HearHop)
def hear_hop(work: Work, command: HearHop) -> Screen:
    """The screen to answer with. The same transcript again, a shorter or a diverging one: the stored screen again."""
    known = work.tx.one(_KNOWN, session=command.session)
    if known is None:
        return _first_hop(work, command)
    typed = _newly_typed(work.rules.key, known, command.text)
    if typed is None:
        return _stored(known)
    going_on = load(work, BY_ID, conversation_id=known.conversation_id)
    talk = Talk(work, _caller(work, command))
    if says_not_me(typed):
        screen = talk.begin(DISOWN.name)
    elif going_on is None or going_on.standing != Standing.OPEN:
        stored = _stored(known)
        if stored.final:
            return stored
        screen = talk.begin(HOME)
    elif going_on.shown != known.shown:  # it moved on elsewhere: what was typed answered a screen that is no more
        screen = talk.resume(going_on)
    else:
        screen = talk.hear(going_on, typed)
    work.tx.run(
        _HOP,
        session=command.session,
        conversation=talk.last.id if talk.last else known.conversation_id,
        new_heard=len(command.text),
        new_digest=_digest(work.rules.key, command.text),
        new_screen=talk.last.shown if talk.last else known.shown,
        new_hops=known.hops + 1,
    )
    return screen


@handles(HearHangUp)
def hear_hang_up(work: Work, command: HearHangUp) -> None:
    work.tx.run(_END, session=command.session, at=work.at, status=command.status)


@handles(SendLate)
def send_late(work: Work, command: SendLate) -> None:
    """The person was told to expect an SMS: it brings what the hop would have shown."""
    session = work.tx.get(UssdSession, command.session)
    if session is None or work.tx.one(_OWED, fact=_late(session)) is not None:
        return
    caller = caller_at(work.tx, work.rules, AddressKind.PHONE, session.phone)
    owe(
        work, _late(session), Screen.from_json(session.screen), caller, [["sms", session.phone]],
        conversation_id=session.conversation_id, lane=Lane.REPLY,
    )  # fmt: skip


def _late(session: UssdSession) -> str:
    """One SMS for one hop, even if the network sent it twice and both came late."""
    return f"late:{session.id}:{session.hops}"


def _first_hop(work: Work, command: HearHop) -> Screen:
    """A new session. One that arrives with text already in it (a shortcut dial, or a session whose beginning was never
    seen) is replayed part by part from the front page, which then offers nothing to continue."""
    talk = Talk(work, _caller(work, command))
    parts = [part for part in command.text.split("*") if part][:MOST_PARTS]
    screen = talk.begin(HOME, at=MENU if parts else "")
    for part in parts:
        if screen.final or talk.last is None:
            break
        screen = talk.hear(talk.last, part)
    work.tx.insert(
        UssdSession,
        id=command.session,
        phone=command.phone,
        network=command.network,
        conversation_id=talk.last.id if talk.last else None,
        heard=len(command.text),
        digest=_digest(work.rules.key, command.text),
        screen=talk.last.shown if talk.last else screen.to_json(),
        hops=1,
        started_at=work.at,
    )
    return screen


def _stored(known: Row) -> Screen:
    return Screen.from_json(read(known.shown))


def _newly_typed(key: bytes, known: Row, text: str) -> str | None:
    """What continues the transcript that was heard, unsplit: a `*` within it may be one that the person typed."""
    if len(text) <= known.heard or not hmac.compare_digest(_digest(key, text[: known.heard]), known.digest):
        return None
    if known.heard == 0:
        return text.removeprefix("*")  # an empty first answer, joined with what came after it
    rest = text[known.heard :]
    return rest[1:] if rest[0] == "*" else None


def _digest(key: bytes, text: str) -> str:
    return hashlib.blake2b(text.encode(), key=key[:64], digest_size=32).hexdigest()


def _caller(work: Work, command: HearHop) -> Caller:
    caller = caller_at(work.tx, work.rules, AddressKind.PHONE, PhoneNumber.parse_caller(command.phone))
    work.by = replace(work.by, person_id=caller.person_id, caller=caller.address)
    return caller
