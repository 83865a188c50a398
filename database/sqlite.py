"""The embedded database.

A single thread takes everything that waits, gives each piece of work a savepoint of its own, and commits all of it
with one flush to disk: every commit is durable, and its cost is shared.
"""

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from filelock import FileLock

from database.statements import Statements
from database.transaction import Transaction
from database.writer import Done, Work, tell

log = logging.getLogger(__name__)

GROUP = 256  # pieces of work in one commit: bounds how long the first waits for the last
BUSY_MS = 10_000  # how long a statement waits for another process's lock


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def turn_of(url: str) -> FileLock:
    """Held around every write transaction of any process: SQLite before 3.51.3 can lose a write-ahead log that two
    connections write to or check-point at once."""
    return FileLock(f"{file_of(url)}.lock", poll_interval=0.01, thread_local=False)


def connect_to(url: str, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file_of(url), isolation_level=None, check_same_thread=False, cached_statements=512)
    for pragma in (f"busy_timeout={BUSY_MS}", "foreign_keys=ON", *pragmas):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_to_write(url: str) -> sqlite3.Connection:
    return connect_to(url, "journal_mode=WAL", "synchronous=FULL", "cache_size=-65536")


def connect_to_read(url: str) -> sqlite3.Connection:
    return connect_to(url, "query_only=ON", "wal_autocheckpoint=0", "cache_size=-16384")


class SqliteWriter:
    """One connection, one thread. `turn` is held around every transaction, against other processes."""

    def __init__(
        self, connect: Callable[[], sqlite3.Connection], statements: Statements, turn: AbstractContextManager[Any]
    ) -> None:
        self._connect = connect
        self._statements = statements
        self._turn = turn
        self._waiting: queue.SimpleQueue[tuple[Work, Done] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="desk", daemon=True)
        self._thread.start()

    def submit(self, work: Work, done: Done) -> None:
        self._waiting.put((work, done))

    def close(self) -> None:
        self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        connection = self._connect()
        cursor = connection.cursor()
        transaction = Transaction(cursor, self._statements)
        going = True
        while going:
            group: list[tuple[Work, Done]] = []
            item = self._waiting.get()
            while item is not None:
                group.append(item)
                if len(group) == GROUP or self._waiting.empty():
                    break
                item = self._waiting.get_nowait()
            going = item is not None
            if group:
                self._together(connection, cursor, transaction, group)
        connection.close()

    def _together(
        self,
        connection: sqlite3.Connection,
        cursor: sqlite3.Cursor,
        transaction: Transaction,
        group: list[tuple[Work, Done]],
    ) -> None:
        outcomes: list[tuple[Any, BaseException | None]] = []
        try:
            with self._turn:
                cursor.execute("BEGIN IMMEDIATE")
                for work, _ in group:
                    outcomes.append(self._apart(connection, cursor, transaction, work))
                connection.commit()
        except Exception as error:  # noqa: BLE001  # whatever stopped the commit, nobody in the group may be answered
            if connection.in_transaction:
                connection.rollback()
            if len(group) > 1:
                log.warning(
                    "a group of %d was not committed (%s); each runs again alone", len(group), type(error).__name__
                )
                for single in group:
                    self._together(connection, cursor, transaction, [single])
                return
            outcomes = [(None, error)]
        for (_, done), (result, failure) in zip(group, outcomes, strict=True):
            tell(done, result, failure)

    @staticmethod
    def _apart(
        connection: sqlite3.Connection, cursor: sqlite3.Cursor, transaction: Transaction, work: Work
    ) -> tuple[Any, BaseException | None]:
        cursor.execute("SAVEPOINT message")
        try:
            result = work(transaction)
        except Exception as error:  # it is handed to whoever asked for the work
            if not connection.in_transaction:  # SQLite gave up the whole transaction (disk full, say), not just this
                raise
            cursor.execute("ROLLBACK TO message")
            cursor.execute("RELEASE message")
            return None, error
        cursor.execute("RELEASE message")
        return result, None
