"""Periodic jobs, each done by whichever process takes it first."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from delivery.failures import kind_of
from handlers.ports import AwaitedDesk
from models.commands import (
    DESK,
    ApplyNumberChanges,
    CloseSilent,
    RemindPromises,
    SealHistory,
    SettleSilence,
    Sweep,
    TakeChore,
)

log = logging.getLogger(__name__)

MOST_ROUNDS = 50  # of one job that always finds more to do, before the others have their turn


@dataclass(frozen=True, slots=True)
class Chore:
    """A command that is given every so often. `full`: it returns how many it did, and is given again while it did
    that many; nought: once is enough."""

    name: str
    every: timedelta
    command: object
    full: int = 0


CHORES = (
    Chore("number_changes", timedelta(minutes=10), ApplyNumberChanges(), full=ApplyNumberChanges().most),
    Chore("settle_silence", timedelta(seconds=30), SettleSilence(), full=SettleSilence().most),
    Chore("close_silent", timedelta(minutes=10), CloseSilent(), full=CloseSilent().most),
    Chore("sweep", timedelta(minutes=5), Sweep(), full=Sweep().most),
    Chore("remind_promises", timedelta(minutes=20), RemindPromises(), full=RemindPromises().most),
    Chore("seal_history", timedelta(minutes=15), SealHistory(), full=SealHistory().most),
)


class Chores:
    """`stop` ends it between two jobs."""

    def __init__(self, desk: AwaitedDesk, chores: Sequence[Chore] = CHORES) -> None:
        self._desk = desk
        self._chores = chores
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        self._stopped.set()

    async def run(self) -> None:
        """Each job is asked for four times in its period, so that it is late by a quarter at most when the process
        that did it last has gone."""
        async with asyncio.TaskGroup() as group:
            for chore in self._chores:
                group.create_task(self._keep(chore))

    async def _keep(self, chore: Chore) -> None:
        while not self._stopped.is_set():
            await self.turn(chore)
            try:
                async with asyncio.timeout(chore.every.total_seconds() / 4):
                    await self._stopped.wait()
            except TimeoutError:
                continue

    async def turn(self, chore: Chore) -> bool:
        """Do it if it is due and nobody else took it; whether it was done."""
        try:
            if not await self._desk.do(TakeChore(chore.name, chore.every), DESK):
                return False
            for _ in range(MOST_ROUNDS):
                done = await self._desk.do(chore.command, DESK)
                if not chore.full or done < chore.full or self._stopped.is_set():
                    break
        except Exception as error:  # noqa: BLE001  # it is due again soon, and other jobs must not suffer
            log.warning("the job %s failed: %s", chore.name, kind_of(error))
            return False
        return True
