"""Proving who one is, within a conversation; and what a request gains by it."""

from dataclasses import replace

from conversations.screen import Option
from conversations.steps import Answers, Offer
from handlers import codes, pins
from handlers.advancing import advance
from handlers.checks import note, spend
from handlers.door import handles
from handlers.knowing import prepares, tries
from handlers.permission import officer_for, requester
from handlers.telling import requester_of
from handlers.work import Work
from locales import N_, say
from models.commands import ConfirmInPerson, Outcome, ProveIdentity
from models.identity import Evidence, Level
from models.refusals import AlreadyDecided, CodeSpent, CodeWrong, NotFound, NotProven, NotYours, PinLocked, PinWrong
from models.refusals import Refused as Refusal
from models.tables import AccountRequest
from models.tables.account import ENDED
from models.tables.person import AddressKind
from models.tables.proving import Purpose
from models.tables.ticket import Channel
from models.values.ticket_number import TicketNumber
from queries.offers import Asking

NUMBERS_PROVE = (Channel.USSD, Channel.SMS, Channel.TELEGRAM)

BY_TELEGRAM = N_("sent to you by Telegram")
BY_SMS = N_("sent by SMS to your other phone")
PRINTED = N_("printed for you")


class NoWay(Refusal):
    """One line only, no PIN, no printed code."""

    text = N_("Come to the ICT office with your ID. You will be given a printed code.")


@prepares("ways_to_ask")
def ways_to_ask(work: Work, asking: Asking, _: Answers) -> Offer:
    """Whoever can prove nothing now is heard all the same, and proves it at the office."""
    return Offer((*_ways(work, asking, Purpose.ASK), _in_person(asking)))


@prepares("ways_to_identify")
def ways_to_identify(work: Work, asking: Asking, _: Answers) -> Offer:
    """The question stays open for whoever will come to the office: they may be given a printed code there."""
    later = replace(_in_person(asking), cancels=True)
    return Offer((*_ways(work, asking, Purpose.IDENTIFY), later))


@prepares("ways_to_approve")
def ways_to_approve(work: Work, asking: Asking, _: Answers) -> Offer:
    return _ways_or_none(work, asking, Purpose.APPROVE)


@prepares("ways_to_pin")
def ways_to_pin(work: Work, asking: Asking, _: Answers) -> Offer:
    return _ways_or_none(work, asking, Purpose.PIN)


@prepares("code_place")
def code_place(work: Work, asking: Asking, answers: Answers) -> Offer:
    """Standing at this step sends the code, unless one is under way."""
    purpose, ticket_id = _about(answers)
    if answers["how"] == "printed":
        where = PRINTED
    else:
        kind = AddressKind.TELEGRAM if answers["how"] == "telegram" else AddressKind.PHONE
        codes.send(work, asking.caller, kind, purpose, ticket_id)
        where = BY_TELEGRAM if kind == AddressKind.TELEGRAM else BY_SMS
    return Offer(words={"where": say(where, asking.language)})


@tries("code")
def try_code(work: Work, asking: Asking, answers: Answers, typed: str) -> Answers:
    person_id = _person(asking)
    purpose, ticket_id = _about(answers)
    printed = answers["how"] == "printed"
    sent = Evidence.TELEGRAM_CODE if answers["how"] == "telegram" else Evidence.SMS_CODE
    try:
        evidence = codes.try_code(
            work, asking.caller, typed, Purpose.PRINTED if printed else purpose, None if printed else ticket_id
        )
    except (CodeWrong, CodeSpent):
        note(
            work, person_id, purpose, Evidence.PRINTED_CODE if printed else sent, passed=False, ticket_id=ticket_id
        )  # fmt: skip
        raise
    note(work, person_id, purpose, evidence, passed=True, ticket_id=ticket_id)
    return {"proven": "yes"}


@tries("pin")
def try_pin(work: Work, asking: Asking, answers: Answers, typed: str) -> Answers:
    person_id = _person(asking)
    purpose, ticket_id = _about(answers)
    try:
        pins.try_pin(work, person_id, typed)
    except (PinWrong, PinLocked):
        note(work, person_id, purpose, Evidence.PIN, passed=False, ticket_id=ticket_id)
        raise
    note(work, person_id, purpose, Evidence.PIN, passed=True, ticket_id=ticket_id)
    return {"proven": "yes"}


