"""Changing a registered number: in person, told to the old number at once, held for a day, and stopped by SIO MIMI."""

from datetime import timedelta

from sqlalchemy import bindparam, select, update

from database import columns, table_of
from handlers.door import handles
from handlers.freezing import is_frozen, refuse_frozen, stop_change
from handlers.permission import working_officer
from handlers.reporting import Origin, make_ticket
from handlers.telling import tell, tell_everywhere
from handlers.work import Work, sendable
from locales import N_
from models.commands import ApplyNumberChanges, ChangeNumber, Outcome
from models.priority import Priority
from models.refusals import AddressTaken, HasLeft, NotFound, NumberMoving, SamePerson
from models.tables import Address, NumberChange
from models.tables.person import AddressKind, Proof
from models.tables.ticket import Kind
from models.values.phone import PhoneNumber
from models.values.ticket_number import TicketNumber
from queries.caller import caller_on_record

HOLD = timedelta(hours=24)

_address, _change = columns(Address), columns(NumberChange)

_LIVE = select(_address.id, _address.person_id).where(
    _address.kind == AddressKind.PHONE, _address.value == bindparam("phone"), _address.ended_at.is_(None)
)
_OPEN = select(_change.id).where(
    _change.person_id == bindparam("person_id"), _change.applied_at.is_(None), _change.stopped_at.is_(None)
)
_DUE = (
    select(_change.id)
    .where(
        _change.applied_at.is_(None), _change.stopped_at.is_(None),
        _change.due_at <= bindparam("at", type_=_change.due_at.type),
    )
    .order_by(_change.due_at)
    .limit(bindparam("most"))
)  # fmt: skip
_END_OLD = (
    update(table_of(Address))
    .where(_address.id == bindparam("address_id"))
    .values(ended_at=bindparam("at", type_=_address.ended_at.type))
)

MOVING = N_("{number}: your number at the desk becomes {phone} tomorrow. Is this not you? Answer SIO MIMI now.")
MOVED = N_("{number}: your number at the desk is now {phone}.")
HEAD_TOLD = N_("{number}: {person} has a new number at the desk. If that is not right, tell the ICT unit at once.")
NOT_MOVED = N_("{number}: your number at the desk was not changed.")


@handles(ChangeNumber)
def change_number(work: Work, command: ChangeNumber) -> Outcome:
    """Only by an officer who saw the person and their ID, never for oneself; refused while frozen."""
    seat = working_officer(work)
    person = caller_on_record(work.tx, command.person_id)
    if person is None or not seat.sees(person.place_path):
        raise NotFound
    if seat.person_id == command.person_id:
        raise SamePerson
    if not person.serving:
        raise HasLeft
    refuse_frozen(work, command.person_id)
    old, new = PhoneNumber.parse(command.old_phone), PhoneNumber.parse(command.new_phone)
    known = work.tx.one(_LIVE, phone=old)
    if known is None or known.person_id != command.person_id:
        raise NotFound
    if work.tx.one(_LIVE, phone=new) is not None:
        raise AddressTaken
    if work.tx.one(_OPEN, person_id=command.person_id) is not None:
        raise NumberMoving
    words = sendable(command.words)
    ticket = make_ticket(work, Origin(person.place_id, person), kind=Kind.ACCOUNT, default=Priority.P3)
    assert ticket.id is not None  # given by the database
    work.tx.add(
        NumberChange(
            ticket_id=ticket.id, person_id=command.person_id, old_phone=old, new_phone=new,
            officer_person_id=seat.person_id, asked_at=work.at, due_at=work.at + HOLD,
        )
    )  # fmt: skip
    fact = work.record(ticket, "number_asked", words=words, facts={"person_id": command.person_id}, new=True)
    told = {"number": TicketNumber(ticket.number).shown, "phone": new.masked_plain()}
    tell_everywhere(work, ticket, person, f"history:{fact}", MOVING, **told)
    return Outcome(ticket.id, {"number": told["number"]})


@handles(ApplyNumberChanges)
def apply_number_changes(work: Work, command: ApplyNumberChanges) -> int:
    """What became impossible while it was held is stopped: the person froze or left, or a number went elsewhere."""
    rows = work.tx.all(_DUE, at=work.at, most=command.most)
    for row in rows:
        change = work.tx.get(NumberChange, row.id, lock=True)
        assert change is not None  # read just now
        _apply(work, change)
    return len(rows)


def _apply(work: Work, change: NumberChange) -> None:
    ticket = work.ticket(change.ticket_id)
    person = caller_on_record(work.tx, change.person_id)
    assert person is not None  # a foreign key holds it
    old = work.tx.one(_LIVE, phone=change.old_phone)
    taken = work.tx.one(_LIVE, phone=change.new_phone)
    ours = old is not None and old.person_id == change.person_id
    words = {"number": TicketNumber(ticket.number).shown, "phone": PhoneNumber(change.new_phone).masked_plain()}
    if is_frozen(work, change.person_id) or not person.serving or ticket.ended or not ours or taken is not None:
        stop_change(work, change, ticket)
        fact = work.record(ticket, "number_stopped")
        tell_everywhere(work, ticket, person, f"history:{fact}", NOT_MOVED, number=words["number"])
        return
    assert old is not None  # it is theirs
    change.applied_at = work.at
    work.tx.save(change)
    work.tx.run(_END_OLD, address_id=old.id, at=work.at)
    work.tx.add(
        Address(
            person_id=change.person_id, kind=AddressKind.PHONE, value=change.new_phone, proof=Proof.OFFICER,
            proven_at=work.at,
        )
    )  # fmt: skip
    ticket.resolved(work.at, work.rules.hours.end_of_working_day(work.at, work.rules.close_after_days))
    work.tx.save(ticket)
    fact = work.record(ticket, "number_changed")
    tell_everywhere(work, ticket, person, f"history:{fact}", MOVED, **words)
    head = caller_on_record(work.tx, person.supervisor_id) if person.supervisor_id is not None else None
    if head is not None:
        tell(work, ticket, head, f"history:{fact}", HEAD_TOLD, number=words["number"], person=person.name)
