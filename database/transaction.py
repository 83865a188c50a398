"""What a query may do (`Reading`) and what a handler may do besides (`Transaction`)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Executable,
    Table,
    and_,
    bindparam,
    insert,
    inspect,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import configure_mappers
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlmodel import SQLModel

from database.statements import Row, Statements
from models.refusals import Overtaken

T = TypeVar("T", bound=SQLModel)


class Cursor(Protocol):
    """As much of a DB-API cursor as is needed; sqlite3's and psycopg's both are."""

    @property
    def rowcount(self) -> int: ...
    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Any, /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...


def table_of(model: type[SQLModel]) -> Table:
    return cast(Table, model.__table__)  # type: ignore[attr-defined]  # SQLModel sets it on table classes


def columns(model: type[SQLModel]) -> "ReadOnlyColumnCollection[str, Column[Any]]":
    """A table's columns, as statements want them; the model's own attributes are typed as their values."""
    return table_of(model).c


@cache
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    """What a row has where nothing is said. Mutable defaults are shared: they are only ever written out."""
    fields = model.model_fields.items()
    return {name: field.get_default(call_default_factory=True) for name, field in fields if not field.is_required()}


@cache
def _maker(model: type[SQLModel]) -> Callable[[], Any]:
    configure_mappers()  # else, before a process makes its first thing, attributes cannot be set
    return cast(Callable[[], Any], inspect(model).class_manager.new_instance)


def _revived(model: type[T], values: dict[str, Any]) -> T:
    """A thing as SQLAlchemy makes it of its own rows: no validation, no event for each attribute."""
    thing = cast(T, _maker(model)())
    thing.__dict__.update(values)
    return thing


def spelled(word: StrEnum) -> ColumnElement[Any]:
    """A word of a closed list, spelled out in the statement instead of bound: a partial index is only used where its
    condition can be seen."""
    return literal_column(f"'{word}'")


class Reading:
    """A consistent view of the database. Rows come back as named tuples, whole things as their model."""

    def __init__(self, cursor: Cursor, statements: Statements) -> None:
        self._cursor = cursor
        self._statements = statements

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`, for the few statements that must differ."""
        return self._statements.dialect.name

    def all(self, statement: Executable, **values: Any) -> list[Row]:
        prepared = self._statements.prepared(statement)
        self._cursor.execute(prepared.sql, prepared.bind(values))
        read = prepared.read
        return [read(raw) for raw in self._cursor.fetchall()]

    def one(self, statement: Executable, **values: Any) -> Row | None:
        """The first row, or nothing."""
        prepared = self._statements.prepared(statement)
        self._cursor.execute(prepared.sql, prepared.bind(values))
        raw = self._cursor.fetchone()
        return None if raw is None else prepared.read(raw)

    def get(self, model: type[T], key: Any, *, lock: bool = False) -> T | None:
        """The thing with that primary key. `lock` keeps it from others until the commit (PostgreSQL; SQLite has one
        writer)."""
        table = table_of(model)

        def build() -> Any:
            (column,) = table.primary_key.columns
            wanted = select(table).where(column == bindparam("key"))
            return wanted.with_for_update() if lock else wanted

        prepared = self._statements.kept((model, "get", lock), build)
        self._cursor.execute(prepared.sql, prepared.bind({"key": key}))
        raw = self._cursor.fetchone()
        return None if raw is None else _revived(model, prepared.read(raw)._asdict())


class Transaction(Reading):
    """A reading that may also write. It never commits: the writer does, once for all that was waiting."""

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What the block writes is kept whole or, if it raises, not at all; the transaction goes on either way."""
        self._cursor.execute("SAVEPOINT apart")
        try:
            yield
        except Exception:
            self._cursor.execute("ROLLBACK TO SAVEPOINT apart")
            self._cursor.execute("RELEASE SAVEPOINT apart")
            raise
        self._cursor.execute("RELEASE SAVEPOINT apart")

    def run(self, statement: Executable, **values: Any) -> int:
        """Rows touched."""
        prepared = self._statements.prepared(statement)
        self._cursor.execute(prepared.sql, prepared.bind(values))
        return self._cursor.rowcount

    def insert(self, model: type[SQLModel], **values: Any) -> Any:
        """Insert a row from its values, without making the thing first (which costs ten times the statement). What is
        left out takes the model's default. Returns the primary key that the database gave, if it gives one."""
        return self._insert(model, {**_defaults(model), **values})

    def new(self, model: type[T], **values: Any) -> T:
        """The same, for whoever goes on with the thing."""
        whole = {**_defaults(model), **values}
        given = self._insert(model, dict(whole))
        key = table_of(model).autoincrement_column
        return _revived(model, whole if key is None else {**whole, key.key: given or whole.get(key.key)})

    def add(self, thing: T) -> T:
        """Insert a thing. A primary key that the database gives is set on it."""
        model = type(thing)
        table = table_of(model)
        given = self._insert(model, {column.key: getattr(thing, column.key) for column in table.columns})
        if given is not None and table.autoincrement_column is not None:
            setattr(thing, table.autoincrement_column.key, given)
        return thing

    def _insert(self, model: type[SQLModel], values: dict[str, Any]) -> Any:
        table = table_of(model)
        given = table.autoincrement_column
        if given is None or values.get(given.key) is not None:
            prepared = self._statements.kept((model, "insert"), lambda: insert(table), list(values))
            self._cursor.execute(prepared.sql, prepared.bind(values))
            return None
        values.pop(given.key, None)
        prepared = self._statements.kept(
            (model, "insert, key given"), lambda: insert(table).returning(given), list(values)
        )
        self._cursor.execute(prepared.sql, prepared.bind(values))
        return self._cursor.fetchone()[0]

    def save(self, thing: SQLModel) -> None:
        """Write a thing back whole. Where it carries a `version`, somebody else's change in between is refused."""
        table = table_of(type(thing))
        keys = [column.key for column in table.primary_key.columns]
        versioned = "version" in table.columns
        values = {column.key: getattr(thing, column.key) for column in table.columns if column.key not in keys}

        def build() -> Any:
            where = [table.c[key] == bindparam(f"key_{key}") for key in keys]
            if versioned:
                where.append(table.c.version == bindparam("version_seen"))
            return (
                update(table)
                .where(and_(*where))
                .values({name: bindparam(f"new_{name}", type_=table.c[name].type) for name in values})
            )

        prepared = self._statements.kept((table.name, "save"), build)
        bound = {f"new_{name}": value for name, value in values.items()}
        bound |= {f"key_{key}": getattr(thing, key) for key in keys}
        if versioned:
            bound |= {"version_seen": values["version"], "new_version": values["version"] + 1}
        self._cursor.execute(prepared.sql, prepared.bind(bound))
        if self._cursor.rowcount == 0:
            raise Overtaken
        if versioned:
            thing.version = values["version"] + 1
