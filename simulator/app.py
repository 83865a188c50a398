"""Puts the outside worlds together in one ASGI application."""

import contextlib
import random
import time
from collections.abc import AsyncIterator, Callable

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from simulator.africastalking.control import PhoneControl
from simulator.africastalking.messages import SmsCentre
from simulator.africastalking.messaging import SendApi
from simulator.page.routes import Page
from simulator.settings import SimulatorSettings
from simulator.telegram.bot import Bot
from simulator.telegram.control import TelegramControl
from simulator.telegram.faults import Faults
from simulator.telegram.routes import BotApi
from simulator.world import World


def create_simulator(
    settings: SimulatorSettings, clock: Callable[[], float] = time.time, dice: random.Random | None = None
) -> Starlette:
    """The application, to be mounted at `/simulator` or served by itself at the root.

    `/africastalking` is what AT_API_URL names, `/telegram` what TELEGRAM_API_URL names; `/` is the page,
    `/control` is for the page and for tests. `app.state.world.close()` stops what goes on by itself
    and closes its connections: the lifespan does that when the application is served alone, whoever mounts it
    must await it at the end.
    """
    if not settings.bot_token.partition(":")[0].isdecimal():
        raise ValueError("bot_token must look like 123456:letters, as Telegram's do")
    world = World(settings, clock, dice)
    centre, bot, faults = SmsCentre(), Bot(world), Faults()
    sending = SendApi(world, centre)
    phones, chats = PhoneControl(world, centre), TelegramControl(bot, faults)
    page = Page(world, centre, chats)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await world.close()

    app = Starlette(
        routes=[
            Route("/africastalking/version1/messaging", sending.send, methods=["POST"]),
            Route("/africastalking/version1/messaging", sending.fetch, methods=["GET"]),
            Mount("/telegram", routes=BotApi(bot, faults).routes()),
            Mount("/control", routes=[*phones.routes(), *chats.routes(), *page.control_routes()]),
            *page.routes(),
        ],
        lifespan=lifespan,
    )
    app.state.world = world
    return app
