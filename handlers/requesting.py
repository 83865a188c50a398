"""What requesters do with their own tickets: say more, confirm, reopen, rate; and what their silence does."""

from sqlalchemy import bindparam, select

from database import columns, spelled
from handlers.deciding import expire_approvals
from handlers.door import handles
from handlers.permission import requester, requester_or_officer
from handlers.telling import on_duty, requester_of, stop_asking, tell, tell_officer
from handlers.work import Work, clean
from locales import N_, say
from models.commands import AddWords, CloseSilent, ConfirmResolution, Outcome, RateTicket, ReopenTicket
from models.tables import Ticket
from models.tables.ticket import State
from models.values.ticket_number import TicketNumber
from queries.caller import Caller, caller_on_record
from queries.offers.tickets import STATES
from queries.scope import path_of, seat_of

_ticket = columns(Ticket)

_SILENT = (
    select(_ticket.id)
    .where(_ticket.state == spelled(State.RESOLVED), _ticket.close_due <= bindparam("at", type_=_ticket.close_due.type))
    .order_by(_ticket.close_due)
    .limit(bindparam("most"))
)

SAID_MORE = N_("Ticket {number}: the requester answered.")
REOPENED = N_("Ticket {number} was reopened: it still does not work.")
CLOSED = N_("Ticket {number} is closed. If it still troubles you, please make a new report.")
REOPENED_STATE = N_("Reopened")


@handles(AddWords)
def add_words(work: Work, command: AddWords) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    requester_or_officer(work, ticket)
    if not clean(command.words):
        return _outcome(work, ticket)  # "just as before": nothing to add to what is known
    ticket.heard_back()
    work.tx.save(ticket)
    fact = work.record(ticket, "answered", words=clean(command.words))
    stop_asking(work, ticket, "answer")
    _tell_workers(work, ticket, f"history:{fact}", SAID_MORE)
    return _outcome(work, ticket)


@handles(ConfirmResolution)
def confirm_resolution(work: Work, command: ConfirmResolution) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    requester_or_officer(work, ticket)
    ticket.closed(work.at)
    work.tx.save(ticket)
    work.record(ticket, "confirmed")
    stop_asking(work, ticket, "confirm")
    return _outcome(work, ticket)


@handles(ReopenTicket)
def reopen_ticket(work: Work, command: ReopenTicket) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    requester_or_officer(work, ticket)
    ticket.reopen()
    work.tx.save(ticket)
    fact = work.record(ticket, "reopened", words=clean(command.words))
    stop_asking(work, ticket, "confirm")
    _tell_workers(work, ticket, f"history:{fact}", REOPENED)
    return _outcome(work, ticket, REOPENED_STATE)


@handles(RateTicket)
def rate_ticket(work: Work, command: RateTicket) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    requester(work, ticket)
    ticket.rated(command.stars)
    work.tx.save(ticket)
    work.record(ticket, "rated", facts={"stars": command.stars})
    return _outcome(work, ticket)


@handles(CloseSilent)
def close_silent(work: Work, command: CloseSilent) -> int:
    """Close what was resolved and nobody answered for the set time, and let approvals expire; how many."""
    rows = work.tx.all(_SILENT, at=work.at, most=command.most)
    for row in rows:
        ticket = work.ticket(row.id)
        if ticket.state != State.RESOLVED:  # answered while we looked
            continue
        ticket.closed(work.at)
        work.tx.save(ticket)
        fact = work.record(ticket, "closed_silent")
        stop_asking(work, ticket, "confirm")
        words = {"number": TicketNumber(ticket.number).shown}
        tell(work, ticket, requester_of(work, ticket), f"history:{fact}", CLOSED, **words)
    return len(rows) + expire_approvals(work, command.most)


def _tell_workers(work: Work, ticket: Ticket, fact: str, msgid: str) -> None:
    """Whoever has the ticket; while nobody has, whoever is on duty."""
    for officer in _workers(work, ticket):
        if officer.person_id != work.by.person_id:
            tell_officer(work, ticket, officer, fact, msgid, number=TicketNumber(ticket.number).shown)


def _workers(work: Work, ticket: Ticket) -> list[Caller]:
    seat = seat_of(work.tx, ticket.officer_id) if ticket.officer_id is not None else None
    if seat is not None:
        officer = caller_on_record(work.tx, seat.person_id)
        return [officer] if officer is not None else []
    return on_duty(work, path_of(work.tx, ticket.place_id))


def _outcome(work: Work, ticket: Ticket, state: str = "") -> Outcome:
    language = requester_of(work, ticket).language
    words = {"number": TicketNumber(ticket.number).shown, "state": say(state or STATES[ticket.state], language)}
    return Outcome(ticket.id, words)
