"""Handing an approved request to the owner of the system: their reference, the day they promised, and the reminder."""

from sqlalchemy import bindparam, or_, select

from database import columns, spelled
from handlers.door import handles
from handlers.freezing import refuse_frozen
from handlers.permission import officer_for
from handlers.telling import on_duty, requester_of, tell, tell_officer
from handlers.work import Work, sendable
from locales import N_
from models.commands import HandToOwner, Outcome, RemindPromises
from models.refusals import Misread, NotFound
from models.tables import AccountRequest, System, Ticket
from models.tables.account import AccountState
from models.tables.ticket import WaitingOn
from models.values.ticket_number import TicketNumber
from queries.caller import Caller, caller_on_record
from queries.scope import path_of, seat_of

_request = columns(AccountRequest)

_PROMISED = (
    select(_request.ticket_id)
    .where(
        _request.state == spelled(AccountState.WITH_OWNER),
        _request.promised <= bindparam("today", type_=_request.promised.type),
        or_(_request.reminded.is_(None), _request.reminded != _request.promised),
    )
    .order_by(_request.promised, _request.ticket_id)
    .limit(bindparam("most"))
)

HANDED = N_("Request {number} is with the owner of {system}. Their reference: {reference}.")
HANDED_UNTIL = N_("Request {number} is with the owner of {system}. Their reference: {reference}. They promised {day}.")
REMINDED = N_("Ticket {number}: the owner of {system} promised {day}. Reference {reference}. Please ask them.")


class PromisePast(Misread):
    """A promise is for today or later."""

    text = N_("The promised day is already over.")


@handles(HandToOwner)
def hand_to_owner(work: Work, command: HandToOwner) -> Outcome:
    """The owner of the system acts. The request stays open here, with their reference and the day they promised."""
    ticket = work.ticket(command.ticket_id)
    officer_for(work, ticket)
    request = work.tx.get(AccountRequest, command.ticket_id, lock=True)
    if request is None:
        raise NotFound
    refuse_frozen(work, request.requester_id)
    if command.promised is not None and command.promised < work.rules.local(work.at).date():
        raise PromisePast
    reference = sendable(command.reference)[:60]
    request.handed_over(reference)
    request.promised = command.promised
    work.tx.save(request)
    ticket.waits(WaitingOn.OFFICE, work.at)
    work.tx.save(ticket)
    facts = {"promised": command.promised.isoformat()} if command.promised is not None else {}
    fact = work.record(ticket, "handed_to_owner", words=reference, facts=facts)
    text = HANDED if command.promised is None else HANDED_UNTIL
    tell(work, ticket, requester_of(work, ticket), f"history:{fact}", text, **_words(work, ticket, request))
    return Outcome(ticket.id)


@handles(RemindPromises)
def remind_promises(work: Work, command: RemindPromises) -> int:
    """When the office opens on the promised day, once: whoever has the ticket, or while nobody has, whoever is on
    duty. How many promises were due."""
    if not work.rules.hours.is_open(work.at):
        return 0
    rows = work.tx.all(_PROMISED, today=work.rules.local(work.at).date(), most=command.most)
    for row in rows:
        ticket = work.ticket(row.ticket_id)
        request = work.tx.get(AccountRequest, row.ticket_id, lock=True)
        assert request is not None  # found just now
        request.reminded = request.promised
        work.tx.save(request)
        fact = work.record(ticket, "promise_due")
        for officer in _workers(work, ticket):
            tell_officer(work, ticket, officer, f"history:{fact}", REMINDED, **_words(work, ticket, request))
    return len(rows)


def _words(work: Work, ticket: Ticket, request: AccountRequest) -> dict[str, str]:
    system = work.tx.get(System, request.system_code)
    return {
        "number": TicketNumber(ticket.number).shown,
        "system": system.short if system else "",
        "reference": request.foreign_reference,
        "day": f"{request.promised:%d/%m/%Y}" if request.promised is not None else "",
    }


def _workers(work: Work, ticket: Ticket) -> list[Caller]:
    seat = seat_of(work.tx, ticket.officer_id) if ticket.officer_id is not None else None
    officer = caller_on_record(work.tx, seat.person_id) if seat is not None else None
    return [officer] if officer is not None else on_duty(work, path_of(work.tx, ticket.place_id))
