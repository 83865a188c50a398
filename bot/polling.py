"""Fetching updates where no webhook can reach the desk: behind an office's router."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, Update
from telegram.error import Conflict, TelegramError

from bot.dialect import refusal_of
from bot.hearing import Taps, hear
from bot.inbound import ALLOWED_UPDATES
from handlers.ports import AwaitedDesk

log = logging.getLogger(__name__)

LONG_POLL = 25  # seconds that Telegram may hold a question; routers drop connections that are silent for longer
FIRST_PAUSE = 1.0  # seconds; each failure doubles it
LONGEST_PAUSE = 60.0
CONFLICT_PAUSE = 15.0  # seconds; somebody else polls, and asking at once would only throw them out in turn
PATIENCE = 6  # rounds for an update that the desk fails to hear while it hears others


class Poller:
    """Another producer of `hear`. Run exactly one for a bot: whoever starts it sees to that.

    An update is confirmed to Telegram only after its commit; whatever else happens, it comes again.
    """

    def __init__(
        self, bot: Bot, desk: AwaitedDesk, taps: Taps, rest: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._bot = bot
        self._rest = rest
        self._desk = desk
        self._taps = taps
        self._offset = 0
        self._failed: dict[int, int] = {}

    async def run(self) -> None:
        """Poll until cancelled."""
        pause = FIRST_PAUSE
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=self._offset, timeout=LONG_POLL, allowed_updates=ALLOWED_UPDATES
                )
            except Conflict:
                log.warning("Somebody else fetches this bot's updates; trying again in %.0f s", CONFLICT_PAUSE)
                await self._rest(CONFLICT_PAUSE)
                continue
            except TelegramError as error:
                log.warning("No updates from Telegram: %s; trying again in %.0f s", refusal_of(error).said, pause)
                await self._rest(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            if await self.hear_all(updates):
                pause = FIRST_PAUSE
            else:
                await self._rest(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def hear_all(self, updates: Sequence[Update]) -> bool:
        """Hear a round: chats side by side, each in order. False if something has to be fetched again."""
        chats: dict[int, list[Update]] = {}
        for update in updates:
            chat = update.effective_chat
            chats.setdefault(chat.id if chat else 0, []).append(update)
        heard = [number for chat in await asyncio.gather(*map(self._hear_chat, chats.values())) for number in chat]
        missed = {update.update_id for update in updates} - set(heard)
        if heard:
            self._give_up(missed)
        self._failed = {number: count for number, count in self._failed.items() if number in missed}
        if updates:
            self._offset = min(missed, default=updates[-1].update_id + 1)
        return not missed

    async def _hear_chat(self, updates: list[Update]) -> list[int]:
        """The numbers of those that the desk heard; behind one that failed the rest of the chat waits."""
        heard: list[int] = []
        for update in updates:
            try:
                await hear(update.to_dict(), self._desk, self._taps)
            except Exception as failure:  # noqa: BLE001  # whatever fails at the desk, the update comes again
                self._failed[update.update_id] = self._failed.get(update.update_id, 0) + 1
                # Its kind only: a database's error quotes the words that it could not store.
                log.warning("Update %d was not heard: %s", update.update_id, type(failure).__name__)
                break
            heard.append(update.update_id)
        return heard

    def _give_up(self, missed: set[int]) -> None:
        """One update that always fails must not hold up everybody for the day that Telegram keeps it."""
        for number in [number for number in missed if self._failed.get(number, 0) >= PATIENCE]:
            log.error("Update %d is given up: the desk hears others, but not this one", number)
            missed.discard(number)
