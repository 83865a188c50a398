"""Where asyncio meets the desk's threads. Outcomes of one commit come back to the loop with one wake-up."""

import asyncio
import threading
from collections import deque
from typing import Any

from handlers import Door
from models.commands import By


class Rim:
    """The desk, awaited. One for each event loop."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._loop = asyncio.get_running_loop()
        self._settled: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._lock = threading.Lock()
        self._waking = False

    async def do(self, command: object, by: By) -> Any:
        """See `handlers.ports.AwaitedDesk`."""
        waiting = self._loop.create_future()

        def done(result: Any, failure: BaseException | None) -> None:
            with self._lock:
                self._settled.append((waiting, result, failure))
                if self._waking:
                    return
                self._waking = True
            self._loop.call_soon_threadsafe(self._settle)

        self._door.submit(command, by, done)
        return await waiting

    def _settle(self) -> None:
        with self._lock:
            self._waking = False
            settled = list(self._settled)
            self._settled.clear()
        for waiting, result, failure in settled:
            if waiting.done():  # nobody waits any more
                continue
            if failure is None:
                waiting.set_result(result)
            else:
                waiting.set_exception(failure)
