"""Reading updates: what people say in Telegram, in the desk's terms."""

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inbound import understood
from bot.menu import MENU, start_of_device
from models.commands.hearing import Pictured, Said, Shared, Tapped, Typed, Unreadable, Wants
from models.values.asset_tag import AssetTag

ASHA = {"id": 501, "is_bot": False, "first_name": "Asha"}
PRIVATE = {"id": 501, "type": "private"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 9, "message": {"message_id": 3, "date": 1, "chat": PRIVATE, "from": ASHA, **content}}


def tap(data: Any = "c:7:3:1", **more: Any) -> dict[str, Any]:
    card = {"message_id": 3, "date": 1, "chat": PRIVATE}
    return {"update_id": 9, "callback_query": {"id": "44", "from": ASHA, "message": card, "data": data, **more}}


def said(update: dict[str, Any]) -> Said | None:
    found = understood(update).message
    return found.said if found else None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Printa haifanyi", Typed("Printa haifanyi")),
        (
            "Printa haifanyi kazi",
            Typed("Printa haifanyi kazi", otherwise=Wants("report_words", {"words": "Printa haifanyi kazi"})),
        ),
        ("Asante, sasa inafanya kazi", Typed("Asante, sasa inafanya kazi")),
        ("1", Typed("1")),
        ("/start", Wants("front")),
        ("/START@dawati_bot", Wants("front")),
        ("/start d_MVM_ICT_00412", Wants("report", {"device": "MVM/ICT/00412"})),
        ("/start d_%%%", Wants("front")),
        ("/start elsewhere", Wants("front")),
        ("/hitilafu", Wants("report")),
        ("/hitilafu printa  haiwaki", Wants("report_words", {"words": "printa haiwaki"})),
        ("/kifaa 412", Wants("device", {"device": "412"})),
        ("/tiketi@dawati_bot  2600123-9 ", Wants("tickets", {"ticket": "2600123-9"})),
        ("/akaunti MUSE", Wants("account", {"system": "MUSE"})),
        ("/lugha", Wants("language")),
        ("/ghairi", Typed("ghairi")),
        ("/sijui", Wants("help")),
        ("/", Wants("help")),
        ("a\x00b\ud83dc", Typed("abc")),
    ],
)
def test_words_and_commands(text: str, meant: Said) -> None:
    assert said(message(text=text)) == meant


@pytest.mark.parametrize(("text", "language"), [("/report@dawati_bot", "en"), ("/hitilafu x", "sw"), ("/start", "")])
def test_a_command_tells_its_language(text: str, language: str) -> None:
    heard = understood(message(text=text)).message
    assert heard is not None
    assert heard.language == language


def test_a_message_is_known_by_its_update_and_its_chat() -> None:
    heard = understood(message(text="habari")).message
    assert heard is not None
    assert (heard.address, heard.message, heard.channel, heard.kind) == ("501", "9", "telegram", "telegram")


def test_pictures_are_taken_in_their_largest_size() -> None:
    sizes = [{"file_id": f"f{side}", "width": side, "height": side, "file_size": side} for side in (90, 1280, 320)]
    assert said(message(photo=sizes)) == Pictured("f1280")
    assert said(message(photo=sizes, caption="Tazama", media_group_id="77")) == Pictured("f1280", "Tazama", "77")
    assert said(message(document={"file_id": "d", "mime_type": "image/png"})) == Pictured("d")
    large = {"file_id": "d", "mime_type": "image/png", "file_size": 30_000_000}
    assert said(message(document=large)) == Unreadable()
    assert said(message(photo=[{"file_id": "x" * 201}])) == Unreadable()


@pytest.mark.parametrize("kind", ["voice", "sticker", "location", "video", "document"])
def test_what_has_no_words_is_unreadable(kind: str) -> None:
    assert said(message(**{kind: {"file_id": "v"}})) == Unreadable()


def contact(**more: Any) -> dict[str, Any]:
    return message(contact={"phone_number": "255754000002", "first_name": "Asha", "user_id": 501}, **more)


def test_a_contact_counts_only_from_its_owner_first_hand() -> None:
    nothing = Shared("", genuine=False)
    assert said(contact()) == Shared("+255754000002")
    assert said(message(contact={"phone_number": "+255 754 000 002", "user_id": 501})) == Shared("+255754000002")
    assert said(message(contact={"phone_number": "255754000002", "user_id": 502})) == nothing
    assert said(message(contact={"phone_number": "255754000002"})) == nothing
    assert said(message(contact={"phone_number": "", "user_id": 501})) == nothing
    assert said(contact(forward_origin={"type": "user"})) == nothing
    assert said(contact(forward_date=1)) == nothing
    assert said(contact(via_bot={"id": 1})) == nothing
    assert said(contact(**{"from": {"id": 502}})) == nothing


