"""The schema's history. A database is brought up to date from here, on SQLite and on PostgreSQL alike."""

from migrations.running import Unreachable, found, migrate, newest

__all__ = ["Unreachable", "found", "migrate", "newest"]
