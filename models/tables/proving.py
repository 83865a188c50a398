"""How people prove who they are: codes, desk PINs, calls back, and what came of each try."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment, Word
from models.identity import Evidence


class Purpose(StrEnum):
    """What somebody proves who they are for. A code for one does not serve another."""

    ASK = "ask"
    IDENTIFY = "identify"
    APPROVE = "approve"
    PIN = "pin"
    PRINTED = "printed"


class Code(SQLModel, table=True):
    """A one-time code, kept as a keyed hash. One that was sent serves the purpose (and ticket) it was asked for; a
    printed one, handed over by an officer, serves its person once for any."""

    __table_args__ = (
        CheckConstraint("made_by_id IS NULL OR made_by_id <> person_id", name="nobody_prints_their_own"),
        Index("code_of_person", "person_id", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    purpose: Purpose = Field(sa_type=Word(Purpose))
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    evidence: Evidence = Field(sa_type=Word(Evidence))
    address: str = Field(default="", max_length=120, description="where it went; it proves nothing when typed there")
    made_by_id: int | None = Field(default=None, foreign_key="person.id", description="the officer who printed it")
    salt: str = Field(max_length=32)
    digest: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    tries: int = 0


class DeskPin(SQLModel, table=True):
    """A person's PIN at this desk, kept as a keyed slow hash. Locked after five wrong tries in a row."""

    __tablename__ = "desk_pin"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    salt: str = Field(max_length=32)
    digest: str = Field(max_length=64)
    set_at: datetime = Field(sa_type=Moment)
    failures: int = 0


class IdentityCheck(SQLModel, table=True):
    """One try to prove who one is: the kind of evidence, never the evidence. Append-only."""

    __tablename__ = "identity_check"
    __table_args__ = (
        CheckConstraint("checked_by_id IS NULL OR checked_by_id <> person_id", name="nobody_checks_themselves"),
        Index("identity_check_of_person", "person_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    purpose: Purpose = Field(sa_type=Word(Purpose))
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    evidence: Evidence = Field(sa_type=Word(Evidence))
    passed: bool
    channel: str = Field(default="", max_length=12)
    checked_by_id: int | None = Field(default=None, foreign_key="person.id", description="the officer, in person")
    at: datetime = Field(sa_type=Moment)
    spent_at: datetime | None = Field(default=None, sa_type=Moment, description="when a request rested on it")


class CallOutcome(StrEnum):
    GENUINE = "genuine"
    NOT_REACHED = "not_reached"
    NOT_GENUINE = "not_genuine"


class CallBack(SQLModel, table=True):
    """A call to the number on record. The code that the officer says first is made from `salt` and the desk's key."""

    __tablename__ = "call_back"
    __table_args__ = (
        CheckConstraint("officer_id <> person_id", name="nobody_calls_themselves_back"),
        Index(
            "call_back_open", "person_id", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    person_id: int = Field(foreign_key="person.id", description="who is called")
    officer_id: int = Field(foreign_key="person.id", description="who calls")
    phone: str = Field(max_length=20)
    salt: str = Field(max_length=32)
    started_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    outcome: CallOutcome | None = Field(default=None, sa_type=Word(CallOutcome))
