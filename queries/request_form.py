"""A request as its owner wants it on paper: who asks what of which system, and who approved it. No secrets are in it,
for none are kept."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from database import Reading, Row, columns, table_of
from models.refusals import NotApprovedYet, NotFound
from models.tables import AccountRequest, Approval, Person, Place, Policy, System, Ticket
from models.tables.account import AccountState
from queries.scope import Seat

LETTERHEAD = "letterhead"  # the policy: the institution's address, a line each

_ticket, _request, _system, _person, _place, _approval = (
    columns(each) for each in (Ticket, AccountRequest, System, Person, Place, Approval)
)
_approver = table_of(Person).alias("approver")

_FORM = (
    select(
        _ticket.id, _ticket.number, _ticket.created_at, _request.action, _request.user_name, _request.role,
        _request.workplace, _request.state, _request.foreign_reference, _system.name.label("system"), _system.owner,
        _system.contact, _person.name.label("requester"), _person.title, _place.name.label("place"), _place.path,
        _approver.c.name.label("approver"), _approver.c.title.label("approver_title"),
    )
    .join_from(table_of(AccountRequest), table_of(Ticket), _request.ticket_id == _ticket.id)
    .join(table_of(System), _request.system_code == _system.code)
    .join(table_of(Person), _request.requester_id == _person.id)
    .join(table_of(Place), _ticket.place_id == _place.id)
    .outerjoin(_approver, _request.approver_id == _approver.c.id)
    .where(_ticket.number == bindparam("number"))
)  # fmt: skip
_DECIDED = (
    select(_approval.decided_at)
    .where(_approval.ticket_id == bindparam("ticket_id"), _approval.said_yes.is_(True))
    .order_by(_approval.id.desc())
    .limit(1)
)
_APPROVED = (AccountState.IN_HAND, AccountState.WITH_OWNER, AccountState.DONE)


@dataclass(frozen=True, slots=True)
class RequestForm:
    institution: str
    letterhead: tuple[str, ...]
    row: Row
    approved: Row | None


def request_form(reading: Reading, seat: Seat, root_id: int, number: int) -> RequestForm:
    """Refused before everybody has said yes whose yes is wanted; not there outside the officer's part of the tree."""
    row = reading.one(_FORM, number=number)
    if row is None or not row.path.startswith(seat.realm):
        raise NotFound
    if row.state not in _APPROVED:
        raise NotApprovedYet
    root = reading.get(Place, root_id)
    policy = reading.get(Policy, LETTERHEAD)
    lines = tuple(str(policy.value).splitlines()) if policy is not None else ()
    return RequestForm(root.name if root else "", lines, row, reading.one(_DECIDED, ticket_id=row.id))
