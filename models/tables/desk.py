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


class Chore(SQLModel, table=True):
    """A periodic job: whichever process takes it first does it, and the others leave it until it is due again."""

    name: str = Field(max_length=40, primary_key=True)
    due_at: datetime = Field(sa_type=Moment)
