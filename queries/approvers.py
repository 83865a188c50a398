"""Who would have to say yes to a request on a system: read from the organisation tree, never from the request."""

from sqlalchemy import bindparam, literal, select

from database import Reading, columns, table_of
from models.refusals import NoApprover
from models.tables import Place, SystemApprover
from models.tables.catalogue import ApproverPolicy
from queries.caller import Caller, caller_on_record

_named, _place = columns(SystemApprover), columns(Place)

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


def approver_for(reading: Reading, requester: Caller, system_code: str, policy: ApproverPolicy) -> Caller | None:
    """Nobody where the system needs no yes. Refused where it needs one and nobody but the requester could give it.

    Whoever is named for the system and asks for themselves is answered by their own head, as anybody else is.
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
    return approver
