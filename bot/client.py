"""The Bot API's client: python-telegram-bot's `Bot`, typed and without its framework."""

import logging
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.request import HTTPXRequest
from telegram.warnings import PTBDeprecationWarning

CONNECT = 5.0  # seconds
ANSWER = 12.0  # seconds for a call; the service answers in well under one
FILE = 40.0  # seconds for a photo on a slow line
AT_ONCE = 30  # calls; about what the service takes a second


@asynccontextmanager
async def bot_at(api_url: str, token: str) -> AsyncIterator[Bot]:
    """A client for `{api_url}/bot<token>/<method>` and `{api_url}/file/bot<token>/<path>`. Nothing is called yet.

    Its libraries fall silent: they log addresses with the token in them, and people's words.
    """
    for library in ("httpx", "httpcore", "telegram"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    # Each 429 warns that its seconds will become a timedelta some day; both are read here.
    warnings.filterwarnings("ignore", message=".*retry_after", category=PTBDeprecationWarning)
    calls = HTTPXRequest(
        connection_pool_size=AT_ONCE * 2, connect_timeout=CONNECT, read_timeout=ANSWER, write_timeout=ANSWER,
        pool_timeout=CONNECT,
    )  # fmt: skip
    polling = HTTPXRequest(connection_pool_size=1, connect_timeout=CONNECT, read_timeout=ANSWER, pool_timeout=CONNECT)
    base = api_url.rstrip("/")
    try:
        yield Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=calls,
            get_updates_request=polling,
        )
    finally:
        await calls.shutdown()
        await polling.shutdown()
