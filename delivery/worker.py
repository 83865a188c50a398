"""The delivery worker: takes what is owed, hands it to the channels, and notes what became of it."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from delivery.failures import kind_of
from delivery.ports import Carried, Carrier, Parcel
from handlers.ports import AwaitedDesk
from models.commands import DESK, LeaseNotices, NoteFate
from queries.delivery import Leased

log = logging.getLogger(__name__)

POLL = 1.0  # seconds: what other processes owe is found by looking
ABREAST = 4  # calls at once on one channel, so that a slow one does not hold up a reply
LEASE = timedelta(seconds=60)  # longer than any carrier's own deadline
NOTE_AGAIN = (0.2, 1.0, 3.0, 10.0, 30.0)  # seconds: a fate that is lost may mean the same thing said on two channels


class Worker:
    """Any number of them, in any number of processes, share the work.

    `name` tells workers apart. `real`: the channels whose gateway reaches real people. `wake` is set by whoever knows
    that something is owed; without it, things are found within a second.
    """

    def __init__(
        self, desk: AwaitedDesk, carriers: Sequence[Carrier], name: str, real: frozenset[str], wake: asyncio.Event
    ) -> None:
        self._desk = desk
        self._carriers = {carrier.channel: carrier for carrier in carriers}
        self._name = name[:40]
        self._real = real
        self._wake = wake
        self._stopping = False
        self._under_way: dict[asyncio.Task[None], str] = {}

    def stop(self) -> None:
        """Take nothing new; `run` returns when what is under way has been noted."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Until `stop`, or until it is cancelled: then too, what a gateway was handed is noted first."""
        try:
            while not self._stopping:
                self._wake.clear()
                if not await self._round():
                    await self._woken()
        finally:
            await asyncio.gather(*self._under_way)

    async def _round(self) -> bool:
        """Lease what there is room for and set it going; whether there was anything."""
        try:
            leased: list[Leased] = await self._desk.do(
                LeaseNotices(self._name, tuple(self._room()), self._real, LEASE), DESK
            )
        except Exception as error:  # noqa: BLE001  # a database that is away comes back; the worker must still be there
            log.warning("cannot lease notices: %s", kind_of(error))
            return False
        for channel, carrier in self._carriers.items():
            parcels = [_parcel(each) for each in leased if each.channel == channel]
            for start in range(0, len(parcels), carrier.most):
                self._set_going(carrier, parcels[start : start + carrier.most])
        return bool(leased)

    def _room(self) -> list[tuple[str, int]]:
        busy = list(self._under_way.values())
        return [
            (channel, max(0, ABREAST - busy.count(channel)) * carrier.most)
            for channel, carrier in self._carriers.items()
        ]

    async def _woken(self) -> None:
        try:
            async with asyncio.timeout(POLL):
                await self._wake.wait()
        except TimeoutError:
            return

    def _set_going(self, carrier: Carrier, parcels: list[Parcel]) -> None:
        task = asyncio.create_task(self._carry(carrier, parcels))
        self._under_way[task] = carrier.channel
        task.add_done_callback(self._came_back)

    def _came_back(self, task: "asyncio.Task[None]") -> None:
        del self._under_way[task]
        self._wake.set()  # there is room again, and the next thing for the same address may go

    async def _carry(self, carrier: Carrier, parcels: list[Parcel]) -> None:
        try:
            carried = await carrier.carry(parcels)
        except Exception as error:  # noqa: BLE001  # one channel's defect must not stop the others
            log.warning("%s: carrying %d failed: %s", carrier.channel, len(parcels), kind_of(error))
            return  # they may have gone: the lease's end makes them unknown
        if missing := {parcel.attempt_id for parcel in parcels} - {each.attempt_id for each in carried}:
            log.warning("%s: no word of %d parcels", carrier.channel, len(missing))
        await asyncio.gather(*(self._note(each) for each in carried))

    async def _note(self, carried: Carried) -> None:
        """Written down, even if the database is away for a moment."""
        command = NoteFate(
            carried.attempt_id, carried.fate, carried.said, carried.gateway_id, carried.parts, carried.cost,
            carried.retry_in, carried.moved_to,
        )  # fmt: skip
        for pause in (*NOTE_AGAIN, None):
            try:
                await self._desk.do(command, DESK)
            except Exception as error:  # noqa: BLE001  # tried again; in the end the lease's end decides
                log.warning("cannot note the fate of attempt %d: %s", carried.attempt_id, kind_of(error))
                if pause is not None:
                    await asyncio.sleep(pause)
            else:
                return


def _parcel(leased: Leased) -> Parcel:
    return Parcel(
        leased.attempt_id, leased.address, leased.screen, leased.conversation_id, leased.revision, leased.card
    )
