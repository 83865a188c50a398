"""Who would have to say yes to a request on a system: read from the organisation tree, never from the request."""

from datetime import datetime

from sqlalchemy import bindparam, literal, select

from database import Reading, columns, table_of
from models.refusals import NoApprover
from models.tables import Delegation, Place, SystemApprover
from models.tables.catalogue import ApproverPolicy
from queries.caller import Caller, caller_on_record

_named, _place, _delegation = columns(SystemApprover), columns(Place), columns(Delegation)

# Whoever is named nearest above the person.
_NEAREST = (
    select(_named.person_id)
    .join_from(table_of(SystemApprover), table_of(Place), _named.place_id == _place.id)
    .where(
        _named.system_code == bindparam("system"),
        literal("").concat(bindparam("path", type_=_place.path.type)).like(_place.path.concat("%")),
    )
    .order_by(_place.path.desc())
    .limit(1)
)


_HOLDS = (
    _delegation.starts_at <= bindparam("at", type_=_delegation.starts_at.type),
    _delegation.ends_at > bindparam("at", type_=_delegation.ends_at.type),
)
_STAND_IN = (
    select(_delegation.to_id)
    .where(_delegation.from_id == bindparam("away_id"), *_HOLDS)
    .order_by(_delegation.id.desc())
    .limit(1)
)
_AWAY = (
    select(_delegation.from_id)
    .where(_delegation.to_id == bindparam("stand_in_id"), *_HOLDS)
    .order_by(_delegation.id)
)  # fmt: skip


def approver_for(
    reading: Reading, requester: Caller, system_code: str, policy: ApproverPolicy, at: datetime
) -> Caller | None:
    """Nobody where the system needs no yes. Refused where it needs one and nobody but the requester could give it.

    Whoever is named for the system and asks for themselves is answered by their own head, as anybody else is. Who
    is away is stood in for by whom they named, unless that is the requester or somebody who has left.
    """
    if policy == ApproverPolicy.NONE:
        return None
    person_id = requester.supervisor_id
    if policy == ApproverPolicy.NAMED:
        row = reading.one(_NEAREST, system=system_code, path=requester.place_path)
        if row is None:
            raise NoApprover
        person_id = row.person_id if row.person_id != requester.person_id else person_id
    approver = caller_on_record(reading, person_id) if person_id is not None else None
    if approver is None or approver.person_id in (None, requester.person_id) or not approver.serving:
        raise NoApprover
    return _stand_in(reading, approver, requester, at)


def stand_in_of(reading: Reading, person_id: int, at: datetime) -> Caller | None:
    """Who says yes in their place now."""
    row = reading.one(_STAND_IN, away_id=person_id, at=at)
    return caller_on_record(reading, row.to_id) if row is not None else None


def away_people(reading: Reading, stand_in_id: int, at: datetime) -> list[int]:
    """For whom they stand in."""
    return [row.from_id for row in reading.all(_AWAY, stand_in_id=stand_in_id, at=at)]


def _stand_in(reading: Reading, approver: Caller, requester: Caller, at: datetime) -> Caller:
    assert approver.person_id is not None  # they are on record
    named = stand_in_of(reading, approver.person_id, at)
    return named if named is not None and named.serving and named.person_id != requester.person_id else approver
