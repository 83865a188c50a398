"""What the Bot API says when it refuses, and what it means to the desk."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut

SOON = timedelta(seconds=5)


class Meaning(Enum):
    """`NEVER`: it did not go and will not. `LATER`: it did not go; ask again. `UNKNOWN`: nobody can say.
    `AS_IT_IS`: the message already reads so. `CARD_GONE`: there is no message of ours to edit."""

    NEVER = auto()
    LATER = auto()
    UNKNOWN = auto()
    AS_IT_IS = auto()
    CARD_GONE = auto()


WORDS = {
    "message is not modified": Meaning.AS_IT_IS,
    "message to edit not found": Meaning.CARD_GONE,
    "message can't be edited": Meaning.CARD_GONE,
    "there is no text in the message to edit": Meaning.CARD_GONE,
    "message_id_invalid": Meaning.CARD_GONE,
    "chat not found": Meaning.NEVER,
    "user is deactivated": Meaning.NEVER,
    "bot was blocked by the user": Meaning.NEVER,
    "bot can't initiate conversation": Meaning.NEVER,
    "bot was kicked": Meaning.NEVER,
    "not enough rights": Meaning.NEVER,
    "have no rights to send": Meaning.NEVER,
    "peer_id_invalid": Meaning.NEVER,
    "bad gateway": Meaning.LATER,  # its front answers for a service that took nothing
    "service unavailable": Meaning.LATER,
}
"""How a refusal begins or what it holds, without case; the library's capitals are not the service's."""

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Refusal:
    """`said` is the service's own word, at most 60 characters, without what it quotes. `strange`: a word that is not
    on the list above, which somebody should read."""

    meaning: Meaning
    said: str
    retry_in: timedelta | None = None
    moved_to: str = ""
    strange: bool = False


def refusal_of(error: TelegramError) -> Refusal:
    """What an error means for the message that was to be sent."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        patience = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
        return Refusal(Meaning.LATER, "Too Many Requests", patience)
    if isinstance(error, ChatMigrated):
        return Refusal(Meaning.LATER, "chat was upgraded", timedelta(0), moved_to=str(error.new_chat_id))
    if isinstance(error, InvalidToken):
        return Refusal(Meaning.NEVER, "Unauthorized")
    if isinstance(error, TimedOut) or isinstance(error.__cause__, httpx.HTTPError):
        return _unheard(error.__cause__ or error)
    return _worded(error)


def _unheard(failure: BaseException) -> Refusal:
    """No answer came: the line broke, before the message left or after."""
    kind = type(failure).__name__
    if isinstance(failure, _NEVER_LEFT):
        return Refusal(Meaning.LATER, kind, SOON)
    return Refusal(Meaning.UNKNOWN, kind)


def _worded(error: TelegramError) -> Refusal:
    said = error.message.removeprefix("Forbidden: ").partition(":")[0][:60]  # what it quotes stands behind a colon
    heard = error.message.casefold()
    for word, meaning in WORDS.items():
        if word in heard:
            return Refusal(meaning, said, SOON if meaning is Meaning.LATER else None)
    surely = isinstance(error, (BadRequest, Forbidden))
    return Refusal(Meaning.NEVER if surely else Meaning.UNKNOWN, said, strange=True)
