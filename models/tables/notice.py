"""What the desk owes people to say, and what became of it."""

from datetime import datetime
from enum import IntEnum, StrEnum
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


class Lane(IntEnum):
    """What goes first. Somebody waits for a reply; a word about a ticket comes next; an announcement to many, last."""

    REPLY = 0
    WORD = 1
    ROUND = 2


class Fate(StrEnum):
    """What the gateway said of one attempt. `unknown`: it may have gone, and nobody can say."""

    SENDING = "sending"
    SENT = "sent"
    REACHED = "reached"
    REFUSED = "refused"
    UNREACHED = "unreached"
    UNKNOWN = "unknown"

    @property
    def surely_failed(self) -> bool:
        """It certainly did not get there, so the same channel may carry it again."""
        return self in (Fate.REFUSED, Fate.UNREACHED)


# News that comes late or out of order never takes back what was known better: reached beats everything.
CERTAINTY = {
    Fate.SENDING: 0, Fate.UNKNOWN: 1, Fate.SENT: 2, Fate.REFUSED: 3, Fate.UNREACHED: 3, Fate.REACHED: 4,
}  # fmt: skip


class Notice(SQLModel, table=True):
    """One thing to say to one person (or address) about one fact. Written with the fact, paid by the delivery worker.

    `fact` names what it is about and to whom (`history:91:person:7`): it is unique, so nothing is owed twice.
    `routes` are the addresses to try, best first: `[["telegram", "8812"], ["sms", "+255…"]]`; `route` counts them, and
    `channel` and `address` are the one in use. How debts are settled: `handlers/debts.py`.
    """

    __table_args__ = (
        Index(
            "notice_owed", "channel", "lane", "due_at", "id",
            sqlite_where=text("debt = 'owed'"), postgresql_where=text("debt = 'owed'"),
        ),
        Index(
            "notice_owed_to", "address", "channel", "lane", "id",
            sqlite_where=text("debt = 'owed'"), postgresql_where=text("debt = 'owed'"),
        ),
        Index(
            "notice_trying", "due_at",
            sqlite_where=text("debt = 'trying'"), postgresql_where=text("debt = 'trying'"),
        ),
        Index("notice_leased", "address", sqlite_where=text("lease <> ''"), postgresql_where=text("lease <> ''")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    fact: str = Field(max_length=80, unique=True)
    lane: int = Field(default=Lane.WORD, description="a `Lane`")
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    revision: int = Field(default=0, description="of the conversation's screen that is shown: buttons carry it")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    language: str = Field(max_length=2)
    screen: dict[str, Any] = Field(sa_type=Json, description="what to show: text and frozen options")
    card: str = Field(default="", max_length=40, description="a message of ours to edit instead of sending a new one")
    routes: list[list[str]] = Field(sa_type=Json)
    route: int = 0
    channel: str = Field(max_length=12, description="of the route in use")
    address: str = Field(max_length=120, description="of the route in use")
    debt: Debt = Field(default=Debt.OWED, sa_type=Word(Debt))
    due_at: datetime = Field(sa_type=Moment, description="when to pay, to try again, or to stop waiting for word")
    lease: str = Field(default="", max_length=40, description="the worker that holds it until due_at")
    tries: int = Field(default=0, description="on the present route")
    demonstration: bool = False
    secret: bool = Field(default=False, description="it holds a one-time code: its text is blanked once it is settled")
    made_at: datetime = Field(sa_type=Moment)

    def owed_again(self, at: datetime) -> None:
        """On the same route, at that time: it surely did not go."""
        self.debt, self.due_at, self.lease = Debt.OWED, at, ""

    def takes_route(self, route: int, at: datetime) -> None:
        """Owed at once, on that route."""
        self.route, self.tries = route, 0
        self.channel, self.address = self.routes[route]
        self.owed_again(at)

    def moves(self, address: str) -> None:
        """The route in use leads to another address now."""
        self.routes = [[self.channel, address] if n == self.route else way for n, way in enumerate(self.routes)]
        self.address = address

    def waits(self, until: datetime) -> None:
        """The gateway has it, or may have it: word of it is awaited."""
        self.debt, self.due_at, self.lease = Debt.TRYING, until, ""

    def settled(self, debt: Debt) -> None:
        self.debt, self.lease = debt, ""
        if self.secret:
            self.screen = {**self.screen, "text": "***"}


class Attempt(SQLModel, table=True):
    """One try on one route, written before the gateway is called."""

    __table_args__ = (Index("attempt_at_gateway", "gateway_id"), Index("attempt_to", "address", "at"))

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id", index=True)
    channel: str = Field(max_length=12)
    address: str = Field(max_length=120)
    at: datetime = Field(sa_type=Moment)
    fate: Fate = Field(default=Fate.SENDING, sa_type=Word(Fate))
    gateway_id: str = Field(default="", max_length=80)
    said: str = Field(default="", max_length=60, description="the gateway's own word")
    parts: int = 0
    cost: str = Field(default="", max_length=24, description="as the gateway states it: TZS 22.0000")
    settled_at: datetime | None = Field(default=None, sa_type=Moment)

    def learns(self, fate: Fate, said: str, at: datetime) -> bool:
        """Whether that was news. What is less certain than what is known changes nothing."""
        if CERTAINTY[fate] <= CERTAINTY[self.fate]:
            return False
        self.fate, self.said = fate, said[:60]
        self.settled_at = at if CERTAINTY[fate] > CERTAINTY[Fate.SENT] else None
        return True
