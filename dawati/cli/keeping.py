"""`backup` and `restore`."""

import argparse
import contextlib
import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import migrations
from database.sqlite import connect_to_read, file_of, turn_of
from dawati.cli.founding import Stopped
from dawati.opening import now
from dawati.settings import Settings, read_settings


def add_commands(commands: Any) -> None:
    backup = commands.add_parser("backup", help="copy the database while the desk goes on (SQLite)")
    backup.add_argument("file", type=Path, nargs="?", help="default: backups/dawati-<time>.db beside the database")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="put a copy back in place of the database (SQLite)")
    restore.add_argument("file", type=Path)
    restore.set_defaults(
        run=lambda given: print(f"Restored; what was there is {restore_from(_embedded(), given.file)}.")
    )


def _backup(given: argparse.Namespace) -> None:
    print(f"Copied to {back_up(_embedded(), given.file, now())}.")


def _restore(given: argparse.Namespace) -> None:
    aside = restore_from(_embedded(), given.file)
    print(f"Restored{f'; what was there is {aside}' if aside else ''}.")


def _embedded() -> Settings:
    settings = read_settings()
    if not settings.embedded:
        raise Stopped("On PostgreSQL, copy with `pg_dump --format=custom` and put back with `pg_restore --clean`.")
    return settings


def back_up(settings: Settings, file: Path | None, at: datetime) -> Path:
    """A whole, consistent copy in one step; the desk may serve meanwhile. Refuses to write over a file."""
    source = file_of(settings.database_url)
    target = file or source.parent / "backups" / f"{source.stem}-{at.astimezone(settings.zone):%Y%m%d-%H%M%S}.db"
    if not source.exists():
        raise Stopped("There is no database yet to copy.")
    if target.exists():
        raise Stopped(f"{target} is there already; nothing was written.")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    reader = connect_to_read(settings.database_url)  # which never check-points behind the desk's back
    with contextlib.closing(reader) as here, contextlib.closing(sqlite3.connect(draft)) as there:
        here.backup(there, pages=-1)  # small steps would begin anew at each write of the desk's
        there.execute("PRAGMA journal_mode=DELETE")  # one file, to be carried away
    os.replace(draft, target)
    return target


def restore_from(settings: Settings, file: Path) -> Path | None:
    """Where the database that was in place is now kept, if there was one. Refused while a desk serves it.

    A file that is no sound database of this program's or an earlier version is refused, and nothing is touched.
    """
    from dawati.serving import only_one

    _sound(file)
    place = file_of(settings.database_url)
    aside: Path | None = place.with_name(f"{place.stem}-before-{now().astimezone(settings.zone):%Y%m%d-%H%M%S}.db")
    with only_one(settings), turn_of(settings.database_url):
        place.parent.mkdir(parents=True, exist_ok=True)
        aside = back_up(settings, aside, now()) if place.exists() else None
        draft = place.with_name(f"{place.name}.part")
        with contextlib.closing(sqlite3.connect(file)) as there, contextlib.closing(sqlite3.connect(draft)) as here:
            there.backup(here, pages=-1)
        for left in ("-wal", "-shm"):  # of the database that goes: they must not be replayed into the one that comes
            place.with_name(place.name + left).unlink(missing_ok=True)
        os.replace(draft, place)
    migrations.migrate(settings.database_url)
    return aside


def _sound(file: Path) -> None:
    if not file.is_file():
        raise Stopped(f"There is no file {file}.")
    try:
        with contextlib.closing(sqlite3.connect(file)) as found:  # read-only would refuse a file copied by hand
            found.execute("PRAGMA query_only=ON")
            (said,) = found.execute("PRAGMA quick_check").fetchone()
            revision = found.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        raise Stopped(f"{file} is no database of a desk; nothing was changed.") from None
    if said != "ok" or revision is None or revision[0] > migrations.newest():
        raise Stopped(f"{file} is damaged or of a newer version of the program; nothing was changed.")
