"""Filling the desk from lists: catalogue, places, staff, devices. A list is kept whole or not at all."""

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, func, literal, select, update
from sqlmodel import SQLModel

from database import columns, table_of
from handlers.door import handles
from handlers.permission import founder
from handlers.work import Work
from models.commands import ImportAssets, Imported, ImportPlaces, ImportStaff, LoadCatalogue
from models.commands.importing import AssetRow, PlaceRow, StaffRow
from models.tables import Address, Asset, Fault, FaultCategory, Person, Place, System
from models.tables.person import AddressKind, Proof
from models.values.asset_tag import AssetTag

_place, _person, _address, _asset = (columns(each) for each in (Place, Person, Address, Asset))

_PLACE_ID = select(_place.id).where(_place.code == bindparam("code"))
_BELOW = (
    update(table_of(Place))
    .where(_place.path.like(bindparam("old_path", type_=_place.path.type).concat("%")))
    .values(
        path=literal("").concat(bindparam("new_path", type_=_place.path.type)).concat(
            func.substr(_place.path, bindparam("from_letter"))
        )
    )
)  # fmt: skip
_HOLDER = select(_address.person_id).where(
    _address.kind == bindparam("kind"), _address.value == bindparam("value"), _address.ended_at.is_(None)
)
_SUPERVISED = (
    update(table_of(Person))
    .where(_person.id == bindparam("person_id"))
    .values(supervisor_id=bindparam("supervisor", type_=_person.supervisor_id.type))
)
_ASSET_ID = select(_asset.id).where(_asset.tag == bindparam("tag"))


class RowRefused(Exception):
    """A list that cannot be taken; nothing of it was kept. The sentence names the row, without a person's number."""


@handles(LoadCatalogue)
def load_catalogue(work: Work, command: LoadCatalogue) -> int:
    founder(work)
    added = 0
    entries: tuple[FaultCategory | Fault | System, ...] = (*command.categories, *command.faults, *command.systems)
    for entry in entries:
        if work.tx.get(type(entry), entry.code) is None:
            work.tx.add(entry)
            added += 1
    return added


@handles(ImportPlaces)
def import_places(work: Work, command: ImportPlaces) -> Imported:
    founder(work)
    done = Imported()
    waiting = list(enumerate(command.rows, start=1))
    while waiting:
        later = []
        for number, row in waiting:
            parent_id = _place_id(work, row.parent) if row.parent else None
            if row.parent and parent_id is None:
                later.append((number, row))
            else:
                done = _place_kept(work, done, number, row, parent_id)
        if len(later) == len(waiting):
            number, row = later[0]
            raise RowRefused(f"Row {number}: there is no place with the code {row.parent!r} to put {row.code!r} under.")
        waiting = later
    return done


def _place_kept(work: Work, done: Imported, number: int, row: PlaceRow, parent_id: int | None) -> Imported:
    above = work.tx.get(Place, parent_id) if parent_id is not None else None
    known_id = _place_id(work, row.code)
    words: dict[str, Any] = {
        "kind": row.kind,
        "name": row.name,
        "name_en": row.name_en,
        "short": row.short,
        "parent_id": parent_id,
    }
    if known_id is None:
        place = work.tx.add(Place(code=row.code, path="/", **words))
        place.path = f"{above.path if above else '/'}{place.id}/"
        work.tx.save(place)
        return replace(done, added=done.added + 1)
    known = work.tx.get(Place, known_id)
    assert known is not None  # found by its code just now
    old_path, new_path = known.path, f"{above.path if above else '/'}{known.id}/"
    if above is not None and above.path.startswith(old_path):
        raise RowRefused(f"Row {number}: {row.code!r} cannot be put under itself.")
    if not _brought_up_to_date(work, known, words):
        return replace(done, same=done.same + 1)
    if new_path != old_path:
        work.tx.run(_BELOW, old_path=old_path, new_path=new_path, from_letter=len(old_path) + 1)
    return replace(done, changed=done.changed + 1)


