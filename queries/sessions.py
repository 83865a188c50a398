"""Who is at the console: open sessions, and what a log-in's password is checked against."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from database import Reading, columns, table_of
from models.tables import LoginSession, Officer
from queries.scope import Seat, seat_of

_session, _officer = columns(LoginSession), columns(Officer)

_OPEN = select(_session.id, _session.officer_id, _session.csrf, _session.seen_at).where(
    _session.token_digest == bindparam("digest"),
    _session.ended_at.is_(None),
    _session.expires_at > bindparam("at", type_=_session.expires_at.type),
)
_LOGIN = (
    select(_officer.id, _officer.password_hash)
    .select_from(table_of(Officer))
    .where(_officer.login == bindparam("login"), _officer.retired.is_(False))
)


@dataclass(frozen=True, slots=True)
class Session:
    """An open session and whose it is."""

    id: int
    seat: Seat
    csrf: str
    seen_at: datetime


def session_of(reading: Reading, digest: str, at: datetime) -> Session | None:
    """By the digest of its token. Nobody once it ended, was idle too long, or its officer retired."""
    row = reading.one(_OPEN, digest=digest, at=at)
    seat = seat_of(reading, row.officer_id) if row is not None else None
    if row is None or seat is None:
        return None
    return Session(row.id, seat, row.csrf, row.seen_at)


def password_of(reading: Reading, login: str) -> tuple[int | None, str]:
    """The officer with that log-in and their password's hash; for a log-in that is not there, nobody and nothing."""
    row = reading.one(_LOGIN, login=login)
    return (row.id, row.password_hash) if row is not None else (None, "")
