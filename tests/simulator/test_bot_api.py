"""The Bot API, met by python-telegram-bot as it is."""

import asyncio
import contextlib

import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from simulator.chat import Chat, make_group, upgrade_group

# retry_after becomes a timedelta in the library's next major version, and it says so each time
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")

TOKEN = "424242:the-token-of-a-rehearsal"
ASHA = 501
PIXEL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03"  # enough of a picture for its size
CARD = InlineKeyboardMarkup([[InlineKeyboardButton("Ndiyo", callback_data="c1:yes")]])


@contextlib.contextmanager
def refused(kind, text):
    """The library writes every refusal with one capital letter only: case does not count."""
    with pytest.raises(kind) as error:
        yield
    assert text.casefold() in error.value.message.casefold()


def bot_at(simulator_url, token=TOKEN):
    base = f"{simulator_url}/telegram"
    return Bot(token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot")


@pytest.fixture
async def bot(simulator_url):
    async with bot_at(simulator_url) as running:
        yield running


@pytest.fixture
def asha(simulator_url):
    chat = Chat.of(simulator_url, "Asha", "+255754000001")
    yield chat
    chat.close()


@pytest.fixture
def bakari(simulator_url):
    chat = Chat.of(simulator_url, "Bakari", "+255655000002")
    yield chat
    chat.close()


async def updates(bot, **more):
    found = await bot.get_updates(timeout=2, **more)
    if found:
        await bot.get_updates(offset=found[-1].update_id + 1, timeout=0)
    return found


async def test_the_bot_learns_who_it_is(bot):
    assert bot.id == 424242
    assert bot.username == "dawati_bot"


async def test_another_token_is_unauthorised_and_an_unknown_method_is_not_found(simulator_url, bot):
    with pytest.raises(InvalidToken):
        async with bot_at(simulator_url, "424242:wrong"):
            pass
    with refused(Exception, "not found"):
        await bot.do_api_request("sendNothing")


async def test_a_person_writes_and_the_bot_answers_with_buttons(bot, asha):
    asha.say("/start ticket_1")
    (update,) = await updates(bot)
    assert update.message.from_user.id == ASHA
    assert update.message.text == "/start ticket_1"
    assert update.message.entities[0].type == "bot_command"
    await update.message.reply_html("Karibu <b>Asha</b> &amp; wenzako", reply_markup=CARD, do_quote=True)
    seen = asha.answer()
    assert seen.text == "Karibu Asha & wenzako"
    assert seen.content["entities"] == [{"type": "bold", "offset": 7, "length": 4}]
    assert seen.content["reply_to_message"]["text"] == "/start ticket_1"
    assert [button.label for button in seen.buttons] == ["Ndiyo"]


async def test_a_tap_is_heard_answered_and_the_card_changed(bot, asha):
    await bot.send_message(ASHA, "Imekwisha?", reply_markup=CARD)
    asha.tap("Ndiyo")
    (update,) = await updates(bot)
    query = update.callback_query
    assert query.data == "c1:yes"
    assert query.from_user.id == ASHA
    await query.answer("Asante")
    assert asha.wait_for_toast() == "Asante"
    await query.edit_message_text("Imefungwa")
    assert asha.answer().text == "Imefungwa"
    assert asha.last.buttons == ()
    asha.tap("c1:yes", on=asha.last)
    assert (await updates(bot))[0].callback_query.data == "c1:yes"


async def test_what_telegram_says_to_needless_and_impossible_edits(bot, asha):
    sent = await bot.send_message(ASHA, "Habari", reply_markup=CARD)
    with refused(BadRequest, "message is not modified: specified new message content"):
        await bot.edit_message_text("Habari", ASHA, sent.message_id, reply_markup=CARD)
    with refused(BadRequest, "message to edit not found"):
        await bot.edit_message_text("Habari", ASHA, 99999)
    mine = asha.say("yangu").messages[-1]
    with refused(BadRequest, "message can't be edited"):
        await bot.edit_message_text("Habari", ASHA, mine.id)
    await bot.edit_message_reply_markup(ASHA, sent.message_id)
    assert asha.last.buttons == ()
    await bot.delete_message(ASHA, sent.message_id)
    with refused(BadRequest, "message to delete not found"):
        await bot.delete_message(ASHA, sent.message_id)


async def test_queries_grow_old(bot, asha):
    await bot.send_message(ASHA, "Imekwisha?", reply_markup=CARD)
    asha.tap("Ndiyo")
    (update,) = await updates(bot)
    with refused(BadRequest, "message_too_long"):
        await update.callback_query.answer("a" * 201)
    await update.callback_query.answer()
    with refused(BadRequest, "query is too old and response timeout expired or query ID is invalid"):
        await update.callback_query.answer()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a <b>b", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
    ],
)
async def test_html_is_read_strictly(bot, text, complaint):
    with refused(BadRequest, f"can't parse entities: {complaint}"):
        await bot.send_message(ASHA, text, parse_mode="HTML")


