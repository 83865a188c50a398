"""Photos as `delivery/` fetches them."""

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.client import FILE
from bot.inbound import DOWNLOAD_LIMIT
from delivery.ports import CannotFetch
from models.tables.ticket import Channel


class NotNow(Exception):
    """Telegram did not give the photo this time."""


class TelegramFetcher:
    """Fills `delivery.ports.Fetcher`. The address of a file holds the bot's token: it never leaves this method, not
    even within an exception."""

    source = Channel.TELEGRAM

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, remote_id: str) -> bytes:
        try:
            file = await self._bot.get_file(remote_id)
            if not file.file_path or (file.file_size or 0) > DOWNLOAD_LIMIT:
                raise CannotFetch("too large")
            return bytes(await file.download_as_bytearray(read_timeout=FILE))
        except BadRequest as error:  # "file is too big", "wrong file_id": it will say so again
            raise CannotFetch(error.message.partition(":")[0]) from None
        except TelegramError as error:
            raise NotNow(type(error).__name__) from None
