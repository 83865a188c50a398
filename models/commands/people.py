"""Commands that people give about themselves, and the invitation by which they come to be known."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """The caller's address joins the person whom the invitation names."""

    code: str


@dataclass(frozen=True, slots=True)
class Invite:
    """An officer makes a code for somebody on record; an earlier one that was not used ends. Returns `Invited`."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Invited:
    """The code, which is shown once and kept only as a keyed hash."""

    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LinkTelegram:
    """A chat whose owner shared their own contact joins the person on record with that number (E.164)."""

    chat: str
    phone: str


@dataclass(frozen=True, slots=True)
class SetLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class StopMessages:
    """ACHA: no more SMS but what the person asks for themselves."""

    stop: bool = True
