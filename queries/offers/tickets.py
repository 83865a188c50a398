"""One's own tickets: the requester's, by number on record or linked chat. Anyone else's is as if it did not exist."""

from collections.abc import Mapping

from sqlalchemy import bindparam, or_, select

from conversations.screen import Option
from conversations.steps import Answers, Offer
from database import Row, columns, table_of
from locales import N_, say
from models.refusals import NotFound
from models.tables import Fault, Officer, Person, System, Ticket
from models.tables.ticket import State, WaitingOn
from models.values.ticket_number import TicketNumber
from queries.offers.asking import Asking

_ticket, _fault, _officer, _person, _system = (columns(each) for each in (Ticket, Fault, Officer, Person, System))

STATES: Mapping[State, str] = {
    State.NEW: N_("Received"),
    State.ASSIGNED: N_("With an officer"),
    State.IN_PROGRESS: N_("Being worked on"),
    State.WAITING: N_("Waiting"),
    State.RESOLVED: N_("Resolved"),
    State.CLOSED: N_("Closed"),
    State.CANCELLED: N_("Cancelled"),
}
WAITS: Mapping[WaitingOn, str] = {
    WaitingOn.REQUESTER: N_("Waiting for your answer"),
    WaitingOn.APPROVAL: N_("Waiting for approval"),
    WaitingOn.IDENTITY: N_("Waiting for a proof that it is you"),
    WaitingOn.OFFICE: N_("Waiting for another office"),
    WaitingOn.PART: N_("Waiting for a spare part"),
}

_FIELDS = (
    _ticket.id, _ticket.number, _ticket.state, _ticket.waiting_on, _ticket.created_at, _ticket.rating,
    _fault.name.label("fault"), _fault.name_en.label("fault_en"), _system.name.label("system"),
    _person.name.label("officer"),
)  # fmt: skip
_JOINED = (
    table_of(Ticket)
    .outerjoin(table_of(Fault), _ticket.fault_code == _fault.code)
    .outerjoin(table_of(System), _ticket.system_code == _system.code)
    .outerjoin(table_of(Officer), _ticket.officer_id == _officer.id)
    .outerjoin(table_of(Person), _officer.person_id == _person.id)
)
# An unknown caller has only their address; a person has their id, whatever they speak from.
_OWN = select(*_FIELDS).select_from(_JOINED).where(_ticket.requester_id == bindparam("person_id"))
_CALLED = select(*_FIELDS).select_from(_JOINED).where(
    _ticket.caller == bindparam("caller"), _ticket.requester_id.is_(None)
)  # fmt: skip

_OWN_LIST = _OWN.order_by(_ticket.id.desc()).limit(9)
_CALLED_LIST = _CALLED.order_by(_ticket.id.desc()).limit(9)
_BY_NUMBER = or_(_ticket.number == bindparam("number"), _ticket.id == bindparam("ticket_id"))
_OWN_ONE = _OWN.where(_BY_NUMBER)
_CALLED_ONE = _CALLED.where(_BY_NUMBER)


class NoTickets(NotFound):
    """The caller has not reported anything yet."""

    text = N_("You have no tickets yet.")


def own(asking: Asking, _: Answers) -> Offer:
    if asking.caller.person_id is not None:
        rows = asking.reading.all(_OWN_LIST, person_id=asking.caller.person_id)
    else:
        rows = asking.reading.all(_CALLED_LIST, caller=asking.caller.address)
    options = []
    for row in rows:
        number, state = TicketNumber(row.number).shown, state_of(asking, row)
        label, short = f"{number} {about(asking, row)}: {state}", f"{number} {say(STATES[row.state], asking.language)}"
        options.append(Option(str(row.number), label, short, presets={"ticket_id": str(row.id)}))
    if not options:
        raise NoTickets
    return Offer(tuple(options))


def find(asking: Asking, _: Answers, value: str) -> Mapping[str, str]:
    row = one(asking, number=int(value))
    return {"ticket": str(row.number), "ticket_id": str(row.id)}


def card(asking: Asking, answers: Answers) -> Offer:
    """State, who has it and since when; and what the requester may do now."""
    row = one(asking, ticket_id=int(answers["ticket_id"]))
    with_officer = f" ({row.officer})" if row.officer and row.state in (State.ASSIGNED, State.IN_PROGRESS) else ""
    local = asking.rules.local(row.created_at)
    what = f"{TicketNumber(row.number).shown} {about(asking, row)}. {state_of(asking, row)}"
    text = f"{what}{with_officer}. {local:%d/%m %H:%M}"
    return Offer(tuple(_acts(asking, row)), {"card": text})


def _acts(asking: Asking, row: Row) -> list[Option]:
    language = asking.language
    if row.state == State.RESOLVED:
        return [
            Option("confirm", say(N_("It works, close it"), language), also=("ndiyo", "ndio", "sawa", "yes", "ok")),
            Option("reopen", say(N_("It still does not work"), language), also=("bado", "hapana", "no")),
        ]
    if row.state == State.CLOSED:
        return [Option("rate", say(N_("Rate the service"), language))] if row.rating is None else []
    if row.state == State.CANCELLED:
        return []
    return [Option("add", say(N_("Add words"), language))]


def one(asking: Asking, *, number: int = 0, ticket_id: int = 0) -> Row:
    if asking.caller.person_id is not None:
        row = asking.reading.one(_OWN_ONE, person_id=asking.caller.person_id, number=number, ticket_id=ticket_id)
    else:
        row = asking.reading.one(_CALLED_ONE, caller=asking.caller.address, number=number, ticket_id=ticket_id)
    if row is None:
        raise NotFound
    return row


def about(asking: Asking, row: Row) -> str:
    """What the ticket is about, in a few words."""
    if row.system:
        return str(row.system)
    return asking.told(row.fault, row.fault_en) if row.fault else say(N_("Fault report"), asking.language)


def state_of(asking: Asking, row: Row) -> str:
    if row.state == State.WAITING and row.waiting_on in WAITS:
        return say(WAITS[row.waiting_on], asking.language)
    return say(STATES[row.state], asking.language)
