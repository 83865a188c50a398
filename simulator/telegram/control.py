"""Control endpoints of the Telegram side: what people do, what they see, and what shall go wrong."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.control import Json, asked, needed, needed_number, said
from simulator.telegram.bot import Bot
from simulator.telegram.faults import Fault, Faults
from simulator.telegram.people import Attached, Impossible, People
from simulator.telegram.state import Chat, Message, User

Endpoint = Callable[[Request], Awaitable[Json]]


def _possible(endpoint: Endpoint) -> Endpoint:
    @wraps(endpoint)
    async def answer(request: Request) -> Json:
        try:
            return await endpoint(request)
        except Impossible as error:
            raise HTTPException(409, str(error)) from error

    return answer


class TelegramControl:
    def __init__(self, bot: Bot, faults: Faults) -> None:
        self.bot = bot
        self.faults = faults
        self.people = People(bot)

    def routes(self) -> list[Route]:
        posts: dict[str, Endpoint] = {
            "/telegram/users": self.join,
            "/telegram/users/block": self.block,
            "/telegram/groups": self.make_group,
            "/telegram/groups/upgrade": self.upgrade,
            "/telegram/groups/throw-out": self.throw_out,
            "/telegram/say": self.say,
            "/telegram/edit": self.edit,
            "/telegram/contact": self.contact,
            "/telegram/photo": self.photo,
            "/telegram/document": self.document,
            "/telegram/tap": self.tap,
            "/telegram/faults": self.fail,
            "/telegram/limits": self.limit,
        }
        return [
            *(Route(path, said(_possible(endpoint)), methods=["POST"]) for path, endpoint in posts.items()),
            Route("/telegram/messages", said(_possible(self.messages)), methods=["GET"]),
            Route("/telegram/files/{file_id}", self.file, methods=["GET"]),
        ]

    async def join(self, request: Request) -> Json:
        """Finds or makes a person: `first_name`, `id`, `phone`, `username`, `last_name`, `language_code`."""
        body = await asked(request)
        user = User(
            id=int(body.get("id") or 0),
            first_name=needed(body, "first_name"),
            last_name=str(body.get("last_name") or ""),
            username=str(body.get("username") or ""),
            language_code=str(body.get("language_code") or "sw"),
            phone=str(body.get("phone") or ""),
        )
        found = self.people.join(user)
        return found.json() | {"phone": found.phone}

    async def block(self, request: Request) -> Json:
        body = await asked(request)
        self.people.block(needed_number(body, "user_id"), bool(body.get("blocked", True)))
        return {"version": self.bot.world.version}

    async def make_group(self, request: Request) -> Json:
        body = await asked(request)
        members = body.get("members")
        if not isinstance(members, list) or not all(isinstance(one, int) for one in members):
            raise HTTPException(400, "members is a list of user ids")
        kind = "supergroup" if body.get("type") == "supergroup" else "group"
        chat = self.people.make_group(needed(body, "title"), members, kind)
        return self.bot.state.chat_json(chat)

    async def upgrade(self, request: Request) -> Json:
        body = await asked(request)
        return self.bot.state.chat_json(self.people.upgrade(needed_number(body, "chat_id")))

    async def throw_out(self, request: Request) -> Json:
        body = await asked(request)
        self.people.throw_bot_out(needed_number(body, "chat_id"), needed_number(body, "user_id"))
        return {"version": self.bot.world.version}

    async def say(self, request: Request) -> Json:
        body = await asked(request)
        user_id, chat_id = _who_where(body)
        return _shown(self.people.say(user_id, chat_id, needed(body, "text"), body.get("reply_to")))

    async def edit(self, request: Request) -> Json:
        body = await asked(request)
        user_id, chat_id = _who_where(body)
        message_id = needed_number(body, "message_id")
        return _shown(self.people.edit(user_id, chat_id, message_id, needed(body, "text")))

    async def contact(self, request: Request) -> Json:
        """Without `contact` the person's own number goes, as the button of a reply keyboard sends it."""
        body = await asked(request)
        user_id, chat_id = _who_where(body)
        user = self.people.user(user_id)
        own: Json = {
            "phone_number": user.phone.removeprefix("+"),
            "first_name": user.first_name,
            "user_id": user.id,
        }
        forwarded = bool(body.get("forwarded", False))
        contact = body.get("contact") or own
        return _shown(self.people.share_contact(user_id, chat_id, contact, forwarded=forwarded))

    async def photo(self, request: Request) -> Json:
        body = await asked(request)
        user_id, chat_id = _who_where(body)
        return _shown(self.people.send_photo(user_id, chat_id, _attached(body)))

    async def document(self, request: Request) -> Json:
        body = await asked(request)
        user_id, chat_id = _who_where(body)
        return _shown(self.people.send_document(user_id, chat_id, _attached(body)))

    async def tap(self, request: Request) -> Json:
        body = await asked(request)
        user_id, chat_id = _who_where(body)
        callback = self.people.tap(user_id, chat_id, needed_number(body, "message_id"), needed(body, "data"))
        return {"id": callback.id, "version": callback.version}

    async def fail(self, request: Request) -> Json:
        """Adds a fault (see `Fault.read`); `{"clear": true}` takes all of them back."""
        body = await asked(request)
        if body.get("clear"):
            self.faults.waiting.clear()
            return {"waiting": 0}
        try:
            self.faults.waiting.append(Fault.read(body))
        except (TypeError, ValueError) as error:
            raise HTTPException(400, "not a fault") from error
        return {"waiting": len(self.faults.waiting)}

    async def limit(self, request: Request) -> Json:
        self.bot.limited = bool((await asked(request)).get("on"))
        return {"on": self.bot.limited}

    async def messages(self, request: Request) -> Json:
        """What a person sees in a chat, oldest first, and what their taps were answered."""
        try:
            user_id = int(request.query_params["user_id"])
            chat_id = int(request.query_params.get("chat_id", user_id))
        except (KeyError, ValueError) as error:
            raise HTTPException(400, "user_id is missing") from error
        return self.seen(user_id, self.people.chat(chat_id, user_id))

    def seen(self, user_id: int, chat: Chat) -> Json:
        callbacks = [
            {"id": one.id, "text": one.text, "alert": one.alert, "version": one.version}
            for one in self.bot.state.callbacks.values()
            if one.user_id == user_id and one.chat_id == chat.id and one.answered
        ]
        return {
            "messages": [_shown(message) for message in chat.messages.values()],
            "keyboard": chat.keyboard,
            "callbacks": callbacks[-20:],
            "version": self.bot.world.version,
        }

    async def file(self, request: Request) -> Response:
        """A file as people see it; the page shows photos with it, and never learns the bot's token."""
        stored = self.bot.state.files.get(request.path_params["file_id"])
        if stored is None:
            raise HTTPException(404)
        picture = stored.mime_type in ("image/jpeg", "image/png", "image/gif")
        headers = {"X-Content-Type-Options": "nosniff"}
        if not picture:
            headers["Content-Disposition"] = "attachment"
        return Response(stored.data, media_type=stored.mime_type, headers=headers)


def _who_where(body: Json) -> tuple[int, int]:
    user_id = needed_number(body, "user_id")
    return user_id, int(body.get("chat_id") or user_id)


def _attached(body: Json) -> Attached:
    try:
        data = base64.b64decode(needed(body, "data"), validate=True)
    except binascii.Error as error:
        raise HTTPException(400, "data is base64") from error
    return Attached(
        data=data,
        caption=str(body.get("caption") or ""),
        album=str(body.get("media_group_id") or ""),
        name=str(body.get("name") or "file"),
        mime_type=str(body.get("mime_type") or "application/octet-stream"),
        claimed_size=body.get("claimed_size"),
    )


def _shown(message: Message) -> Json:
    return message.content | {"by_bot": message.by_bot, "version": message.version}
