"""A worker in a process of its own, to be killed: `python -m tests.delivery.doomed_worker DATABASE_URL GATEWAY_LOG`.

Its gateway writes every text that it is handed to the log, and takes its time over the answer.
"""

import asyncio
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from database import open_database
from dawati.rim import Rim
from delivery.ports import Carried, Parcel
from delivery.rehearsal import sent
from delivery.worker import Worker
from handlers import Door
from models.rules import Rules
from tests.support.cast import Clock


class LoggingGateway:
    channel = "sms"
    most = 2

    def __init__(self, log: Path) -> None:
        self.log = log

    async def carry(self, parcels: Sequence[Parcel]) -> Sequence[Carried]:
        carried = []
        for parcel in parcels:
            with self.log.open("a") as log:  # a line; what counts is that it is written at once
                log.write(f"{parcel.screen.text}\n")
            await asyncio.sleep(0.01)
            carried.append(sent(parcel))
        return carried


async def main(url: str, log: Path) -> None:
    door = Door(open_database(url), Rules(key=b"a key for stories"), Clock(), secrets.token_bytes)
    await Worker(Rim(door), [LoggingGateway(log)], "doomed", frozenset(), asyncio.Event()).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
