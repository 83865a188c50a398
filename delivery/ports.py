"""What delivery needs of a channel. A channel's `gateway.py` fills it; `dawati/` brings the two together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from conversations.screen import Screen
from models.tables.notice import Fate
from models.tables.ticket import Channel


@dataclass(frozen=True, slots=True)
class Parcel:
    """One attempt to carry: what to show, and where. Buttons carry `conversation_id` and `revision`; `card` is a
    message of ours that is to be edited instead of sending a new one."""

    attempt_id: int
    address: str
    screen: Screen
    conversation_id: int | None = None
    revision: int = 0
    card: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a parcel as far as the gateway told.

    `SENT`: the gateway has it. `REFUSED`: it surely did not go, and never will this way. `UNKNOWN`: it may have gone.
    With `retry_in` the gateway asks for patience and surely has not sent it. `said` is its own word, without words or
    numbers of people. `moved_to`: the chat's new id.
    """

    attempt_id: int
    fate: Fate
    said: str = ""
    gateway_id: str = ""
    parts: int = 0
    cost: str = ""
    retry_in: timedelta | None = None
    moved_to: str = ""


class Carrier(Protocol):
    """One channel's way out. `channel` is the route's name (`sms`, `telegram`); `most` parcels are taken at once."""

    channel: str
    most: int

    async def carry(self, parcels: Sequence[Parcel]) -> Sequence[Carried]:
        """One result for each parcel. Never raises for what a gateway does or fails to do; keeps its own deadline."""


class CannotFetch(Exception):
    """The gateway no longer has it, or it is too large: asking again will not help."""


class Fetcher(Protocol):
    """Where photos come from."""

    source: Channel

    async def fetch(self, remote_id: str) -> bytes:
        """The photo as it was sent. `CannotFetch` is final; any other failure is worth another try."""
