"""What goes on beside the hooks: delivery, photos, periodic jobs, and the connection to Telegram.

Nothing waits for any of it, and what a gateway does or fails to do stops none of it.
"""

import asyncio
import importlib
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from dawati.leading import only_here
from dawati.opening import warm_up
from dawati.settings import Settings
from delivery.chores import Chores
from delivery.photos_due import PhotosDue
from delivery.ports import Carrier, Fetcher
from delivery.worker import Worker
from handlers import Door, Stirred
from handlers.ports import AwaitedDesk

log = logging.getLogger(__name__)

PATIENCE = 5.0  # seconds that what is under way may take to end
TELEGRAM_ROOMS = ("bot.client", "bot.connecting", "bot.gateway", "bot.photos", "bot.polling", "bot.taps")


class LaterTaps:
    """Acknowledges taps as soon as there is a client to do it with; until then they stop blinking by themselves."""

    def __init__(self) -> None:
        self._taps: Any = None

    def answer(self, tap: str, text: str) -> None:
        if self._taps is not None:
            self._taps.answer(tap, text)

    def through(self, taps: Any) -> None:
        self._taps = taps


@asynccontextmanager
async def background(
    settings: Settings, door: Door, desk: AwaitedDesk, taps: LaterTaps, *, listens: bool
) -> AsyncIterator[None]:
    """Goes on while the block lasts. `listens`: this process also hears Telegram, not only writes to it."""
    going = asyncio.create_task(_all_of_it(settings, door, desk, taps, listens=listens))
    try:
        yield
    finally:
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)


async def _all_of_it(settings: Settings, door: Door, desk: AwaitedDesk, taps: LaterTaps, *, listens: bool) -> None:
    async with AsyncExitStack() as stack:
        carriers: list[Carrier] = []
        fetchers: list[Fetcher] = []
        running: list[Coroutine[Any, Any, Any]] = []
        if settings.sends_sms:
            carriers.append(await _sms(settings, stack))
        if settings.telegram_mode != "off":
            carrier, fetcher, running = await _telegram(settings, desk, taps, stack, listens=listens)
            carriers.append(carrier)
            fetchers.append(fetcher)
        owed, photos = asyncio.Event(), asyncio.Event()
        _wake_on_commits(door, owed, photos)
        worker = Worker(desk, carriers, _name(), real_channels(settings), owed)
        due, chores = PhotosDue(desk, fetchers, photos), Chores(desk)
        tasks = [_going_on(work) for work in (worker.run(), due.run(), chores.run(), *running)]
        tasks.append(_going_on(asyncio.to_thread(warm_up)))
        try:
            await asyncio.gather(*tasks)
        finally:
            for part in (worker, due, chores):
                part.stop()
            await asyncio.wait(tasks[:3], timeout=PATIENCE)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _going_on(work: Coroutine[Any, Any, Any]) -> "asyncio.Task[None]":
    """Work of its own: its end is told, and is not the end of the others. Cancelling what waits for it leaves it."""

    async def kept() -> None:
        try:
            await work
        except Exception as failure:  # noqa: BLE001  # a defect in one part; only its kind is told, for it may quote people
            log.warning("%s ended: %s", getattr(work, "__qualname__", "a part"), type(failure).__name__)

    return asyncio.ensure_future(kept())


async def _sms(settings: Settings, stack: AsyncExitStack) -> Carrier:
    from sms.gateways.africastalking import AfricasTalkingCarrier

    carrier = AfricasTalkingCarrier(
        settings.at_username,
        settings.at_api_key.get_secret_value(),
        url=settings.at_api_url,
        sender=settings.at_sender_id,
    )
    stack.callback(carrier.close)
    return carrier


async def _telegram(
    settings: Settings, desk: AwaitedDesk, taps: LaterTaps, stack: AsyncExitStack, *, listens: bool
) -> tuple[Carrier, Fetcher, list[Coroutine[Any, Any, Any]]]:
    """The way out, the way to photos, and what else is to go on.

    The client's package takes a second to import: in a thread, so that hooks are answered meanwhile."""
    client, connecting, gateway, photos, polling, answering = [
        await asyncio.to_thread(importlib.import_module, room) for room in TELEGRAM_ROOMS
    ]
    token = settings.telegram_bot_token.get_secret_value()
    bot = await stack.enter_async_context(client.bot_at(settings.telegram_api_url, token))
    running: list[Coroutine[Any, Any, Any]] = []
    if listens:
        acknowledged = answering.TelegramTaps(bot)
        stack.push_async_callback(acknowledged.aclose)
        taps.through(acknowledged)
        if settings.telegram_mode == "polling":
            running.append(_polled(settings, lambda: _poll(connecting, polling.Poller(bot, desk, taps), bot)))
        else:
            secret = settings.telegram_webhook_secret.get_secret_value()
            webhook = connecting.Webhook(f"{settings.public_url}/hooks/telegram", secret)
            running.append(connecting.connect(bot, webhook))
    return gateway.TelegramCarrier(bot), photos.TelegramFetcher(bot), running


async def _polled(settings: Settings, poll: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """One process of all fetches updates: a second one would throw the first out in turn."""
    if settings.embedded:
        await poll()
    else:
        await only_here(settings.database_url, poll)


async def _poll(connecting: Any, poller: Any, bot: Any) -> None:
    await connecting.connect(bot, None)  # a webhook that is set forbids polling
    await poller.run()


def _wake_on_commits(door: Door, *wakes: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def set_all() -> None:
        for wake in wakes:
            wake.set()

    def listener(stirred: Stirred) -> None:
        if (stirred.owed or stirred.tickets) and not loop.is_closed():
            loop.call_soon_threadsafe(set_all)

    door.listen(listener)


def real_channels(settings: Settings) -> frozenset[str]:
    """Those whose gateway reaches real people, and so nobody of a demonstration."""
    reach = {"sms": settings.sms_is_real, "telegram": settings.telegram_is_real}
    return frozenset(channel for channel, is_real in reach.items() if is_real)


def _name() -> str:
    return f"{socket.gethostname()[:20]}:{os.getpid()}:{secrets.token_hex(3)}"
