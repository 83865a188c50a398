"""The catalogue of systems as its page shows it: all of it to whoever keeps it, and to auditors."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from database import Reading, Row, columns, table_of
from models.refusals import NotFound
from models.tables import Change, Person, Place, System, SystemApprover
from models.tables.officer import Role
from queries.scope import Seat, path_of

_system, _approver, _person, _place, _change = (
    columns(each) for each in (System, SystemApprover, Person, Place, Change)
)

_ALL = select(
    _system.code, _system.name, _system.short, _system.offers_account, _system.tier, _system.owner, _system.retired,
    _system.approver, _system.unit_acts,
).order_by(_system.retired, _system.rank, _system.code)  # fmt: skip
_NAMED = (
    select(
        _approver.place_id, _approver.person_id, _place.name.label("place"), _person.name.label("person"),
        _person.title,
    )
    .join_from(table_of(SystemApprover), table_of(Place), _approver.place_id == _place.id)
    .join(table_of(Person), _approver.person_id == _person.id)
    .where(_approver.system_code == bindparam("code"))
    .order_by(_place.path)
)  # fmt: skip
_CHANGES = (
    select(_change.step, _change.at, _change.event, _change.before, _change.after, _person.name.label("who"))
    .select_from(table_of(Change))
    .outerjoin(table_of(Person), _change.by_person_id == _person.id)
    .where(_change.about == bindparam("about"))
    .order_by(_change.step.desc())
    .limit(20)
)
_PLACES = (
    select(_place.id, _place.name)
    .where(_place.path.like(bindparam("below", type_=_place.path.type).concat("%")), _place.retired.is_(False))
    .order_by(_place.path)
    .limit(500)
)


@dataclass(frozen=True, slots=True)
class SystemPage:
    """One system, whoever is named to approve by place, places where somebody could be, and its last changes."""

    system: System
    named: tuple[Row, ...]
    places: tuple[Row, ...]
    changes: tuple[Row, ...]


def keeps_catalogue(reading: Reading, seat: Seat, root_id: int) -> bool:
    """Heads and administrators whose part of the tree holds the institution itself."""
    return seat.role in (Role.HEAD, Role.ADMINISTRATOR) and seat.sees(path_of(reading, root_id))


def all_systems(reading: Reading, seat: Seat, root_id: int) -> list[Row]:
    """Those retired come last. For anybody who neither keeps nor audits the catalogue it is not there."""
    _refuse_others(reading, seat, root_id)
    return reading.all(_ALL)


def system_page(reading: Reading, seat: Seat, root_id: int, code: str) -> SystemPage:
    _refuse_others(reading, seat, root_id)
    system = reading.get(System, code)
    if system is None:
        raise NotFound
    changes = reading.all(_CHANGES, about=f"system:{code}")
    places = reading.all(_PLACES, below=path_of(reading, root_id))
    return SystemPage(system, tuple(reading.all(_NAMED, code=code)), tuple(places), tuple(changes))


def _refuse_others(reading: Reading, seat: Seat, root_id: int) -> None:
    if seat.role != Role.AUDITOR and not keeps_catalogue(reading, seat, root_id):
        raise NotFound
