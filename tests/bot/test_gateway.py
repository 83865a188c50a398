"""What Telegram does to messages, and what becomes of them."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.client import bot_at
from bot.gateway import TelegramCarrier
from bot.photos import NotNow, TelegramFetcher
from conversations.screen import Move, Option, Screen
from delivery.ports import CannotFetch, Parcel
from models.tables.notice import Fate
from simulator.backstage import Backstage
from simulator.chat import Chat
from simulator.serving import listening_socket, url_of
from tests.bot.conftest import TOKEN, Office, sw

CHOICE = Screen(
    "Chagua <moja> & endelea", "sw", "report.category", (Option("a", "Moja"), Option("b", "Mbili")),
    moves=(Move.BACK, Move.CANCEL), note="Kumbuka: 1 < 2",
)  # fmt: skip


@pytest.fixture
def asha(office: Office) -> Chat:
    asha = office.chat("Asha")
    asha.say("/start")
    asha.wait_for(sw("So that the desk knows you, share your own number with the button below."))
    return asha


@pytest.fixture
def backstage(office: Office) -> Backstage:
    return office.backstage


@pytest.fixture
async def bot(office: Office) -> AsyncIterator[Bot]:
    async with bot_at(f"{office.simulator_url}/telegram", TOKEN) as bot:
        yield bot


@pytest.fixture
def carrier(bot: Bot) -> TelegramCarrier:
    return TelegramCarrier(bot)


def parcel(chat: Chat | int, card: str = "", attempt: int = 1, screen: Screen = CHOICE) -> Parcel:
    return Parcel(attempt, str(chat if isinstance(chat, int) else chat.user_id), screen, 7, 3, card)


async def test_a_screen_becomes_a_card_with_buttons(carrier: TelegramCarrier, asha: Chat) -> None:
    (carried,) = await carrier.carry([parcel(asha)])
    shown = asha.last
    assert (carried.fate, carried.gateway_id, carried.retry_in) == (Fate.SENT, str(shown.id), None)
    assert shown.text == "Kumbuka: 1 < 2\n\nChagua <moja> & endelea"
    assert [entity["type"] for entity in shown.content["entities"]] == ["italic"]
    assert [button.data for button in shown.buttons] == ["c:7:3:1", "c:7:3:2", "c:7:3:back", "c:7:3:cancel"]


async def test_a_card_is_edited_and_editing_it_twice_is_no_failure(carrier: TelegramCarrier, asha: Chat) -> None:
    (first,) = await carrier.carry([parcel(asha)])
    other = Screen("Asante.", "sw", "report.end", final=True)
    for _ in range(2):
        (again,) = await carrier.carry([parcel(asha, card=first.gateway_id, screen=other)])
        assert (again.fate, again.gateway_id) == (Fate.SENT, first.gateway_id)
    assert (asha.last.text, asha.last.buttons) == ("Asante.", ())


async def test_a_card_that_is_gone_is_sent_anew(carrier: TelegramCarrier, asha: Chat) -> None:
    hers = next(message for message in asha.messages if not message.by_bot)
    for card in ("99999", str(hers.id)):
        (carried,) = await carrier.carry([parcel(asha, card=card)])
        assert carried.fate is Fate.SENT
        assert carried.gateway_id == str(asha.last.id) != card


async def test_who_blocked_the_bot_is_not_reached(carrier: TelegramCarrier, asha: Chat) -> None:
    asha.block()
    (blocked, nobody) = await carrier.carry([parcel(asha), parcel(123456789, attempt=2)])
    assert (blocked.fate, blocked.retry_in) == (Fate.REFUSED, None)
    assert (nobody.attempt_id, nobody.fate, nobody.retry_in) == (2, Fate.REFUSED, None)
    assert "blocked" in blocked.said
    assert "chat not found" in nobody.said.casefold()


async def test_patience_is_as_long_as_telegram_asks_and_nothing_overtakes(
    carrier: TelegramCarrier, asha: Chat, backstage: Backstage
) -> None:
    backstage.fail_telegram("sendMessage", retry_after=17)
    first, second = await carrier.carry([parcel(asha), parcel(asha, attempt=2)])
    assert first.retry_in is not None
    assert first.retry_in.total_seconds() == 17
    assert second.retry_in == first.retry_in


async def test_a_message_that_may_have_gone_is_unknown_but_an_edit_is_done_again(
    bot: Bot, asha: Chat, backstage: Backstage
) -> None:
    carrier = TelegramCarrier(bot, deadline=0.5)
    (sent,) = await carrier.carry([parcel(asha)])
    backstage.fail_telegram("sendMessage", code=0, wait=1.5, after=True)
    backstage.fail_telegram("editMessageText", code=0, wait=1.5, after=True)
    (lost,) = await carrier.carry([parcel(asha)])
    assert (lost.fate, lost.retry_in) == (Fate.UNKNOWN, None)
    other = Screen("Asante.", "sw", "report.end", final=True)
    (edit,) = await carrier.carry([parcel(asha, card=sent.gateway_id, screen=other)])
    assert edit.retry_in is not None


async def test_what_was_not_begun_in_time_surely_did_not_go(bot: Bot, asha: Chat, backstage: Backstage) -> None:
    backstage.fail_telegram("sendMessage", code=0, wait=1.5, after=True)
    first, second = await TelegramCarrier(bot, deadline=0.5).carry([parcel(asha), parcel(asha, attempt=2)])
    assert first.fate is Fate.UNKNOWN
    assert second.retry_in is not None


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        ((502, "Bad Gateway"), (Fate.REFUSED, True)),
        ((500, "Internal Server Error"), (Fate.UNKNOWN, False)),
        ((400, "Bad Request: something quite new: \"words\""), (Fate.REFUSED, False)),
        ((401, "Unauthorized"), (Fate.REFUSED, False)),
    ],
)  # fmt: skip
async def test_failures_of_the_service(
    carrier: TelegramCarrier, asha: Chat, backstage: Backstage, failure: tuple[int, str], outcome: tuple[Fate, bool]
) -> None:
    backstage.fail_telegram("sendMessage", code=failure[0], description=failure[1])
    (carried,) = await carrier.carry([parcel(asha)])
    assert (carried.fate, carried.retry_in is not None) == outcome
    assert "words" not in carried.said


async def test_telegram_out_of_reach_has_surely_sent_nothing(asha: Chat) -> None:
    listener = listening_socket()  # bound, but nobody listens: the line is refused
    async with bot_at(url_of(listener), TOKEN) as bot:
        (carried,) = await TelegramCarrier(bot).carry([parcel(asha)])
    listener.close()
    assert (carried.fate, carried.retry_in is not None) == (Fate.REFUSED, True)


async def test_photos_are_fetched_or_refused_for_good(bot: Bot, asha: Chat, backstage: Backstage) -> None:
    fetcher = TelegramFetcher(bot)
    sent = asha.send_photo(b"\xff\xd8 a photo").messages[-1]
    sizes = next(message for message in asha.messages if message.id == sent.id).content["photo"]
    assert await fetcher.fetch(sizes[-1]["file_id"]) == b"\xff\xd8 a photo"
    with pytest.raises(CannotFetch):
        await fetcher.fetch("no such file")
    backstage.fail_telegram("getFile", code=502, description="Bad Gateway")
    with pytest.raises(NotNow):
        await fetcher.fetch(sizes[-1]["file_id"])


async def test_no_log_holds_the_token_or_words(
    carrier: TelegramCarrier, bot: Bot, asha: Chat, backstage: Backstage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    backstage.fail_telegram("editMessageText", code=400, description="Bad Request: strange: Chagua")
    first, *_ = await carrier.carry([parcel(asha)])
    await carrier.carry([parcel(asha, card=first.gateway_id)])
    photo = asha.send_photo(b"\xff\xd8").messages[-1].content
    await asyncio.sleep(0.1)
    if "photo" in photo:
        await TelegramFetcher(bot).fetch(photo["photo"][-1]["file_id"])
    assert "new here" in caplog.text
    for secret in (TOKEN, "the-token", "Chagua", "photos/"):
        assert secret not in caplog.text
