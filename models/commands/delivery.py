"""Commands of the delivery worker, and of gateways that report back."""

from dataclasses import dataclass
from datetime import timedelta

from models.tables.notice import Fate
from models.tables.ticket import Channel


@dataclass(frozen=True, slots=True)
class LeaseNotices:
    """Take due notices for one worker, writing an attempt for each before any gateway is called.

    `room`: how many it can take of each channel that it has a carrier for, nought included. A route on a channel that
    is not named there leads nowhere in this institution and is passed over. `real`: the channels whose gateway reaches
    real people; notices of the demonstration never go there. Returns a list of `queries.delivery.Leased`.
    """

    worker: str
    room: tuple[tuple[str, int], ...]
    real: frozenset[str] = frozenset()
    lease: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class NoteFate:
    """What the gateway said of one attempt when it was called; the fields are those of `delivery.ports.Carried`.

    `REFUSED`: it surely did not go, and the next route is used. `retry_in`: it surely did not go, and the gateway asks
    for patience; the same route again. `UNKNOWN`: it may have gone; only after a set time is another channel used.
    `moved_to`: it surely did not go, and the chat has another id now.
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
    """A delivery report, hours late, twice, or out of order as it may be. `message` is its identity for the receipt
    (the same report again has the same one). Returns whether an attempt of ours was recognised."""

    channel: str
    gateway_id: str
    phone: str
    fate: Fate
    said: str
    message: str


@dataclass(frozen=True, slots=True)
class SettleSilence:
    """Attempts of which nothing was heard for too long become unknown, and their notices go on to the next channel.

    Returns how many notices were looked at."""

    most: int = 200


@dataclass(frozen=True, slots=True)
class LeasePhotos:
    """Take photos that are to be fetched from `source`. Each comes due again by itself, later every time, until it is
    stored or given up. Returns a list of `queries.delivery.OwedPhoto`."""

    source: Channel
    most: int = 4


@dataclass(frozen=True, slots=True)
class StoreAttachment:
    """A photo that was fetched, its position data stripped; no content: it cannot be had."""

    attachment_id: int
    content: bytes | None = None
    kind: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class TakeChore:
    """Take a periodic job. True for whoever comes first when it is due; False until it is due again after `every`."""

    name: str
    every: timedelta


@dataclass(frozen=True, slots=True)
class Sweep:
    """Put away what nobody needs any more: USSD sessions that never reported their end, receipts and sessions past
    their time, front pages that led nowhere. Returns how many rows; `most` of each kind."""

    most: int = 1000
