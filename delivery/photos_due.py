"""Fetching the photos that are owed, one channel after the other."""

import asyncio
import logging
from collections.abc import Sequence

from delivery.failures import kind_of
from delivery.photos import NotAPicture, without_position
from delivery.ports import CannotFetch, Fetcher
from handlers.ports import AwaitedDesk
from models.commands import DESK, LeasePhotos, StoreAttachment
from queries.delivery import OwedPhoto

log = logging.getLogger(__name__)

POLL = 2.0  # seconds
DEADLINE = 45.0  # seconds for one photo; its lease is a minute


class PhotosDue:
    """Shared by any number of processes, like the delivery worker; `wake` and `stop` mean the same."""

    def __init__(self, desk: AwaitedDesk, fetchers: Sequence[Fetcher], wake: asyncio.Event) -> None:
        self._desk = desk
        self._fetchers = fetchers
        self._wake = wake
        self._stopping = False

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            found = [await self._fetch_from(fetcher) for fetcher in self._fetchers]
            if not any(found):
                try:
                    async with asyncio.timeout(POLL):
                        await self._wake.wait()
                except TimeoutError:
                    continue

    async def _fetch_from(self, fetcher: Fetcher) -> bool:
        try:
            photos: list[OwedPhoto] = await self._desk.do(LeasePhotos(fetcher.source), DESK)
            await asyncio.gather(*(self._fetch(fetcher, photo) for photo in photos))
        except Exception as error:  # noqa: BLE001  # whatever failed, the photos come due again by themselves
            log.warning("cannot work on photos from %s: %s", fetcher.source, kind_of(error))
            return False
        return bool(photos)

    async def _fetch(self, fetcher: Fetcher, photo: OwedPhoto) -> None:
        content: bytes | None = None
        try:
            async with asyncio.timeout(DEADLINE):
                content = await asyncio.to_thread(without_position, await fetcher.fetch(photo.remote_id))
        except (CannotFetch, NotAPicture) as error:
            log.info("photo %d cannot be had: %s", photo.attachment_id, kind_of(error))
        except Exception as error:  # noqa: BLE001  # worth another try
            log.warning("photo %d was not fetched: %s", photo.attachment_id, kind_of(error))
            return
        await self._desk.do(StoreAttachment(photo.attachment_id, content), DESK)
