"""Methods about the bot itself: its name, commands, descriptions and menu button."""

import re
from typing import Any

from simulator.telegram.bot import Bot
from simulator.telegram.errors import bad_request
from simulator.telegram.params import Params

Json = dict[str, Any]
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


async def get_me(bot: Bot, params: Params) -> Json:
    return bot.state.bot_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def set_my_commands(bot: Bot, params: Params) -> bool:
    commands = params.listing("commands") or []
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.state.profile[_commands_key(params)] = commands
    return True


async def get_my_commands(bot: Bot, params: Params) -> list[Json]:
    found: list[Json] = bot.state.profile.get(_commands_key(params), [])
    return found


async def delete_my_commands(bot: Bot, params: Params) -> bool:
    bot.state.profile.pop(_commands_key(params), None)
    return True


def _commands_key(params: Params) -> str:
    scope = params.mapping("scope") or {"type": "default"}
    return f"commands {sorted(map(str, scope.items()))} {params.text('language_code')}"


def _text_setter(name: str, limit: int) -> Any:
    async def set_text(bot: Bot, params: Params) -> bool:
        text = params.text(name)
        if len(text) > limit:
            raise bad_request(f"{name} is too long")
        bot.state.profile[f"{name} {params.text('language_code')}"] = text
        return True

    return set_text


def _text_getter(name: str) -> Any:
    async def get_text(bot: Bot, params: Params) -> Json:
        return {name: bot.state.profile.get(f"{name} {params.text('language_code')}", "")}

    return get_text


async def set_chat_menu_button(bot: Bot, params: Params) -> bool:
    bot.state.profile[f"menu {params.text('chat_id')}"] = params.mapping("menu_button") or {"type": "default"}
    return True


async def get_chat_menu_button(bot: Bot, params: Params) -> Json:
    found: Json = bot.state.profile.get(f"menu {params.text('chat_id')}", {"type": "commands"})
    return found


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _text_setter("name", 64),
    "getMyName": _text_getter("name"),
    "setMyDescription": _text_setter("description", 512),
    "getMyDescription": _text_getter("description"),
    "setMyShortDescription": _text_setter("short_description", 120),
    "getMyShortDescription": _text_getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
