"""Commands by which it becomes known who asks. None carries a code or a PIN further than the step that hears it."""

from dataclasses import dataclass, field
from datetime import datetime

from models.tables.proving import CallOutcome


@dataclass(frozen=True, slots=True)
class ProveIdentity:
    """The requester has just proven who they are, for this request."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class ConfirmInPerson:
    """The requester stands before the officer, who has compared them with an identity document."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class PrintCode:
    """A one-time code to hand to somebody who has one channel only. Returns `Printed`."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Printed:
    """The code, which is shown once and kept only as a keyed hash."""

    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StartCallBack:
    """The officer will call the requester at the number on record."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class EndCallBack:
    """What came of the call, by the officer who made it."""

    ticket_id: int
    outcome: CallOutcome


@dataclass(frozen=True, slots=True)
class ConfirmAsSecond:
    """A second officer, or the witness, has looked at the request and agrees."""

    ticket_id: int
