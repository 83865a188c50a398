"""Telegram as `delivery/` sees it: a carrier of screens."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.client import AT_ONCE
from bot.dialect import SOON, Meaning, Refusal, refusal_of
from bot.render import Card, Invitation, drawn, invitation
from delivery.ports import Carried, Parcel
from models.tables.notice import Fate

log = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramCarrier:
    """Fills `delivery.ports.Carrier`. Chats are served side by side, the messages of one chat in order.

    `deadline` is in seconds and for all parcels of a call together.
    """

    channel = "telegram"
    most = AT_ONCE

    def __init__(self, bot: Bot, deadline: float = 30.0) -> None:
        self._bot = bot
        self._deadline = deadline

    async def carry(self, parcels: Sequence[Parcel]) -> Sequence[Carried]:
        until = asyncio.get_running_loop().time() + self._deadline
        chats: dict[str, list[Parcel]] = {}
        for parcel in parcels:
            chats.setdefault(parcel.address, []).append(parcel)
        served = await asyncio.gather(*(self._one_chat(waiting, until) for waiting in chats.values()))
        return [carried for chat in served for carried in chat]

    async def _one_chat(self, parcels: list[Parcel], until: float) -> list[Carried]:
        """One after the other. When one has to wait, those behind it wait with it, so that none overtakes."""
        done: list[Carried] = []
        for parcel in parcels:
            before = done[-1] if done else None
            if before is not None and before.retry_in is not None:
                done.append(
                    Carried(
                        parcel.attempt_id, Fate.REFUSED, "waits behind another", retry_in=before.retry_in,
                        moved_to=before.moved_to,
                    )
                )  # fmt: skip
            else:
                done.append(await self._carry(parcel, until))
        return done

    async def _carry(self, parcel: Parcel, until: float) -> Carried:
        if asyncio.get_running_loop().time() >= until:
            return _later(parcel, "no time left", SOON)
        try:
            async with asyncio.timeout_at(until):
                message_id = await self._show(parcel)
        except TimeoutError:
            refusal = Refusal(Meaning.UNKNOWN, "deadline")
        except TelegramError as error:
            refusal = refusal_of(error)
        else:
            return Carried(parcel.attempt_id, Fate.SENT, "ok", gateway_id=message_id)
        return _refused(parcel, refusal)

    async def _show(self, parcel: Parcel) -> str:
        """The id of the message that shows it now: the card that was there, or a new one."""
        card = drawn(parcel.screen, parcel.conversation_id, parcel.revision)
        if parcel.card and await self._edit(parcel, card):
            return parcel.card
        sent = await self._bot.send_message(
            chat_id=int(parcel.address),
            text=card.text,
            parse_mode=ParseMode.HTML,
            reply_markup=ReplyKeyboardRemove() if card.settled else _buttons(card),
            link_preview_options=_NO_PREVIEW,
        )
        invited = invitation(parcel.screen)
        if invited is not None:
            await self._invite(parcel, invited)
        return str(sent.message_id)

    async def _edit(self, parcel: Parcel, card: Card) -> bool:
        """False if there is no such card any more."""
        try:
            await self._bot.edit_message_text(
                text=card.text,
                chat_id=int(parcel.address),
                message_id=int(parcel.card),
                parse_mode=ParseMode.HTML,
                reply_markup=_buttons(card),
                link_preview_options=_NO_PREVIEW,
            )
        except TelegramError as error:
            meaning = refusal_of(error).meaning
            if meaning is Meaning.CARD_GONE:
                return False
            if meaning is not Meaning.AS_IT_IS:
                raise
        return True

    async def _invite(self, parcel: Parcel, invited: Invitation) -> None:
        """A comfort beside the card that has already gone: if it fails, the menu still offers to register."""
        share = KeyboardButton(invited.button, request_contact=True)
        try:
            await self._bot.send_message(
                chat_id=int(parcel.address),
                text=invited.text,
                reply_markup=ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True),
            )
        except TelegramError as error:
            log.info("The button that shares a number was not shown: %s", refusal_of(error).said)


def _buttons(card: Card) -> InlineKeyboardMarkup | None:
    if not card.rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in card.rows]
    )


def _refused(parcel: Parcel, refusal: Refusal) -> Carried:
    if refusal.strange:
        log.warning("Telegram refuses a message in words that are new here: %s", refusal.said)
    if refusal.meaning is Meaning.LATER:
        return _later(parcel, refusal.said, refusal.retry_in or SOON, refusal.moved_to)
    if refusal.meaning is Meaning.UNKNOWN and parcel.card:
        return _later(parcel, refusal.said, SOON)  # to edit twice is to edit once
    fate = Fate.UNKNOWN if refusal.meaning is Meaning.UNKNOWN else Fate.REFUSED
    return Carried(parcel.attempt_id, fate, refusal.said)


def _later(parcel: Parcel, said: str, wait: timedelta, moved_to: str = "") -> Carried:
    return Carried(parcel.attempt_id, Fate.REFUSED, said, retry_in=wait, moved_to=moved_to)
