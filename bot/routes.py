"""Where Telegram brings updates. The secret in its header and the size of the body are checked before (`dawati/`)."""

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.hearing import Taps, hear
from handlers.ports import AwaitedDesk

PATH = "/hooks/telegram"


def routes(desk: AwaitedDesk, taps: Taps) -> list[BaseRoute]:
    """The webhook. 200 after the commit, also for an update that says nothing to the desk: Telegram brings again
    whatever is answered otherwise. 400 for what is no update at all."""

    async def webhook(request: Request) -> Response:
        try:
            update = json.loads(await request.body())
        except (ValueError, RecursionError):  # not JSON, not UTF-8, or nested beyond reading
            return Response(status_code=400)
        if not isinstance(update, dict):
            return Response(status_code=400)
        await hear(update, desk, taps)
        return Response()

    return [Route(PATH, webhook, methods=["POST"])]
