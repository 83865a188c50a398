"""The second officer, or in a unit of two the witness: looks at a request for money or control, and agrees."""

from dataclasses import replace

from handlers.advancing import advance
from handlers.door import handles
from handlers.work import Work
from models.commands import ConfirmAsSecond, Outcome
from models.refusals import NotFound, NotYours
from models.tables import AccountRequest
from models.tables.officer import Role
from models.values.ticket_number import TicketNumber
from queries.scope import path_of, seat_of


@handles(ConfirmAsSecond)
def confirm_as_second(work: Work, command: ConfirmAsSecond) -> Outcome:
    """Neither who asked, nor who approved; and whoever confirms does not carry it out."""
    ticket = work.ticket(command.ticket_id)
    seat = seat_of(work.tx, work.by.officer_id) if work.by.officer_id is not None else None
    if seat is None or not (seat.works or seat.role == Role.WITNESS):
        raise NotYours
    if not seat.sees(path_of(work.tx, ticket.place_id)):
        raise NotFound
    work.by = replace(work.by, person_id=seat.person_id)
    request = work.tx.get(AccountRequest, command.ticket_id, lock=True)
    if request is None:
        raise NotFound
    request.seconded(seat.person_id)
    work.record(ticket, "second_confirmed", facts={"witness": 1} if seat.role == Role.WITNESS else None)
    advance(work, ticket, request)
    return Outcome(ticket.id, {"number": TicketNumber(ticket.number).shown})
