"""Rows in, rows out: statements compiled once, one writer that commits for many, and readers of their own."""

from database.opening import Database, open_database
from database.statements import Row
from database.transaction import Reading, Transaction, columns, spelled, table_of

__all__ = ["Database", "Reading", "Row", "Transaction", "columns", "open_database", "spelled", "table_of"]
