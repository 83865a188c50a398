"""The application: every channel's routes behind one gate, before one desk."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

import bot.routes
import console.routes
import sms.routes
import ussd.routes
from dawati.background import LaterTaps, background
from dawati.gate import Gate
from dawati.meters import Meters
from dawati.opening import key_of, open_desk, state_of, ways_in
from dawati.rehearsal import simulator_for
from dawati.rim import Rim
from dawati.settings import Settings
from handlers import Door

Answering = Callable[[Request], Awaitable[Response]]

METRICS = "text/plain; version=0.0.4; charset=utf-8"


def create_app(settings: Settings, door: Door | None = None) -> Gate:
    """The whole desk as one ASGI application. Its lifespan goes on with delivery and the rest in the background.

    The hooks stand beside FastAPI, not in it: its five layers around each request cost as much as a hop at the desk.

    Raises `opening.CannotOpen` where there is no database, schema or institution. A door that is given is left open.
    """
    opened = door or open_desk(settings)
    meters, taps = Meters(), LaterTaps()
    desk = Rim(opened, meters.command)
    simulator = simulator_for(settings, opened) if settings.rehearses else None

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if door is None:
                stack.callback(opened.database.close)
            if simulator is not None:
                stack.push_async_callback(simulator.state.world.close)
            await stack.enter_async_context(background(settings, opened, desk, taps, listens=True))
            yield

    with opened.database.reading() as reading:
        ways = ways_in(reading)
    hooks = Router(
        [
            *ussd.routes.routes(desk, limits=ways.ussd_pages),
            *sms.routes.routes(desk, key=key_of(settings), institution=ways.sms_words),
            *bot.routes.routes(desk, taps),
        ]
    )
    routes: list[BaseRoute] = [
        *console.routes.routes(
            desk, opened.database, opened.rules, opened.clock, opened.dice,
            secure=settings.public_url.startswith("https:"),
        ),
        Route("/healthz", _healthy, methods=["GET"]),
        Route("/readyz", _ready(settings), methods=["GET"]),
        Route("/metrics", _metrics(meters, opened), methods=["GET"]),
    ]  # fmt: skip
    if simulator is not None:
        routes.append(Mount("/simulator", app=simulator))  # the last, for it takes every address below its own
    app = FastAPI(
        title="Dawati",
        routes=routes,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    return Gate(
        app,
        hooks=hooks,
        hook_key=settings.at_hook_key.get_secret_value(),
        webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
        secure=settings.public_url.startswith("https:"),
        measure=meters.request,
    )


async def _healthy(_: Request) -> Response:
    return PlainTextResponse("ok\n")


def _ready(settings: Settings) -> Answering:
    async def ready(_: Request) -> Response:
        state = await asyncio.to_thread(state_of, settings.database_url)
        return PlainTextResponse(f"{state or 'ready'}\n", 200 if state is None else 503)

    return ready


def _metrics(meters: Meters, door: Door) -> Answering:
    async def metrics(_: Request) -> Response:
        return Response(await asyncio.to_thread(meters.text, door.database), headers={"content-type": METRICS})

    return metrics
