"""Photos that are owed: fetched, missed, tried again, given up."""

import asyncio
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from database import Transaction
from dawati.rim import Rim
from delivery.photos_due import PhotosDue
from delivery.ports import CannotFetch
from handlers.fetching import TRIES
from models.commands import DESK, LeasePhotos, StoreAttachment
from models.tables import Attachment, History
from models.tables.ticket import Channel
from tests.delivery.owing import a_ticket
from tests.support.cast import Desk


def a_photo() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (8, 8), "red").save(kept, "PNG")
    return kept.getvalue()


class Shelf:
    """Fills `delivery.ports.Fetcher` from a list of what each call brings."""

    source = Channel.TELEGRAM

    def __init__(self, *brings: bytes | Exception) -> None:
        self.brings: Iterator[bytes | Exception] = iter(brings)
        self.asked: list[str] = []

    async def fetch(self, remote_id: str) -> bytes:
        self.asked.append(remote_id)
        brought = next(self.brings)
        if isinstance(brought, Exception):
            raise brought
        return brought


@pytest.fixture
def photo_id(desk: Desk) -> int:
    ticket_id = a_ticket(desk)

    def write(tx: Transaction) -> int:
        photo = Attachment(
            ticket_id=ticket_id, source=Channel.TELEGRAM, remote_id="AgAC", sent_at=desk.clock(),
            fetch_due=desk.clock(),
        )  # fmt: skip
        return tx.add(photo).id or 0

    return desk.door.database.write(write)


def only(desk: Desk) -> Attachment:
    (photo,) = desk.all(Attachment)
    return photo


async def one_round(desk: Desk, shelf: Shelf) -> None:
    """Until everything that is due was asked for."""
    wake = asyncio.Event()
    due = PhotosDue(Rim(desk.door), [shelf], wake)
    running = asyncio.create_task(due.run())
    before = only(desk).tries
    while only(desk).tries == before:  # noqa: ASYNC110  # what is waited for stands in a table, and sets no event
        await asyncio.sleep(0.01)
    due.stop()
    await running


async def test_a_photo_is_fetched_and_kept_as_a_plain_picture(desk: Desk, photo_id: int) -> None:
    shelf = Shelf(a_photo())
    await one_round(desk, shelf)
    kept = only(desk)
    assert shelf.asked == ["AgAC"]
    assert kept.content is not None
    assert kept.content.startswith(b"\xff\xd8")
    assert (kept.kind, kept.fetched_at, kept.fetch_due) == ("image/jpeg", desk.clock(), None)
    assert desk.do(LeasePhotos(Channel.TELEGRAM), DESK) == []


@pytest.mark.parametrize("brought", [CannotFetch(), b"not a picture"])
async def test_what_cannot_be_had_is_given_up_and_the_ticket_says_so(
    desk: Desk, photo_id: int, brought: bytes | Exception
) -> None:
    await one_round(desk, Shelf(brought))
    assert (only(desk).content, only(desk).fetch_due) == (None, None)
    last = desk.all(History)[-1]
    assert (last.event, last.facts) == ("photo_missing", {"attachment_id": photo_id})


async def test_what_failed_is_tried_again_later(desk: Desk, photo_id: int) -> None:
    await one_round(desk, Shelf(ConnectionError()))
    assert desk.do(LeasePhotos(Channel.TELEGRAM), DESK) == []
    desk.clock.forward(minutes=1)
    await one_round(desk, Shelf(a_photo()))
    assert only(desk).content is not None


def test_in_the_end_it_is_given_up(desk: Desk, photo_id: int) -> None:
    taken = 0
    while only(desk).fetch_due is not None:
        taken += desk.do(LeasePhotos(Channel.TELEGRAM), DESK) != []
        desk.clock.forward(hours=12)
    assert taken == TRIES
    assert desk.all(History)[-1].event == "photo_missing"


def test_the_first_content_counts(desk: Desk, photo_id: int) -> None:
    desk.do(StoreAttachment(photo_id, b"first"), DESK)
    desk.do(StoreAttachment(photo_id, b"second"), DESK)
    desk.do(StoreAttachment(photo_id), DESK)
    assert only(desk).content == b"first"
