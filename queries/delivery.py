"""What delivery is handed, and what it can tell of a notice."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from conversations.screen import Screen
from database import Reading, Row, columns
from models.tables import Attempt
from models.tables.ticket import Channel

_attempt = columns(Attempt)

_TRIED = (
    select(_attempt.id, _attempt.channel, _attempt.fate)
    .where(_attempt.notice_id == bindparam("notice_id"))
    .order_by(_attempt.id)
)


@dataclass(frozen=True, slots=True)
class Leased:
    """One attempt that a worker is to make now; the fields are those of `delivery.ports.Parcel`, and the channel."""

    attempt_id: int
    channel: str
    address: str
    screen: Screen
    conversation_id: int | None
    revision: int
    card: str


@dataclass(frozen=True, slots=True)
class OwedPhoto:
    """A photo to be fetched, under the gateway's name for it."""

    attachment_id: int
    source: Channel
    remote_id: str


def tried(reading: Reading, notice_id: int) -> list[Row]:
    """Every attempt on a notice, oldest first: `id`, `channel`, `fate`."""
    return reading.all(_TRIED, notice_id=notice_id)
