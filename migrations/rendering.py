"""How column types are written into a migration: as plain types, so that it stays true when the models move on."""

from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from models.columns import Json, Moment, Word


def render_item(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Alembic's own way for whatever is not one of the desk's types."""
    if kind == "type":
        if isinstance(item, Moment):
            return 'sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")'
        if isinstance(item, Json):
            return "sa.Text()"
        if isinstance(item, Word):
            return "sa.String(24)"
        if isinstance(item, AutoString):
            return f"sa.String({item.length or ''})"
    return False
