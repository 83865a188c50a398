"""Working a ticket: what officers do with it, and what the requester hears of that."""

from sqlalchemy import bindparam, update

from database import columns, table_of
from handlers.completing import tell_completed
from handlers.door import handles
from handlers.permission import officer_for
from handlers.telling import ask, requester_of, stop_asking, tell, tell_officer
from handlers.work import Work, sendable
from locales import N_
from models.commands import (
    AddNote,
    AskRequester,
    AssignTicket,
    CancelTicket,
    ClaimTicket,
    Outcome,
    ResolveTicket,
    SetWaiting,
    TakeUp,
)
from models.refusals import NotApprovedYet, NotFound
from models.tables import AccountRequest, Approval, Ticket
from models.tables.account import ENDED, AccountState
from models.tables.ticket import Kind, WaitingOn
from models.values.ticket_number import TicketNumber
from queries.caller import caller_on_record
from queries.scope import path_of, seat_of

_approval = columns(Approval)

_NOT_ASKED = (
    update(table_of(Approval))
    .where(_approval.ticket_id == bindparam("about"), _approval.decided_at.is_(None))
    .values(decided_at=bindparam("at", type_=_approval.decided_at.type))
)

CLAIMED = N_("Ticket {number} is with {officer}, who will be in touch.")
ASSIGNED = N_("Ticket {number} has been given to you.")
CANCELLED = N_("Ticket {number} was cancelled: {words}")


@handles(ClaimTicket)
def claim_ticket(work: Work, command: ClaimTicket) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    seat = officer_for(work, ticket)
    mine_already = ticket.officer_id == seat.officer_id
    ticket.claimed(seat.officer_id, work.at)
    if mine_already:
        return _outcome(ticket)  # a second click: nothing new to tell
    work.tx.save(ticket)
    fact = work.record(ticket, "claimed")
    words = {"number": TicketNumber(ticket.number).shown, "officer": seat.name}
    tell(work, ticket, requester_of(work, ticket), f"history:{fact}", CLAIMED, **words)
    return _outcome(ticket)


@handles(AssignTicket)
def assign_ticket(work: Work, command: AssignTicket) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    officer_for(work, ticket)
    seat = seat_of(work.tx, command.officer_id)
    if seat is None or not seat.works or not seat.sees(path_of(work.tx, ticket.place_id)):
        raise NotFound
    if ticket.officer_id == seat.officer_id:
        return _outcome(ticket)
    ticket.assigned(seat.officer_id, work.at)
    work.tx.save(ticket)
    fact = work.record(ticket, "assigned", facts={"officer_id": seat.officer_id})
    officer = caller_on_record(work.tx, seat.person_id)
    if officer is not None and officer.person_id != work.by.person_id:
        words = {"number": TicketNumber(ticket.number).shown}
        tell_officer(work, ticket, officer, f"history:{fact}", ASSIGNED, **words)
    return _outcome(ticket)


@handles(TakeUp)
def take_up(work: Work, command: TakeUp) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    seat = officer_for(work, ticket)
    _refuse_past_approval(work, ticket)
    if ticket.officer_id is None:
        ticket.claimed(seat.officer_id, work.at)
    ticket.taken_up(work.at)
    work.tx.save(ticket)
    work.record(ticket, "taken_up")
    return _outcome(ticket)


@handles(SetWaiting)
def set_waiting(work: Work, command: SetWaiting) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    officer_for(work, ticket)
    if command.on in (WaitingOn.NOBODY, WaitingOn.APPROVAL, WaitingOn.IDENTITY):
        raise NotFound
    ticket.waits(command.on, work.at)
    work.tx.save(ticket)
    work.record(ticket, "waits", words=sendable(command.words), facts={"on": str(command.on)})
    return _outcome(ticket)


@handles(AskRequester)
def ask_requester(work: Work, command: AskRequester) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    officer_for(work, ticket)
    words = sendable(command.words)
    ticket.waits(WaitingOn.REQUESTER, work.at)
    work.tx.save(ticket)
    fact = work.record(ticket, "asked", words=words)
    ask(work, ticket, requester_of(work, ticket), f"history:{fact}", "answer")
    return _outcome(ticket)


@handles(AddNote)
def add_note(work: Work, command: AddNote) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    officer_for(work, ticket)
    work.record(ticket, "noted", words=sendable(command.words))
    return _outcome(ticket)


@handles(ResolveTicket)
def resolve_ticket(work: Work, command: ResolveTicket) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    seat = officer_for(work, ticket)
    words = sendable(command.words)
    if ticket.kind == Kind.ACCOUNT:
        request = work.tx.get(AccountRequest, command.ticket_id)
        if request is None or request.state != AccountState.DONE:
            raise NotApprovedYet
    resolve(work, ticket, words, officer_id=seat.officer_id)
    return _outcome(ticket)


@handles(CancelTicket)
def cancel_ticket(work: Work, command: CancelTicket) -> Outcome:
    ticket = work.ticket(command.ticket_id)
    officer_for(work, ticket)
    words = sendable(command.words)
    if ticket.kind == Kind.ACCOUNT:
        _drop_request(work, ticket)
    ticket.cancelled(work.at)
    work.tx.save(ticket)
    fact = work.record(ticket, "cancelled", words=words)
    stop_asking(work, ticket, "answer", "confirm", "approve", "prove")
    told = {"number": TicketNumber(ticket.number).shown, "words": words}
    tell(work, ticket, requester_of(work, ticket), f"history:{fact}", CANCELLED, **told)
    return _outcome(ticket)


def resolve(work: Work, ticket: Ticket, words: str, officer_id: int) -> None:
    """The work is done; the requester is asked whether it holds."""
    ticket.officer_id = ticket.officer_id or officer_id
    ticket.resolved(work.at, work.rules.hours.end_of_working_day(work.at, work.rules.close_after_days))
    work.tx.save(ticket)
    fact = work.record(ticket, "resolved", words=words)
    stop_asking(work, ticket, "answer")
    if ticket.kind == Kind.ACCOUNT:
        tell_completed(work, ticket, f"history:{fact}")
    else:
        ask(work, ticket, requester_of(work, ticket), f"history:{fact}", "confirm")


def _drop_request(work: Work, ticket: Ticket) -> None:
    """Nobody's yes is waited for any more, and none comes too late."""
    request = work.tx.get(AccountRequest, ticket.id, lock=True)
    if request is not None and request.state not in ENDED:
        request.not_genuine()
        work.tx.save(request)
        work.tx.run(_NOT_ASKED, about=ticket.id, at=work.at)


def _refuse_past_approval(work: Work, ticket: Ticket) -> None:
    if ticket.waiting_on in (WaitingOn.APPROVAL, WaitingOn.IDENTITY):
        raise NotApprovedYet


def _outcome(ticket: Ticket) -> Outcome:
    return Outcome(ticket.id, {"number": TicketNumber(ticket.number).shown})
