"""Methods that send, change and take back messages."""

from typing import Any

from simulator.telegram import entities, keyboards
from simulator.telegram.bot import Bot
from simulator.telegram.errors import bad_request
from simulator.telegram.params import Params
from simulator.telegram.state import Chat, Message

Json = dict[str, Any]
_TEXT = 4096
_CAPTION = 1024
_ANSWER = 200
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def formatted(params: Params, name: str, list_name: str) -> tuple[str, list[entities.Entity]]:
    """The text of the request and its entities, given as a list or read from HTML."""
    given = params.listing(list_name)
    if given:
        return params.text(name), given
    text, found = entities.parsed(params.text(name), params.text("parse_mode"))
    kept = text.rstrip()
    limit = entities.utf16(kept)
    for entity in found:
        entity["length"] = min(entity["length"], limit - entity["offset"])
    return kept, [entity for entity in found if entity["length"] > 0]


def text_content(params: Params) -> Json:
    text, found = formatted(params, "text", "entities")
    if not text.strip():
        raise bad_request("message text is empty")
    if entities.utf16(text) > _TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": found} if found else {"text": text}


def caption_content(params: Params) -> Json:
    caption, found = formatted(params, "caption", "caption_entities")
    if entities.utf16(caption) > _CAPTION:
        raise bad_request("message caption is too long")
    if not caption:
        return {}
    return {"caption": caption, "caption_entities": found} if found else {"caption": caption}


def place(bot: Bot, chat: Chat, params: Params, content: Json) -> Json:
    """Puts a message of the bot into the chat, with its keyboard and what it replies to."""
    keyboard = keyboards.checked(params.json("reply_markup"), private=chat.type == "private")
    reply = params.mapping("reply_parameters")
    replied = reply.get("message_id") or params.integer("reply_to_message_id", 0)
    if replied:
        original = chat.messages.get(replied) if isinstance(replied, int) else None
        if original is not None:
            quoted = {name: value for name, value in original.content.items() if name != "reply_to_message"}
            content = content | {"reply_to_message": quoted}
        elif not (reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")):
            raise bad_request("message to be replied not found")
    if keyboard and "keyboard" in keyboard:
        chat.keyboard = keyboard
    elif keyboard and keyboard.get("remove_keyboard"):
        chat.keyboard = None
    return bot.state.put(chat, content, sender=None, keyboard=keyboard).content


async def send_message(bot: Bot, params: Params) -> Json:
    chat = bot.chat(params)
    return place(bot, chat, params, text_content(params))


async def edit_message_text(bot: Bot, params: Params) -> Json:
    _, message = bot.own_message(params, "message to edit not found")
    _refuse_if_not_editable(message)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _edit(bot, message, text_content(params), params, ("text", "entities"))


async def edit_message_caption(bot: Bot, params: Params) -> Json:
    _, message = bot.own_message(params, "message to edit not found")
    _refuse_if_not_editable(message)
    if "text" in message.content:
        raise bad_request("there is no caption in the message to edit")
    return _edit(bot, message, caption_content(params), params, ("caption", "caption_entities"))


async def edit_message_reply_markup(bot: Bot, params: Params) -> Json:
    _, message = bot.own_message(params, "message to edit not found")
    _refuse_if_not_editable(message)
    return _edit(bot, message, {}, params, ())


def _refuse_if_not_editable(message: Message) -> None:
    if not message.by_bot or (message.keyboard is not None and "inline_keyboard" not in message.keyboard):
        raise bad_request("message can't be edited")


def _edit(bot: Bot, message: Message, content: Json, params: Params, replaced: tuple[str, ...]) -> Json:
    markup = keyboards.checked(params.json("reply_markup"), private=message.chat_id > 0)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    if markup is not None and not markup["inline_keyboard"]:
        markup = None  # an empty keyboard takes the old one away
    dropped = (*replaced, "reply_markup", "edit_date")
    new = {name: value for name, value in message.content.items() if name not in dropped} | content
    if markup is not None:
        new["reply_markup"] = markup
    if new == {name: value for name, value in message.content.items() if name != "edit_date"}:
        raise bad_request(_UNCHANGED)
    message.content = new | {"edit_date": int(bot.world.clock())}
    message.keyboard = markup
    message.version = bot.world.changed()
    return message.content


async def delete_message(bot: Bot, params: Params) -> bool:
    chat, message = bot.own_message(params, "message to delete not found")
    if not message.by_bot and chat.type != "private":
        raise bad_request("message can't be deleted")
    if bot.world.clock() - message.content["date"] > 48 * 3600:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.id]
    bot.world.changed()
    return True


async def answer_callback_query(bot: Bot, params: Params) -> bool:
    if len(params.text("text")) > _ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    callback = bot.state.callbacks.get(params.text("callback_query_id"))
    too_old = callback and bot.world.clock() - callback.at > bot.world.settings.callback_lifetime
    if callback is None or callback.answered or too_old:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    callback.answered = True
    callback.text, callback.alert = params.text("text"), params.flag("show_alert")
    callback.version = bot.world.changed()
    return True


async def pin_chat_message(bot: Bot, params: Params) -> bool:
    bot.own_message(params, "message to pin not found")
    return True


METHODS = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "pinChatMessage": pin_chat_message,
}
