"""Who is at the other end: one look-up by the address they speak from."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from database import Reading, Row, columns, table_of
from locales import DEFAULT
from models.rules import Rules
from models.tables import Address, Conversation, Person, Place
from models.tables.person import AddressKind, Employment

_person, _address, _place, _conversation = (columns(each) for each in (Person, Address, Place, Conversation))

_FIELDS = (
    _person.id, _person.name, _person.language, _person.place_id, _person.employment, _person.supervisor_id,
    _person.sms_stopped, _person.demonstration, _place.path,
)  # fmt: skip

_BY_ADDRESS = (
    select(*_FIELDS)
    .join_from(table_of(Address), table_of(Person), _address.person_id == _person.id)
    .join(table_of(Place), _person.place_id == _place.id)
    .where(_address.kind == bindparam("kind"), _address.value == bindparam("value"), _address.ended_at.is_(None))
)

_BY_ID = (
    select(*_FIELDS)
    .join_from(table_of(Person), table_of(Place), _person.place_id == _place.id)
    .where(_person.id == bindparam("person_id"))
)

# Somebody not on record has no language of their own but the one they last spoke with the desk.
_SPOKEN = (
    select(_conversation.language)
    .where(_conversation.party == bindparam("party"))
    .order_by(_conversation.touched_at.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who speaks to the desk. `person_id` is empty for those not on record; then all there is of them is
    `address`, as `phone:+255…` or `telegram:…`."""

    address: str
    language: str
    place_id: int
    place_path: str
    person_id: int | None = None
    name: str = ""
    supervisor_id: int | None = None
    serving: bool = True
    sms_stopped: bool = False
    demonstration: bool = False

    @property
    def party(self) -> str:
        """Under which name their conversations are kept: the person's, wherever they speak from."""
        return f"person:{self.person_id}" if self.person_id is not None else self.address


def caller_at(reading: Reading, rules: Rules, kind: AddressKind, value: str) -> Caller:
    """Whoever has that address, or an unknown caller whose reports belong to the institution itself."""
    row = reading.one(_BY_ADDRESS, kind=kind, value=value)
    address = f"{kind}:{value}"
    if row is None:
        spoken = reading.one(_SPOKEN, party=address)
        return Caller(address, spoken.language if spoken else DEFAULT, rules.root_id, "")
    return _caller(address, row)


def caller_on_record(reading: Reading, person_id: int, address: str = "") -> Caller | None:
    row = reading.one(_BY_ID, person_id=person_id)
    return None if row is None else _caller(address, row)


def _caller(address: str, row: Row) -> Caller:
    return Caller(
        address=address,
        language=row.language,
        place_id=row.place_id,
        place_path=row.path,
        person_id=row.id,
        name=row.name,
        supervisor_id=row.supervisor_id,
        serving=row.employment == Employment.SERVING,
        sms_stopped=row.sms_stopped,
        demonstration=row.demonstration,
    )
