"""Telling Telegram who we are and where updates are wanted. In the background: nothing waits for it."""

import asyncio
import logging
from dataclasses import dataclass, field

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.dialect import refusal_of
from bot.inbound import ALLOWED_UPDATES
from bot.menu import MENU
from locales import DEFAULT, say

log = logging.getLogger(__name__)

FIRST_PAUSE = 1.0  # seconds; each failure doubles it
LONGEST_PAUSE = 300.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram is to bring updates, and the secret that it shows there (`A-Za-z0-9_-`, at most 256)."""

    url: str
    secret: str = field(repr=False)


async def connect(bot: Bot, webhook: Webhook | None, pause: float = FIRST_PAUSE) -> str:
    """Try until Telegram has taken the webhook (None: has dropped it, for polling) and the menu.

    Returns the bot's name, for links. Ends early only by being cancelled; Telegram may be away for days.
    """
    while True:
        try:
            return await _introduce(bot, webhook)
        except InvalidToken:
            log.warning("Telegram does not know TELEGRAM_BOT_TOKEN; trying again in %.0f s", pause)
        except TelegramError as error:
            log.warning("Telegram is not connected: %s; trying again in %.0f s", refusal_of(error).said, pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _introduce(bot: Bot, webhook: Webhook | None) -> str:
    me = await bot.get_me()
    if webhook is None:
        await bot.delete_webhook()
    else:
        await bot.set_webhook(webhook.url, secret_token=webhook.secret, allowed_updates=ALLOWED_UPDATES)
    for language, commands in MENU.items():
        shown = [BotCommand(name, say(text, language)) for name, text in commands.items()]
        await bot.set_my_commands(shown, language_code=None if language == DEFAULT else language)
    log.info("Connected to Telegram as @%s", me.username)
    return me.username or ""
