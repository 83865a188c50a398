"""What Alembic runs for every command. It is always given a connection, in a transaction of whoever gives it."""

from alembic import context
from sqlmodel import SQLModel

from migrations.rendering import render_item
from models import tables

assert tables.__all__  # importing them has filled the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=render_item,
    compare_type=True,
    transactional_ddl=True,  # SQLite's too: a migration that fails leaves nothing behind
)
context.run_migrations()
