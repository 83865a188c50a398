"""Who may do it. Decided here, once, for every channel; what is not theirs to see does not exist for them."""

from dataclasses import replace

from handlers.work import Work
from models.commands import DESK
from models.refusals import NotFound, NotYours
from models.tables import Ticket
from models.tables.officer import Role
from queries.scope import Seat, path_of, seat_of


def officer_for(work: Work, ticket: Ticket) -> Seat:
    """The officer who gives the command, if they work and the ticket lies in their part of the tree."""
    seat = working_officer(work)
    if not seat.sees(path_of(work.tx, ticket.place_id)):
        raise NotFound
    return seat


def working_officer(work: Work) -> Seat:
    if work.by.officer_id is None:
        raise NotYours
    seat = seat_of(work.tx, work.by.officer_id)
    if seat is None or not seat.works:
        raise NotYours
    work.by = replace(work.by, person_id=seat.person_id)
    return seat


def founder(work: Work) -> None:
    """Whoever runs the installation, at its command line; or an administrator."""
    if work.by.officer_id is not None:
        seat = working_officer(work)
        if seat.role == Role.ADMINISTRATOR:
            return
    elif work.by == DESK:
        return
    raise NotYours


def requester_or_officer(work: Work, ticket: Ticket) -> None:
    """The requester, by person or by address; or an officer who types for them."""
    if work.by.officer_id is not None:
        officer_for(work, ticket)
    else:
        requester(work, ticket)


def requester(work: Work, ticket: Ticket) -> None:
    if ticket.requester_id is not None:
        if work.by.person_id != ticket.requester_id:
            raise NotFound
    elif not ticket.caller or work.by.caller != ticket.caller:
        raise NotFound
