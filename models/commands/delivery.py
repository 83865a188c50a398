"""Commands of the delivery worker, and of gateways that report back."""

from dataclasses import dataclass
from datetime import timedelta

from models.tables.notice import Fate


@dataclass(frozen=True, slots=True)
class LeaseNotices:
    """Take due notices for one worker, writing an attempt for each before any gateway is called.

    Returns a list of `queries.delivery.Leased`."""

    worker: str
    most: int = 50
    lease: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class NoteFate:
    """What the gateway said of one attempt when it was called.

    `surely_failed` is true only if it certainly did not go: only then, or after long silence, the next channel is used.
    `retry_in`: the gateway asks for patience; the same channel again. `moved_to`: the chat has another id now.
    """

    attempt_id: int
    fate: Fate
    said: str = ""
    gateway_id: str = ""
    parts: int = 0
    cost: str = ""
    retry_in: timedelta | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class NoteDelivery:
    """A delivery report, hours late, twice, or out of order as it may be. `message` is its identity for the receipt."""

    channel: str
    gateway_id: str
    phone: str
    fate: Fate
    said: str
    message: str


@dataclass(frozen=True, slots=True)
class SettleSilence:
    """Attempts of which nothing was heard for too long become unknown, and their notices go on to the next channel."""

    most: int = 200


@dataclass(frozen=True, slots=True)
class StoreAttachment:
    """A photo that was fetched, its position data stripped; no content: it cannot be had."""

    attachment_id: int
    content: bytes | None = None
    kind: str = "image/jpeg"
