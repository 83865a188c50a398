"""The queue: what is open in an officer's part of the tree, the most urgent first.

Every list walks an index of open tickets in the order in which it is shown, and looks whether each ticket's place lies
in the part that is wanted; it never counts and never sorts.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, tuple_

from database import Reading, Row, columns, spelled, table_of
from models.priority import Priority
from models.tables import Asset, Fault, History, Officer, Person, Place, System, Ticket, Words
from models.tables.ticket import DONE, Kind, State
from queries.places import Branch, branch
from queries.scope import Seat

OPENING = 90  # characters of what was reported in words
PAGE = 25  # tickets; with its style sheet and script the page stays under 30 kB

_ticket, _place, _person, _fault, _system, _asset, _officer = (
    columns(each) for each in (Ticket, Place, Person, Fault, System, Asset, Officer)
)
_history, _words = columns(History), columns(Words)
_colleague = table_of(Person).alias("colleague")

FIELDS = (
    _ticket.id, _ticket.number, _ticket.kind, _ticket.state, _ticket.waiting_on, _ticket.priority, _ticket.officer_id,
    _ticket.resolve_due, _ticket.created_at, _ticket.caller_name, _ticket.caller, _ticket.reopened,
    _place.name.label("place"), _person.name.label("requester"), _fault.name.label("fault"),
    _fault.name_en.label("fault_en"), _system.short.label("system"), _asset.tag.label("asset"),
    _asset.kind.label("asset_kind"), _colleague.c.name.label("officer"),
    func.substr(_words.text, 1, OPENING).label("words"),
)  # fmt: skip
JOINED = (
    table_of(Ticket)
    .join(table_of(Place), _ticket.place_id == _place.id)
    .outerjoin(table_of(Person), _ticket.requester_id == _person.id)
    .outerjoin(table_of(Fault), _ticket.fault_code == _fault.code)
    .outerjoin(table_of(System), _ticket.system_code == _system.code)
    .outerjoin(table_of(Asset), _ticket.asset_id == _asset.id)
    .outerjoin(table_of(Officer), _ticket.officer_id == _officer.id)
    .outerjoin(_colleague, _officer.person_id == _colleague.c.id)
    .outerjoin(table_of(History), (_history.ticket_id == _ticket.id) & (_history.step == 1))
    .outerjoin(table_of(Words), _history.words_id == _words.id)
)
# Said of an expression and not of the column: a list is to walk its tickets in order, not the places.
BELOW = literal("").concat(_place.path).like(bindparam("below", type_=_place.path.type))
ORDER = (_ticket.priority, _ticket.resolve_due, _ticket.id)
OPEN = _ticket.state.not_in([spelled(state) for state in DONE])


class Tab(StrEnum):
    MINE = "mine"
    UNASSIGNED = "unassigned"
    ALL = "all"
    WAITING = "waiting"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Mark:
    """The last ticket of a page: the next one begins after it."""

    priority: Priority
    due: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.priority}.{(self.due - _EPOCH) // timedelta(microseconds=1)}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Mark | None":
        """As it stands in an address. What is none begins at the beginning."""
        try:
            priority, due, id_ = text[:60].split(".")
            return cls(Priority(priority), _EPOCH + timedelta(microseconds=int(due)), int(id_) & 0x7FFFFFFFFFFFFFFF)
        except (ValueError, OverflowError):
            return None


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue is looked at. `place_id` is the top of a part of the tree."""

    tab: Tab = Tab.ALL
    place_id: int | None = None
    kind: Kind | None = None
    priority: Priority | None = None
    after: Mark | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page: rows of `FIELDS`, where in the tree they were looked for, and where the next page begins."""

    rows: tuple[Row, ...]
    branch: Branch
    more: Mark | None


def queue(reading: Reading, seat: Seat, wanted: Wanted, at: datetime) -> Listing:
    """Only of the officer's part of the tree; a place outside it is refused as not there."""
    where = branch(reading, seat, wanted.place_id)
    values: dict[str, Any] = {"below": f"{where.path}%"}
    if wanted.tab is Tab.MINE:
        values["officer_id"] = seat.officer_id
    if wanted.tab is Tab.OVERDUE:
        values["at"] = at
    if wanted.kind is not None:
        values["kind"] = wanted.kind
    if wanted.priority is not None:
        values["priority"] = wanted.priority
    if wanted.after is not None:
        values |= {"after_due": wanted.after.due, "after_id": wanted.after.id}
        if wanted.priority is None:
            values["after_priority"] = wanted.after.priority
    statement = listed(wanted.tab, wanted.kind is not None, wanted.priority is not None, wanted.after is not None)
    rows = reading.all(statement, **values)
    page = rows[:PAGE]
    more = Mark(page[-1].priority, page[-1].resolve_due, page[-1].id) if len(rows) > PAGE else None
    return Listing(tuple(page), where, more)


@cache
def listed(tab: Tab, by_kind: bool, by_priority: bool, after: bool) -> Select[Any]:
    """The statement of a list, one more row than a page."""
    statement = select(*FIELDS).select_from(JOINED).where(BELOW)
    match tab:
        case Tab.MINE:
            statement = statement.where(OPEN, _ticket.officer_id == bindparam("officer_id"))
        case Tab.UNASSIGNED:
            statement = statement.where(_ticket.officer_id.is_(None), OPEN)
        case Tab.ALL:
            statement = statement.where(OPEN)
        case Tab.WAITING:
            statement = statement.where(_ticket.state == spelled(State.WAITING))
        case Tab.OVERDUE:
            statement = statement.where(OPEN, _ticket.resolve_due < bindparam("at", type_=_ticket.resolve_due.type))
    if by_kind:
        statement = statement.where(_ticket.kind == bindparam("kind", type_=_ticket.kind.type))
    if by_priority:
        statement = statement.where(_ticket.priority == bindparam("priority", type_=_ticket.priority.type))
    order = ORDER[1:] if by_priority else ORDER  # one priority: the rest of the order is left
    if after:
        names = ("after_priority", "after_due", "after_id")[-len(order) :]
        marks = [bindparam(name, type_=column.type) for name, column in zip(names, order, strict=True)]
        statement = statement.where(tuple_(*order) > tuple_(*marks))
    return statement.order_by(*order).limit(PAGE + 1)
