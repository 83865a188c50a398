"""Standing in for an approver on leave: named by the approver or the head, for a time, and said in the history."""

from datetime import timedelta

from sqlalchemy import bindparam, select, update

from database import columns, table_of
from handlers.door import handles
from handlers.work import Work
from models.commands import Delegate, EndDelegation, Outcome
from models.refusals import HasLeft, NotFound, NotYours, PeriodWrong
from models.tables import Address, Delegation, Ticket
from models.tables.officer import Role
from models.tables.person import AddressKind
from queries.approvers import away_people
from queries.caller import Caller, caller_on_record
from queries.scope import seat_of

LONGEST = timedelta(days=60)  # a longer absence is a change of the organisation tree

_delegation, _address = columns(Delegation), columns(Address)

_OWNER = select(_address.person_id).where(
    _address.kind == AddressKind.PHONE, _address.value == bindparam("phone"), _address.ended_at.is_(None)
)
_END = (
    update(table_of(Delegation))
    .where(
        _delegation.from_id == bindparam("away_id"),
        _delegation.ends_at > bindparam("at", type_=_delegation.ends_at.type),
    )
    .values(ends_at=bindparam("at", type_=_delegation.ends_at.type))
)


@handles(Delegate)
def delegate(work: Work, command: Delegate) -> Outcome:
    """Only with a console log-in, which an SMS from a stolen number has not."""
    seat = seat_of(work.tx, work.by.officer_id) if work.by.officer_id is not None else None
    if seat is None:
        raise NotYours
    away_id = command.for_person_id or seat.person_id
    away = caller_on_record(work.tx, away_id)
    if away is None or not seat.sees(away.place_path):
        raise NotFound
    if away_id != seat.person_id and seat.role not in (Role.HEAD, Role.ADMINISTRATOR):
        raise NotYours
    if not work.at < command.until <= work.at + LONGEST:
        raise PeriodWrong
    owner = work.tx.one(_OWNER, phone=command.to_phone)
    to = caller_on_record(work.tx, owner.person_id) if owner is not None else None
    if to is None or to.person_id is None or to.person_id == away_id:
        raise NotFound
    if away_id != seat.person_id and to.person_id == seat.person_id:
        raise NotYours  # the head gives nobody's yes to themselves
    if not to.serving:
        raise HasLeft
    work.tx.run(_END, away_id=away_id, at=work.at)
    work.tx.add(
        Delegation(
            from_id=away_id, to_id=to.person_id, starts_at=work.at, ends_at=command.until, made_by_id=seat.person_id
        )
    )  # fmt: skip
    return Outcome(words={"name": to.name})


@handles(EndDelegation)
def end_delegation(work: Work, _: EndDelegation) -> Outcome:
    seat = seat_of(work.tx, work.by.officer_id) if work.by.officer_id is not None else None
    if seat is None:
        raise NotYours
    work.tx.run(_END, away_id=seat.person_id, at=work.at)
    return Outcome()


def note_stand_in(work: Work, ticket: Ticket, requester: Caller, approver: Caller) -> None:
    """Say in the history on whose behalf the approver is asked, if it is not on their own."""
    if approver.person_id is None or approver.person_id == requester.supervisor_id:
        return
    away = away_people(work.tx, approver.person_id, work.at)
    for person_id in [each for each in away if each == requester.supervisor_id] or away[:1]:
        work.record(ticket, "stands_in", facts={"approver_id": person_id})
