"""Where asyncio meets the desk's threads. Outcomes of one commit come back to the loop with one wake-up."""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from handlers import Door
from models.commands import By

log = logging.getLogger(__name__)

Measure = Callable[[object, float, BaseException | None], None]
"""A command, the seconds until it was committed, and how it failed if it did."""


class Rim:
    """The desk, awaited. One for each event loop: it belongs to the loop of its first command."""

    def __init__(self, door: Door, measure: Measure = lambda *_: None) -> None:
        self._door = door
        self._measure = measure
        self._loop: asyncio.AbstractEventLoop | None = None
        self._settled: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._lock = threading.Lock()
        self._waking = False

    async def do(self, command: object, by: By) -> Any:
        """See `handlers.ports.AwaitedDesk`."""
        loop = self._loop = self._loop or asyncio.get_running_loop()
        waiting = loop.create_future()
        began = time.perf_counter()

        def done(result: Any, failure: BaseException | None) -> None:
            with self._lock:
                self._settled.append((waiting, result, failure))
                if self._waking:
                    return
                self._waking = True
            try:
                loop.call_soon_threadsafe(self._settle)
            except RuntimeError:
                if not loop.is_closed():
                    raise
                log.debug("work was finished after the last of those who waited had gone")

        self._door.submit(command, by, done)
        failure: BaseException | None = None
        try:
            return await waiting
        except BaseException as error:
            failure = error
            raise
        finally:
            self._measure(command, time.perf_counter() - began, failure)

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