def test_taps() -> None:
    assert said(tap()) == Tapped(7, 3, "1", "3")
    assert said(tap("c:7:3:back")) == Tapped(7, 3, "back", "3")
    for data in ("", None, "c:7:3", "c:7:3:1:1", "c:-7:3:1", f"c:{'9' * 30}:3:1", "c:٧:3:1", "x", 7):
        assert understood(tap(data)).message is None
        assert understood(tap(data)).tap == "44"  # acknowledged all the same


def test_a_tap_counts_for_who_tapped() -> None:
    assert said(tap(**{"from": {"id": 502}})) is None
    group = {"message_id": 3, "chat": {"id": -100, "type": "supergroup"}}
    assert said(tap(message=group)) is None
    assert understood(tap(message=group)).tap == "44"


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 9, "edited_message": message(text="x")["message"]},
        {"update_id": 9, "my_chat_member": {}},
        message(pinned_message={"message_id": 1}),
        message(text="x", chat={"id": -100, "type": "group"}),
        message(text="x", chat={"id": 2**80, "type": "private"}),
        message(text=["x"]),
        {"update_id": "9", "message": message(text="x")["message"]},
        {"update_id": True, "message": message(text="x")["message"]},
        {"message": message(text="x")["message"]},
        {},
    ],
)
def test_what_the_desk_does_not_hear(update: dict[str, Any]) -> None:
    assert understood(update).message is None


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = ("text", "contact", "photo", "document", "caption", "media_group_id", "chat", "from", "voice")


@given(
    st.dictionaries(st.sampled_from(_FIELDS), _anything),
    st.dictionaries(st.sampled_from(("data", "id", "message", "from")), _anything),
)
def test_nonsense_is_survived(fields: dict[str, Any], query: dict[str, Any]) -> None:
    for update in (message(**fields), tap() | {"callback_query": query}, fields, {"update_id": 1, "message": query}):
        found = understood(update)
        if found.message is not None:
            json.dumps(found.message.address + found.message.message).encode()


@given(
    st.from_regex(r"[A-Z0-9]{1,6}([/.\-][A-Z0-9]{1,5}){0,4}", fullmatch=True).filter(
        lambda tag: any(map(str.isdigit, tag))
    )
)
def test_a_sticker_leads_to_its_own_device(tag: str) -> None:
    start = start_of_device(AssetTag.parse(tag))
    assert len(start) <= 64
    assert start.replace("_", "").replace("-", "").isalnum()
    assert said(message(text=f"/start {start}")) == Wants("report", {"device": tag})


def test_an_update_that_was_fetched_says_what_the_same_says_when_it_is_brought() -> None:
    """Polling has the library's objects, which go back to what they were read from."""
    from telegram import Update

    sizes = [{"file_id": f"f{side}", "file_unique_id": "u", "width": side, "height": side} for side in (90, 1280)]
    origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
    card = {"message_id": 3, "date": 0, "chat": {**PRIVATE, "first_name": "Asha"}}
    for update in (
        message(text="/start@dawati_bot d_412"),
        message(photo=sizes, caption="Tazama", media_group_id="77"),
        message(document={"file_id": "d", "file_unique_id": "u", "mime_type": "image/png", "file_size": 9}),
        message(voice={"file_id": "d", "file_unique_id": "u", "duration": 1}),
        contact(),
        contact(forward_origin=origin),
        message(contact={"phone_number": "255754000002", "first_name": "A"}),
        tap(chat_instance="1"),
        tap(chat_instance="1", message=card),
    ):
        fetched = Update.de_json(update, None).to_dict()
        assert understood(fetched) == understood(update)
        assert understood(fetched).message is not None


def test_the_menu_offers_commands_that_are_understood() -> None:
    for commands in MENU.values():
        for name in commands:
            meant = said(message(text=f"/{name}"))
            assert isinstance(meant, Wants)
            assert (meant.conversation == "help") == (name in ("help", "msaada"))


def test_a_desk_without_telegram_never_loads_its_library() -> None:
    program = "import sys, bot.routes, bot.hearing, bot.render, bot.menu; sys.exit('telegram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
