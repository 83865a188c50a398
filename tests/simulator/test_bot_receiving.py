"""The Bot API, met by python-telegram-bot as it is: how updates come, and how the service fails."""

import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, NetworkError, RetryAfter

from simulator import SimulatorSettings
from simulator.backstage import Backstage
from simulator.chat import Chat, make_group, upgrade_group
from simulator.telegram.updates import Updates
from simulator.world import World
from tests.simulator.bot_support import ASHA, CARD, bot_at, peeked, refused, updates
from tests.simulator.listening_desk import TOKEN, ListeningDesk

# retry_after becomes a timedelta in the library's next major version, and it says so each time
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")


async def test_an_edited_message_is_another_kind_of_update(bot: Bot, asha: Chat) -> None:
    mine = asha.say("printa").messages[-1]
    asha.edit(mine, "printa mbovu")
    first, second = await updates(bot)
    assert first.message.text == "printa"
    assert second.edited_message.text == "printa mbovu"
    assert second.message is None
    await peeked(bot, allowed_updates=["message"])
    asha.edit(mine, "tena")
    assert await peeked(bot) == []


async def test_updates_wait_until_they_are_confirmed(bot: Bot, asha: Chat) -> None:
    asha.say("moja").say("mbili").say("tatu")
    seen = await peeked(bot)
    assert [update.message.text for update in seen] == ["moja", "mbili", "tatu"]
    assert len(await peeked(bot, limit=1)) == 1
    rest = await peeked(bot, offset=seen[1].update_id)
    assert [update.message.text for update in rest] == ["mbili", "tatu"]
    assert [update.message.text for update in await peeked(bot, offset=-1)] == ["tatu"]
    assert len(await peeked(bot)) == 1


async def test_a_long_poll_ends_when_something_comes(bot: Bot, asha: Chat) -> None:
    waiting = asyncio.create_task(peeked(bot, timeout=20))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(asha.say, "nipo")
    assert (await waiting)[0].message.text == "nipo"


async def test_of_two_pollers_the_first_is_thrown_out(bot: Bot, simulator_url: str, asha: Chat) -> None:
    first = asyncio.create_task(peeked(bot, timeout=20))
    await asyncio.sleep(0.2)
    async with bot_at(simulator_url, TOKEN) as other:
        second = asyncio.create_task(peeked(other, timeout=20))
        with refused(Conflict, "terminated by other getUpdates request"):
            await first
        await asyncio.to_thread(asha.say, "nipo")
        assert len(await second) == 1


async def test_a_webhook_and_polling_exclude_each_other(bot: Bot) -> None:
    await bot.set_webhook("https://127.0.0.1:9/hooks/telegram", secret_token="abc", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert info.url.startswith("https://")
    assert info.allowed_updates == ("message",)
    with refused(Conflict, "can't use getUpdates method while webhook is active"):
        await peeked(bot)
    await bot.delete_webhook(drop_pending_updates=True)
    assert await peeked(bot) == []
    with refused(BadRequest, "an https url must be provided"):
        await bot.set_webhook("http://dawati.example/hooks/telegram")


async def test_a_webhook_gets_each_update_in_order_until_it_takes_it(
    bot: Bot, asha: Chat, desk: ListeningDesk, desk_url: str
) -> None:
    await bot.set_webhook(f"{desk_url}/hooks/telegram", secret_token="kimya")
    desk.statuses = [500, 404]
    await asyncio.to_thread(asha.say, "moja")
    await asyncio.to_thread(asha.say, "mbili")
    await asyncio.to_thread(desk.wait_for_updates, 4)
    texts = [update["message"]["text"] for update in desk.updates]
    assert texts == ["moja", "moja", "moja", "mbili"]
    assert set(desk.secrets) == {"kimya"}
    info = await bot.get_webhook_info()
    assert "Wrong response from the webhook: 404" in str(info.last_error_message)


async def test_groups_have_privacy_and_move(bot: Bot, simulator_url: str, asha: Chat, bakari: Chat) -> None:
    group = make_group(simulator_url, "TEHAMA", [asha, bakari])
    inside = asha.inside(group)
    await bot.send_message(group, "Tiketi mpya", reply_markup=CARD)
    inside.say("siri yetu").say("/foleni")
    bakari.inside(group).tap("Ndiyo")
    joined, command, tapped = await updates(bot)
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert command.message.text == "/foleni"
    assert command.message.chat.type == "group"
    assert tapped.callback_query.from_user.id == bakari.user_id
    assert (await bot.get_chat_member(group, ASHA)).status == "creator"
    assert (await bot.get_chat(group)).title == "TEHAMA"
    moved = upgrade_group(simulator_url, group)
    with pytest.raises(ChatMigrated) as error:
        await bot.send_message(group, "Tiketi")
    assert error.value.new_chat_id == moved
    await bot.send_message(moved, "Tiketi")
    leaving, arriving = await updates(bot)
    assert leaving.message.migrate_to_chat_id == moved
    assert arriving.message.migrate_from_chat_id == group


async def test_telegram_can_be_told_to_fail(bot: Bot, asha: Chat, backstage: Backstage) -> None:
    backstage.fail_telegram("sendMessage", code=502, description="Bad Gateway")
    with refused(NetworkError, "Bad Gateway"):
        await bot.send_message(ASHA, "a")
    await bot.send_message(ASHA, "b")
    backstage.fail_telegram(retry_after=3, after=True)
    with pytest.raises(RetryAfter):
        await bot.send_message(ASHA, "c")
    assert asha.last.text == "c"
    backstage.kill_telegram()
    with pytest.raises(NetworkError):
        await bot.get_me()
    backstage.heal_telegram()
    await bot.get_me()


async def test_limits_answer_429_with_the_seconds_to_wait(bot: Bot, backstage: Backstage) -> None:
    backstage.limit_telegram()

    async def flood() -> None:
        for number in range(20):
            await bot.send_message(ASHA, str(number))

    with pytest.raises(RetryAfter) as error:
        await flood()
    assert error.value.retry_after in (1, 2, 3)


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("sendMessage", "[]"),
        ("sendMessage", "{"),
        ("sendMessage", '{"chat_id": 501, "text": "a", "reply_markup": "{"}'),
        ("sendMessage", '{"chat_id": 501, "text": "a", "reply_parameters": 7}'),
        ("sendMessage", '{"chat_id": 501, "text": "a", "entities": [7]}'),
        ("sendMessage", '{"chat_id": 501, "text": "a", "reply_markup": {"inline_keyboard": [7]}}'),
        ("sendMessage", '{"chat_id": "nobody", "text": "a"}'),
        ("setMyCommands", '{"commands": [7]}'),
        ("getUpdates", '{"offset": "x"}'),
    ],
)
def test_what_is_not_understood_is_a_bad_request(simulator_url: str, method: str, body: str) -> None:
    url = f"{simulator_url}/telegram/bot{TOKEN}/{method}"
    answer = httpx.post(url, content=body, headers={"content-type": "application/json"}, trust_env=False)
    assert answer.status_code == 400
    assert answer.json()["description"].startswith("Bad Request: ")


def test_a_simulator_that_is_started_again_gives_no_update_a_number_twice() -> None:
    settings = SimulatorSettings(desk_url="http://127.0.0.1:9", at_hook_key="k", bot_token=TOKEN)
    first = Updates(World(settings, clock=lambda: 1_772_000_000.0))
    later = Updates(World(settings, clock=lambda: 1_772_000_100.0))
    for _ in range(50):
        first.add("message", {})
    assert later.next_id > first.next_id
