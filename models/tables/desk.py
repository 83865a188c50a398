"""What the desk keeps about itself."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from models.columns import Json, Moment


class NumberSeries(SQLModel, table=True):
    """The last serial given out in a year."""

    __tablename__ = "number_series"

    year: int = Field(primary_key=True)
    serial: int


class Policy(SQLModel, table=True):
    """A rule that the unit may change, by name."""

    name: str = Field(max_length=40, primary_key=True)
    value: Any = Field(sa_type=Json)


class Change(SQLModel, table=True):
    """One change of what the desk goes by: who, when, what, before and after. Append-only; `link` chains it, keyed,
    to the one before, as a ticket's history is. `about` is the noun and its code (`system:muse`)."""

    __tablename__ = "desk_history"

    step: int = Field(primary_key=True, description="1 for the first change of the desk")
    at: datetime = Field(sa_type=Moment)
    event: str = Field(max_length=40)
    about: str = Field(max_length=60, index=True)
    by_person_id: int | None = Field(default=None, foreign_key="person.id", description="empty: the desk itself")
    channel: str = Field(default="", max_length=12)
    before: dict[str, str] = Field(default_factory=dict, sa_type=Json, description="only what differs")
    after: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    link: str = Field(max_length=64)


class Chore(SQLModel, table=True):
    """A periodic job: whichever process takes it first does it, and the others leave it until it is due again."""

    name: str = Field(max_length=40, primary_key=True)
    due_at: datetime = Field(sa_type=Moment)
