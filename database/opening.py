"""Opening a database from its address: `sqlite:///file` (embedded) or `postgresql+psycopg://…`."""

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sqlalchemy.dialects.postgresql.psycopg import dialect as postgres_dialect
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect

from database.statements import Statements
from database.transaction import Reading, Transaction
from database.writer import Done, Work, Writer

R = TypeVar("R")

READERS = 8  # idle reading connections that are kept


class Database:
    """One open database: a writer, and readers of their own that never block it."""

    def __init__(
        self, url: str, dialect: Any, writer: Callable[[Statements], Writer], reader: Callable[[], Any]
    ) -> None:
        self.url = url
        self.statements = Statements(dialect)
        self._open_writer = writer
        self._writer: Writer | None = None
        self._opening = threading.Lock()
        self._open_reader = reader
        self._readers: queue.LifoQueue[Any] = queue.LifoQueue()

    def submit(self, work: Work, done: Done) -> None:
        """Have work done in a transaction that is committed before `done` is told (from another thread)."""
        if self._writer is None:
            with self._opening:
                if self._writer is None:  # another thread may have been first
                    self._writer = self._open_writer(self.statements)
        self._writer.submit(work, done)

    def write(self, work: Callable[[Transaction], R]) -> R:
        """The same, waiting for it. Never call it from an event loop, nor from within work."""
        future: Future[R] = Future()

        def done(result: Any, failure: BaseException | None) -> None:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)

        self.submit(work, done)
        return future.result()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A consistent view for as long as the block lasts; keep it short."""
        try:
            connection = self._readers.get_nowait()
        except queue.Empty:
            connection = self._open_reader()
        cursor = connection.cursor()
        try:
            cursor.execute("BEGIN")
            yield Reading(cursor, self.statements)
            cursor.execute("COMMIT")
        except BaseException:
            connection.close()  # in an unknown state: a new one is cheap
            raise
        cursor.close()
        if self._readers.qsize() < READERS:
            self._readers.put(connection)
        else:
            connection.close()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        while not self._readers.empty():
            self._readers.get_nowait().close()


def open_database(url: str) -> Database:
    """Refuses an address that is neither SQLite's nor PostgreSQL's with a sentence that names the setting."""
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        from database import sqlite

        sqlite.file_of(url).parent.mkdir(parents=True, exist_ok=True)
        return Database(
            url,
            sqlite_dialect(paramstyle="named"),
            lambda statements: sqlite.SqliteWriter(
                lambda: sqlite.connect_to_write(url), statements, sqlite.turn_of(url)
            ),
            lambda: sqlite.connect_to_read(url),
        )
    if scheme in ("postgresql", "postgresql+psycopg"):
        from database import postgres  # its driver is 30 MB and 100 ms that an embedded desk does without

        return Database(
            url,
            postgres_dialect(),  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped
            lambda statements: postgres.PostgresWriter(
                lambda: postgres.connect_to_write(url), statements, postgres.THREADS
            ),
            lambda: postgres.connect_to_read(url),
        )
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
