"""Making the demonstration's database, or going on with the one that is there."""

from datetime import datetime

from sqlalchemy import Select, func, select

import migrations
from console.passwords import hash_password
from database import Database, columns, table_of
from dawati.catalogue.loading import default_catalogue, places_of_region
from dawati.demo.cast import COUNCIL, LOGINS, PASSWORD
from dawati.demo.devices import devices
from dawati.demo.people import people
from dawati.demo.places import places
from dawati.demo.telling import Clock, Telling
from dawati.opening import DEMONSTRATION, INSTITUTION, CannotOpen, open_desk, open_for_founding
from dawati.settings import Settings
from handlers import Door
from models.commands import DESK, AddOfficer, ImportAssets, ImportPlaces, ImportStaff, SetPolicy
from models.tables import Officer, Person, Policy, Ticket

_policy, _officer = columns(Policy), columns(Officer)

_MARK = select(_policy.value).where(_policy.name == DEMONSTRATION)
_PEOPLE = select(func.count().label("rows")).select_from(table_of(Person))
_TICKETS = select(func.count().label("rows")).select_from(table_of(Ticket))
_LOGINS = select(_officer.login)

BEGUN, READY = "begun", "ready"


class NotTheDemonstrations(CannotOpen):
    """The database is somebody's own: nothing invented may come into it."""


def found_demonstration(settings: Settings, now: datetime) -> bool:
    """Make it if it is not there, or finish what was broken off; whether anything was made.

    Refused for a database that holds people and is not marked as the demonstration's.
    """
    migrations.migrate(settings.database_url)
    door = open_for_founding(settings, Clock(now))
    try:
        if _mark(door.database) == READY:
            return False
        _fill(door, now)
    finally:
        door.database.close()
    clock = Clock(now)
    door = open_desk(settings, clock)
    try:
        if not _rows(door.database, _TICKETS):
            Telling(door, clock, now).tell()
        door.do(SetPolicy(DEMONSTRATION, READY), DESK)
    finally:
        door.database.close()
    return True


def _fill(door: Door, now: datetime) -> None:
    staff = people()
    with door.database.reading() as reading:
        known = {row.login for row in reading.all(_LOGINS)}
    door.do(SetPolicy(DEMONSTRATION, BEGUN), DESK)
    door.do(default_catalogue(), DESK)
    door.do(places_of_region("morogoro"), DESK)
    door.do(ImportPlaces(tuple(places())), DESK)
    door.do(ImportStaff(staff), DESK)
    door.do(ImportAssets(devices(staff, now.date())), DESK)
    for login, phone, role, _ in LOGINS:
        if login not in known:
            door.do(AddOfficer(phone, login, role, COUNCIL, hash_password(PASSWORD)), DESK)
    door.do(SetPolicy(INSTITUTION, COUNCIL), DESK)
    door.do(SetPolicy("desk_name", "TEHAMA Mvomero"), DESK)
    door.do(SetPolicy("letterhead", "S.L.P. 663\nMOROGORO"), DESK)


def _mark(database: Database) -> str:
    with database.reading() as reading:
        mark = reading.one(_MARK)
    somebodys = mark.value not in (BEGUN, READY) if mark is not None else _rows(database, _PEOPLE) > 0
    if somebodys:
        raise NotTheDemonstrations(
            "The database that DATABASE_URL names holds somebody's own desk, so no demonstration is made in it; "
            "`dawati serve` serves it."
        )
    return mark.value if mark is not None else ""


def _rows(database: Database, counting: Select[int]) -> int:
    with database.reading() as reading:
        row = reading.one(counting)
    return row.rows if row is not None else 0
