"""SIO MIMI: whoever is told of an account request that was not theirs stops all that is asked in their name."""

from datetime import timedelta

from sqlalchemy import bindparam, or_, select, update

from database import columns, table_of
from handlers.door import handles
from handlers.permission import working_officer
from handlers.reporting import Origin, make_ticket, place_name
from handlers.telling import stop_asking, tell_everywhere, whole_unit
from handlers.work import Work, sendable
from locales import N_
from models.commands import DisownRequest, Outcome, Unfreeze
from models.priority import Priority
from models.refusals import Frozen, NotFound, NothingToDisown, NotYours
from models.tables import AccountRequest, Fault, NumberChange, Person, Ticket
from models.tables.account import AccountState
from models.tables.officer import Role
from models.tables.ticket import Kind
from models.values.ticket_number import TicketNumber
from queries.caller import Caller, caller_on_record

FRESH = timedelta(days=30)  # a request older than this is told to the unit by word of mouth
TAKEN_OVER = "1203"  # the catalogue's fault "account taken over", where the unit kept it

_person, _request, _ticket = columns(Person), columns(AccountRequest), columns(Ticket)
_change = columns(NumberChange)

_FRESH = (
    select(_request.ticket_id)
    .join_from(table_of(AccountRequest), table_of(Ticket), _request.ticket_id == _ticket.id)
    .where(
        _request.requester_id == bindparam("requester_id"),
        or_(
            _ticket.created_at > bindparam("since", type_=_ticket.created_at.type),
            _ticket.resolved_at > bindparam("since", type_=_ticket.resolved_at.type),
        ),
        _request.state != AccountState.REFUSED,
        _request.state != AccountState.EXPIRED,
    )
    .order_by(_request.ticket_id.desc())
)
_MOVES = (
    select(_change.id)
    .where(
        _change.person_id == bindparam("requester_id"),
        _change.asked_at > bindparam("since", type_=_change.asked_at.type),
    )
    .order_by(_change.id)
)
# Whose number it was until lately: who answers from it may be the one it was taken from.
_WAS_THEIRS = (
    select(_change.person_id)
    .where(
        _change.old_phone == bindparam("phone"),
        _change.applied_at > bindparam("since", type_=_change.applied_at.type),
    )
    .order_by(_change.id.desc())
    .limit(1)
)
_FROZEN = select(_person.frozen_at).where(_person.id == bindparam("person_id"))
_FREEZE = (
    update(table_of(Person))
    .where(_person.id == bindparam("person_id"), _person.frozen_at.is_(None))
    .values(frozen_at=bindparam("at", type_=_person.frozen_at.type))
)
_THAW = update(table_of(Person)).where(_person.id == bindparam("person_id")).values(frozen_at=None)

PAGED = N_("SECURITY {number}: {person}, {place}, says SIO MIMI. Their requests are frozen. Act now.")
FROZEN = N_("No account of yours will be touched: SIO MIMI was said. Come to the ICT unit with your ID. {number}")
THAWED = N_("Your ID was seen at the ICT unit. You can ask for accounts again.")


@handles(DisownRequest)
def disown_request(work: Work, command: DisownRequest) -> Outcome:
    """Refused where nothing was asked in that name of late. Said again while frozen, it only gives the number again."""
    person = _who(work, command)
    assert person.person_id is not None  # they are on record
    requests = [
        work.ticket(row.ticket_id) for row in work.tx.all(_FRESH, requester_id=person.person_id, since=work.at - FRESH)
    ]
    moves = work.tx.all(_MOVES, requester_id=person.person_id, since=work.at - FRESH)
    if not requests and not moves:
        raise NothingToDisown
    incident = make_ticket(
        work, Origin(person.place_id, person), kind=Kind.INCIDENT, default=Priority.P1,
        fault_code=TAKEN_OVER if work.tx.get(Fault, TAKEN_OVER) is not None else None,
    )  # fmt: skip
    number = TicketNumber(incident.number).shown
    work.tx.run(_FREEZE, person_id=person.person_id, at=work.at)
    fact = work.record(incident, "not_me", facts={"person_id": person.person_id}, new=True)
    for ticket in requests:
        work.record(ticket, "disowned", facts={"incident": incident.number})
        stop_asking(work, ticket, "confirm", "approve")
    for row in moves:
        _stop_move(work, row.id, incident)
    for officer in whole_unit(work, person.place_path):
        words = {"number": number, "person": person.name, "place": place_name(work, person.place_id)}
        tell_everywhere(work, incident, officer, f"history:{fact}", PAGED, **words)
    tell_everywhere(work, incident, person, f"history:{fact}:frozen", FROZEN, number=number)
    return Outcome(incident.id, {"number": number})


@handles(Unfreeze)
def unfreeze(work: Work, command: Unfreeze) -> Outcome:
    """Only by the head of the unit, who saw the person and their ID; never for oneself."""
    seat = working_officer(work)
    person = caller_on_record(work.tx, command.person_id)
    if person is None or not seat.sees(person.place_path):
        raise NotFound
    if seat.role not in (Role.HEAD, Role.ADMINISTRATOR) or seat.person_id == command.person_id:
        raise NotYours
    if not is_frozen(work, command.person_id):
        return Outcome()
    words = sendable(command.words)
    work.tx.run(_THAW, person_id=command.person_id)
    incident = make_ticket(work, Origin(person.place_id, person), kind=Kind.REQUEST, default=Priority.P4)
    fact = work.record(incident, "unfrozen", words=words, facts={"person_id": command.person_id}, new=True)
    incident.resolved(work.at, work.rules.hours.end_of_working_day(work.at, work.rules.close_after_days))
    work.tx.save(incident)
    tell_everywhere(work, incident, person, f"history:{fact}", THAWED)
    return Outcome(incident.id)


def is_frozen(work: Work, person_id: int) -> bool:
    row = work.tx.one(_FROZEN, person_id=person_id)
    return row is not None and row.frozen_at is not None


def refuse_frozen(work: Work, person_id: int) -> None:
    """Nothing more is asked, approved or carried out in the name of somebody who said SIO MIMI."""
    if is_frozen(work, person_id):
        raise Frozen


def stop_change(work: Work, change: NumberChange, ticket: Ticket) -> None:
    """The number stays what it is."""
    change.stopped_at = work.at
    work.tx.save(change)
    if not ticket.ended:
        ticket.cancelled(work.at)
        work.tx.save(ticket)


def _stop_move(work: Work, change_id: int, incident: Ticket) -> None:
    change = work.tx.get(NumberChange, change_id, lock=True)
    assert change is not None  # read just now
    ticket = work.ticket(change.ticket_id)
    if change.applied_at is None and change.stopped_at is None:
        stop_change(work, change, ticket)
    work.record(ticket, "disowned", facts={"incident": incident.number})


def _who(work: Work, command: DisownRequest) -> Caller:
    if command.for_person_id is not None:
        person = caller_on_record(work.tx, command.for_person_id)
        if person is None or not working_officer(work).sees(person.place_path):
            raise NotFound
        return person
    person = caller_on_record(work.tx, work.by.person_id) if work.by.person_id is not None else None
    if person is None:
        row = work.tx.one(_WAS_THEIRS, phone=work.by.caller.removeprefix("phone:"), since=work.at - FRESH)
        person = caller_on_record(work.tx, row.person_id) if row is not None else None
    if person is None:
        raise NothingToDisown  # the words for somebody on record of whom nothing was asked
    return person
