"""Looking people and devices up: within the part of the tree that an officer serves."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from database import Reading, Row, columns, table_of
from models.refusals import NotFound
from models.tables import Address, Asset, Fault, FaultCategory, Person, Place, System, Ticket
from models.tables.asset import AssetState
from models.tables.person import AddressKind, Employment
from models.values.asset_tag import AssetTag
from queries.offers.devices import NoSuchDevice
from queries.queue import BELOW, FIELDS, JOINED
from queries.scope import Seat

MOST = 30  # shown of a search; who finds more types more
TICKETS = 15

_person, _place, _address, _asset, _ticket = (columns(each) for each in (Person, Place, Address, Asset, Ticket))
_fault, _category, _system = columns(Fault), columns(FaultCategory), columns(System)
_supervisor = table_of(Person).alias("supervisor")
_custodian = table_of(Person).alias("custodian")


def _has(column: Any, name: str) -> Any:
    """Part of it, whatever the case."""
    return func.lower(column).like(bindparam(name), escape="\\")


_PERSON = (_person.id, _person.name, _person.title, _place.name.label("place"), _person.employment)
_PEOPLE = select(*_PERSON).join_from(table_of(Person), table_of(Place), _person.place_id == _place.id).where(BELOW)
_BY_NAME = _PEOPLE.where(_has(_person.name, "words")).order_by(_person.name, _person.id).limit(MOST + 1)
_BY_PHONE = (
    select(*_PERSON)
    .join_from(table_of(Address), table_of(Person), _address.person_id == _person.id)
    .join(table_of(Place), _person.place_id == _place.id)
    .where(
        _address.kind == AddressKind.PHONE,
        _address.ended_at.is_(None),
        _address.value.like(bindparam("digits")),
        BELOW,
    )
    .limit(MOST + 1)
)
_ONE = (
    select(
        *_PERSON, _person.language, _person.sms_stopped, _person.frozen_at, _person.place_id, _place.path,
        _supervisor.c.name.label("supervisor"), _supervisor.c.id.label("supervisor_id"),
    )
    .join_from(table_of(Person), table_of(Place), _person.place_id == _place.id)
    .outerjoin(_supervisor, _person.supervisor_id == _supervisor.c.id)
    .where(_person.id == bindparam("person_id"))
)  # fmt: skip
_ADDRESSES = (
    select(_address.kind, _address.value, _address.proof, _address.proven_at)
    .where(_address.person_id == bindparam("person_id"), _address.ended_at.is_(None))
    .order_by(_address.id)
)
_DEVICE = (
    _asset.id, _asset.tag, _asset.serial, _asset.kind, _asset.make, _asset.model, _asset.state,
    _place.name.label("place"), _custodian.c.name.label("custodian"),
)  # fmt: skip
_DEVICES = (
    select(*_DEVICE)
    .join_from(table_of(Asset), table_of(Place), _asset.place_id == _place.id)
    .outerjoin(_custodian, _asset.custodian_id == _custodian.c.id)
)
_DEVICES_OF = _DEVICES.where(_asset.custodian_id == bindparam("person_id")).order_by(_asset.id).limit(MOST)
_FOUND = (
    _DEVICES.where(
        or_(
            _has(_asset.tag, "words"), _has(_asset.serial, "words"), _has(_custodian.c.name, "words"),
            _has(_asset.kind.concat(" ").concat(_asset.make).concat(" ").concat(_asset.model), "words"),
        ),
        BELOW,
    )
    .order_by(_asset.tag)
    .limit(MOST + 1)
)  # fmt: skip
_TAGGED = (
    _DEVICES.add_columns(
        _asset.government_code, _asset.bought, _asset.warranty_until, _asset.supplier, _asset.price,
        _asset.custodian_id, _place.path,
    )
    .where(_asset.tag == bindparam("tag"))
)  # fmt: skip
_NAMED = (
    select(_asset.tag, _asset.place_id, _asset.custodian_id)
    .join_from(table_of(Asset), table_of(Place), _asset.place_id == _place.id)
    .where(
        or_(_asset.tag == bindparam("tag"), _asset.digits == bindparam("digits"), _asset.serial == bindparam("tag")),
        _asset.state != AssetState.DISPOSED,
        BELOW,
    )
)
_TICKETS = select(*FIELDS).select_from(JOINED).where(BELOW).order_by(_ticket.id.desc()).limit(TICKETS)
_TICKETS_OF = _TICKETS.where(_ticket.requester_id == bindparam("person_id"))
_TICKETS_ON = _TICKETS.where(_ticket.asset_id == bindparam("asset_id"))

_FAULTS = (
    select(
        _fault.code, _fault.name, _fault.name_en, _category.name.label("category"),
        _category.name_en.label("category_en"), _category.opens, _fault.ask_for,
    )
    .join_from(table_of(Fault), table_of(FaultCategory), _fault.category_code == _category.code)
    .where(_fault.retired.is_(False), _category.retired.is_(False))
    .order_by(_fault.code)
)  # fmt: skip
_SYSTEMS = (
    select(_system.code, _system.name, _system.offers_account)
    .where(_system.retired.is_(False))
)  # fmt: skip

LISTS = (_NAMED, _BY_NAME, _ADDRESSES, _DEVICES_OF, _FOUND, _TICKETS_OF, _TICKETS_ON, _FAULTS)


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Row
    addresses: tuple[Row, ...]
    devices: tuple[Row, ...]
    tickets: tuple[Row, ...]


def people(reading: Reading, seat: Seat, words: str) -> list[Row]:
    """By part of a name or of a phone number, whichever was typed; nothing typed lists by name. One more than `MOST`
    says that there are more."""
    below = f"{seat.realm}%"
    digits = "".join(filter(str.isdigit, words))
    if len(digits) >= 3 and not any(map(str.isalpha, words)):
        bare = digits.removeprefix("255").lstrip("0") if digits[0] in "02" else digits
        found = reading.all(_BY_PHONE, below=below, digits=f"%{bare or digits}%")
        return sorted({row.id: row for row in found}.values(), key=lambda row: row.name)
    return reading.all(_BY_NAME, below=below, words=_part(words))


def person_page(reading: Reading, seat: Seat, person_id: int) -> PersonPage:
    person = one_person(reading, seat, person_id)
    return PersonPage(
        person,
        tuple(reading.all(_ADDRESSES, person_id=person_id)),
        tuple(reading.all(_DEVICES_OF, person_id=person_id)),
        tuple(reading.all(_TICKETS_OF, person_id=person_id, below=f"{seat.realm}%")),
    )


def one_person(reading: Reading, seat: Seat, person_id: int) -> Row:
    person = reading.one(_ONE, person_id=person_id)
    if person is None or not person.path.startswith(seat.realm):
        raise NotFound
    return person


def serves(person: Row) -> bool:
    return bool(person.employment == Employment.SERVING)


def devices_of(reading: Reading, person_id: int) -> list[Row]:
    return reading.all(_DEVICES_OF, person_id=person_id)


def assets(reading: Reading, seat: Seat, words: str) -> list[Row]:
    """By part of the tag, serial number, make and model, or holder; nothing typed lists by tag."""
    return reading.all(_FOUND, below=f"{seat.realm}%", words=_part(words))


def asset_named(reading: Reading, seat: Seat, typed: str, person: Row | None) -> str:
    """The tag of the device that was meant: by the whole tag, its digits or the serial number; of several with the same
    digits, the one that the person holds, then one at their place."""
    tag = AssetTag.parse(typed)
    rows = reading.all(_NAMED, tag=str(tag), digits=tag.digits, below=f"{seat.realm}%")
    if not rows:
        raise NoSuchDevice

    def nearness(row: Row) -> tuple[bool, bool, bool, str]:
        held = person is not None and row.custodian_id == person.id
        near = person is not None and row.place_id == person.place_id
        return row.tag != tag, not held, not near, row.tag

    return str(min(rows, key=nearness).tag)


def asset_page(reading: Reading, seat: Seat, tag: str) -> tuple[Row, list[Row]]:
    """The device, and what was reported on it."""
    row = reading.one(_TAGGED, tag=tag)
    if row is None or not row.path.startswith(seat.realm):
        raise NotFound
    return row, reading.all(_TICKETS_ON, asset_id=row.id, below=f"{seat.realm}%")


def faults(reading: Reading) -> list[Row]:
    """The catalogue as one list, by its codes."""
    return reading.all(_FAULTS)


def systems(reading: Reading) -> list[Row]:
    return sorted(reading.all(_SYSTEMS), key=lambda row: str(row.name).casefold())


def _part(words: str) -> str:
    bare = " ".join(words.lower().split())[:80]
    for sign in "\\%_":
        bare = bare.replace(sign, f"\\{sign}")
    return f"%{bare}%"