@pytest.mark.parametrize(
    ("text", "more", "complaint"),
    [
        ("", {}, "message text is empty"),
        ("<b> </b>", {"parse_mode": "HTML"}, "message text is empty"),
        ("a" * 4097, {}, "message is too long"),
        ("a", {"parse_mode": "wrong"}, "unsupported parse_mode"),
        ("a", {"reply_to_message_id": 77}, "message to be replied not found"),
    ],
)
async def test_texts_that_telegram_does_not_take(bot, text, more, complaint):
    with refused(BadRequest, complaint):
        await bot.send_message(ASHA, text, **more)


async def test_buttons_carry_64_bytes(bot):
    refusals = {"é" * 33: "button_data_invalid", "": "button_data_invalid"}
    for data, complaint in refusals.items():
        button = InlineKeyboardButton("a", callback_data=data)
        with refused(BadRequest, complaint):
            await bot.send_message(ASHA, "a", reply_markup=InlineKeyboardMarkup([[button]]))


async def test_whom_the_bot_may_not_write_to(bot, asha, bakari):
    with refused(BadRequest, "chat not found"):
        await bot.send_message(123, "a")
    with refused(Forbidden, "bot can't initiate conversation with a user"):
        await bot.send_message(bakari.user_id, "a")
    bakari.say("/start")
    await bot.send_message(bakari.user_id, "a")
    asha.block()
    with refused(Forbidden, "bot was blocked by the user"):
        await bot.send_message(ASHA, "a")
    found = await updates(bot)
    assert found[-1].my_chat_member.new_chat_member.status == "kicked"


async def test_a_person_shares_a_number(bot, asha):
    button = KeyboardButton("Tuma namba", request_contact=True)
    await bot.send_message(ASHA, "Namba yako?", reply_markup=ReplyKeyboardMarkup([[button]]))
    asha.tap("Tuma namba")
    asha.share_contact(own=False)
    asha.share_contact(forwarded=True)
    own, other, forwarded = [update.message for update in await updates(bot)]
    assert own.contact.phone_number == "255754000001"
    assert own.contact.user_id == ASHA
    assert own.forward_origin is None
    assert other.contact.user_id != ASHA
    assert forwarded.forward_origin is not None
    await bot.send_message(ASHA, "Asante", reply_markup=ReplyKeyboardRemove())
    assert asha.keyboard == ()


async def test_photos_come_in_sizes_and_albums_and_can_be_fetched(bot, asha):
    asha.send_photo(PIXEL, "Skrini", media_group="9").send_photo(PIXEL, media_group="9")
    first, second = [update.message for update in await updates(bot)]
    assert first.caption == "Skrini"
    assert first.media_group_id == second.media_group_id == "9"
    file = await first.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PIXEL
    asha.send_photo(PIXEL, claimed_size=20 * 1024 * 1024 + 1)
    (update,) = await updates(bot)
    with refused(BadRequest, "file is too big"):
        await update.message.photo[-1].get_file()
    with refused(BadRequest, "invalid file_id"):
        await bot.get_file("nothing")


async def test_the_bot_sends_files_and_sends_them_again(bot, asha):
    sent = await bot.send_photo(ASHA, PIXEL, caption="<i>Ramani</i>", parse_mode="HTML")
    again = await bot.send_photo(ASHA, sent.photo[-1].file_id)
    assert again.photo[-1].file_id == sent.photo[-1].file_id
    paper = await bot.send_document(ASHA, b"a,b", filename="ripoti.csv")
    assert paper.document.file_name == "ripoti.csv"
    file = await paper.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"a,b"
    with refused(BadRequest, "image_process_failed"):
        await bot.send_photo(ASHA, b"not a picture")
    assert asha.last.content["document"]["mime_type"] == "text/csv"


