"""A telephone that speaks to the desk's real routes, as the phone company would."""

import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import httpx
import pytest
from starlette.applications import Starlette

from dawati.rim import Rim
from handlers.ports import AwaitedDesk
from models.values.gsm7 import is_gsm7, septets
from tests.support.cast import JUMA, Desk
from ussd.routes import routes

_sessions = itertools.count(1)


@dataclass
class Telephone:
    """One phone, one session at a time. `typed` is the transcript as the network joins it."""

    http: httpx.AsyncClient
    phone: str = JUMA
    network: str = "64004"
    session: str = ""
    typed: list[str] = field(default_factory=list)
    label: str = ""

    async def dial(self, shortcut: str = "") -> str:
        self.session = f"ATUid_{next(_sessions):032x}"
        self.typed = [shortcut] if shortcut else []
        return await self.again()

    async def key(self, text: str) -> str:
        self.typed.append(text)
        return await self.again()

    async def keys(self, *texts: str) -> str:
        return [await self.key(text) for text in texts][-1]

    async def again(self) -> str:
        """The last hop, sent as it was."""
        return await self.hop("*".join(self.typed))

    async def hop(self, transcript: str) -> str:
        answer = await self.post(
            sessionId=self.session, phoneNumber=self.phone, networkCode=self.network, serviceCode="*384*123#",
            text=transcript,
        )  # fmt: skip
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text[:4] in ("CON ", "END ")
        page = answer.text[4:]
        assert is_gsm7(page)
        assert septets(page) <= 160
        self.label = answer.headers["at-ussd-hop-metadata"]
        return answer.text

    async def post(self, where: str = "ussd", /, **form: str) -> httpx.Response:
        return await self.http.post(f"/hooks/africastalking/demo/{where}", data=form)


Connect = Callable[..., Telephone]


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Telephones to any desk."""
    clients: list[httpx.AsyncClient] = []

    def connected(desk: AwaitedDesk, deadline: float = 7.0, limits: dict[str, int] | None = None) -> Telephone:
        app = Starlette(routes=routes(desk, deadline=deadline, limits=limits))
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk")
        clients.append(client)
        return Telephone(client)

    yield connected
    for client in clients:
        await client.aclose()


@pytest.fixture
async def phone(connect: Connect, desk: Desk) -> Telephone:
    return connect(Rim(desk.door))
