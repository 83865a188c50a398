"""Log-ins and rules, as whoever runs the installation sets them."""

from sqlalchemy import bindparam, select, update

from database import columns, table_of
from handlers.door import handles
from handlers.permission import founder
from handlers.work import Work
from models.columns import written
from models.commands import AddOfficer, RetireOfficer, SetOfficerPassword, SetPolicy
from models.refusals import AddressTaken, NotFound
from models.tables import Address, LoginSession, Officer, Place, Policy
from models.tables.person import AddressKind

_officer, _address, _place, _session = (columns(each) for each in (Officer, Address, Place, LoginSession))

_BY_LOGIN = select(_officer.id).where(_officer.login == bindparam("login"))
_BY_PERSON = select(_officer.id).where(_officer.person_id == bindparam("person_id"))
_PERSON = select(_address.person_id).where(
    _address.kind == AddressKind.PHONE, _address.value == bindparam("phone"), _address.ended_at.is_(None)
)
_PLACE = select(_place.id).where(_place.code == bindparam("code"))
_END_SESSIONS = (
    update(table_of(LoginSession))
    .where(_session.officer_id == bindparam("officer"), _session.ended_at.is_(None))
    .values(ended_at=bindparam("at", type_=_session.ended_at.type))
)


@handles(AddOfficer)
def add_officer(work: Work, command: AddOfficer) -> int:
    """Refused for somebody not on record, for a place that is not there, and for a log-in that is taken."""
    founder(work)
    person = work.tx.one(_PERSON, phone=command.phone)
    place = work.tx.one(_PLACE, code=command.place)
    if person is None or place is None:
        raise NotFound
    if work.tx.one(_BY_LOGIN, login=command.login) or work.tx.one(_BY_PERSON, person_id=person.person_id):
        raise AddressTaken
    officer = work.tx.add(
        Officer(
            person_id=person.person_id, login=command.login, password_hash=command.password_hash, role=command.role,
            place_id=place.id,
        )
    )  # fmt: skip
    assert officer.id is not None  # given by the database
    return officer.id


@handles(SetOfficerPassword)
def set_officer_password(work: Work, command: SetOfficerPassword) -> None:
    founder(work)
    officer = _named(work, command.login)
    officer.password_hash, officer.failures, officer.locked_until = command.password_hash, 0, None
    work.tx.save(officer)
    work.tx.run(_END_SESSIONS, officer=officer.id, at=work.at)


@handles(RetireOfficer)
def retire_officer(work: Work, command: RetireOfficer) -> None:
    founder(work)
    officer = _named(work, command.login)
    officer.retired = True
    work.tx.save(officer)
    work.tx.run(_END_SESSIONS, officer=officer.id, at=work.at)


@handles(SetPolicy)
def set_policy(work: Work, command: SetPolicy) -> None:
    founder(work)
    known = work.tx.get(Policy, command.name)
    value = written(command.value)  # a bare word would be taken for JSON that was written before
    if known is None:
        work.tx.add(Policy(name=command.name, value=value))
    else:
        known.value = value
        work.tx.save(known)


def _named(work: Work, login: str) -> Officer:
    row = work.tx.one(_BY_LOGIN, login=login)
    officer = work.tx.get(Officer, row.id) if row is not None else None
    if officer is None:
        raise NotFound
    return officer
