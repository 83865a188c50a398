"""All that the console shows of one ticket. A ticket outside an officer's part of the tree is not there."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import bindparam, literal, or_, select

from database import Reading, Row, columns, table_of
from models.refusals import NotFound
from models.tables import (
    AccountRequest,
    Address,
    Approval,
    Asset,
    Attachment,
    Attempt,
    Fault,
    FaultCategory,
    History,
    Notice,
    Officer,
    Person,
    Place,
    System,
    Ticket,
    Words,
)
from models.tables.account import AccountAction, AccountState
from models.tables.notice import Debt, Fate
from models.tables.officer import Role
from models.tables.person import AddressKind
from models.tables.ticket import Kind
from queries.queue import FIELDS, JOINED
from queries.scope import Seat

_ticket, _place, _person, _fault, _system, _asset, _officer, _category = (
    columns(each) for each in (Ticket, Place, Person, Fault, System, Asset, Officer, FaultCategory)
)
_history, _words, _notice, _attempt, _photo, _address = (
    columns(each) for each in (History, Words, Notice, Attempt, Attachment, Address)
)
_request, _approval = columns(AccountRequest), columns(Approval)

_CARD = (
    select(
        *FIELDS, _ticket.place_id, _place.path, _ticket.requester_id, _ticket.channel, _ticket.entered_by_id,
        _ticket.impact, _ticket.urgency, _ticket.respond_due, _ticket.responded_at, _ticket.resolved_at,
        _ticket.close_due, _ticket.ended_at, _ticket.rating, _person.title.label("requester_title"),
        _fault.ask_for, _category.name.label("category"), _category.name_en.label("category_en"),
        _system.name.label("system_name"), _system.owner.label("system_owner"), _system.contact,
        _system.reset_route, _asset.make, _asset.model, _asset.warranty_until, _asset.state.label("asset_state"),
    )
    .select_from(JOINED.outerjoin(table_of(FaultCategory), _fault.category_code == _category.code))
    .where(_ticket.number == bindparam("number"))
)  # fmt: skip
_PHONES = (
    select(_address.kind, _address.value)
    .where(_address.person_id == bindparam("person_id"), _address.ended_at.is_(None))
    .order_by(_address.id)
)
_FACTS = (
    select(
        _history.id, _history.step, _history.at, _history.event, _history.channel, _history.facts,
        _history.by_person_id, _person.name.label("who"), _words.text,
    )
    .select_from(table_of(History))
    .outerjoin(table_of(Person), _history.by_person_id == _person.id)
    .outerjoin(table_of(Words), _history.words_id == _words.id)
    .where(_history.ticket_id == bindparam("ticket_id"), _history.event.not_like("notice_%"))
    .order_by(_history.step)
)  # fmt: skip  # what became of a notice stands below the fact that it tells of, once, by its attempts
_SAID = (
    select(
        _notice.fact, _notice.person_id, _notice.debt, _person.name.label("who"), _attempt.channel, _attempt.fate,
        _attempt.said, _attempt.at, _attempt.settled_at,
    )
    .select_from(table_of(Notice))
    .outerjoin(table_of(Attempt), _attempt.notice_id == _notice.id)
    .outerjoin(table_of(Person), _notice.person_id == _person.id)
    .where(_notice.ticket_id == bindparam("ticket_id"))
)  # fmt: skip  # in no order: a ticket has few, and they are put in order here
_PHOTOS = select(_photo.id, _photo.sent_at, _photo.kind, _photo.content.is_not(None).label("here"),
                 _photo.fetch_due).where(_photo.ticket_id == bindparam("ticket_id"))  # fmt: skip
_PHOTO = select(_photo.kind, _photo.content).where(
    _photo.id == bindparam("photo_id"), _photo.ticket_id == bindparam("ticket_id")
)
_ACCOUNT = (
    select(_request.action, _request.user_name, _request.state, _request.foreign_reference, _request.requester_id,
           _request.role, _request.workplace, _request.promised,
           _request.approver_id, _person.name.label("approver"))
    .select_from(table_of(AccountRequest))
    .outerjoin(table_of(Person), _request.approver_id == _person.id)
    .where(_request.ticket_id == bindparam("ticket_id"))
)  # fmt: skip
_ASKED = (
    select(_person.name, _approval.expires_at)
    .join_from(table_of(Approval), table_of(Person), _approval.approver_id == _person.id)
    .where(_approval.ticket_id == bindparam("ticket_id"), _approval.decided_at.is_(None))
)
_WORKS = or_(*(_officer.role == role for role in (Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR)))
_COLLEAGUES = (
    select(_officer.id, _person.name)
    .join_from(table_of(Officer), table_of(Place), _officer.place_id == _place.id)
    .join(table_of(Person), _officer.person_id == _person.id)
    .where(
        _officer.retired.is_(False),
        _WORKS,
        literal("").concat(bindparam("path", type_=_place.path.type)).like(_place.path.concat("%")),
    )
)
_OFFICER_NAMES = (
    select(_officer.id, _person.name)
    .join_from(table_of(Officer), table_of(Person), _officer.person_id == _person.id)
    .where(_officer.id == bindparam("officer_id"))
)
_PERSON_NAME = select(_person.name).where(_person.id == bindparam("person_id"))
_WAITING_FOR_ME = (
    select(
        _approval.ticket_id, _approval.asked_at, _approval.expires_at, _ticket.number, _request.action,
        _request.user_name, _system.name.label("system"), _person.name.label("requester"),
        _person.title.label("requester_title"), _place.name.label("place"), _words.text,
    )
    .join_from(table_of(Approval), table_of(Ticket), _approval.ticket_id == _ticket.id)
    .join(table_of(AccountRequest), _request.ticket_id == _ticket.id)
    .join(table_of(System), _request.system_code == _system.code)
    .join(table_of(Person), _request.requester_id == _person.id)
    .join(table_of(Place), _ticket.place_id == _place.id)
    .outerjoin(table_of(History), (_history.ticket_id == _ticket.id) & (_history.step == 1))
    .outerjoin(table_of(Words), _history.words_id == _words.id)
    .where(
        _approval.approver_id == bindparam("person_id"),
        _approval.decided_at.is_(None),
        _approval.expires_at > bindparam("at", type_=_approval.expires_at.type),
    )
    .order_by(_approval.id)
    .limit(50)
)  # fmt: skip

LISTS = (_FACTS, _SAID, _PHOTOS, _PHONES, _WAITING_FOR_ME)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one try to tell somebody of a fact."""

    to: str
    channel: str
    fate: Fate | None
    debt: Debt
    said: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of the history, with the words that were used and whom the desk told of it."""

    id: int
    at: datetime
    event: str
    who: str
    channel: str
    words: str
    facts: Mapping[str, str | int]
    named: str = ""
    told: list[Told] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Account:
    action: AccountAction
    user_name: str
    state: AccountState
    reference: str
    approver: str
    asked: str
    asked_until: datetime | None
    mine_to_carry: bool
    role: str
    workplace: str
    promised: date | None


@dataclass(frozen=True, slots=True)
class TicketPage:
    """`card` is a row of the queue's fields and more; `addresses` are the requester's, or the unknown caller's."""

    card: Row
    addresses: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    photos: tuple[Row, ...]
    colleagues: tuple[Row, ...]
    account: Account | None


