"""The SMS gateway calls here with what people write, and with what became of what we wrote.

It repeats a message until it is answered 200, for half a day: so whatever was understood or refused is 200 with nothing
in it (the reply is an SMS that is owed), and only where the desk itself failed it may come again.
"""

import logging
import traceback
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from handlers.ports import AwaitedDesk
from models.commands import By
from models.refusals import Refused
from models.tables.ticket import Channel
from sms import forms

BY = By(Channel.SMS)

log = logging.getLogger(__name__)

Command = TypeVar("Command")
Answering = Callable[[Request], Awaitable[Response]]


def routes(desk: AwaitedDesk, *, key: bytes, institution: Collection[str] = ()) -> list[BaseRoute]:
    """`key` is the desk's own, for the identity of a message that came without one. `institution`: the words that a
    shared short code puts before every message (`TEHAMA`, `MVOMERO`), in any case."""
    words = {word.strip().casefold() for word in institution if word.strip()}
    at = "/hooks/africastalking/{key}"
    return [
        Route(f"{at}/sms", _heard(desk, lambda body: forms.message(body, key, words)), methods=["POST"]),
        Route(f"{at}/delivery", _heard(desk, lambda body: forms.delivery(body, key)), methods=["POST"]),
    ]


def _heard(desk: AwaitedDesk, read: Callable[[bytes], Command | None]) -> Answering:
    async def answer(request: Request) -> Response:
        try:
            command = read(await request.body())
        except (forms.Malformed, ClientDisconnect):
            log.warning("a post to the SMS hooks is not the gateway's form")
            return PlainTextResponse("", 400)
        if command is not None:
            try:
                await desk.do(command, BY)
            except Refused as refused:
                log.info("%s was refused: %s", type(command).__name__, type(refused).__name__)
            except Exception as failure:  # noqa: BLE001  # whatever broke, the gateway is to bring it again
                _log_failure(type(command).__name__, failure)
                return PlainTextResponse("", 503)
        return PlainTextResponse("")

    return answer


def _log_failure(what: str, failure: Exception) -> None:
    """Its kind and where it happened. Its message may hold people's words and numbers, so it stays out."""
    frames = traceback.extract_tb(failure.__traceback__)[-4:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    log.error("%s failed: %s at %s", what, type(failure).__name__, where)
