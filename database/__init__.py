"""Rows in, rows out: statements compiled once, one writer that commits for many, and readers of their own."""

from database.opening import Database, open_database
from database.transaction import Reading, Row, Transaction

__all__ = ["Database", "Reading", "Row", "Transaction", "open_database"]
