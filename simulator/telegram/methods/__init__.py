"""The methods of the Bot API, by name in lower case: Telegram does not mind how they are written."""

from collections.abc import Awaitable, Callable
from typing import Any

from simulator.telegram.bot import Bot
from simulator.telegram.methods import about, chats, files, messages, receiving
from simulator.telegram.params import Params

Method = Callable[[Bot, Params], Awaitable[Any]]

METHODS: dict[str, Method] = {
    name.lower(): method
    for names in (about.METHODS, chats.METHODS, files.METHODS, messages.METHODS, receiving.METHODS)
    for name, method in names.items()
}
