"""Telling that an account request is done: to every address of the person whose account it is, and to their head."""

from handlers.telling import ask_everywhere, requester_of, tell
from handlers.work import Work
from locales import N_
from models.tables import AccountRequest, System, Ticket
from models.values.ticket_number import TicketNumber
from queries.caller import caller_on_record

DONE = N_("Request {number} for {requester} on {system} is done. If that is not right, tell the ICT unit at once.")


def tell_completed(work: Work, ticket: Ticket, fact: str) -> None:
    """Whoever stole one address does not keep the others from hearing of it. Each can answer SIO MIMI."""
    asker = requester_of(work, ticket)
    request = work.tx.get(AccountRequest, ticket.id)
    own = request is not None and request.requester_id == asker.person_id
    ask_everywhere(work, ticket, asker, fact, "confirm", given={"account": "yes"} if own else {})
    head = caller_on_record(work.tx, asker.supervisor_id) if own and asker.supervisor_id is not None else None
    if head is not None and request is not None:
        system = work.tx.get(System, request.system_code)
        words = {"number": TicketNumber(ticket.number).shown, "requester": asker.name}
        tell(work, ticket, head, fact, DONE, system=system.short if system else "", **words)
