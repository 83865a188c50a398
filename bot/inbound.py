"""Reading updates: an object of the Bot API becomes a message in the desk's terms. Pure, and proof against nonsense."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.menu import command_meant, language_of, words_meant
from models.commands import HearMessage
from models.commands.hearing import Pictured, Said, Shared, Tapped, Unreadable
from models.tables.person import AddressKind
from models.tables.ticket import Channel

Json = Mapping[str, Any]

ALLOWED_UPDATES = ("message", "callback_query")
"""What Telegram is asked to bring. An edited message is not among them: it must not answer a question twice."""

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes; Telegram gives a bot no larger file

_DATA = re.compile(r"c:([0-9]{1,15}):([0-9]{1,9}):([a-z0-9]{1,8})")
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp")
_WORDLESS = (
    "animation", "audio", "dice", "document", "game", "location", "paid_media", "photo", "poll", "sticker", "story",
    "venue", "video", "video_note", "voice",
)  # fmt: skip
_BEYOND = 2**52  # no id of Telegram's is larger
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # JSON may hold them, no database does


@dataclass(frozen=True, slots=True)
class Understood:
    """What an update says to the desk, and the tap that waits for an answer."""

    message: HearMessage | None = None
    tap: str = ""


def understood(update: Json) -> Understood:
    """What is in it for the desk; nothing, if it is no message and no tap, or does not come from a private chat.

    What the desk does not hear changes nothing, so nothing is written of it: heard twice it is still nothing.
    """
    update_id = _number(update, "update_id")
    if query := _part(update, "callback_query"):
        return _tapped(update_id, query)
    message = _part(update, "message")
    chat = _private_chat(message)
    said = _said(message, chat)
    if not update_id or not chat or said is None:
        return Understood()
    return Understood(_hear(update_id, chat, said, language_of(_words(message, "text"))))


def _hear(update_id: int, chat: int, said: Said, language: str = "") -> HearMessage:
    return HearMessage(Channel.TELEGRAM, AddressKind.TELEGRAM, str(chat), str(update_id), said, language)


def _tapped(update_id: int, query: Json) -> Understood:
    """A tap is acknowledged whatever it says. Whose it is, is who tapped: never whose chat the card hangs in."""
    tap = _words(query, "id")[:64]
    card = _part(query, "message")
    chat = _private_chat(card)
    data = _DATA.fullmatch(_words(query, "data"))
    if not update_id or not chat or data is None or chat != _number(_part(query, "from"), "id"):
        return Understood(tap=tap)
    conversation, revision, pick = data.groups()
    card_id = _number(card, "message_id")
    said = Tapped(int(conversation), int(revision), pick, card=str(card_id) if card_id else "")
    return Understood(_hear(update_id, chat, said), tap)


def _private_chat(message: Json) -> int:
    """Its id, which is the person's own; 0 in groups and channels, whose talk is not with the desk."""
    chat = _part(message, "chat")
    return max(0, _number(chat, "id")) if chat.get("type") == "private" else 0


def _said(message: Json, chat: int) -> Said | None:
    if text := _words(message, "text"):
        return command_meant(text) or words_meant(text)
    if contact := _part(message, "contact"):
        return _shared(message, contact, chat)
    if file_id := _picture(message):
        return Pictured(file_id, _words(message, "caption"), _words(message, "media_group_id")[:40])
    return Unreadable() if any(kind in message for kind in _WORDLESS) else None


def _shared(message: Json, contact: Json, chat: int) -> Shared:
    """A number is proven only by its owner, from their own chat, first-hand."""
    digits = "".join(filter(str.isascii, filter(str.isdigit, _words(contact, "phone_number"))))[:20]
    second_hand = any(sign in message for sign in ("forward_origin", "forward_date", "forward_from", "via_bot"))
    sender = _number(_part(message, "from"), "id")
    own = sender == chat == _number(contact, "user_id") and not second_hand and digits != ""
    return Shared(f"+{digits}") if own else Shared("", genuine=False)


def _picture(message: Json) -> str:
    """The file to fetch: a photo's largest size, or a picture sent as a file; none that is too large to be had."""
    sizes = message.get("photo")
    document = _part(message, "document")
    found: list[Json] = [size for size in sizes if isinstance(size, dict)] if isinstance(sizes, list) else []
    if not found and document.get("mime_type") in _PICTURES:
        found = [document]
    found = [one for one in found if _number(one, "file_size") <= DOWNLOAD_LIMIT]
    largest = max(found, key=lambda one: _number(one, "width") * _number(one, "height"), default={})
    file_id = _words(largest, "file_id")
    return file_id if len(file_id) <= 200 else ""


def _part(whole: Json, name: str) -> Json:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _words(whole: Json, name: str) -> str:
    words = whole.get(name)
    return _UNSTORABLE.sub("", words) if isinstance(words, str) else ""


def _number(whole: Json, name: str) -> int:
    """An id or a size; 0 if there is none."""
    number = whole.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) > _BEYOND:
        return 0
    return number
