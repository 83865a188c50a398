"""What makes an account request look like those by which service desks are robbed. Pure; a flag forbids nothing: it is
shown to whoever says yes, and kept in the history."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from models.tables.account import AccountAction
from models.tables.catalogue import Tier

NUMBER_IS_NEW = timedelta(days=14)
RECENT = timedelta(days=30)  # within which requests are counted
MANY_REQUESTS = 3  # of one person, this one included
MANY_PEOPLE = 3  # who had one number within a year
OFFICER_ASKS = 10  # requests typed in by one officer, below which nothing is compared
FAR_ABOVE = 3  # times what the other officers typed in on average


class Flag(StrEnum):
    """In the order in which they are told."""

    NEW_NUMBER = "new_number"
    MANY_REQUESTS = "many_requests"
    MANY_PEOPLE = "many_people"
    OFFICER = "officer"
    OUT_OF_HOURS = "out_of_hours"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when a request is made. `number_changed_at`: when the newest phone joined a person who had one;
    `requests`: of that person within `RECENT`; `by_officer`: typed in by the same officer within `RECENT`, and by
    `others` officers `by_others` altogether."""

    at: datetime
    tier: Tier
    action: AccountAction
    office_open: bool
    number_changed_at: datetime | None = None
    requests: int = 1
    people_of_number: int = 1
    by_officer: int = 0
    by_others: int = 0
    others: int = 0


def flags_of(facts: Facts) -> tuple[Flag, ...]:
    changed = facts.number_changed_at
    opens_a_door = facts.action in (AccountAction.RESET, AccountAction.UNLOCK)
    usual = facts.by_others / facts.others if facts.others else 0
    raised = {
        Flag.NEW_NUMBER: opens_a_door and changed is not None and facts.at - changed < NUMBER_IS_NEW,
        Flag.MANY_REQUESTS: facts.requests >= MANY_REQUESTS,
        Flag.MANY_PEOPLE: facts.people_of_number >= MANY_PEOPLE,
        Flag.OFFICER: facts.by_officer >= OFFICER_ASKS and facts.by_officer > FAR_ABOVE * usual,
        Flag.OUT_OF_HOURS: facts.tier == Tier.T3 and not facts.office_open,
    }
    return tuple(flag for flag in Flag if raised[flag])
