"""What every simulated network shares: the clock, the dice, the way to the desk, and a count of changes."""

import asyncio
import base64
import random
import time
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from simulator.settings import SimulatorSettings


class World:
    """Belongs to one event loop; nothing in it blocks, and nothing in it is safe from another thread.

    `version` grows with everything that a person could notice: so a page or a test can ask whether
    anything is new.
    """

    def __init__(
        self,
        settings: SimulatorSettings,
        clock: Callable[[], float] = time.time,
        dice: random.Random | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.dice = dice or random.Random()
        self.version = 0
        self.closing = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._http: httpx.AsyncClient | None = None

    def changed(self) -> int:
        self.version += 1
        return self.version

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock(), UTC)

    def hex_name(self, prefix: str) -> str:
        """A name as Africa's Talking gives: the prefix and 32 hexadecimal digits."""
        return f"{prefix}{self.dice.randbytes(16).hex()}"

    def opaque_name(self, prefix: str, length: int = 30) -> str:
        """A name as Telegram gives to files: the prefix and letters that may stand in an address."""
        return prefix + base64.urlsafe_b64encode(self.dice.randbytes(length)).decode().rstrip("=")

    @property
    def http(self) -> httpx.AsyncClient:
        if self._http is None:
            # trust_env: a proxy of the machine must never see what is said between two ends of a rehearsal
            self._http = httpx.AsyncClient(trust_env=False, timeout=self.settings.hop_deadline)
        return self._http

    def hook(self, name: str) -> str:
        """The address of one of the desk's hooks for Africa's Talking: ussd, ussd-end, sms, delivery."""
        return f"{self.settings.desk_url}/hooks/africastalking/{self.settings.at_hook_key}/{name}"

    def network_of(self, phone: str) -> str:
        """The code of a number's network: the cast's own, else Vodacom's."""
        member = next((one for one in self.settings.cast if one.phone == phone), None)
        return member.network_code if member else "64004"

    async def tell(self, hook: str, form: Mapping[str, str]) -> bool:
        """Posts a form until the desk says 200, as the gateway does; False if it never did."""
        for _ in range(self.settings.repeats):
            try:
                answer = await self.http.post(self.hook(hook), data=dict(form))
            except httpx.HTTPError:
                answer = None  # the desk is down: exactly what the gateway repeats for
            if answer is not None and answer.status_code == 200:
                return True
            await asyncio.sleep(self.settings.repeat_every)
        return False

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Starts something that goes on by itself; it ends with the simulator at the latest."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stops what goes on by itself and leaves no connection open."""
        self.closing = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._http is not None:
            await self._http.aclose()
            self._http = None
