"""One-time codes: sent through another channel than the one that asks, or printed and handed over."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, update

from conversations.screen import Screen
from database import Row, columns, table_of
from handlers.door import handles
from handlers.permission import working_officer
from handlers.telling import CHANNEL_OF, owe
from handlers.work import Work
from locales import N_, say
from models.commands import PrintCode, Printed
from models.identity import Evidence
from models.refusals import CodesForToday, CodeSpent, CodeWrong, NotFound, NotYours
from models.tables import Address, Code
from models.tables.notice import Lane
from models.tables.person import AddressKind, Proof
from models.tables.proving import Purpose
from queries.caller import Caller, caller_on_record

DIGITS = 6
PRINTED_DIGITS = 8
LASTS = timedelta(minutes=10)
PRINTED_LASTS = timedelta(days=3)
TRIES = 5
RESEND_AFTER = timedelta(minutes=2)
A_DAY = 5  # codes sent to one person in 24 hours
SETTLED = timedelta(hours=24)  # an address that joined of its own accord carries no code before

YOUR_CODE = N_("{desk}: your code is {code}. It lasts 10 minutes. Tell it to nobody, not even an ICT officer.")

_code, _address = columns(Code), columns(Address)

_LATEST = (
    select(_code.id, _code.salt, _code.digest, _code.evidence, _code.address, _code.made_at, _code.expires_at)
    .where(
        _code.person_id == bindparam("person_id"),
        _code.purpose == bindparam("purpose", type_=_code.purpose.type),
        _code.ticket_id.is_not_distinct_from(bindparam("about", type_=_code.ticket_id.type)),
        _code.used_at.is_(None),
        _code.tries < TRIES,
        _code.expires_at > bindparam("at", type_=_code.expires_at.type),
    )
    .order_by(_code.id.desc())
    .limit(1)
    .with_for_update()
)
_SENT = select(func.count().label("number")).where(
    _code.person_id == bindparam("person_id"),
    _code.purpose != Purpose.PRINTED,
    _code.made_at > bindparam("since", type_=_code.made_at.type),
)
_TRY = (
    update(table_of(Code))
    .where(_code.id == bindparam("code_id"), _code.used_at.is_(None), _code.tries < TRIES)
    .values(tries=_code.tries + 1)
)
_USE = (
    update(table_of(Code))
    .where(_code.id == bindparam("code_id"), _code.used_at.is_(None))
    .values(used_at=bindparam("now", type_=_code.used_at.type))
)
_END = (
    update(table_of(Code))
    .where(
        _code.person_id == bindparam("whose"),
        _code.purpose == bindparam("what_for", type_=_code.purpose.type),
        _code.used_at.is_(None),
        _code.expires_at > bindparam("now", type_=_code.expires_at.type),
    )
    .values(expires_at=bindparam("now", type_=_code.expires_at.type))
)
_WAYS = (
    select(_address.kind, _address.value)
    .where(
        _address.person_id == bindparam("person_id"),
        _address.ended_at.is_(None),
        _address.kind != AddressKind.EMAIL,
        or_(
            _address.proof == Proof.HR_LIST,
            _address.proven_at <= bindparam("settled", type_=_address.proven_at.type),
        ),
    )
    .order_by(_address.id)
)


def ways(work: Work, caller: Caller) -> list[Row]:
    """Where a code could go: not down the line that asks for it. USSD and SMS on one SIM are one line, and so is a
    chat with itself."""
    rows = work.tx.all(_WAYS, person_id=caller.person_id, settled=work.at - SETTLED)
    return [row for row in rows if f"{row.kind}:{row.value}" != caller.address]


def may_send(work: Work, person_id: int) -> bool:
    row = work.tx.one(_SENT, person_id=person_id, since=work.at - timedelta(days=1))
    return row is None or int(row.number) < A_DAY


def has_printed(work: Work, person_id: int) -> bool:
    return work.tx.one(_LATEST, person_id=person_id, purpose=Purpose.PRINTED, about=None, at=work.at) is not None


def send(work: Work, caller: Caller, kind: AddressKind, purpose: Purpose, ticket_id: int | None) -> str:
    """Where a code is under way to. One that was sent there less than two minutes ago counts on; five a day."""
    assert caller.person_id is not None  # only people on record have anything to prove
    where = [row.value for row in ways(work, caller) if row.kind == kind]
    if not where:
        raise NotYours
    last = work.tx.one(_LATEST, person_id=caller.person_id, purpose=purpose, about=ticket_id, at=work.at)
    if last is not None and last.address in where and last.made_at > work.at - RESEND_AFTER:
        return str(last.address)
    if not may_send(work, caller.person_id):
        raise CodesForToday
    address = str(where[0])
    evidence = Evidence.TELEGRAM_CODE if kind == AddressKind.TELEGRAM else Evidence.SMS_CODE
    work.tx.run(_END, whose=caller.person_id, what_for=purpose, now=work.at)
    code, code_id, _ = _made(
        work, caller.person_id, purpose, evidence, digits=DIGITS, lasts=LASTS, ticket_id=ticket_id, address=address
    )
    text = say(YOUR_CODE, caller.language, desk=work.rules.desk_name, code=code)
    owe(
        work, f"code:{code_id}", Screen(text, caller.language, "desk.code", final=True), caller,
        [[CHANNEL_OF[kind], address]], lane=Lane.REPLY, secret=True,
    )  # fmt: skip
    return address


def try_code(work: Work, caller: Caller, typed: str, purpose: Purpose, ticket_id: int | None) -> Evidence:
    """What the right code proves. Wrong ones count against it; one that is typed where it was sent proves nothing."""
    found = work.tx.one(_LATEST, person_id=caller.person_id, purpose=purpose, about=ticket_id, at=work.at)
    if found is None or found.address == caller.address.partition(":")[2]:
        raise CodeSpent
    if work.tx.run(_TRY, code_id=found.id) == 0:
        raise CodeSpent
    if not hmac.compare_digest(_digest(work.rules.key, found.salt, typed), found.digest):
        raise CodeWrong
    if work.tx.run(_USE, code_id=found.id, now=work.at) == 0:
        raise CodeSpent
    return Evidence(found.evidence)


@handles(PrintCode)
def print_code(work: Work, command: PrintCode) -> Printed:
    """For somebody who serves in the officer's part of the tree, never for oneself. Only the latest one counts."""
    seat = working_officer(work)
    person = caller_on_record(work.tx, command.person_id)
    if person is None or not person.serving or not seat.sees(person.place_path):
        raise NotFound
    if seat.person_id == command.person_id:
        raise NotYours
    work.tx.run(_END, whose=command.person_id, what_for=Purpose.PRINTED, now=work.at)
    code, _, expires_at = _made(
        work, command.person_id, Purpose.PRINTED, Evidence.PRINTED_CODE, digits=PRINTED_DIGITS,
        lasts=PRINTED_LASTS, made_by_id=seat.person_id,
    )  # fmt: skip
    return Printed(code, expires_at)


def _made(
    work: Work, person_id: int, purpose: Purpose, evidence: Evidence, *, digits: int, lasts: timedelta,
    ticket_id: int | None = None, address: str = "", made_by_id: int | None = None,
) -> tuple[str, int, datetime]:  # fmt: skip
    """The code itself, which is in no table, its row, and until when it counts."""
    code = f"{int.from_bytes(work.dice(16), 'big') % 10**digits:0{digits}d}"
    salt = work.dice(16).hex()
    expires_at = work.at + lasts
    code_id = work.tx.insert(
        Code, person_id=person_id, purpose=purpose, ticket_id=ticket_id, evidence=evidence, address=address,
        made_by_id=made_by_id, salt=salt, digest=_digest(work.rules.key, salt, code), made_at=work.at,
        expires_at=expires_at,
    )  # fmt: skip
    return code, int(code_id), expires_at


def _digest(key: bytes, salt: str, code: str) -> str:
    return hmac.new(key, f"code:{salt}:{code}".encode(), hashlib.sha256).hexdigest()
