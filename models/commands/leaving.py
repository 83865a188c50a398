"""Commands about those who leave the institution, or move to another."""

from dataclasses import dataclass

from models.tables.person import Employment


@dataclass(frozen=True, slots=True)
class LeaverRow:
    """`phone` is E.164 and one of the person's own; `name` must agree with it, for numbers move on."""

    phone: str
    name: str
    employment: Employment = Employment.LEFT


@dataclass(frozen=True, slots=True)
class ImportLeavers:
    """HR's list of those who serve no more. Returns `Imported`; nobody is removed."""

    rows: tuple[LeaverRow, ...]


@dataclass(frozen=True, slots=True)
class MarkLeft:
    """One person, by the head of the unit or an administrator. `words` say on what HR said so."""

    person_id: int
    employment: Employment
    words: str
