"""How updates come in: by webhook, by polling, twice, at once, broken."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
from telegram import Bot, Update

from bot.client import bot_at
from bot.connecting import Webhook, connect
from bot.inbound import ALLOWED_UPDATES
from bot.polling import CONFLICT_PAUSE, PATIENCE, Poller
from models.commands import By, HearMessage
from models.commands.hearing import Heard, Typed
from models.tables import Conversation, Notice, Receipt, Ticket
from simulator.chat import Chat, make_group
from simulator.serving import listening_socket, url_of
from tests.bot.conftest import TOKEN, Office, sw
from tests.bot.test_inbound import message, tap
from tests.bot.test_stories import REPORT_A_PRINTER, walk
from tests.simulator.listening_desk import wait_until


@pytest.fixture
async def bot(office: Office) -> AsyncIterator[Bot]:
    async with bot_at(f"{office.simulator_url}/telegram", TOKEN) as bot:
        yield bot


async def post(office: Office, *bodies: Any) -> list[int]:
    """The webhook's answers to these bodies, sent at once."""
    async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
        sends = [
            client.post(f"{office.url}/hooks/telegram", content=body)
            if isinstance(body, bytes)
            else client.post(f"{office.url}/hooks/telegram", json=body)
            for body in bodies
        ]
        return [answer.status_code for answer in await asyncio.gather(*sends)]


async def test_one_update_many_times_at_once_is_heard_once(office: Office) -> None:
    assert await post(office, *[message(text="/hitilafu")] * 8) == [200] * 8
    assert len(office.desk.all(Receipt)) == 1
    assert len(office.desk.all(Notice)) == 1
    assert len(office.desk.all(Conversation)) == 1


async def test_one_tap_many_times_at_once_makes_one_ticket(office: Office, juma: Chat) -> None:
    confirm = await asyncio.to_thread(walk, juma, sw("Report a fault"), *REPORT_A_PRINTER)
    send = confirm.button(sw("Send"))
    assert send is not None
    card = {"message_id": confirm.id, "date": 1, "chat": {"id": juma.user_id, "type": "private"}}
    same = tap(send.data, message=card, **{"from": {"id": juma.user_id}})
    others = [same | {"update_id": number} for number in range(100, 104)]
    assert await post(office, *[same] * 6, *others) == [200] * 10
    assert len(office.desk.all(Ticket)) == 1


async def test_what_is_no_update_is_400(office: Office) -> None:
    bodies = [b"", b"{", b"[]", b"7", b"\xff\xfe", b"[" * 60_000, b"9" * 6000, b'"x"']
    assert await post(office, *bodies) == [400] * len(bodies)


async def test_what_says_nothing_to_the_desk_is_200_and_leaves_no_trace(office: Office) -> None:
    group = message(text="/hitilafu", chat={"id": -100, "type": "group"})
    lone = b'{"update_id": 7, "message": {"text": "\\ud800", "chat": {"id": 5, "type": "private"}}}'
    assert await post(office, {}, {"update_id": 4}, group, tap("rubbish"), lone) == [200] * 5
    assert office.desk.all(Receipt) == []


def test_in_a_group_the_desk_is_silent(office: Office, juma: Chat) -> None:
    group = juma.inside(make_group(office.simulator_url, "TEHAMA", [juma]))
    group.say("/hitilafu@dawati_bot")
    juma.say("/hitilafu").answer()
    assert not [message for message in group.messages if message.by_bot]


async def test_connecting_sets_the_webhook_and_the_menu(office: Office, bot: Bot) -> None:
    found = await bot.get_webhook_info()
    assert found.url == f"{office.url}/hooks/telegram"
    assert found.allowed_updates == ALLOWED_UPDATES
    assert [command.command for command in await bot.get_my_commands()][:2] == ["hitilafu", "akaunti"]
    english = await bot.get_my_commands(language_code="en")
    assert [command.command for command in english][:2] == ["report", "account"]


