"""A desk that only listens: it remembers what the gateways bring, and answers what it is told to."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from simulator import CastMember

TOKEN = "424242:the-token-of-a-rehearsal"
ASHA = CastMember("Asha Juma", "+255754000001", "Afisa kata", telegram_id=501)
BAKARI = CastMember("Bakari Said", "+255655000002", "Mwalimu")


@dataclass
class ListeningDesk:
    """Remembers every form and update; answers what it is told to.

    `ussd` answers a hop; `statuses` are used up one by one for the other hooks, then all is 200.
    """

    ussd: Callable[[str], bytes] = lambda text: f"CON umeandika {text}".encode()
    forms: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    pause: float = 0.0  # seconds before a hop is answered

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/hooks/africastalking/{key}/ussd", self._ussd, methods=["POST"]),
                Route("/hooks/africastalking/{key}/{hook}", self._form, methods=["POST"]),
                Route("/hooks/telegram", self._telegram, methods=["POST"]),
            ]
        )

    def heard(self, hook: str) -> list[dict[str, str]]:
        return self.forms.get(hook, [])

    def wait_for(self, hook: str, count: int = 1) -> list[dict[str, str]]:
        return wait_until(lambda: self.heard(hook) if len(self.heard(hook)) >= count else None)

    def wait_for_updates(self, count: int) -> list[dict[str, Any]]:
        return wait_until(lambda: self.updates if len(self.updates) >= count else None)

    async def _ussd(self, request: Request) -> Response:
        form = await self._keep(request, "ussd")
        await asyncio.sleep(self.pause)
        answer = self.ussd(form["text"])
        return Response(answer, media_type="text/plain", headers={"at-ussd-hop-metadata": "a_step"})

    async def _form(self, request: Request) -> Response:
        await self._keep(request, request.path_params["hook"])
        return PlainTextResponse("", status_code=self.statuses.pop(0) if self.statuses else 200)

    async def _telegram(self, request: Request) -> Response:
        status = self.statuses.pop(0) if self.statuses else 200
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token", ""))
        self.updates.append(await request.json())
        return Response(status_code=status)

    async def _keep(self, request: Request, hook: str) -> dict[str, str]:
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        if request.path_params["key"] == "the-key":
            self.forms.setdefault(hook, []).append(form)
        return form


T = TypeVar("T")


def wait_until(look: Callable[[], T | None]) -> T:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it never came")
