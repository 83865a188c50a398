"""What a method of the Bot API works on: the state, the updates, the limits."""

from simulator.telegram.errors import bad_request, too_many
from simulator.telegram.limits import Limits
from simulator.telegram.params import Params
from simulator.telegram.state import Chat, Message, TelegramState
from simulator.telegram.updates import Updates
from simulator.world import World


class Bot:
    def __init__(self, world: World) -> None:
        self.world = world
        self.state = TelegramState(world)
        self.updates = Updates(world)
        self.limits = Limits(world.clock)
        self.limited = world.settings.rate_limits

    def chat(self, params: Params) -> Chat:
        """The chat that the request names, if the bot may write there now."""
        if not params.has("chat_id"):
            raise bad_request("chat_id is empty")
        name = params.text("chat_id")
        if name.startswith("@"):
            raise bad_request("chat not found")
        chat = self.state.chat_for_bot(params.integer("chat_id"))
        if self.limited:
            seconds = self.limits.wait(chat.id)
            if seconds:
                raise too_many(seconds)
        return chat

    def own_message(self, params: Params, missing: str) -> tuple[Chat, Message]:
        """The message that the request names; `missing` is what Telegram says if there is none."""
        chat = self.chat(params)
        message = chat.messages.get(params.integer("message_id", 0))
        if message is None:
            raise bad_request(missing)
        return chat, message
