"""Whose part of the tree holds what: the one place that says which officer may see and work a ticket."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from database import Reading, columns, table_of
from models.refusals import NotFound
from models.tables import Officer, Person, Place
from models.tables.officer import Role

_officer, _person, _place = columns(Officer), columns(Person), columns(Place)

_OFFICER = (
    select(
        _officer.id, _officer.person_id, _officer.login, _officer.role, _officer.retired, _officer.place_id,
        _place.path, _person.name, _person.language,
    )
    .join_from(table_of(Officer), table_of(Place), _officer.place_id == _place.id)
    .join(table_of(Person), _officer.person_id == _person.id)
    .where(_officer.id == bindparam("officer_id"))
)  # fmt: skip

_PATH = select(_place.path).where(_place.id == bindparam("place_id"))


@dataclass(frozen=True, slots=True)
class Seat:
    """An officer at the desk: who they are, and the part of the tree they serve (`path` is its prefix)."""

    officer_id: int
    person_id: int
    name: str
    login: str
    role: Role
    place_id: int
    path: str
    language: str

    @property
    def works(self) -> bool:
        """Whether they may change tickets; an auditor reads all and changes nothing."""
        return self.role in (Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR)

    @property
    def reads(self) -> bool:
        """Whether they may look at tickets, people and devices of their part; approvers and witnesses see only what
        they are asked about."""
        return self.works or self.role == Role.AUDITOR

    @property
    def audits(self) -> bool:
        """Whether they may read the record of who did what."""
        return self.role in (Role.AUDITOR, Role.HEAD, Role.ADMINISTRATOR)

    @property
    def realm(self) -> str:
        """The prefix of every place they may look at. Refused to those who may look at none."""
        if not self.reads:
            raise NotFound
        return self.path

    def sees(self, place_path: str) -> bool:
        return place_path.startswith(self.path)


def seat_of(reading: Reading, officer_id: int) -> Seat | None:
    """Nobody for an officer who has retired."""
    row = reading.one(_OFFICER, officer_id=officer_id)
    if row is None or row.retired:
        return None
    return Seat(row.id, row.person_id, row.name, row.login, row.role, row.place_id, row.path, row.language)


def path_of(reading: Reading, place_id: int) -> str:
    row = reading.one(_PATH, place_id=place_id)
    return row.path if row else ""
