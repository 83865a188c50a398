"""Who and what Telegram knows: people, chats, messages, files. Everything bounded, nothing kept on disk."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

from simulator.telegram.errors import bad_request, forbidden, migrated
from simulator.world import World

Json = dict[str, Any]
_MESSAGES = 500
_FILES = 100


@dataclass
class User:
    """`started`: has pressed Start, so the bot may write. `blocked`: has blocked the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "sw"
    phone: str = ""
    started: bool = False
    blocked: bool = False

    def json(self) -> Json:
        found: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return found | {name: value for name, value in optional.items() if value}


@dataclass
class Message:
    """`content` is the Bot API's own object. `version` is that of the world when it last changed."""

    chat_id: int
    content: Json
    by_bot: bool
    version: int
    keyboard: Json | None = None

    @property
    def id(self) -> int:
        return int(self.content["message_id"])


@dataclass
class Chat:
    """`members` are user ids. `keyboard` is the reply keyboard now under the input field."""

    id: int
    type: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    bot_inside: bool = True
    moved_to: int | None = None
    keyboard: Json | None = None
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    actions: deque[str] = field(default_factory=lambda: deque(maxlen=20))


@dataclass
class StoredFile:
    """`size` is what the Bot API says it is; tests may say more than there is."""

    id: str
    unique_id: str
    path: str
    data: bytes
    size: int
    mime_type: str
    name: str = ""


@dataclass
class Callback:
    id: str
    user_id: int
    chat_id: int
    message_id: int
    at: float
    answered: bool = False
    text: str = ""
    alert: bool = False
    version: int = 0


class TelegramState:
    def __init__(self, world: World) -> None:
        self.world = world
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files: OrderedDict[str, StoredFile] = OrderedDict()
        self.callbacks: OrderedDict[str, Callback] = OrderedDict()
        self.kept: deque[tuple[int, int]] = deque()
        self.bot_id = int(world.settings.bot_token.partition(":")[0] or "1")
        self.profile: Json = {}
        self._last_message = 0
        self._last_group = 1000
        self._last_file = 0
        for place, member in enumerate(world.settings.cast):
            first, _, last = member.name.partition(" ")
            self.add_user(
                User(
                    id=member.telegram_id or 700_000_001 + place,
                    first_name=first,
                    last_name=last,
                    language_code=member.language,
                    phone=member.phone,
                    started=member.telegram_id is not None,
                )
            )

    def bot_json(self) -> Json:
        settings = self.world.settings
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": settings.bot_name,
            "username": settings.bot_username,
        }

    def add_user(self, user: User) -> User:
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id, "private", members=[user.id])
        return user

    def add_group(self, title: str, members: list[int], kind: str) -> Chat:
        self._last_group += 1
        number = self._last_group
        chat_id = -(1_000_000_000_000 + number) if kind == "supergroup" else -number
        chat = self.chats[chat_id] = Chat(chat_id, kind, title, list(members))
        self.world.changed()
        return chat

    def chat_json(self, chat: Chat) -> Json:
        if chat.type != "private":
            return {"id": chat.id, "type": chat.type, "title": chat.title}
        user = self.users[chat.id]
        found: Json = {"id": chat.id, "type": "private", "first_name": user.first_name}
        optional = {"last_name": user.last_name, "username": user.username}
        return found | {name: value for name, value in optional.items() if value}

    def chat_for_bot(self, chat_id: int) -> Chat:
        """The chat, if the bot may write into it; Telegram's refusal otherwise."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.moved_to is not None:
            raise migrated(chat.moved_to)
        if chat.type == "private":
            user = self.users[chat.id]
            if user.blocked:
                raise forbidden("bot was blocked by the user")
            if not user.started:
                raise forbidden("bot can't initiate conversation with a user")
        elif not chat.bot_inside:
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        return chat

    def put(self, chat: Chat, content: Json, *, sender: User | None, keyboard: Json | None = None) -> Message:
        """Adds a message; `sender` None is the bot. The oldest goes when there are more than 500."""
        self._last_message += 1
        head: Json = {
            "message_id": self._last_message,
            "from": sender.json() if sender else self.bot_json(),
            "chat": self.chat_json(chat),
            "date": int(self.world.clock()),
        }
        if keyboard is not None and "inline_keyboard" in keyboard:
            content = content | {"reply_markup": keyboard}
        message = Message(chat.id, head | content, sender is None, self.world.changed(), keyboard)
        chat.messages[message.id] = message
        self.kept.append((chat.id, message.id))
        while len(self.kept) > _MESSAGES:
            old_chat, old_message = self.kept.popleft()
            self.chats[old_chat].messages.pop(old_message, None)
        return message

    def store(self, data: bytes, kind: str, mime_type: str, name: str = "", size: int | None = None) -> StoredFile:
        """Keeps a file; the oldest goes when there are more than 100. `kind` is its folder."""
        self._last_file += 1
        ending = (name if "." in name else mime_type.replace("/", ".").replace("jpeg", "jpg")).rpartition(".")[2]
        stored = StoredFile(
            id=self.world.opaque_name("AgACAgQAAxkB"),
            unique_id=self.world.opaque_name("AQAD", 9),
            path=f"{kind}/file_{self._last_file}.{ending}",
            data=data,
            size=len(data) if size is None else size,
            mime_type=mime_type,
            name=name,
        )
        self.files[stored.id] = stored
        while len(self.files) > _FILES:
            self.files.popitem(last=False)
        return stored

    def add_callback(self, callback: Callback) -> None:
        self.callbacks[callback.id] = callback
        while len(self.callbacks) > _MESSAGES:
            self.callbacks.popitem(last=False)
