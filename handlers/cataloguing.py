"""Keeping the catalogue of systems: what is added is askable at once, what is retired is on no list any more."""

from sqlalchemy import bindparam, delete, select

from database import columns, table_of
from handlers.changing import note_change
from handlers.door import handles
from handlers.permission import working_officer
from handlers.work import Work
from locales import N_
from models.commands import AddSystem, EditSystem, NameApprover, Outcome, RetireSystem
from models.refusals import NotFound
from models.system_entry import AliasTaken, CodeTaken, EntryRefused, SystemEntry, code_of
from models.tables import Address, Place, System, SystemApprover
from models.tables.person import AddressKind
from models.values.phone import PhoneNumber
from queries.caller import caller_on_record
from queries.systems import keeps_catalogue

_system, _approver, _address = columns(System), columns(SystemApprover), columns(Address)

_OTHERS = select(_system.code, _system.name, _system.short, _system.aliases).where(
    _system.code != bindparam("code"), _system.retired.is_(False)
)
_RANK = select(_system.rank).order_by(_system.rank.desc()).limit(1)
_NAMED = select(_approver.person_id).where(
    _approver.system_code == bindparam("code"), _approver.place_id == bindparam("place_id")
)
_UNNAME = delete(table_of(SystemApprover)).where(
    _approver.system_code == bindparam("code"), _approver.place_id == bindparam("place_id")
)
_HOLDER = select(_address.person_id).where(
    _address.kind == AddressKind.PHONE, _address.value == bindparam("phone"), _address.ended_at.is_(None)
)
KEPT = tuple(SystemEntry(name="", short="").row())


class NobodyByPhone(EntryRefused):
    """The approver must be on record and serve."""

    text = N_("Nobody on record has that phone.")
    field = "phone"


@handles(AddSystem)
def add_system(work: Work, command: AddSystem) -> Outcome:
    """Refused for a code that is taken, for a name that means another system, and for whatever is unfit."""
    _keeper(work)
    code = code_of(command.code)
    if work.tx.get(System, code) is not None:
        raise CodeTaken
    _refuse_unfit(work, code, command.entry)
    last = work.tx.one(_RANK)
    work.tx.add(System(code=code, rank=(last.rank if last else 0) + 10, **command.entry.row()))
    note_change(work, "system_added", f"system:{code}", {}, command.entry.row())
    return Outcome(words={"code": code})


@handles(EditSystem)
def edit_system(work: Work, command: EditSystem) -> Outcome:
    _keeper(work)
    system = _system_of(work, command.code)
    _refuse_unfit(work, system.code, command.entry)
    before, after = {name: getattr(system, name) for name in KEPT}, command.entry.row()
    if before != after:
        for name, value in after.items():
            setattr(system, name, value)
        work.tx.save(system)
        note_change(work, "system_edited", f"system:{system.code}", before, after)
    return Outcome(words={"code": system.code})


@handles(RetireSystem)
def retire_system(work: Work, command: RetireSystem) -> Outcome:
    _keeper(work)
    system = _system_of(work, command.code)
    if system.retired == command.back:
        if command.back:
            _refuse_taken(work, system.code, (system.name, system.short, *system.aliases.split(";")))
        system.retired = not command.back
        work.tx.save(system)
        before, after = {"retired": str(command.back).lower()}, {"retired": str(system.retired).lower()}
        event = "system_brought_back" if command.back else "system_retired"
        note_change(work, event, f"system:{system.code}", before, after)
    return Outcome(words={"code": system.code})


@handles(NameApprover)
def name_approver(work: Work, command: NameApprover) -> Outcome:
    """Refused for a phone that is nobody's, and for a place that is not there."""
    _keeper(work)
    system = _system_of(work, command.code)
    if work.tx.get(Place, command.place_id) is None:
        raise NotFound
    person_id = _serving(work, PhoneNumber.parse(command.phone)) if command.phone else None
    named = work.tx.one(_NAMED, code=system.code, place_id=command.place_id)
    was = named.person_id if named is not None else None
    if was != person_id:
        work.tx.run(_UNNAME, code=system.code, place_id=command.place_id)
        if person_id is not None:
            work.tx.insert(SystemApprover, system_code=system.code, place_id=command.place_id, person_id=person_id)
        field = f"approver_at_{command.place_id}"
        note_change(work, "approver_named", f"system:{system.code}", {field: was}, {field: person_id})
    return Outcome(words={"code": system.code})


def _keeper(work: Work) -> None:
    """For anybody else the page is not there."""
    seat = working_officer(work)
    if not keeps_catalogue(work.tx, seat, work.rules.root_id):
        raise NotFound


def _system_of(work: Work, code: str) -> System:
    system = work.tx.get(System, code, lock=True)
    if system is None:
        raise NotFound
    return system


def _refuse_unfit(work: Work, code: str, entry: SystemEntry) -> None:
    entry.refuse_unfit()
    _refuse_taken(work, code, (entry.name, entry.short, *entry.aliases))


def _refuse_taken(work: Work, code: str, names: tuple[str, ...]) -> None:
    """What people say must lead to one system."""
    said = {name.casefold(): name for name in names if name}
    for row in work.tx.all(_OTHERS, code=code):
        for other in (row.code, row.name, row.short, *row.aliases.split(";")):
            if other.casefold().strip() in said:
                raise AliasTaken(alias=said[other.casefold().strip()], system=row.name)


def _serving(work: Work, phone: str) -> int:
    row = work.tx.one(_HOLDER, phone=phone)
    person = caller_on_record(work.tx, row.person_id) if row is not None else None
    if person is None or person.person_id is None or not person.serving:
        raise NobodyByPhone
    return person.person_id
