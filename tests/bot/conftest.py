"""A desk with its webhook or poller, the simulated Bot API around it, and who chats: all over real HTTP."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette

from bot.client import bot_at
from bot.connecting import Webhook, connect
from bot.gateway import TelegramCarrier
from bot.photos import TelegramFetcher
from bot.polling import Poller
from bot.routes import PATH, routes
from bot.taps import TelegramTaps
from dawati.rim import Rim
from delivery.photos_due import PhotosDue
from delivery.worker import Worker
from handlers.door import Stirred
from locales import say
from models.tables import Attempt
from simulator import CastMember, SimulatorSettings, create_simulator
from simulator.backstage import Backstage
from simulator.chat import Chat
from simulator.serving import listening_socket, served, url_of
from tests.support.cast import JUMA, STRANGER, THERESIA, Desk

TOKEN = "424242:the-token-of-a-rehearsal"
SECRET = "the-webhook-secret"


@dataclass
class Office:
    """The desk at work, as a test sees it."""

    desk: Desk
    url: str
    simulator_url: str
    chats: list[Chat] = field(default_factory=list)

    @property
    def backstage(self) -> Backstage:
        return Backstage(self.simulator_url)

    def attempts(self) -> list[Attempt]:
        """What was tried on Telegram, in order."""
        return [attempt for attempt in self.desk.all(Attempt) if attempt.channel == "telegram"]

    def chat(self, name: str, phone: str = "") -> Chat:
        chat = Chat.of(self.simulator_url, name, phone)
        self.chats.append(chat)
        return chat

    def linked(self, name: str, phone: str) -> Chat:
        """Somebody on record who has shared their number, with the menu before them."""
        chat = self.chat(name, phone)
        chat.share_contact()
        chat.wait_for(lambda message: message.button(sw("Report a fault")) is not None)
        return chat


def sw(msgid: str, **words: str) -> str:
    return say(msgid, "sw", **words)


def desk_app(desk: Desk, simulator_url: str, url: str, mode: str) -> Starlette:
    """What `dawati/` wires, as far as Telegram needs it."""
    app = Starlette()

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        loop, wake = asyncio.get_running_loop(), asyncio.Event()
        async with bot_at(f"{simulator_url}/telegram", TOKEN) as bot:
            rim, taps = Rim(desk.door), TelegramTaps(bot)
            app.router.routes.extend(routes(rim, taps))
            await connect(bot, Webhook(f"{url}{PATH}", SECRET) if mode == "webhook" else None)
            worker = Worker(rim, [TelegramCarrier(bot)], "tests", frozenset({"telegram"}), wake)
            photos = PhotosDue(rim, [TelegramFetcher(bot)], wake)

            def stirred(_: Stirred) -> None:
                loop.call_soon_threadsafe(wake.set)

            desk.door.listen(stirred)
            work = [asyncio.create_task(worker.run()), asyncio.create_task(photos.run())]
            if mode == "polling":
                work.append(asyncio.create_task(Poller(bot, rim, taps).run()))
            yield
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
            await taps.aclose()

    app.router.lifespan_context = lifespan
    return app


@contextlib.contextmanager
def office_at_work(desk: Desk, mode: str) -> Iterator[Office]:
    listener = listening_socket()
    url = url_of(listener)
    settings = SimulatorSettings(
        desk_url=url,
        at_hook_key="unused",
        bot_token=TOKEN,
        cast=(CastMember("Neema", "+255754000003", telegram_id=503),),
        webhook_retry=0.02,
    )
    with (
        served(create_simulator(settings)) as simulator_url,
        served(desk_app(desk, simulator_url, url, mode), listener),
    ):
        office = Office(desk, url, simulator_url)
        yield office
        for chat in office.chats:
            chat.close()


@pytest.fixture
def office(desk: Desk) -> Iterator[Office]:
    """With a webhook."""
    with office_at_work(desk, "webhook") as office:
        yield office


@pytest.fixture(params=["webhook", "polling"])
def office_either_way(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Office]:
    with office_at_work(desk, request.param) as office:
        yield office


@pytest.fixture
def juma(office: Office) -> Chat:
    return office.linked("Juma", JUMA)


@pytest.fixture
def theresia(office: Office) -> Chat:
    return office.linked("Theresia", THERESIA)


@pytest.fixture
def stranger(office: Office) -> Chat:
    return office.chat("Mgeni", STRANGER)
