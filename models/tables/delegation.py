"""Who says yes for an approver on leave."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import Moment


class Delegation(SQLModel, table=True):
    """It holds from `starts_at` until `ends_at`, which moves forward when it is ended early."""

    __table_args__ = (CheckConstraint("from_id <> to_id", name="nobody_stands_in_for_themselves"),)

    id: int | None = Field(default=None, primary_key=True)
    from_id: int = Field(foreign_key="person.id", index=True)
    to_id: int = Field(foreign_key="person.id")
    starts_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    made_by_id: int = Field(foreign_key="person.id", description="the approver, or the head of the unit")
