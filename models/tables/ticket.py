"""A case of any kind, and its life."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment, Word
from models.priority import Impact, Priority, Urgency
from models.refusals import AlreadyClaimed, NotResolved, NotYours, TicketClosed, TicketEnded


class Kind(StrEnum):
    INCIDENT = "incident"
    REQUEST = "request"
    ACCOUNT = "account"


class State(StrEnum):
    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WaitingOn(StrEnum):
    NOBODY = ""
    REQUESTER = "requester"
    APPROVAL = "approval"
    IDENTITY = "identity"
    OFFICE = "office"
    PART = "part"


class Channel(StrEnum):
    """How words reached the desk. The last three are an officer's hand for somebody at the door or on the line."""

    USSD = "ussd"
    SMS = "sms"
    TELEGRAM = "telegram"
    WEB = "web"
    PHONE = "phone"
    DOOR = "door"
    PAPER = "paper"


ENDED = frozenset({State.CLOSED, State.CANCELLED})
DONE = (State.RESOLVED, State.CLOSED, State.CANCELLED)  # in this order, as the partial indexes spell them

_OPEN = text("state NOT IN ('resolved', 'closed', 'cancelled')")


class Ticket(SQLModel, table=True):
    """One case. Its verbs refuse what its state does not allow; whether somebody *may* is the door's to decide."""

    __table_args__ = (
        Index("ticket_open", "priority", "resolve_due", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ticket_open_due", "resolve_due", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ticket_of_officer", "officer_id", "priority", "resolve_due", "id", sqlite_where=_OPEN,
              postgresql_where=_OPEN),
        Index("ticket_waiting", "priority", "resolve_due", "id", sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
        Index("ticket_of_requester", "requester_id", "id"),
        Index("ticket_of_caller", "caller", "id"),
        Index("ticket_of_asset", "asset_id", "id"),
        Index("ticket_at_place", "place_id", "id"),
        Index("ticket_closing", "close_due", sqlite_where=text("state = 'resolved'"),
              postgresql_where=text("state = 'resolved'")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True, description="with its check digit; see TicketNumber")
    kind: Kind = Field(sa_type=Word(Kind))
    state: State = Field(default=State.NEW, sa_type=Word(State))
    waiting_on: WaitingOn = Field(default=WaitingOn.NOBODY, sa_type=Word(WaitingOn))
    place_id: int = Field(foreign_key="place.id")
    requester_id: int | None = Field(default=None, foreign_key="person.id")
    caller: str = Field(default="", max_length=40, description="`phone:+255…` or `telegram:…` of an unknown requester")
    caller_name: str = Field(default="", max_length=80, description="who an unknown caller said they are")
    channel: Channel = Field(sa_type=Word(Channel))
    entered_by_id: int | None = Field(
        default=None, foreign_key="officer.id", description="who typed it in for the person"
    )
    fault_code: str | None = Field(default=None, foreign_key="fault.code")
    system_code: str | None = Field(default=None, foreign_key="system.code")
    asset_id: int | None = Field(default=None, foreign_key="asset.id")
    impact: Impact = Field(default=Impact.PERSON, sa_type=Word(Impact))
    urgency: Urgency = Field(default=Urgency.CAN_WAIT, sa_type=Word(Urgency))
    priority: Priority = Field(sa_type=Word(Priority))
    officer_id: int | None = Field(default=None, foreign_key="officer.id")
    created_at: datetime = Field(sa_type=Moment)
    respond_due: datetime = Field(sa_type=Moment)
    resolve_due: datetime = Field(sa_type=Moment)
    responded_at: datetime | None = Field(default=None, sa_type=Moment, description="first act or word of an officer")
    resolved_at: datetime | None = Field(default=None, sa_type=Moment)
    close_due: datetime | None = Field(default=None, sa_type=Moment, description="silence until then closes it")
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    reopened: int = 0
    rating: int | None = None
    version: int = Field(default=1, description="grows with each change; a save that expected another is overtaken")

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    def claimed(self, officer_id: int, at: datetime) -> None:
        """Give it to an officer who asks for it. Refused when somebody else has it."""
        self._refuse_if_done()
        if self.officer_id is not None and self.officer_id != officer_id:
            raise AlreadyClaimed
        self.assigned(officer_id, at)

    def assigned(self, officer_id: int, at: datetime) -> None:
        """Give it to an officer, whoever had it. A ticket that waits goes on waiting."""
        self._refuse_if_done()
        self.officer_id = officer_id
        self.responded_at = self.responded_at or at
        if self.state == State.NEW:
            self.state = State.ASSIGNED

    def taken_up(self, at: datetime) -> None:
        """Work begins, or goes on after waiting."""
        self._refuse_if_done()
        self.state, self.waiting_on = State.IN_PROGRESS, WaitingOn.NOBODY
        self.responded_at = self.responded_at or at

    def waits(self, on: WaitingOn, at: datetime) -> None:
        self._refuse_if_done()
        self.state, self.waiting_on = State.WAITING, on
        self.responded_at = self.responded_at or at

    def heard_back(self) -> None:
        """The requester said something. Only a wait for the requester ends by that."""
        if self.ended:
            raise TicketEnded
        if self.waiting_on == WaitingOn.REQUESTER:
            self.state = State.IN_PROGRESS if self.officer_id else State.NEW
            self.waiting_on = WaitingOn.NOBODY

    def resolved(self, at: datetime, close_due: datetime) -> None:
        self._refuse_if_done()
        self.state, self.waiting_on = State.RESOLVED, WaitingOn.NOBODY
        self.resolved_at, self.close_due = at, close_due
        self.responded_at = self.responded_at or at

    def closed(self, at: datetime) -> None:
        """The requester agrees, or has been silent for the set time. Refused unless it is resolved."""
        if self.ended:
            raise TicketEnded
        if self.state != State.RESOLVED:
            raise NotResolved
        self.state, self.ended_at = State.CLOSED, at

    def reopen(self) -> None:
        """It still does not work. Refused unless it is resolved; a closed ticket needs a new report."""
        if self.ended:
            raise TicketEnded
        if self.state != State.RESOLVED:
            raise NotResolved
        self.state = State.ASSIGNED if self.officer_id else State.NEW
        self.resolved_at = self.close_due = None
        self.reopened += 1

    def cancelled(self, at: datetime) -> None:
        self._refuse_if_done()
        self.state, self.waiting_on, self.ended_at = State.CANCELLED, WaitingOn.NOBODY, at

    def rated(self, stars: int) -> None:
        """One to five. Refused before it is resolved."""
        if self.state not in (State.RESOLVED, State.CLOSED):
            raise NotResolved
        if not 1 <= stars <= 5:
            raise NotYours
        self.rating = stars

    def _refuse_if_done(self) -> None:
        if self.state in DONE:
            raise TicketClosed


class Attachment(SQLModel, table=True):
    """A photo that somebody sent. Owed until it is fetched: no network call stands inside a message's transaction."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id", index=True)
    source: Channel = Field(sa_type=Word(Channel))
    remote_id: str = Field(max_length=200, description="the gateway's name for it; never a path that holds a token")
    album: str = Field(default="", max_length=40, index=True, description="several photos that were sent as one")
    kind: str = Field(default="image/jpeg", max_length=40)
    sent_at: datetime = Field(sa_type=Moment)
    fetched_at: datetime | None = Field(default=None, sa_type=Moment)
    fetch_due: datetime | None = Field(
        default=None, sa_type=Moment, index=True, description="empty: fetched or given up"
    )
    tries: int = 0
    content: bytes | None = Field(default=None, description="without position data")
