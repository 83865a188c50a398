"""Where somebody is in a conversation, and what has already been heard."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Word


class Standing(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Conversation(SQLModel, table=True):
    """One conversation with one person, wherever they speak from; any process can serve the next hop.

    `progress` is the engine's state (step, named answers, trail); `screen` is what the person last saw, with its
    options frozen; `revision` grows with every screen, so that a tap on an old card is known for one.
    `party` is `person:7`, or `phone:+255…` / `telegram:…` of somebody not on record.
    """

    __table_args__ = (
        Index(
            "conversation_open", "party", "touched_at",
            sqlite_where=text("standing = 'open'"), postgresql_where=text("standing = 'open'"),
        ),
        Index("conversation_of_party", "party", "touched_at"),
        Index(
            "conversation_stale", "touched_at",
            sqlite_where=text("standing = 'open'"), postgresql_where=text("standing = 'open'"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    party: str = Field(max_length=40)
    name: str = Field(max_length=24)
    language: str = Field(max_length=2)
    progress: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    screen: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    revision: int = 0
    standing: Standing = Field(default=Standing.OPEN, sa_type=Word(Standing))
    asked_by_desk: bool = Field(default=False, description="the desk began it: a question, a confirmation, an approval")
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    touched_at: datetime = Field(sa_type=Moment)
    shown_at: datetime | None = Field(
        default=None, sa_type=Moment, description="empty: its first screen is still owed, so nothing typed answers it"
    )


class UssdSession(SQLModel, table=True):
    """A phone company's session. The transcript is kept as its length and keyed hash, never as words."""

    __tablename__ = "ussd_session"
    __table_args__ = (
        Index(
            "ussd_session_going", "started_at",
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: str = Field(max_length=80, primary_key=True)
    phone: str = Field(max_length=20)
    network: str = Field(default="", max_length=12)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    heard: int = Field(default=0, description="characters of the transcript that were understood")
    digest: str = Field(max_length=64)
    screen: dict[str, Any] = Field(default_factory=dict, sa_type=Json, description="what the last hop was answered")
    hops: int = 0
    started_at: datetime = Field(sa_type=Moment, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    end_status: str = Field(default="", max_length=24)


class Receipt(SQLModel, table=True):
    """An inbound message that was heard. The same message again finds this row, and nothing is done twice."""

    channel: str = Field(max_length=12, primary_key=True)
    message: str = Field(max_length=80, primary_key=True, description="the gateway's id for it")
    at: datetime = Field(sa_type=Moment, index=True)
    outcome: dict[str, Any] = Field(default_factory=dict, sa_type=Json, description="what a repetition is answered")
