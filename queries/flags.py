"""What is known about a request when it is made, read at once; and how its flags are said."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from database import Reading, columns, table_of
from locales import N_, say
from models.flags import RECENT, Facts, Flag, flags_of
from models.tables import AccountRequest, Address, History, Ticket
from models.tables.account import AccountAction
from models.tables.catalogue import Tier
from models.tables.person import AddressKind
from models.tables.ticket import Kind

A_YEAR = timedelta(days=365)

_address, _request, _ticket, _history = (columns(each) for each in (Address, AccountRequest, Ticket, History))
_first = table_of(Address).alias("first")
_own = table_of(Address).alias("own")

_person_id = bindparam("person_id", type_=_request.requester_id.type)
_since = bindparam("since", type_=_ticket.created_at.type)

_CHANGED = (
    select(func.max(_address.proven_at))
    .where(
        _address.person_id == _person_id,
        _address.kind == AddressKind.PHONE,
        _address.ended_at.is_(None),
        _address.id
        > select(func.min(_first.c.id))
        .where(_first.c.person_id == _person_id, _first.c.kind == AddressKind.PHONE)
        .scalar_subquery(),
    )
    .scalar_subquery()
)
_ASKED = (
    select(func.count())
    .select_from(table_of(AccountRequest))
    .join(table_of(Ticket), _request.ticket_id == _ticket.id)
    .where(_request.requester_id == _person_id, _ticket.created_at > _since)
    .scalar_subquery()
)
_SHARED = (
    select(func.count(_address.person_id.distinct()))
    .select_from(table_of(Address))
    .join(_own, (_own.c.kind == _address.kind) & (_own.c.value == _address.value))
    .where(
        _own.c.person_id == _person_id,
        _own.c.kind == AddressKind.PHONE,
        _own.c.ended_at.is_(None),
        (_address.ended_at.is_(None)) | (_address.ended_at > bindparam("a_year_ago", type_=_address.ended_at.type)),
    )
    .scalar_subquery()
)
_TYPED_IN = (_ticket.kind == Kind.ACCOUNT, _ticket.entered_by_id.is_not(None), _ticket.created_at > _since)
_MINE = bindparam("officer_id", type_=_ticket.entered_by_id.type)

_FACTS = select(
    _CHANGED.label("changed"),
    _ASKED.label("asked"),
    _SHARED.label("shared"),
    select(func.count(_ticket.id)).where(*_TYPED_IN, _ticket.entered_by_id == _MINE).scalar_subquery().label("mine"),
    select(func.count(_ticket.id)).where(*_TYPED_IN, _ticket.entered_by_id != _MINE).scalar_subquery().label("theirs"),
    select(func.count(_ticket.entered_by_id.distinct()))
    .where(*_TYPED_IN, _ticket.entered_by_id != _MINE)
    .scalar_subquery()
    .label("others"),
)
_FLAGGED = (
    select(_history.facts)
    .where(_history.ticket_id == bindparam("ticket_id"), _history.event == "flagged")
    .order_by(_history.step.desc())
    .limit(1)
)

FLAGS: Mapping[Flag, str] = {
    Flag.NEW_NUMBER: N_("new number"),
    Flag.MANY_REQUESTS: N_("3 requests in 30 days"),
    Flag.MANY_PEOPLE: N_("number of many people"),
    Flag.OFFICER: N_("officer asks very often"),
    Flag.OUT_OF_HOURS: N_("out of hours"),
}
CARE = N_("Take care: {flags}.")


def flags_for(
    reading: Reading,
    *,
    person_id: int,
    officer_id: int | None,
    tier: Tier,
    action: AccountAction,
    at: datetime,
    office_open: bool,
) -> tuple[Flag, ...]:
    """Of the request that was just made; it is counted among the person's."""
    row = reading.one(
        _FACTS, person_id=person_id, officer_id=officer_id or 0, since=at - RECENT, a_year_ago=at - A_YEAR
    )  # fmt: skip
    assert row is not None  # counts always make a row
    return flags_of(
        Facts(
            at, tier, action, office_open, row.changed, row.asked, row.shared, row.mine if officer_id else 0,
            row.theirs, row.others,
        )
    )  # fmt: skip


def care(reading: Reading, ticket_id: int, language: str) -> str:
    """One short line for whoever says yes; empty where nothing was flagged."""
    row = reading.one(_FLAGGED, ticket_id=ticket_id)
    if row is None:
        return ""
    named = [say(FLAGS[Flag(code)], language) for code in str(row.facts["flags"]).split(";")]
    return say(CARE, language, flags=", ".join(named))
