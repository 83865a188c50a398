"""What the tests of the Bot API share."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError

CARD = InlineKeyboardMarkup([[InlineKeyboardButton("Ndiyo", callback_data="c1:yes")]])
ASHA = 501  # her id on Telegram
PIXEL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03"  # enough of a picture for its size


@contextlib.contextmanager
def refused(kind: type[TelegramError], text: str) -> Iterator[None]:
    """The library writes every refusal with one capital letter only: case does not count."""
    with pytest.raises(kind) as error:
        yield
    assert text.casefold() in error.value.message.casefold()


def bot_at(simulator_url: str, token: str) -> Bot:
    base = f"{simulator_url}/telegram"
    return Bot(token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot")


async def peeked(bot: Bot, **more: Any) -> list[Any]:
    """What waits, unconfirmed. Untyped: in the library's types nearly every field may be missing."""
    return list(await bot.get_updates(**{"timeout": 0} | more))


async def updates(bot: Bot) -> list[Any]:
    """What has come, confirmed."""
    found = await peeked(bot, timeout=2)
    if found:
        await bot.get_updates(offset=found[-1].update_id + 1, timeout=0)
    return found