@handles(ImportStaff)
def import_staff(work: Work, command: ImportStaff) -> Imported:
    founder(work)
    done, ids = Imported(), []
    for number, row in enumerate(command.rows, start=1):
        done, person_id = _person_kept(work, done, number, row, command.proof)
        ids.append(person_id)
    for number, (row, person_id) in enumerate(zip(command.rows, ids, strict=True), start=1):
        if row.supervisor:
            supervisor = _holder(work, AddressKind.PHONE, row.supervisor)
            if supervisor is None or supervisor == person_id:
                raise RowRefused(f"Row {number}: the supervisor's phone belongs to nobody else on record.")
            work.tx.run(_SUPERVISED, person_id=person_id, supervisor=supervisor)
    return done


def _person_kept(work: Work, done: Imported, number: int, row: StaffRow, proof: Proof) -> tuple[Imported, int]:
    place_id = _place_id(work, row.place)
    if place_id is None:
        raise RowRefused(f"Row {number}: there is no place with the code {row.place!r}.")
    addresses = [(AddressKind.PHONE, phone) for phone in row.phones]
    if not addresses:
        raise RowRefused(f"Row {number}: a person needs a phone.")
    if row.telegram:
        addresses.append((AddressKind.TELEGRAM, row.telegram))
    holders = {address: _holder(work, *address) for address in addresses}
    known_ids = {holder for holder in holders.values() if holder is not None}
    if len(known_ids) > 1:
        raise RowRefused(f"Row {number}: its phones belong to different people on record.")
    words: dict[str, Any] = {
        "name": row.name, "title": row.title, "place_id": place_id, "language": row.language,
    }  # fmt: skip
    if known_ids:
        (person_id,) = known_ids
        known = work.tx.get(Person, person_id)
        assert known is not None  # an address belongs to somebody
        words["language"] = known.language  # their own choice
        touched = _brought_up_to_date(work, known, words) or None in holders.values()
        done = replace(done, changed=done.changed + touched, same=done.same + (not touched))
    else:
        person = work.tx.add(Person(demonstration=row.demonstration, **words))
        assert person.id is not None  # given by the database
        person_id, done = person.id, replace(done, added=done.added + 1)
    for (kind, value), holder in holders.items():
        if holder is None:
            work.tx.add(Address(person_id=person_id, kind=kind, value=value, proof=proof, proven_at=work.at))
    return done, person_id


@handles(ImportAssets)
def import_assets(work: Work, command: ImportAssets) -> Imported:
    founder(work)
    done = Imported()
    for number, row in enumerate(command.rows, start=1):
        done = _asset_kept(work, done, number, row)
    return done


def _asset_kept(work: Work, done: Imported, number: int, row: AssetRow) -> Imported:
    place_id = _place_id(work, row.place)
    if place_id is None:
        raise RowRefused(f"Row {number}: there is no place with the code {row.place!r}.")
    custodian_id = _holder(work, AddressKind.PHONE, row.custodian) if row.custodian else None
    if row.custodian and custodian_id is None:
        raise RowRefused(f"Row {number}: the custodian's phone belongs to nobody on record.")
    words: dict[str, Any] = {
        "kind": row.kind, "serial": row.serial, "make": row.make, "model": row.model, "place_id": place_id,
        "custodian_id": custodian_id, "state": row.state, "bought": row.bought, "warranty_until": row.warranty_until,
        "supplier": row.supplier, "price": row.price, "government_code": row.government_code,
    }  # fmt: skip
    found = work.tx.one(_ASSET_ID, tag=row.tag)
    if found is None:
        work.tx.add(Asset(tag=row.tag, digits=AssetTag(row.tag).digits, **words))
        return replace(done, added=done.added + 1)
    known = work.tx.get(Asset, found.id)
    assert known is not None  # found by its tag just now
    touched = _brought_up_to_date(work, known, words)
    return replace(done, changed=done.changed + touched, same=done.same + (not touched))


def _brought_up_to_date(work: Work, known: SQLModel, words: dict[str, Any]) -> bool:
    """Whether anything was different. What a list leaves empty does not blank what the desk knows."""
    new = {name: value for name, value in words.items() if value not in ("", None) and getattr(known, name) != value}
    for name, value in new.items():
        setattr(known, name, value)
    if new:
        work.tx.save(known)
    return bool(new)


def _place_id(work: Work, code: str) -> int | None:
    row = work.tx.one(_PLACE_ID, code=code)
    return None if row is None else row.id


def _holder(work: Work, kind: AddressKind, value: str) -> int | None:
    row = work.tx.one(_HOLDER, kind=kind, value=value)
    return None if row is None else row.person_id
