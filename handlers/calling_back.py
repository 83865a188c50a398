"""Calling back: to the number on record and no other, with a code that proves the officer to the person."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from conversations.screen import Screen
from database import Row, columns, table_of
from handlers.advancing import advance
from handlers.checks import note
from handlers.door import handles
from handlers.permission import officer_for
from handlers.telling import owe, requester_of, routes_to, tell
from handlers.work import Work
from locales import N_, say
from models.commands import EndCallBack, Outcome, StartCallBack
from models.identity import Evidence, Level
from models.refusals import AlreadyDecided, CallOpen, InPersonOnly, NotFound, NotYours
from models.tables import AccountRequest, Address, CallBack
from models.tables.account import AccountState
from models.tables.person import AddressKind, Proof
from models.tables.proving import CallOutcome, Purpose
from models.values.ticket_number import TicketNumber
from queries.offers.calls import CALL_LASTS, call_code

NEW_NUMBER = timedelta(days=30)

_address, _call = columns(Address), columns(CallBack)

_NUMBERS = (
    select(_address.value, _address.proof, _address.proven_at, _address.ended_at)
    .where(_address.person_id == bindparam("person_id"), _address.kind == AddressKind.PHONE)
    .order_by(_address.proven_at, _address.id)
)
_OPEN = (
    select(_call.id, _call.ticket_id, _call.officer_id, _call.started_at)
    .where(_call.person_id == bindparam("person_id"), _call.ended_at.is_(None))
    .with_for_update()
)
_END = (
    update(table_of(CallBack))
    .where(_call.id == bindparam("call_id"), _call.ended_at.is_(None))
    .values(
        ended_at=bindparam("at", type_=_call.ended_at.type),
        outcome=bindparam("came_to", type_=_call.outcome.type),
    )
)

WILL_CALL = N_("{officer} (ICT) will call you about {number} and say this code first: {code}. If not, hang up.")
STOPPED = N_("Request {number} was stopped: whoever answered the call had not asked for it.")


@handles(StartCallBack)
def start_call_back(work: Work, command: StartCallBack) -> Outcome:
    """Refused where the number is new: a call to it would prove what its thief can do as well."""
    ticket = work.ticket(command.ticket_id)
    seat = officer_for(work, ticket)
    request = work.tx.get(AccountRequest, command.ticket_id, lock=True)
    if request is None:
        raise NotFound
    if request.state != AccountState.CALL_BACK:
        raise AlreadyDecided
    if seat.person_id == request.requester_id:
        raise NotYours
    phone = number_to_call(work, request.requester_id)
    before = work.tx.one(_OPEN, person_id=request.requester_id)
    if before is not None:
        if before.started_at > work.at - CALL_LASTS:
            raise CallOpen
        work.tx.run(_END, call_id=before.id, at=work.at, came_to=CallOutcome.NOT_REACHED)
    salt = work.dice(16).hex()
    call_id = work.tx.insert(
        CallBack, ticket_id=ticket.id, person_id=request.requester_id, officer_id=seat.person_id, phone=phone,
        salt=salt, started_at=work.at,
    )  # fmt: skip
    work.record(ticket, "call_back_started")
    person = requester_of(work, ticket)
    words = {"officer": seat.name, "number": TicketNumber(ticket.number).shown}
    text = say(WILL_CALL, person.language, code=call_code(work.rules.key, call_id, salt), **words)
    screen = Screen(text, person.language, "desk.word", final=True)
    owe(
        work, f"call:{call_id}", screen, person, routes_to(work, person, ticket.channel), ticket_id=ticket.id,
        secret=True,
    )  # fmt: skip
    return Outcome(ticket.id, {"number": words["number"]})


@handles(EndCallBack)
def end_call_back(work: Work, command: EndCallBack) -> Outcome:
    """By the officer who called. Somebody who had not asked for it ends the request; not reached, it stays open."""
    ticket = work.ticket(command.ticket_id)
    seat = officer_for(work, ticket)
    request = work.tx.get(AccountRequest, command.ticket_id, lock=True)
    call = work.tx.one(_OPEN, person_id=request.requester_id) if request is not None else None
    if request is None or call is None or call.ticket_id != ticket.id or call.officer_id != seat.person_id:
        raise NotFound
    work.tx.run(_END, call_id=call.id, at=work.at, came_to=command.outcome)
    genuine = command.outcome == CallOutcome.GENUINE
    note(
        work, request.requester_id, Purpose.IDENTIFY, Evidence.CALL_BACK, passed=genuine, ticket_id=ticket.id,
        checked_by_id=seat.person_id, spent=True,
    )  # fmt: skip
    if genuine:
        request.proven(Level.CALLED_BACK)
    fact = work.record(
        ticket, f"call_back_{command.outcome}", facts={"evidence": str(Evidence.CALL_BACK), "level": request.level}
    )
    number = TicketNumber(ticket.number).shown
    if genuine:
        advance(work, ticket, request)
    elif command.outcome == CallOutcome.NOT_GENUINE:
        request.not_genuine()
        work.tx.save(request)
        ticket.cancelled(work.at)
        work.tx.save(ticket)
        tell(work, ticket, requester_of(work, ticket), f"history:{fact}", STOPPED, number=number)
    return Outcome(ticket.id, {"number": number})


def number_to_call(work: Work, person_id: int) -> str:
    """The one that has been on record longest. Refused if a number of theirs came or went in the last 30 days."""
    rows = work.tx.all(_NUMBERS, person_id=person_id)
    live = [row for row in rows if row.ended_at is None]
    if not live or any(_is_new(row, rows, work.at - NEW_NUMBER) for row in rows):
        raise InPersonOnly
    return str(live[0].value)


def _is_new(row: Row, rows: list[Row], since: datetime) -> bool:
    """The first number that HR's list gave is nobody's change, however new the list is."""
    if row.ended_at is not None:
        return bool(row.ended_at > since)
    changed = row.proof != Proof.HR_LIST or any(other.proven_at < row.proven_at for other in rows)
    return bool(changed and row.proven_at > since)