async def test_connecting_waits_for_telegram_to_come_back(office: Office, bot: Bot) -> None:
    office.backstage.kill_telegram()
    connecting = asyncio.create_task(connect(bot, Webhook(f"{office.url}/hooks/telegram", "kimya"), pause=0.05))
    await asyncio.sleep(0.3)
    assert not connecting.done()
    office.backstage.heal_telegram()
    assert await connecting == "dawati_bot"


def test_telegram_dead_for_a_while_loses_no_reply(office: Office, juma: Chat) -> None:
    office.backstage.kill_telegram()
    juma.say("/tiketi")
    wait_until(lambda: any("Bad Gateway" in one.said for one in office.attempts()))
    office.backstage.heal_telegram()
    office.desk.clock.forward(minutes=2)
    assert juma.answer().text


class FailingDesk:
    """Hears everything but one word."""

    def __init__(self, poison: str) -> None:
        self.poison = poison
        self.heard: list[str] = []

    async def do(self, command: object, by: By) -> Any:
        assert isinstance(command, HearMessage)
        assert isinstance(command.said, Typed)
        if command.said.text == self.poison:
            raise OSError("the disk is full")
        self.heard.append(command.said.text)
        return Heard()


class NoTaps:
    def answer(self, tap: str, text: str) -> None:
        raise AssertionError("nobody tapped")


def updates(bot: Bot, *texts: str, chats: Mapping[str, int]) -> list[Update]:
    return [
        Update.de_json(
            message(text=text, chat={"id": chats.get(text, 501), "type": "private"}) | {"update_id": number}, bot
        )
        for number, text in enumerate(texts, start=1)
    ]  # fmt: skip


async def test_an_update_is_confirmed_only_once_it_was_heard(bot: Bot) -> None:
    desk = FailingDesk("mbili")
    poller = Poller(bot, desk, NoTaps())
    batch = updates(bot, "moja", "mbili", "tatu", "nne", chats={"nne": 777})
    assert not await poller.hear_all(batch)
    assert poller._offset == 2
    assert sorted(desk.heard) == ["moja", "nne"]  # the third waits behind the second, of the same person
    desk.poison = ""
    assert await poller.hear_all(batch[1:])
    assert poller._offset == 5


async def test_one_update_that_always_fails_is_given_up_when_others_are_heard(bot: Bot) -> None:
    desk = FailingDesk("mbili")
    poller = Poller(bot, desk, NoTaps())
    batch = updates(bot, "moja", "mbili", "tatu", chats={"moja": 777})
    for _ in range(PATIENCE):
        await poller.hear_all(batch)
    assert poller._offset == 3
    assert await poller.hear_all(batch[2:])


async def test_nothing_is_given_up_while_the_desk_hears_nobody(bot: Bot) -> None:
    desk = FailingDesk("moja")
    poller = Poller(bot, desk, NoTaps())
    for _ in range(PATIENCE * 2):
        await poller.hear_all(updates(bot, "moja", chats={}))
    assert poller._offset == 1


class Naps:
    """Notes how long somebody would have slept; the third ends it all."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        if len(self.taken) == 3:
            raise asyncio.CancelledError


async def test_a_poller_lets_another_finish_and_waits_for_a_dead_line(bot: Bot) -> None:
    naps = Naps()
    with pytest.raises(asyncio.CancelledError):
        await Poller(bot, FailingDesk(""), NoTaps(), naps).run()  # the webhook is set: a conflict
    assert naps.taken == [CONFLICT_PAUSE] * 3

    naps, listener = Naps(), listening_socket()  # bound, but nobody listens: the line is refused
    async with bot_at(url_of(listener), TOKEN) as nowhere:
        with pytest.raises(asyncio.CancelledError):
            await Poller(nowhere, FailingDesk(""), NoTaps(), naps).run()
    listener.close()
    assert naps.taken == [1.0, 2.0, 4.0]
