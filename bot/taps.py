"""Answering taps: a button stops blinking, and a short line may be shown."""

import asyncio
import logging

from telegram import Bot
from telegram.error import TelegramError

log = logging.getLogger(__name__)

_LONGEST = 200  # characters of an answer
_MOST = 200  # answers under way; with Telegram out of reach the rest are let go


class TelegramTaps:
    """Fills `bot.hearing.Taps`. One for each event loop."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._under_way: set[asyncio.Task[None]] = set()

    def answer(self, tap: str, text: str) -> None:
        if len(self._under_way) >= _MOST:
            return
        task = asyncio.get_running_loop().create_task(self._answer(tap, text))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def aclose(self) -> None:
        """Let go of what is still under way."""
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _answer(self, tap: str, text: str) -> None:
        try:
            await self._bot.answer_callback_query(tap, text=text[:_LONGEST] or None)
        except TelegramError as error:
            log.info("A tap was not acknowledged: %s", error.message.partition(":")[0])  # too old, most of the time
