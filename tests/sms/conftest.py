"""Phones that text the desk through its real routes, and read what it owes them as they would see it."""

import itertools
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass

import httpx
import pytest
from starlette.applications import Starlette

from conversations.screen import Screen
from dawati.rim import Rim
from handlers.ports import AwaitedDesk
from models.tables import Notice
from models.values.gsm7 import is_gsm7, parts
from sms.render import text_of
from sms.routes import routes
from tests.support.cast import JUMA, Desk
from tests.support.paying import pay

KEY = b"a key for stories"
_ids = itertools.count(1)


def hooks(desk: AwaitedDesk, institution: Collection[str] = ()) -> Starlette:
    return Starlette(routes=routes(desk, key=KEY, institution=institution))


@dataclass
class Texter:
    """One phone. What it is sent is taken as the gateway would take it, and counted in parts."""

    http: httpx.AsyncClient
    desk: Desk
    phone: str = JUMA

    async def send(self, text: str, **form: str) -> str:
        """Texts the desk, as a new message unless the form says otherwise; returns what came last to this phone."""
        assert (await self.post(text, **form)).status_code == 200
        return self.inbox()[-1]

    async def post(self, text: str, **form: str) -> httpx.Response:
        whole = {
            "from": self.phone, "to": "15054", "text": text, "date": "2026-03-04T11:00:00Z",
            "id": f"ATInb_{next(_ids):032x}", "linkId": f"{next(_ids):032x}", "networkCode": "64004", **form,
        }  # fmt: skip
        return await self.http.post("/hooks/africastalking/demo/sms", data=whole)

    def inbox(self) -> list[str]:
        """Everything that was owed to this phone and has been sent by now."""
        pay(self.desk)
        owed = [notice for notice in self.desk.all(Notice) if ["sms", self.phone] in notice.routes]
        texts = [text_of(Screen.from_json(notice.screen)) for notice in owed]
        for text in texts:
            assert is_gsm7(text)
            assert len(parts(text)) <= 3
        return texts


Connect = Callable[..., Texter]


@pytest.fixture
async def connect(desk: Desk) -> AsyncIterator[Connect]:
    """Phones of anybody; `institution` are the words before a shared short code's messages."""
    clients: list[httpx.AsyncClient] = []

    def connected(phone: str = JUMA, institution: Collection[str] = ()) -> Texter:
        app = hooks(Rim(desk.door), institution)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk")
        clients.append(client)
        return Texter(client, desk, phone)

    yield connected
    for client in clients:
        await client.aclose()


@pytest.fixture
def juma(connect: Connect) -> Texter:
    return connect()
