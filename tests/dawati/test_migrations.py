"""What the migrations make is what the models say, on both databases."""

import re
import sqlite3
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import migrations
from migrations.running import configuration
from models import tables
from tests.support.cast import desk_on

assert tables.__all__

POSTGRES_SCHEMA = """
SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'constraint', conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL
SELECT 'column', table_name || ' ' || column_name || ' ' || udt_name || ' ' || is_nullable || ' '
  || coalesce(character_maximum_length::text, '') FROM information_schema.columns WHERE table_schema = 'public'
"""


def differences(url: str) -> list[object]:
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = list(compare_metadata(context, SQLModel.metadata))
    engine.dispose()
    return found


def created(url: str) -> None:
    """The tables as the models make them, without any migration."""
    engine = create_engine(url)
    SQLModel.metadata.create_all(engine)
    engine.dispose()


def sqlite_schema(file: Path) -> dict[str, list[str]]:
    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: clauses(sql) for name, sql in rows if name != "alembic_version"}


def clauses(sql: str) -> list[str]:
    """What a table is made of, in any order and however it is spaced."""
    return sorted(clause.strip(" ,()") for clause in re.sub(r"[ \t]+", " ", sql.replace('"', "")).split("\n"))


def postgres_schema(url: str) -> set[tuple[str, ...]]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        rows = connection.execute(POSTGRES_SCHEMA).fetchall()
    return {row for row in rows if "alembic_version" not in row[1]}


def test_the_embedded_database(tmp_path: Path) -> None:
    made, modelled = (f"sqlite:///{tmp_path / name}" for name in ("made.db", "modelled.db"))
    migrations.migrate(made)
    created(modelled)
    assert differences(made) == []
    assert sqlite_schema(tmp_path / "made.db") == sqlite_schema(tmp_path / "modelled.db")


def test_postgresql(postgres_url: str) -> None:
    created(postgres_url)
    modelled = postgres_schema(postgres_url)
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    migrations.migrate(postgres_url)
    assert differences(postgres_url) == []
    assert postgres_schema(postgres_url) == modelled


def test_the_last_file_is_the_newest_version() -> None:
    assert migrations.newest() == ScriptDirectory.from_config(configuration()).get_current_head()


def test_a_database_says_where_it_stands(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'desk.db'}"
    assert migrations.found(url) is None
    assert not (tmp_path / "deep").exists()  # looking leaves nothing behind
    assert migrations.migrate(url) is True
    assert migrations.found(url) == migrations.newest()
    assert migrations.migrate(url) is False


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    connection = sqlite3.connect(tmp_path / "desk.db")
    connection.execute("CREATE TABLE words (id INTEGER)")
    connection.close()
    with pytest.raises(migrations.Unreachable):
        migrations.migrate(url)
    assert set(sqlite_schema(tmp_path / "desk.db")) == {"words"}


def test_a_server_that_is_away_is_named_without_its_password() -> None:
    with pytest.raises(migrations.Unreachable) as refusal:
        migrations.found("postgresql+psycopg://desk:hidden@127.0.0.1:1/none?connect_timeout=2")
    assert "hidden" not in str(refusal.value)


def test_a_desk_can_be_used_on_what_was_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    migrations.migrate(url)
    desk_on(url).door.database.close()
