"""The one way in, for the webhook and for polling."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.inbound import understood
from handlers.ports import AwaitedDesk
from models.commands import By
from models.commands.hearing import Heard
from models.tables.ticket import Channel


class Taps(Protocol):
    """Where taps are acknowledged. `bot/taps.py` fills it."""

    def answer(self, tap: str, text: str) -> None:
        """Begin to tell Telegram that the tap was heard, with a short line for the person or none. Returns at once:
        a tap that goes unanswered stops blinking by itself."""


async def hear(update: Mapping[str, Any], desk: AwaitedDesk, taps: Taps) -> None:
    """Bring one update to the desk; it is committed when this returns. Only then is a tap acknowledged.

    The same update may be brought any number of times, also at once: it is heard once.
    """
    found = understood(update)
    alert = ""
    if found.message is not None:
        heard: Heard = await desk.do(found.message, By(Channel.TELEGRAM))
        alert = heard.alert
    if found.tap:
        taps.answer(found.tap, alert)
