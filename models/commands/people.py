"""Commands that people give about themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """The caller's address joins the person whom the invitation names."""

    code: str


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
