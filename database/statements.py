"""SQLAlchemy Core statements, compiled once and then run through the bare driver.

Compiling is nine tenths of what a small statement costs through SQLAlchemy; types, quoting and dialects are what it
is good for. So the tables and statements are SQLAlchemy's, and a statement that was seen before costs a dictionary.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.engine import Dialect

Row = Any  # a named tuple: its fields are the statement's columns, so no one type fits them all

Processor = Callable[[Any], Any]


class Prepared:
    """One statement for one dialect: its text, how its parameters are written, how its columns are read."""

    __slots__ = ("_binders", "_defaults", "_names", "_readers", "_row", "sql")

    def __init__(self, statement: Any, dialect: Dialect, columns: list[str] | None = None) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        self.sql: str = compiled.string
        self._defaults: dict[str, Any] = {}
        self._binders: list[tuple[str, Processor]] = []
        for name, parameter in compiled.binds.items():
            binder = parameter.type.dialect_impl(dialect).bind_processor(dialect)
            if not parameter.required:
                value = parameter.effective_value
                self._defaults[name] = binder(value) if binder and value is not None else value
            if binder:
                self._binders.append((name, binder))
        self._names = compiled.binds.keys()
        exported = list(getattr(statement, "exported_columns", ()))
        self._row: Any = namedtuple("Row", [column.key for column in exported]) if exported else None
        self._readers: list[tuple[int, Processor]] = []
        for index, column in enumerate(exported):
            reader = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if reader:
                self._readers.append((index, reader))

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The driver's parameters. A name too many or too few is a mistake and raises."""
        bound = {**self._defaults, **values}
        if len(bound) != len(self._names):
            raise TypeError(f"parameters that do not fit the statement: {sorted(bound.keys() ^ self._names)}")
        for name, binder in self._binders:
            if name in values:
                bound[name] = binder(values[name])
        return bound

    def read(self, raw: tuple[Any, ...]) -> Row:
        row = self._row
        if row is None:
            raise TypeError("the statement returns no rows")
        if not self._readers:
            return row._make(raw)
        cells = list(raw)
        for index, reader in self._readers:
            cells[index] = reader(cells[index])
        return row._make(cells)


class Statements:
    """What one database has compiled so far. Keyed by the statement object: write statements as module constants,
    or build them in a cached function, never afresh for each call."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._prepared: dict[Any, Prepared] = {}

    def prepared(self, statement: Executable) -> Prepared:
        found = self._prepared.get(statement)
        if found is None:
            found = self._prepared[statement] = Prepared(statement, self.dialect)
        return found

    def kept(self, key: tuple[Any, ...], build: Callable[[], Any], columns: list[str] | None = None) -> Prepared:
        """A statement that the room itself derives from a table, by a name for it."""
        found = self._prepared.get(key)
        if found is None:
            found = self._prepared[key] = Prepared(build(), self.dialect, columns)
        return found
