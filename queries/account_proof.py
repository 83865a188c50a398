"""How sure the desk is of who asks for an account, and what an officer may do to be surer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from database import Reading, Row, columns, table_of
from models.tables import AccountRequest, Person
from models.tables.account import ENDED, AccountState
from models.tables.catalogue import Tier
from queries.offers.calls import open_call
from queries.scope import Seat

_request, _person = columns(AccountRequest), columns(Person)

_ONE = (
    select(
        _request.tier, _request.level, _request.state, _request.requester_id, _request.approver_id, _request.second_id,
        _person.name.label("second"),
    )
    .select_from(table_of(AccountRequest))
    .outerjoin(table_of(Person), _request.second_id == _person.id)
    .where(_request.ticket_id == bindparam("ticket_id"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proof:
    """`call` is an open call to the requester by anybody; `may_check`: the officer is not the requester;
    `may_second`: nor the approver; `may_carry`: nor the second officer."""

    tier: Tier
    level: int
    second: str
    state: AccountState
    may_check: bool
    may_second: bool
    may_carry: bool
    call: Row | None


def proof_of(reading: Reading, seat: Seat, ticket_id: int, at: datetime) -> Proof | None:
    row = reading.one(_ONE, ticket_id=ticket_id)
    if row is None:
        return None
    open_still = row.state not in ENDED
    call = open_call(reading, row.requester_id, at) if row.state == AccountState.CALL_BACK else None
    return Proof(
        row.tier,
        row.level,
        row.second or "",
        row.state,
        may_check=open_still and seat.person_id != row.requester_id,
        may_second=open_still and seat.person_id not in (row.requester_id, row.approver_id),
        may_carry=seat.person_id not in (row.requester_id, row.approver_id, row.second_id),
        call=call if call is not None and call.ticket_id == ticket_id else None,
    )
