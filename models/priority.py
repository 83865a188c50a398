"""How urgent a ticket is, and by when it is to be answered: ITIL's impact and urgency, as data.

What stands here are the defaults; an institution's own matrix and targets are passed in their place.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple


class Priority(StrEnum):
    """P1 is the highest; they compare as their names do, so the higher of two is the lesser."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Impact(StrEnum):
    """Who cannot work: everybody, one facility (school, dispensary, ward), one office, one person."""

    COUNCIL = "council"
    FACILITY = "facility"
    OFFICE = "office"
    PERSON = "person"


class Urgency(StrEnum):
    NOW = "now"
    TODAY = "today"
    CAN_WAIT = "can_wait"


class Target(NamedTuple):
    """Working time until an officer answers, and until it is resolved."""

    response: timedelta
    resolution: timedelta


Matrix = Mapping[tuple[Impact, Urgency], Priority]
Targets = Mapping[Priority, Target]

_ROWS = {
    Impact.COUNCIL: "P1 P1 P2",
    Impact.FACILITY: "P1 P2 P3",
    Impact.OFFICE: "P2 P3 P3",
    Impact.PERSON: "P3 P3 P4",
}
MATRIX: Matrix = {
    (impact, urgency): Priority(name)
    for impact, row in _ROWS.items()
    for urgency, name in zip(Urgency, row.split(), strict=True)
}

TARGETS: Targets = {
    Priority.P1: Target(timedelta(minutes=15), timedelta(hours=4)),
    Priority.P2: Target(timedelta(hours=1), timedelta(hours=8)),
    Priority.P3: Target(timedelta(hours=4), timedelta(hours=24)),
    Priority.P4: Target(timedelta(hours=8), timedelta(hours=72)),
}


def priority_of(impact: Impact, urgency: Urgency, default: Priority | None = None, matrix: Matrix = MATRIX) -> Priority:
    """The higher of the matrix and the catalogue's default for the fault."""
    found = matrix[impact, urgency]
    return found if default is None else min(found, default)
