"""Coming in to the console and leaving it: failures counted, sessions kept."""

import hashlib
from datetime import timedelta

from sqlalchemy import bindparam, update

from database import columns, table_of
from handlers.door import handles
from handlers.work import Work
from models.commands import Entered, KeepSession, LogIn, LogOut
from models.tables import LoginSession, Officer

FAILURES = 5  # in a row, then the log-in rests
REST = timedelta(minutes=15)
IDLE = timedelta(hours=12)  # a working day with its overtime

_session = columns(LoginSession)

_KEEP = (
    update(table_of(LoginSession))
    .where(
        _session.id == bindparam("session_id"),
        _session.officer_id == bindparam("officer"),
        _session.ended_at.is_(None),
        _session.expires_at > bindparam("at", type_=_session.expires_at.type),
    )
    .values(
        seen_at=bindparam("at", type_=_session.seen_at.type),
        expires_at=bindparam("until", type_=_session.expires_at.type),
    )
)
_END = (
    update(table_of(LoginSession))
    .where(
        _session.id == bindparam("session_id"),
        _session.officer_id == bindparam("officer"),
        _session.ended_at.is_(None),
    )
    .values(ended_at=bindparam("at", type_=_session.ended_at.type))
)


@handles(LogIn)
def log_in(work: Work, command: LogIn) -> Entered | None:
    """A session for the right password, unless the log-in rests. A wrong one is counted."""
    officer = work.tx.get(Officer, command.officer_id, lock=True) if command.officer_id is not None else None
    if officer is None or officer.id is None or officer.retired:
        return None
    if officer.locked_until is not None and officer.locked_until > work.at:
        return None
    if not command.ok:
        officer.failures += 1
        if officer.failures >= FAILURES:
            officer.failures, officer.locked_until = 0, work.at + REST
        work.tx.save(officer)
        return None
    if officer.failures or officer.locked_until:
        officer.failures, officer.locked_until = 0, None
        work.tx.save(officer)
    token = work.dice(32).hex()
    session = work.tx.add(
        LoginSession(
            token_digest=hashlib.sha256(token.encode()).hexdigest(),
            officer_id=officer.id,
            csrf=work.dice(16).hex(),
            opened_at=work.at,
            seen_at=work.at,
            expires_at=work.at + IDLE,
            agent=command.agent[:120],
        )
    )
    assert session.id is not None  # given by the database
    return Entered(session.id, token)


@handles(KeepSession)
def keep_session(work: Work, command: KeepSession) -> None:
    """Only one's own, and only while it lasts."""
    work.tx.run(
        _KEEP, session_id=command.session_id, officer=work.by.officer_id, at=work.at, until=work.at + IDLE
    )  # fmt: skip


@handles(LogOut)
def log_out(work: Work, command: LogOut) -> None:
    work.tx.run(_END, session_id=command.session_id, officer=work.by.officer_id, at=work.at)
