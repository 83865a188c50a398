"""Methods about chats and who is in them."""

from typing import Any

from simulator.telegram.bot import Bot
from simulator.telegram.errors import bad_request
from simulator.telegram.params import Params
from simulator.telegram.state import Chat

Json = dict[str, Any]
_ACTIONS = ("typing", "upload_photo", "upload_document", "find_location", "choose_sticker")


def _known(bot: Bot, params: Params) -> Chat:
    name = params.text("chat_id")
    chat = None if name.startswith("@") else bot.state.chats.get(params.integer("chat_id", 0))
    if chat is None:
        raise bad_request("chat not found")
    return chat


async def get_chat(bot: Bot, params: Params) -> Json:
    chat = _known(bot, params)
    return bot.state.chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


async def get_chat_member(bot: Bot, params: Params) -> Json:
    chat = _known(bot, params)
    user_id = params.integer("user_id", 0)
    if user_id == bot.state.bot_id:
        return {"status": "member" if chat.bot_inside else "left", "user": bot.state.bot_json()}
    user = bot.state.users.get(user_id)
    if user is None:
        raise bad_request("user not found")
    return _member(bot, chat, user_id)


async def get_chat_administrators(bot: Bot, params: Params) -> list[Json]:
    chat = _known(bot, params)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [_member(bot, chat, chat.members[0])] if chat.members else []


async def get_chat_member_count(bot: Bot, params: Params) -> int:
    chat = _known(bot, params)
    return len(chat.members) + (1 if chat.bot_inside else 0)


async def leave_chat(bot: Bot, params: Params) -> bool:
    chat = bot.chat(params)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_inside = False
    bot.world.changed()
    return True


async def send_chat_action(bot: Bot, params: Params) -> bool:
    chat = bot.chat(params)
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(params.text("action"))
    return True


def _member(bot: Bot, chat: Chat, user_id: int) -> Json:
    """The first who was put into a group owns it."""
    user = bot.state.users[user_id].json()
    if user_id not in chat.members:
        return {"status": "left", "user": user}
    if chat.type != "private" and chat.members[0] == user_id:
        return {"status": "creator", "user": user, "is_anonymous": False}
    return {"status": "member", "user": user}


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "sendChatAction": send_chat_action,
}
