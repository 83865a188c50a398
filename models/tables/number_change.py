"""A registered number on its way to another: told to the old one, held, and only then done."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment

_OPEN = text("applied_at IS NULL AND stopped_at IS NULL")


class NumberChange(SQLModel, table=True):
    """At most one is open for a person. Whoever asks for it is not the one whose number it is: the table refuses it."""

    __tablename__ = "number_change"
    __table_args__ = (
        CheckConstraint("officer_person_id <> person_id", name="nobody_moves_their_own_number"),
        CheckConstraint("applied_at IS NULL OR stopped_at IS NULL", name="done_or_stopped"),
        Index("number_change_open", "person_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("number_change_due", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    old_phone: str = Field(max_length=20, index=True)
    new_phone: str = Field(max_length=20)
    officer_person_id: int = Field(foreign_key="person.id", description="who saw the person and their ID")
    asked_at: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)
    applied_at: datetime | None = Field(default=None, sa_type=Moment)
    stopped_at: datetime | None = Field(default=None, sa_type=Moment)
