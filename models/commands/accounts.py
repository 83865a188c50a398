"""Commands about account requests."""

from dataclasses import dataclass
from datetime import date

from models.tables.account import AccountAction


@dataclass(frozen=True, slots=True)
class AskForAccount:
    """For oneself; an officer may ask `for_person_id`. No password is part of it, in or out."""

    system_code: str
    action: AccountAction
    user_name: str = ""
    words: str = ""
    for_person_id: int | None = None
    role: str = ""
    workplace: str = ""


@dataclass(frozen=True, slots=True)
class DecideApproval:
    """Yes or no, by the person of whom it was asked."""

    ticket_id: int
    yes: bool


@dataclass(frozen=True, slots=True)
class HandToOwner:
    """The system's owner acts; the ticket stays here with the owner's reference, and on the promised day the officer
    is reminded of it."""

    ticket_id: int
    reference: str
    promised: date | None = None


@dataclass(frozen=True, slots=True)
class CarryOutAccount:
    """An officer has acted in the foreign system. `words` tell the person how to go on; never a password."""

    ticket_id: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class RemindPromises:
    """Remind the officers of what owners promised for today or before, at most so many."""

    most: int = 50
