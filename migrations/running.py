"""Bringing a database to the newest schema, from the program itself: there is no file to edit and none to find."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from sqlalchemy import Column, Connection, MetaData, String, Table, create_engine, event, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent
LOCK = 0x_DA_4A_71  # PostgreSQL's advisory lock: one migration at a time, whoever begins it


VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32)))
"""Alembic's own note of what it has done."""


class Unreachable(Exception):
    """The database does not answer; the words are the driver's kind of error, without address or password."""


def newest() -> str:
    """The revision that this program wants: the last file's number."""
    return max(file.name.partition("_")[0] for file in (HERE / "versions").glob("[0-9]*_*.py"))


def found(url: str) -> str | None:
    """The revision a database is at; nothing if it was never migrated."""
    if url.startswith("sqlite:") and not _file_of(url).exists():
        return None  # looking must not make the file
    try:
        with _connected(url) as connection:
            if not inspect(connection).has_table(VERSION.name):
                return None
            return connection.scalar(select(VERSION.c.version_num))
    except SQLAlchemyError as error:
        raise Unreachable(type(error.__cause__ or error).__name__) from error


def migrate(url: str) -> bool:
    """Bring it to the newest schema, whole or not at all; whether there was anything to do."""
    from alembic import command

    before = found(url)
    config = configuration()
    try:
        with _alone(url), _connected(url) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise Unreachable(type(error.__cause__ or error).__name__) from error
    return before != newest()


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_alone)
        event.listen(engine, "begin", _begin)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _leave_transactions_alone(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver would commit before each change of a table


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """The turn of whoever writes to an embedded database: see `database/sqlite.py`."""
    if not url.startswith("sqlite:"):
        yield
        return
    _file_of(url).parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{_file_of(url)}.lock"):
        yield


def _file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def configuration() -> "Config":
    """Alembic's, for this folder."""
    from alembic.config import Config  # Alembic is a third of a start's time, and most starts have nothing to migrate

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return config
