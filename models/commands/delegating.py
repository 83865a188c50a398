"""Commands about who says yes while an approver is away."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Delegate:
    """From now `until` then, approvals go to whoever has that phone (E.164). `for_person_id`: another's, by the head
    of the unit. A new one ends the one before."""

    to_phone: str
    until: datetime
    for_person_id: int | None = None


@dataclass(frozen=True, slots=True)
class EndDelegation:
    """One's own, before its time."""
