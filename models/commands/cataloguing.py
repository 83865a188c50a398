"""Commands about the systems of the catalogue, for the head of the unit and the administrator."""

from dataclasses import dataclass

from models.system_entry import SystemEntry


@dataclass(frozen=True, slots=True)
class AddSystem:
    """A system that can be asked for on every channel from now on."""

    code: str
    entry: SystemEntry


@dataclass(frozen=True, slots=True)
class EditSystem:
    """What is said of a system from now on; requests that were made before stay as they were made."""

    code: str
    entry: SystemEntry


@dataclass(frozen=True, slots=True)
class RetireSystem:
    """Taken off every list, its requests kept; or, with `back`, put on them again."""

    code: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class NameApprover:
    """Who says yes for a place and all below it, by the phone on record; without a phone, nobody any more."""

    code: str
    place_id: int
    phone: str = ""
