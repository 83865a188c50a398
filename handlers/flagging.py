"""Raising flags on an account request, for whoever says yes to it and for the report."""

from handlers.work import Work
from models.tables import System, Ticket
from models.tables.account import AccountAction
from models.tables.catalogue import Tier
from queries.flags import flags_for


def raise_flags(work: Work, ticket: Ticket, person_id: int, system: System, action: AccountAction) -> None:
    """Before anybody is asked to approve."""
    raised = flags_for(
        work.tx, person_id=person_id, officer_id=work.by.officer_id, tier=system.tier or Tier.T3, action=action,
        at=work.at, office_open=work.rules.hours.is_open(work.at),
    )  # fmt: skip
    if raised:
        work.record(ticket, "flagged", facts={"flags": ";".join(raised)})
