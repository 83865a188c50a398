"""Where one machine is outgrown: a few threads, each with its own connection; a transaction for each piece of work."""

import queue
import threading
from collections.abc import Callable
from typing import Any

import psycopg

from database.statements import Statements
from database.transaction import Transaction
from database.writer import Done, Work, tell

RETRIES = 5  # of a transaction that lost against another
THREADS = 8  # transactions at once in one process


def connect_to_write(url: str) -> "psycopg.Connection[Any]":
    return psycopg.connect(_address(url), autocommit=True, options="-c timezone=UTC")


def connect_to_read(url: str) -> "psycopg.Connection[Any]":
    options = "-c timezone=UTC -c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
    return psycopg.connect(_address(url), autocommit=True, options=options)


def _address(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


class PostgresWriter:
    """A few threads, each with a connection of its own; a transaction for each piece of work."""

    def __init__(self, connect: Callable[[], "psycopg.Connection[Any]"], statements: Statements, threads: int) -> None:
        self._connect = connect
        self._statements = statements
        self._waiting: queue.SimpleQueue[tuple[Work, Done] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._serve, name=f"desk-{number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Work, done: Done) -> None:
        self._waiting.put((work, done))

    def close(self) -> None:
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        connection: psycopg.Connection[Any] | None = None
        while (item := self._waiting.get()) is not None:
            work, done = item
            result: Any = None
            failure: BaseException | None = None
            for attempt in range(1, RETRIES + 1):
                try:
                    if connection is None or connection.closed:
                        connection = self._connect()
                    with connection.transaction(), connection.cursor() as cursor:
                        result = work(Transaction(cursor, self._statements))
                    failure = None
                    break
                except (
                    psycopg.errors.SerializationFailure,
                    psycopg.errors.DeadlockDetected,
                    psycopg.errors.UniqueViolation,
                ) as error:
                    # A unique key taken a moment ago by somebody who is first: the second look finds their row.
                    failure = error
                except psycopg.OperationalError as error:
                    failure = error
                    if connection is not None and connection.closed and attempt < RETRIES:
                        continue  # the server went away before anything was committed: a new connection may work
                    break
                except Exception as error:  # noqa: BLE001  # it is handed to whoever asked for the work
                    failure = error
                    break
            tell(done, result if failure is None else None, failure)
        if connection is not None:
            connection.close()
