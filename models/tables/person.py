"""People, and the addresses at which they can be reached."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Moment, Word


class Employment(StrEnum):
    SERVING = "serving"
    LEFT = "left"
    TRANSFERRED = "transferred"


class AddressKind(StrEnum):
    PHONE = "phone"
    TELEGRAM = "telegram"
    EMAIL = "email"


class Proof(StrEnum):
    """How the desk knows that an address belongs to its person."""

    HR_LIST = "hr_list"
    INVITATION = "invitation"
    SHARED_CONTACT = "shared_contact"
    OFFICER = "officer"


class Person(SQLModel, table=True):
    """A public servant known to the desk: as requester, approver, officer or several of these."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120, index=True)
    title: str = Field(default="", max_length=120, description="cadre or post, as HR writes it")
    language: str = Field(default="sw", max_length=2)
    place_id: int = Field(foreign_key="place.id", index=True)
    supervisor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    employment: Employment = Field(default=Employment.SERVING, sa_type=Word(Employment))
    sms_stopped: bool = Field(default=False, description="sent ACHA: no SMS but what they ask for themselves")
    demonstration: bool = Field(default=False, description="never reached through a real gateway")
    frozen_at: datetime | None = Field(
        default=None, sa_type=Moment, description="said SIO MIMI: nothing is done in their name until the head saw them"
    )


class Address(SQLModel, table=True):
    """A phone in E.164, a Telegram chat's id, or a mail address. One live address belongs to one person."""

    __table_args__ = (
        Index(
            "address_live", "kind", "value", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: AddressKind = Field(sa_type=Word(AddressKind))
    value: str = Field(max_length=120)
    proof: Proof = Field(sa_type=Word(Proof))
    proven_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class Invitation(SQLModel, table=True):
    """A one-time code, printed or handed over, by which a person on HR's list adds a phone. Kept as a keyed hash."""

    __table_args__ = (UniqueConstraint("code_digest"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    code_digest: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
