"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import hmac
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.telegram import params as reading
from simulator.telegram.bot import Bot
from simulator.telegram.errors import ApiRefusal
from simulator.telegram.faults import Faults
from simulator.telegram.methods import METHODS
from simulator.telegram.methods.files import DOWNLOAD_LIMIT
from simulator.telegram.params import Params


class BotApi:
    def __init__(self, bot: Bot, faults: Faults) -> None:
        self.bot = bot
        self.faults = faults

    def routes(self) -> list[Route]:
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.download, methods=["GET"]),
        ]

    async def call(self, request: Request) -> Response:
        try:
            self._authorise(request)
            result = await self._result(request, request.path_params["method"].lower())
        except ApiRefusal as refusal:
            return refused(refusal)
        return JSONResponse({"ok": True, "result": result})

    async def _result(self, request: Request, name: str) -> Any:
        fault = self.faults.take(name)
        if fault is not None and not fault.after:
            await asyncio.sleep(fault.wait)
            if fault.code:
                raise fault.refusal()
        method = METHODS.get(name)
        if method is None and name != "getupdates":
            raise ApiRefusal(404, "Not Found")
        params = await reading.read(request)
        result = await (self._get_updates(request, params) if method is None else method(self.bot, params))
        if fault is not None and fault.after:
            await asyncio.sleep(fault.wait)
            if fault.code:
                raise fault.refusal()
        return result

    async def _get_updates(self, request: Request, params: Params) -> list[Any]:
        self.bot.updates.allow(params.json("allowed_updates"))
        limit = min(100, max(1, params.integer("limit", 100)))
        timeout = min(50, max(0, params.integer("timeout", 0)))
        offset = params.integer("offset", 0)
        return await self.bot.updates.get(offset, limit, timeout, request.is_disconnected)

    async def download(self, request: Request) -> Response:
        try:
            self._authorise(request)
        except ApiRefusal as refusal:
            return refused(refusal)
        path = request.path_params["path"]
        stored = next((one for one in self.bot.state.files.values() if one.path == path), None)
        if stored is None or stored.size > DOWNLOAD_LIMIT:
            return refused(ApiRefusal(404, "Not Found"))
        return Response(stored.data, media_type="application/octet-stream")

    def _authorise(self, request: Request) -> None:
        token = str(request.path_params["token"])
        if ":" not in token:
            raise ApiRefusal(404, "Not Found")  # what Telegram says to a token that cannot be one
        if not hmac.compare_digest(token.encode(), self.bot.world.settings.bot_token.encode()):
            raise ApiRefusal(401, "Unauthorized")


def refused(refusal: ApiRefusal) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    headers = {}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
        if "retry_after" in refusal.parameters:
            headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return JSONResponse(body, status_code=refusal.code, headers=headers)
