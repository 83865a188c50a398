"""What the desk owes people to say, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Word


class Debt(StrEnum):
    """Where a notice stands. `trying` holds while a gateway has it or may have it."""

    OWED = "owed"
    TRYING = "trying"
    PAID = "paid"
    FAILED = "failed"


class Fate(StrEnum):
    """What the gateway said of one attempt. `unknown`: it may have gone, and nobody can say."""

    SENDING = "sending"
    SENT = "sent"
    REACHED = "reached"
    REFUSED = "refused"
    UNREACHED = "unreached"
    UNKNOWN = "unknown"


class Notice(SQLModel, table=True):
    """One thing to say to one person (or address) about one fact. Written with the fact, paid by the delivery worker.

    `fact` names what it is about and to whom (`history:91:person:7`): it is unique, so nothing is owed twice.
    `routes` are the addresses to try, best first: `[["telegram", "8812"], ["sms", "+255…"]]`; `route` counts them.
    """

    __table_args__ = (
        Index(
            "notice_due", "due_at", "id",
            sqlite_where=text("debt IN ('owed', 'trying')"), postgresql_where=text("debt IN ('owed', 'trying')"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    fact: str = Field(max_length=80, unique=True)
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    revision: int = Field(default=0, description="of the conversation's screen that is shown: buttons carry it")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    language: str = Field(max_length=2)
    screen: dict[str, Any] = Field(sa_type=Json, description="what to show: text and frozen options")
    card: str = Field(default="", max_length=40, description="a message of ours to edit instead of sending a new one")
    routes: list[list[str]] = Field(sa_type=Json)
    route: int = 0
    debt: Debt = Field(default=Debt.OWED, sa_type=Word(Debt))
    due_at: datetime = Field(sa_type=Moment, description="when to pay, to try again, or to stop waiting for word")
    lease: str = Field(default="", max_length=40, description="the worker that holds it until due_at")
    tries: int = Field(default=0, description="on the present route")
    demonstration: bool = False
    made_at: datetime = Field(sa_type=Moment)


class Attempt(SQLModel, table=True):
    """One try on one route, written before the gateway is called."""

    __table_args__ = (Index("attempt_at_gateway", "gateway_id"), Index("attempt_to", "address", "at"))

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id", index=True)
    channel: str = Field(max_length=12)
    address: str = Field(max_length=40)
    at: datetime = Field(sa_type=Moment)
    fate: Fate = Field(default=Fate.SENDING, sa_type=Word(Fate))
    gateway_id: str = Field(default="", max_length=80)
    said: str = Field(default="", max_length=60, description="the gateway's own word")
    parts: int = 0
    cost: str = Field(default="", max_length=24, description="as the gateway states it: TZS 22.0000")
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
