"""What people do in Telegram, and the updates that the bot gets of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator.telegram.bot import Bot
from simulator.telegram.entities import bot_commands
from simulator.telegram.methods.files import document_json, photo_sizes
from simulator.telegram.state import Callback, Chat, Message, User

Json = dict[str, Any]


class Impossible(Exception):
    """Nobody could do this in Telegram: no such person, chat, message or button."""


@dataclass(frozen=True)
class Attached:
    """A photo or a document. Photos with the same `album` are one album: several updates.

    `claimed_size` is what the Bot API shall say that it weighs, in bytes; None for the truth.
    """

    data: bytes
    caption: str = ""
    album: str = ""
    name: str = ""
    mime_type: str = ""
    claimed_size: int | None = None


class People:
    """Every verb takes the id of who does it and of the chat where it is done."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.state = bot.state

    def user(self, user_id: int) -> User:
        user = self.state.users.get(user_id)
        if user is None:
            raise Impossible("no such user")
        return user

    def chat(self, chat_id: int, user_id: int) -> Chat:
        chat = self.state.chats.get(chat_id)
        if chat is None or user_id not in chat.members:
            raise Impossible("this user is not in this chat")
        return chat

    def join(self, wanted: User) -> User:
        """Finds the person by id or by phone, or lets them install Telegram."""
        for user in self.state.users.values():
            if user.id == wanted.id or (wanted.phone and user.phone == wanted.phone):
                return user
        if not wanted.id:
            wanted.id = 800_000_001 + len(self.state.users)
        return self.state.add_user(wanted)

    def say(self, user_id: int, chat_id: int, text: str, reply_to: int | None = None) -> Message:
        commands = bot_commands(text)
        content: Json = {"text": text} | ({"entities": commands} if commands else {})
        return self._post(user_id, chat_id, content, reply_to)

    def edit(self, user_id: int, chat_id: int, message_id: int, text: str) -> Message:
        message = self.chat(chat_id, user_id).messages.get(message_id)
        if message is None or message.content["from"]["id"] != user_id:
            raise Impossible("people edit their own messages only")
        message.content = message.content | {"text": text, "edit_date": int(self.bot.world.clock())}
        message.version = self.bot.world.changed()
        self.bot.updates.add("edited_message", message.content)
        return message

    def share_contact(self, user_id: int, chat_id: int, contact: Json, *, forwarded: bool) -> Message:
        """`contact` as Telegram has it: phone_number, first_name, and user_id if they are on Telegram."""
        content: Json = {"contact": contact}
        if forwarded:
            origin = self.state.users.get(int(contact.get("user_id") or 0)) or self.user(user_id)
            date = int(self.bot.world.clock()) - 60
            content["forward_origin"] = {"type": "user", "sender_user": origin.json(), "date": date}
        chat = self.chat(chat_id, user_id)
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
        return self._post(user_id, chat_id, content, None)

    def send_photo(self, user_id: int, chat_id: int, sent: Attached) -> Message:
        stored = self.state.store(sent.data, "photos", "image/jpeg", size=sent.claimed_size)
        content: Json = {"photo": photo_sizes(self.state, stored)}
        more = _with(caption=sent.caption, media_group_id=sent.album)
        return self._post(user_id, chat_id, content | more, None)

    def send_document(self, user_id: int, chat_id: int, sent: Attached) -> Message:
        stored = self.state.store(sent.data, "documents", sent.mime_type, sent.name, sent.claimed_size)
        content: Json = {"document": document_json(stored)}
        return self._post(user_id, chat_id, content | _with(caption=sent.caption), None)

    def tap(self, user_id: int, chat_id: int, message_id: int, data: str) -> Callback:
        """Presses an inline button, also one that the card has lost since."""
        message = self.chat(chat_id, user_id).messages.get(message_id)
        if message is None or not message.by_bot:
            raise Impossible("no such card")
        callback = Callback(
            id=str(self.bot.world.dice.getrandbits(60)),
            user_id=user_id,
            chat_id=chat_id,
            message_id=message_id,
            at=self.bot.world.clock(),
            version=self.bot.world.changed(),
        )
        self.state.add_callback(callback)
        update = {
            "id": callback.id,
            "from": self.user(user_id).json(),
            "message": message.content,
            "chat_instance": str(chat_id * 7919),
            "data": data,
        }
        self.bot.updates.add("callback_query", update)
        return callback

    def block(self, user_id: int, blocked: bool) -> None:
        user = self.user(user_id)
        user.blocked = blocked
        self.bot.world.changed()
        was, now = ("member", "kicked") if blocked else ("kicked", "member")
        self._bot_membership(self.state.chats[user_id], user, was, now)

    def make_group(self, title: str, members: Sequence[int], kind: str) -> Chat:
        """The first member makes the group and puts the bot in."""
        if not members:
            raise Impossible("a group has members")
        founder, *_ = [self.user(member) for member in members]
        chat = self.state.add_group(title, list(members), kind)
        self._bot_membership(chat, founder, "left", "member")
        return chat

    def throw_bot_out(self, chat_id: int, user_id: int) -> None:
        chat = self.chat(chat_id, user_id)
        chat.bot_inside = False
        self._bot_membership(chat, self.user(user_id), "member", "kicked")

    def upgrade(self, chat_id: int) -> Chat:
        """A group becomes a supergroup: another id, and messages to the old one are refused with the new."""
        old = self.state.chats.get(chat_id)
        if old is None or old.type != "group" or old.moved_to is not None:
            raise Impossible("only a group becomes a supergroup")
        new = self.state.add_group(old.title, old.members, "supergroup")
        old.moved_to = new.id
        founder = self.user(old.members[0])
        leaving = self.state.put(old, {"migrate_to_chat_id": new.id}, sender=founder)
        arriving = self.state.put(new, {"migrate_from_chat_id": old.id}, sender=founder)
        self.bot.updates.add("message", leaving.content)
        self.bot.updates.add("message", arriving.content)
        return new

    def _post(self, user_id: int, chat_id: int, content: Json, reply_to: int | None) -> Message:
        chat = self.chat(chat_id, user_id)
        user = self.user(user_id)
        if user.blocked and chat.type == "private":
            raise Impossible("who has blocked a bot cannot write to it")
        if chat.moved_to is not None:
            raise Impossible("this group has become a supergroup")
        user.started = user.started or chat.type == "private"
        original = chat.messages.get(reply_to or 0)
        if original is not None:
            content = content | {"reply_to_message": original.content}
        message = self.state.put(chat, content, sender=user)
        if self._bot_hears(chat, message, original):
            self.bot.updates.add("message", message.content)
        return message

    def _bot_hears(self, chat: Chat, message: Message, original: Message | None) -> bool:
        """Privacy mode: in a group the bot gets commands, answers to its messages and what names it."""
        if chat.type == "private":
            return True
        words = str(message.content.get("text") or message.content.get("caption") or "")
        named = f"@{self.bot.world.settings.bot_username}" in words
        answered = original is not None and original.by_bot
        return chat.bot_inside and (words.startswith("/") or named or answered)

    def _bot_membership(self, chat: Chat, user: User, was: str, now: str) -> None:
        bot = self.state.bot_json()
        update = {
            "chat": self.state.chat_json(chat),
            "from": user.json(),
            "date": int(self.bot.world.clock()),
            "old_chat_member": _membership(bot, was),
            "new_chat_member": _membership(bot, now),
        }
        self.bot.updates.add("my_chat_member", update)


def _membership(bot: Json, status: str) -> Json:
    return {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})


def _with(**fields: str) -> Json:
    return {name: value for name, value in fields.items() if value}
