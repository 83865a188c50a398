"""Those who work the queue, their log-ins, and who is on duty."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.columns import Moment, Word


class Role(StrEnum):
    OFFICER = "officer"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    APPROVER = "approver"
    WITNESS = "witness"


class Officer(SQLModel, table=True):
    """A log-in to the console. It serves the part of the tree below `place_id` and sees nothing outside it."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    login: str = Field(max_length=40, unique=True)
    password_hash: str = Field(max_length=200)
    role: Role = Field(default=Role.OFFICER, sa_type=Word(Role))
    place_id: int = Field(foreign_key="place.id", index=True)
    failures: int = Field(default=0, description="log-in failures in a row")
    locked_until: datetime | None = Field(default=None, sa_type=Moment)
    retired: bool = False

    @property
    def works(self) -> bool:
        """Whether this log-in may change tickets; an auditor reads all and changes nothing."""
        return self.role in (Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR)


class LoginSession(SQLModel, table=True):
    """An open console session. The cookie holds the token; the table holds only its digest."""

    __tablename__ = "login_session"

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(max_length=64, unique=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    csrf: str = Field(max_length=64)
    opened_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    agent: str = Field(default="", max_length=120, description="browser, for the list of one's own sessions")


class Duty(SQLModel, table=True):
    """A turn on the rota. Where nobody is on duty, every working officer of the place is told."""

    __table_args__ = (Index("duty_turn", "place_id", "starts_at", "ends_at"),)

    id: int | None = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    place_id: int = Field(foreign_key="place.id")
    starts_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