@tries("new_pin")
def new_pin(work: Work, asking: Asking, _: Answers, typed: str) -> Answers:
    """Only on a fresh code; a PIN that was locked opens only on a printed one, which an officer handed over."""
    person_id = _person(asking)
    pins.refuse_simple(typed)
    evidence = spend(work, person_id, Purpose.PIN)
    if evidence is None:
        raise NotProven
    if pins.is_locked(work, person_id) and evidence != Evidence.PRINTED_CODE:
        raise PinLocked
    pins.set_pin(work, person_id, typed)
    return {}


@handles(ProveIdentity)
def prove_identity(work: Work, command: ProveIdentity) -> Outcome:
    """The number on record speaks, and something else besides has just been shown."""
    ticket = work.ticket(command.ticket_id)
    requester(work, ticket)
    request = _open_request(work, command.ticket_id)
    if work.by.channel not in NUMBERS_PROVE:
        raise NotYours
    evidence = spend(work, request.requester_id, Purpose.IDENTIFY, ticket.id)
    if evidence is None:
        raise NotProven
    request.proven(Level.PROVEN)
    work.record(ticket, "identity_proven", facts={"evidence": str(evidence), "level": request.level})
    next_words = advance(work, ticket, request)
    return Outcome(ticket.id, {"number": TicketNumber(ticket.number).shown, "next": next_words})


@handles(ConfirmInPerson)
def confirm_in_person(work: Work, command: ConfirmInPerson) -> Outcome:
    """A named officer has compared the person with an identity document; never for oneself."""
    ticket = work.ticket(command.ticket_id)
    seat = officer_for(work, ticket)
    request = _open_request(work, command.ticket_id)
    if seat.person_id == request.requester_id:
        raise NotYours
    note(
        work, request.requester_id, Purpose.IDENTIFY, Evidence.IN_PERSON, passed=True, ticket_id=ticket.id,
        checked_by_id=seat.person_id, spent=True,
    )  # fmt: skip
    request.proven(Level.IN_PERSON)
    work.record(ticket, "identity_in_person", facts={"evidence": str(Evidence.IN_PERSON), "level": request.level})
    advance(work, ticket, request)
    return Outcome(ticket.id, {"name": requester_of(work, ticket).name})


def _open_request(work: Work, ticket_id: int) -> AccountRequest:
    request = work.tx.get(AccountRequest, ticket_id, lock=True)
    if request is None:
        raise NotFound
    if request.state in ENDED:
        raise AlreadyDecided
    return request


def _ways_or_none(work: Work, asking: Asking, purpose: Purpose) -> Offer:
    found = _ways(work, asking, purpose)
    if not found:
        raise NoWay
    return Offer(found)


def _ways(work: Work, asking: Asking, purpose: Purpose) -> tuple[Option, ...]:
    person_id = _person(asking)
    carried = {"purpose": str(purpose)}
    found = []
    if codes.may_send(work, person_id):
        kinds = {row.kind for row in codes.ways(work, asking.caller)}
        if AddressKind.TELEGRAM in kinds:
            label = say(N_("Code by Telegram"), asking.language)
            found.append(Option("telegram", label, also=("telegram",), presets=carried))
        if AddressKind.PHONE in kinds:
            found.append(Option("sms", say(N_("Code by SMS"), asking.language), also=("sms",), presets=carried))
    if purpose != Purpose.PIN and pins.has_pin(work, person_id):
        found.append(Option("pin", say(N_("My desk PIN"), asking.language), also=("pin",), presets=carried))
    if codes.has_printed(work, person_id):
        found.append(Option("printed", say(N_("Printed code"), asking.language), presets=carried))
    return tuple(found)


def _in_person(asking: Asking) -> Option:
    label = say(N_("In person, with my ID"), asking.language)
    return Option("in_person", label, also=("ofisini", "office"), presets={"purpose": str(Purpose.ASK)})


def _about(answers: Answers) -> tuple[Purpose, int | None]:
    ticket_id = answers.get("ticket_id")
    return Purpose(answers["purpose"]), int(ticket_id) if ticket_id else None


def _person(asking: Asking) -> int:
    if asking.caller.person_id is None:
        raise NotYours
    return asking.caller.person_id