def ticket_card(reading: Reading, seat: Seat, number: int) -> Row:
    card = reading.one(_CARD, number=number)
    if card is None or not card.path.startswith(seat.realm):
        raise NotFound
    return card


def ticket_page(reading: Reading, seat: Seat, number: int) -> TicketPage:
    card = ticket_card(reading, seat, number)
    colleagues = reading.all(_COLLEAGUES, path=card.path) if seat.works else []
    return TicketPage(
        card,
        _addresses(reading, card),
        tuple(_steps(reading, card)),
        tuple(sorted(reading.all(_PHOTOS, ticket_id=card.id), key=lambda photo: photo.id)),
        tuple(sorted(colleagues, key=lambda colleague: colleague.name)),
        _account(reading, seat, card.id) if card.kind == Kind.ACCOUNT else None,
    )


def photo(reading: Reading, seat: Seat, number: int, photo_id: int) -> tuple[str, bytes]:
    """Its kind and content. One that has not been fetched, or never could be, is not there."""
    card = ticket_card(reading, seat, number)
    row = reading.one(_PHOTO, photo_id=photo_id, ticket_id=card.id)
    if row is None or row.content is None:
        raise NotFound
    return row.kind, bytes(row.content)


def waiting_for(reading: Reading, person_id: int, at: datetime) -> list[Row]:
    """What waits for this person's yes or no, oldest first."""
    return reading.all(_WAITING_FOR_ME, person_id=person_id, at=at)


def _addresses(reading: Reading, card: Row) -> tuple[tuple[str, str], ...]:
    if card.requester_id is not None:
        return tuple((str(row.kind), row.value) for row in reading.all(_PHONES, person_id=card.requester_id))
    kind, _, value = card.caller.partition(":")
    return ((kind, value),) if value and kind in set(AddressKind) else ()


def _steps(reading: Reading, card: Row) -> list[Step]:
    told: dict[str, list[Told]] = defaultdict(list)
    for row in sorted(reading.all(_SAID, ticket_id=card.id), key=lambda row: (row.at is None, row.at)):
        fact = ":".join(row.fact.split(":")[:2])
        told[fact].append(
            Told(row.who or card.caller_name, row.channel or "", row.fate, row.debt, row.said or "",
                 row.settled_at or row.at)
        )  # fmt: skip
    steps = []
    for row in reading.all(_FACTS, ticket_id=card.id):
        about = told.get(f"history:{row.id}", [])
        if row.event in ("reported", "approved"):
            about = [*about, *told.pop(f"reported:{card.id}", [])]
        who = row.who or (card.caller_name if row.event in ("reported", "answered") else "")
        steps.append(
            Step(row.id, row.at, row.event, who, row.channel, row.text or "", row.facts, _named(reading, row), about)
        )
    return steps


def _named(reading: Reading, row: Row) -> str:
    """Whom a fact is about: facts hold ids, people read names."""
    if "officer_id" in row.facts:
        found = reading.one(_OFFICER_NAMES, officer_id=row.facts["officer_id"])
    elif "approver_id" in row.facts:
        found = reading.one(_PERSON_NAME, person_id=row.facts["approver_id"])
    else:
        return ""
    return found.name if found else ""


def _account(reading: Reading, seat: Seat, ticket_id: int) -> Account | None:
    row = reading.one(_ACCOUNT, ticket_id=ticket_id)
    if row is None:
        return None
    asked = reading.one(_ASKED, ticket_id=ticket_id)
    return Account(
        row.action, row.user_name, row.state, row.foreign_reference, row.approver or "", asked.name if asked else "",
        asked.expires_at if asked else None, seat.person_id not in (row.requester_id, row.approver_id),
        row.role, row.workplace, row.promised,
    )  # fmt: skip
