"""The record as an auditor reads it: who did what, when, through what; of one part of the tree."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select, tuple_

from database import Reading, Row, columns, table_of
from models.refusals import NotFound
from models.tables import History, Person, Place, Seal, Ticket
from queries.queue import BELOW
from queries.scope import Seat

PAGE = 50  # facts
BATCH = 500  # facts of an export that are read at once

_history, _ticket, _place, _person, _seal = (columns(each) for each in (History, Ticket, Place, Person, Seal))
_before = table_of(History).alias("before")

FIELDS = (
    _history.id, _history.ticket_id, _history.step, _history.at, _history.event, _history.by_person_id,
    _history.channel, _history.words_id, _history.facts, _history.link, _before.c.link.label("link_before"),
    _ticket.number, _person.name.label("who"),
    select(_seal.id).where(_seal.upto >= _history.id).order_by(_seal.upto).limit(1).scalar_subquery().label("seal"),
)  # fmt: skip
_JOINED = (
    table_of(History)
    .join(table_of(Ticket), _history.ticket_id == _ticket.id)
    .join(table_of(Place), _ticket.place_id == _place.id)
    .outerjoin(table_of(Person), _history.by_person_id == _person.id)
    .outerjoin(_before, (_before.c.ticket_id == _history.ticket_id) & (_before.c.step == _history.step - 1))
)
_TICKET = select(_ticket.id).where(_ticket.number == bindparam("number"))
_LAST_SEAL = select(_seal.id, _seal.at, _seal.link).order_by(_seal.id.desc()).limit(1)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mark:
    """The last fact of a page: the next one begins after it."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Mark | None":
        """As it stands in an address. What is none begins at the beginning."""
        try:
            at, id_ = text[:60].split(".")
            return cls(_EPOCH + timedelta(microseconds=int(at)), int(id_) & 0x7FFFFFFFFFFFFFFF)
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the record is looked at. `until` is the first moment that is not."""

    person_id: int | None = None
    number: int | None = None
    event: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: Mark | None = None


def audited(reading: Reading, seat: Seat, wanted: Wanted) -> tuple[list[Row], Mark | None]:
    """A page, the newest first, and where the next one begins."""
    rows = _read(reading, seat, wanted, PAGE + 1, newest_first=True)
    page = rows[:PAGE]
    return page, Mark(page[-1].at, page[-1].id) if len(rows) > PAGE else None


def exported(reading: Reading, seat: Seat, wanted: Wanted) -> tuple[list[Row], Wanted | None]:
    """A batch, the oldest first as the chain goes, and what to ask for next."""
    rows = _read(reading, seat, wanted, BATCH, newest_first=False)
    return rows, replace(wanted, after=Mark(rows[-1].at, rows[-1].id)) if len(rows) == BATCH else None


def last_seal(reading: Reading, seat: Seat) -> Row | None:
    """To be written down elsewhere: it shows later that nothing before it was cut off."""
    _may(seat)
    return reading.one(_LAST_SEAL)


def _may(seat: Seat) -> None:
    if not seat.audits:
        raise NotFound


def _read(reading: Reading, seat: Seat, wanted: Wanted, most: int, *, newest_first: bool) -> list[Row]:
    _may(seat)
    values: dict[str, Any] = {"below": f"{seat.path}%", "most": most}
    for name in ("person_id", "event", "since", "until"):
        if (value := getattr(wanted, name)) not in (None, ""):
            values[name] = value
    if wanted.number is not None:
        ticket = reading.one(_TICKET, number=wanted.number)
        if ticket is None:
            return []
        values["ticket_id"] = ticket.id
    if wanted.after is not None:
        values["after_id"] = wanted.after.id
        if wanted.number is None:
            values["after_at"] = wanted.after.at
    filters = frozenset(values) & {"person_id", "ticket_id", "event", "since", "until", "after_id"}
    return reading.all(listed(filters, newest_first), **values)


@cache
def listed(filters: frozenset[str], newest_first: bool) -> Select[Any]:
    """The statement of a list. It walks an index in the order that is shown: of one ticket's steps, of what one person
    did, or of all by time. Within a ticket, ids grow with the steps."""
    order = (_history.step,) if "ticket_id" in filters else (_history.at, _history.id)
    at = _history.at.type
    conditions = {
        "person_id": _history.by_person_id == bindparam("person_id"),
        "ticket_id": _history.ticket_id == bindparam("ticket_id"),
        "event": _history.event == bindparam("event"),
        "since": _history.at >= bindparam("since", type_=at),
        "until": _history.at < bindparam("until", type_=at),
    }
    statement = select(*FIELDS).select_from(_JOINED).where(BELOW)
    statement = statement.where(*(conditions[name] for name in conditions if name in filters))
    if "after_id" in filters:
        here = tuple_(*order) if len(order) > 1 else _history.id
        mark: Any = bindparam("after_id")
        if len(order) > 1:
            mark = tuple_(bindparam("after_at", type_=at), mark)
        statement = statement.where(here < mark if newest_first else here > mark)
    return statement.order_by(*(each.desc() if newest_first else each for each in order)).limit(bindparam("most"))
