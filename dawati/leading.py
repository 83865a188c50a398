"""What only one process of all may do: on PostgreSQL whoever holds a lock does it, and the others wait their turn."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger(__name__)

POLLING = 0x_DA_4A_72  # the lock's number
LOOK = 10.0  # seconds between two looks whether the lock can be had, or is still held


async def only_here(url: str, work: Callable[[], Coroutine[Any, Any, None]], look: float = LOOK) -> None:
    """Do the work while no other process does, until cancelled. The lock ends with its connection: a process that is
    killed gives it up, and one that loses the database stops its work before another begins."""
    while True:
        connection = await asyncio.to_thread(_lock_at, url)
        if connection is None:
            await asyncio.sleep(look)
            continue
        going = asyncio.ensure_future(work())
        try:
            while not going.done() and await asyncio.to_thread(_held, connection):
                await asyncio.wait([going], timeout=look)
            if going.done():
                going.result()
                return
        finally:
            going.cancel()
            with contextlib.suppress(asyncio.CancelledError):  # just asked for
                await going
            await asyncio.to_thread(connection.close)


def _lock_at(url: str) -> "psycopg.Connection[Any] | None":
    """A connection that holds the lock; nothing while another does, or the database is away."""
    import psycopg

    try:
        connection = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1), autocommit=True)
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (POLLING,)).fetchone()
    except psycopg.Error as error:
        log.warning("cannot ask for the turn: %s", type(error).__name__)
        return None
    if row is not None and row[0]:
        return connection
    connection.close()
    return None


def _held(connection: "psycopg.Connection[Any]") -> bool:
    import psycopg

    try:
        connection.execute("SELECT 1")
    except psycopg.Error as error:
        log.warning("the turn is lost: %s", type(error).__name__)
        return False
    return True
