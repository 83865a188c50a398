"""Those who leave: what they asked for ends, what they have is closed, and nothing is asked in their name again."""

from sqlalchemy import bindparam, select, update

from database import columns, table_of
from handlers.door import handles
from handlers.importing import RowRefused
from handlers.permission import founder, working_officer
from handlers.reporting import Origin, make_ticket, tell_unit
from handlers.telling import stop_asking
from handlers.work import Work, sendable
from locales import N_, say
from models.commands import ImportLeavers, MarkLeft, Outcome
from models.commands.importing import Imported
from models.priority import Priority
from models.refusals import NotFound, NotYours
from models.tables import AccountRequest, Address, Approval, LoginSession, Officer, Person, System
from models.tables.account import AccountAction, AccountState
from models.tables.officer import Role
from models.tables.person import AddressKind, Employment
from models.tables.ticket import Kind
from queries.caller import Caller, caller_on_record

_address, _request, _approval = columns(Address), columns(AccountRequest), columns(Approval)
_officer, _session = columns(Officer), columns(LoginSession)

_OWNER = select(_address.person_id).where(
    _address.kind == AddressKind.PHONE, _address.value == bindparam("phone"), _address.ended_at.is_(None)
)
_REQUESTS = (
    select(_request.ticket_id, _request.system_code, _request.action, _request.state)
    .where(_request.requester_id == bindparam("person_id"))
    .order_by(_request.ticket_id)
)
_END_APPROVAL = (
    update(table_of(Approval))
    .where(_approval.ticket_id == bindparam("of_ticket"), _approval.decided_at.is_(None))
    .values(decided_at=bindparam("at", type_=_approval.decided_at.type))
)
_RETIRE = update(table_of(Officer)).where(_officer.person_id == bindparam("leaver_id")).values(retired=True)
_LOG_OUT = (
    update(table_of(LoginSession))
    .where(
        _session.officer_id.in_(select(_officer.id).where(_officer.person_id == bindparam("leaver_id"))),
        _session.ended_at.is_(None),
    )
    .values(ended_at=bindparam("at", type_=_session.ended_at.type))
)
OVER = (AccountState.DONE, AccountState.REFUSED, AccountState.EXPIRED)

HAS_LEFT = N_("{name} has left: close every account, take back devices")


@handles(ImportLeavers)
def import_leavers(work: Work, command: ImportLeavers) -> Imported:
    """Refused whole if a row names nobody on record, or somebody else than the number's owner."""
    founder(work)
    done = Imported()
    for number, row in enumerate(command.rows, start=1):
        owner = work.tx.one(_OWNER, phone=row.phone)
        person = work.tx.get(Person, owner.person_id) if owner is not None else None
        if person is None:
            raise RowRefused(f"Row {number}: the phone belongs to nobody on record.")
        if not _same_person(person.name, row.name):
            raise RowRefused(f"Row {number}: the phone is on record for somebody of another name.")
        if person.employment != Employment.SERVING:
            done = Imported(done.added, done.changed, done.same + 1)
        else:
            _leave(work, person, row.employment, "")
            done = Imported(done.added, done.changed + 1, done.same)
    return done


@handles(MarkLeft)
def mark_left(work: Work, command: MarkLeft) -> Outcome:
    """By the head, of somebody in their part of the tree; never of oneself. Back to service is for HR's list."""
    seat = working_officer(work)
    known = caller_on_record(work.tx, command.person_id)
    if known is None or not seat.sees(known.place_path):
        raise NotFound
    if seat.role not in (Role.HEAD, Role.ADMINISTRATOR) or seat.person_id == command.person_id:
        raise NotYours
    words = sendable(command.words)
    person = work.tx.get(Person, command.person_id)
    if person is None or command.employment == Employment.SERVING:
        raise NotFound
    if person.employment != Employment.SERVING:
        return Outcome()
    return Outcome(_leave(work, person, command.employment, words))


def _leave(work: Work, person: Person, employment: Employment, words: str) -> int | None:
    """One ticket for each system on which they are known to have an account, and one for all else."""
    assert person.id is not None  # they are on record
    person.employment = employment
    work.tx.save(person)
    work.tx.run(_LOG_OUT, leaver_id=person.id, at=work.at)
    work.tx.run(_RETIRE, leaver_id=person.id)
    had: dict[str, bool] = {}
    for row in work.tx.all(_REQUESTS, person_id=person.id):
        if row.state not in OVER:
            _end(work, row.ticket_id)
        elif row.state == AccountState.DONE:
            had[row.system_code] = row.action != AccountAction.CLOSE
    head = caller_on_record(work.tx, person.supervisor_id) if person.supervisor_id is not None else None
    for system_code in (code for code, open_ in had.items() if open_):
        _close_account(work, person, head, system_code)
    ticket = make_ticket(work, Origin(person.place_id, head), kind=Kind.REQUEST, default=Priority.P2)
    work.record(ticket, "left", words=words, facts={"person_id": person.id, "how": str(employment)}, new=True)
    tell_unit(work, ticket, say(HAS_LEFT, "sw", name=person.name), say(HAS_LEFT, "en", name=person.name))
    return ticket.id


def _end(work: Work, ticket_id: int) -> None:
    """What was asked for and not yet done is not done any more."""
    ticket = work.ticket(ticket_id)
    request = work.tx.get(AccountRequest, ticket_id, lock=True)
    assert request is not None  # read just now
    request.state = AccountState.EXPIRED
    work.tx.save(request)
    work.tx.run(_END_APPROVAL, of_ticket=ticket_id, at=work.at)
    stop_asking(work, ticket, "approve", "answer")
    if not ticket.ended:
        ticket.cancelled(work.at)
        work.tx.save(ticket)
    work.record(ticket, "requester_left")


def _close_account(work: Work, person: Person, head: Caller | None, system_code: str) -> None:
    """HR has said so: nobody else's yes is waited for."""
    system = work.tx.get(System, system_code)
    ticket = make_ticket(
        work, Origin(person.place_id, head), kind=Kind.ACCOUNT, default=Priority.P2, system_code=system_code
    )  # fmt: skip
    assert ticket.id is not None  # given by the database
    assert person.id is not None  # they are on record
    work.tx.add(
        AccountRequest(
            ticket_id=ticket.id, requester_id=person.id, system_code=system_code, action=AccountAction.CLOSE,
            state=AccountState.IN_HAND,
        )
    )  # fmt: skip
    work.record(ticket, "leaver_account", facts={"person_id": person.id}, new=True)
    tell_unit(work, ticket, f"{person.name}: {system.name if system else system_code}", "")


def _same_person(known: str, told: str) -> bool:
    """At least one name in common: lists write them in any order, and leave some out."""
    return bool({*known.casefold().split()} & {*told.casefold().split()})