async def test_an_edited_message_is_another_kind_of_update(bot, asha):
    mine = asha.say("printa").messages[-1]
    asha.edit(mine, "printa mbovu")
    first, second = await updates(bot)
    assert first.message.text == "printa"
    assert second.edited_message.text == "printa mbovu"
    assert second.message is None
    await bot.get_updates(allowed_updates=["message"], timeout=0)
    asha.edit(mine, "tena")
    assert await bot.get_updates(timeout=0) == ()


async def test_updates_wait_until_they_are_confirmed(bot, asha):
    asha.say("moja").say("mbili").say("tatu")
    seen = await bot.get_updates(timeout=0)
    assert [update.message.text for update in seen] == ["moja", "mbili", "tatu"]
    assert len(await bot.get_updates(limit=1, timeout=0)) == 1
    rest = await bot.get_updates(offset=seen[1].update_id, timeout=0)
    assert [update.message.text for update in rest] == ["mbili", "tatu"]
    assert [update.message.text for update in await bot.get_updates(offset=-1, timeout=0)] == ["tatu"]
    assert len(await bot.get_updates(timeout=0)) == 1


async def test_a_long_poll_ends_when_something_comes(bot, asha):
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(asha.say, "nipo")
    assert (await waiting)[0].message.text == "nipo"


async def test_of_two_pollers_the_first_is_thrown_out(bot, simulator_url, asha):
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    async with bot_at(simulator_url) as other:
        second = asyncio.create_task(other.get_updates(timeout=20))
        with refused(Conflict, "terminated by other getUpdates request"):
            await first
        await asyncio.to_thread(asha.say, "nipo")
        assert len(await second) == 1


async def test_a_webhook_and_polling_exclude_each_other(bot):
    await bot.set_webhook("https://127.0.0.1:9/hooks/telegram", secret_token="abc", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert info.url.startswith("https://")
    assert info.allowed_updates == ("message",)
    with refused(Conflict, "can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates(timeout=0) == ()
    with refused(BadRequest, "an https url must be provided"):
        await bot.set_webhook("http://dawati.example/hooks/telegram")


async def test_a_webhook_gets_each_update_in_order_until_it_takes_it(bot, asha, desk, desk_url):
    await bot.set_webhook(f"{desk_url}/hooks/telegram", secret_token="kimya")
    desk.statuses = [500, 404]
    await asyncio.to_thread(asha.say, "moja")
    await asyncio.to_thread(asha.say, "mbili")
    await asyncio.to_thread(desk.wait_for_updates, 4)
    texts = [update["message"]["text"] for update in desk.updates]
    assert texts == ["moja", "moja", "moja", "mbili"]
    assert set(desk.secrets) == {"kimya"}
    info = await bot.get_webhook_info()
    assert "Wrong response from the webhook: 404" in info.last_error_message


async def test_groups_have_privacy_and_move(bot, simulator_url, asha, bakari):
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


async def test_the_profile_is_kept(bot):
    await bot.set_my_commands([BotCommand("ripoti", "Toa taarifa")], language_code="sw")
    assert (await bot.get_my_commands(language_code="sw"))[0].description == "Toa taarifa"
    assert await bot.get_my_commands() == ()
    await bot.set_my_description("Dawati la TEHAMA")
    assert (await bot.get_my_description()).description == "Dawati la TEHAMA"
    await bot.set_my_short_description("Dawati")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.send_chat_action(ASHA, "typing")
    with refused(BadRequest, "bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Ripoti", "a")])


async def test_telegram_can_be_told_to_fail(bot, asha, backstage):
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


async def test_limits_answer_429_with_the_seconds_to_wait(bot, backstage):
    backstage.limit_telegram()
    for number in range(3):
        await bot.send_message(ASHA, str(number))
    with pytest.raises(RetryAfter) as error:
        await bot.send_message(ASHA, "3")
    assert 1 <= error.value.retry_after <= 3
