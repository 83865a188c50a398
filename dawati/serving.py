"""Running the application on uvicorn, with the limits that a server without a proxy in front needs."""

import asyncio
import gc
import importlib.util
import logging
import platform
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from filelock import FileLock, Timeout
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from dawati.app import create_app
from dawati.background import LaterTaps, background
from dawati.meters import Meters
from dawati.opening import CannotOpen, open_desk
from dawati.rim import Rim
from dawati.settings import Settings

BACKLOG = 2048  # connections that wait to be taken
AT_ONCE = 4000  # connections; more are told to come again
KEEP_ALIVE = 30  # seconds: gateways send their hops on a connection they hold
PATIENCE = 20.0  # seconds for a request's headers, and between two pieces of its body
YOUNG = 50_000  # objects made before the collector looks at the newest: some fifty hops
FAREWELL = 8  # seconds for what is being answered when the desk is told to stop
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class ImpatientProtocol(HttpToolsProtocol):
    """Closes a connection that asks nothing, or breaks off within what it asks: the server alone would hold both for
    ever. One that waits between two requests is the server's own to close."""

    patience = PATIENCE

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._heard = False
        self._look = self.loop.call_later(self.patience, self._close_if_silent)

    def connection_lost(self, exc: Exception | None) -> None:
        self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._heard = True
        super().data_received(data)

    def _close_if_silent(self) -> None:
        cycle = vars(self).get("cycle")  # typed as always there, but empty until the first request's headers are
        unfinished = cycle is None or cycle.more_body
        if unfinished and not (self._heard and cycle is not None):
            self.transport.close()
            return
        self._heard = False
        self._look = self.loop.call_later(self.patience, self._close_if_silent)


def serve(settings: Settings, host: str = "127.0.0.1", sockets: list[socket.socket] | None = None) -> None:
    """Serve until told to stop. Raises `CannotOpen` before anything listens."""
    loop = loop_for_this_system()
    log_to_stderr()
    with only_one(settings):
        app = create_app(settings)
        config = uvicorn.Config(
            app, host=host, port=settings.port, loop=loop, http=ImpatientProtocol, ws="none", lifespan="on",
            log_config=None, access_log=False, server_header=False, proxy_headers=False, backlog=BACKLOG,
            limit_concurrency=AT_ONCE, timeout_keep_alive=KEEP_ALIVE, timeout_graceful_shutdown=FAREWELL,
        )  # fmt: skip
        _spare_the_collector()
        uvicorn.Server(config).run(sockets)


def _spare_the_collector() -> None:
    """What was imported stays: looking through it again and again for garbage made one hop in a hundred wait twice as
    long as now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)


def work(settings: Settings) -> None:
    """Delivery and periodic jobs beside any number of `serve`, on PostgreSQL only."""
    if settings.embedded:
        raise CannotOpen(
            "`dawati work` needs PostgreSQL in DATABASE_URL; on SQLite the one `dawati serve` does all of it."
        )
    log_to_stderr()
    door = open_desk(settings)
    try:
        asyncio.run(_work(settings, door))
    finally:
        door.database.close()


async def _work(settings: Settings, door: Any) -> None:
    desk = Rim(door, Meters().command)
    async with background(settings, door, desk, LaterTaps(), listens=False):
        told = asyncio.Event()
        if sys.platform != "win32":  # where a process is ended without being asked
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
        await told.wait()


@contextmanager
def only_one(settings: Settings) -> Iterator[None]:
    """On SQLite one `serve` does everything: a second is refused while the first lives, however it ends."""
    if not settings.embedded:
        yield
        return
    lock = FileLock(f"{settings.database_url.removeprefix('sqlite:///')}.serve", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise CannotOpen(
            "Another `dawati serve` has this SQLite database; more than one needs PostgreSQL in DATABASE_URL."
        ) from None
    try:
        yield
    finally:
        lock.release()


def loop_for_this_system() -> str:
    """uvloop wherever it exists: without it and httptools a desk bears a quarter of the load."""
    if platform.python_implementation() != "CPython":
        return "asyncio"
    if importlib.util.find_spec("httptools") is None:
        raise CannotOpen("The package httptools is missing; `make install` installs what is locked.")
    if sys.platform == "win32":
        return "asyncio"
    if importlib.util.find_spec("uvloop") is None:
        raise CannotOpen("The package uvloop is missing; `make install` installs what is locked.")
    return "uvloop"


def log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format=FORMAT)
    for library in ("alembic", "httpx", "httpcore", "urllib3"):
        logging.getLogger(library).setLevel(logging.WARNING)
