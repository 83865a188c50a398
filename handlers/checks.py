"""The record of who proved who they are, how, and when: what a request or an approval may rest on."""

from datetime import timedelta

from sqlalchemy import bindparam, select, update

from database import Row, columns, table_of
from handlers.work import Work
from models.identity import Evidence
from models.tables import IdentityCheck
from models.tables.proving import Purpose

PROOF_LASTS = timedelta(minutes=15)  # from the code to the end of the conversation that asked for it

_check = columns(IdentityCheck)

_FRESH = (
    select(_check.id, _check.evidence)
    .where(
        _check.person_id == bindparam("person_id"),
        _check.at > bindparam("since", type_=_check.at.type),
        _check.purpose == bindparam("purpose", type_=_check.purpose.type),
        _check.passed.is_(True),
        _check.spent_at.is_(None),
        _check.ticket_id.is_not_distinct_from(bindparam("about", type_=_check.ticket_id.type)),
    )
    .order_by(_check.id.desc())
    .limit(1)
)
_SPEND = (
    update(table_of(IdentityCheck))
    .where(_check.id == bindparam("check_id"), _check.spent_at.is_(None))
    .values(spent_at=bindparam("at", type_=_check.spent_at.type))
)


def note(
    work: Work,
    person_id: int,
    purpose: Purpose,
    evidence: Evidence,
    *,
    passed: bool,
    ticket_id: int | None = None,
    checked_by_id: int | None = None,
    spent: bool = False,
) -> None:
    """One try, kept whether it passed or not."""
    work.tx.insert(
        IdentityCheck, person_id=person_id, purpose=purpose, ticket_id=ticket_id, evidence=evidence, passed=passed,
        channel=str(work.by.channel or ""), checked_by_id=checked_by_id, at=work.at,
        spent_at=work.at if spent else None,
    )  # fmt: skip


def spend(work: Work, person_id: int, purpose: Purpose, ticket_id: int | None = None) -> Evidence | None:
    """The fresh proof for this, which serves once; nothing if there is none."""
    found: Row | None = work.tx.one(
        _FRESH, person_id=person_id, purpose=purpose, about=ticket_id, since=work.at - PROOF_LASTS
    )
    if found is None or work.tx.run(_SPEND, check_id=found.id, at=work.at) == 0:
        return None
    return Evidence(found.evidence)
