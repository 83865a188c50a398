"""The Bot API, met by python-telegram-bot as it is: what a bot says, shows and sends."""

from typing import Any

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
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from simulator.chat import Chat
from tests.simulator.bot_support import ASHA, CARD, PIXEL, bot_at, refused, updates


async def test_the_bot_learns_who_it_is(bot: Bot) -> None:
    assert bot.id == 424242
    assert bot.username == "dawati_bot"


async def test_another_token_is_unauthorised_and_an_unknown_method_is_not_found(simulator_url: str, bot: Bot) -> None:
    with pytest.raises(InvalidToken):
        async with bot_at(simulator_url, "424242:wrong"):
            pass
    with refused(TelegramError, "not found"):
        await bot.do_api_request("sendNothing")


async def test_a_person_writes_and_the_bot_answers_with_buttons(bot: Bot, asha: Chat) -> None:
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


async def test_a_tap_is_heard_answered_and_the_card_changed(bot: Bot, asha: Chat) -> None:
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


async def test_what_telegram_says_to_needless_and_impossible_edits(bot: Bot, asha: Chat) -> None:
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


async def test_queries_grow_old(bot: Bot, asha: Chat) -> None:
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
async def test_html_is_read_strictly(bot: Bot, text: str, complaint: str) -> None:
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
async def test_texts_that_telegram_does_not_take(bot: Bot, text: str, more: dict[str, Any], complaint: str) -> None:
    with refused(BadRequest, complaint):
        await bot.send_message(ASHA, text, **more)


async def test_buttons_carry_64_bytes(bot: Bot) -> None:
    refusals = {"é" * 33: "button_data_invalid", "": "button_data_invalid"}
    for data, complaint in refusals.items():
        button = InlineKeyboardButton("a", callback_data=data)
        with refused(BadRequest, complaint):
            await bot.send_message(ASHA, "a", reply_markup=InlineKeyboardMarkup([[button]]))


async def test_whom_the_bot_may_not_write_to(bot: Bot, asha: Chat, bakari: Chat) -> None:
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


async def test_a_person_shares_a_number(bot: Bot, asha: Chat) -> None:
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


async def test_photos_come_in_sizes_and_albums_and_can_be_fetched(bot: Bot, asha: Chat) -> None:
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


async def test_the_bot_sends_files_and_sends_them_again(bot: Bot, asha: Chat) -> None:
    sent = await bot.send_photo(ASHA, PIXEL, caption="<i>Ramani</i>", parse_mode="HTML")
    again = await bot.send_photo(ASHA, sent.photo[-1].file_id)
    assert again.photo[-1].file_id == sent.photo[-1].file_id
    paper: Any = await bot.send_document(ASHA, b"a,b", filename="ripoti.csv")
    assert paper.document.file_name == "ripoti.csv"
    file = await paper.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"a,b"
    with refused(BadRequest, "image_process_failed"):
        await bot.send_photo(ASHA, b"not a picture")
    assert asha.last.content["document"]["mime_type"] == "text/csv"


async def test_the_profile_is_kept(bot: Bot) -> None:
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
