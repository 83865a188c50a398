"""Account requests: a state machine of their own beside the ticket, so that none can be closed past an open step."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment, Word
from models.refusals import AlreadyDecided, ApproveOwn, NotApprovedYet, SamePerson


class AccountAction(StrEnum):
    RESET = "reset"
    UNLOCK = "unlock"
    NEW = "new"
    CHANGE_ROLE = "change_role"
    CLOSE = "close"


class AccountState(StrEnum):
    RECEIVED = "received"
    IDENTITY_CHECK = "identity_check"
    APPROVAL = "approval"
    CALL_BACK = "call_back"
    SECOND_OFFICER = "second_officer"
    WITH_OWNER = "with_owner"
    IN_HAND = "in_hand"
    DONE = "done"
    REFUSED = "refused"
    EXPIRED = "expired"


class AccountRequest(SQLModel, table=True):
    """What is asked for, on which system, for whom. Never holds a password; the user name is all the officer needs.

    Requester, approver and implementer are three people: the table itself refuses anything else.
    """

    __tablename__ = "account_request"
    __table_args__ = (
        CheckConstraint("approver_id IS NULL OR approver_id <> requester_id", name="approver_is_not_requester"),
        CheckConstraint(
            "implementer_id IS NULL OR implementer_id <> requester_id", name="implementer_is_not_requester"
        ),
        CheckConstraint(
            "implementer_id IS NULL OR approver_id IS NULL OR implementer_id <> approver_id",
            name="implementer_is_not_approver",
        ),
    )

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    requester_id: int = Field(foreign_key="person.id", index=True)
    system_code: str = Field(foreign_key="system.code", index=True)
    action: AccountAction = Field(sa_type=Word(AccountAction))
    user_name: str = Field(default="", max_length=80)
    role: str = Field(default="", max_length=60, description="the role wanted, as the person says it")
    workplace: str = Field(default="", max_length=60, description="the facility or cost centre it is for")
    promised: date | None = Field(default=None, index=True, description="by when the system's owner said they act")
    reminded: date | None = Field(default=None, description="the promised day of which the officer was reminded")
    state: AccountState = Field(default=AccountState.RECEIVED, sa_type=Word(AccountState))
    approver_id: int | None = Field(default=None, foreign_key="person.id", description="who said yes or no")
    implementer_id: int | None = Field(default=None, foreign_key="person.id", description="who carried it out")
    foreign_reference: str = Field(default="", max_length=60)

    def approved(self, by_person_id: int) -> None:
        self._decided(by_person_id)
        self.state = AccountState.IN_HAND

    def refused(self, by_person_id: int) -> None:
        self._decided(by_person_id)
        self.state = AccountState.REFUSED

    def expired(self) -> None:
        """Nobody decided in time."""
        if self.state != AccountState.APPROVAL:
            raise AlreadyDecided
        self.state = AccountState.EXPIRED

    def handed_over(self, reference: str) -> None:
        """The owner of the system acts, under a reference of theirs. Refused before the yes."""
        if self.state not in (AccountState.IN_HAND, AccountState.WITH_OWNER):
            raise NotApprovedYet
        self.state, self.foreign_reference = AccountState.WITH_OWNER, reference

    def carried_out(self, by_person_id: int) -> None:
        """An officer acted in the foreign system. Refused before the yes, and to whoever asked or said yes."""
        if self.state not in (AccountState.IN_HAND, AccountState.WITH_OWNER):
            raise NotApprovedYet
        if by_person_id in (self.requester_id, self.approver_id):
            raise SamePerson
        self.implementer_id, self.state = by_person_id, AccountState.DONE

    def _decided(self, by_person_id: int) -> None:
        if self.state != AccountState.APPROVAL:
            raise AlreadyDecided
        if by_person_id == self.requester_id:
            raise ApproveOwn
        self.approver_id = by_person_id


class Approval(SQLModel, table=True):
    """A yes or no that was asked of one person, and until when it counts."""

    __table_args__ = (
        Index(
            "approval_open", "approver_id", "id",
            sqlite_where=text("decided_at IS NULL"), postgresql_where=text("decided_at IS NULL"),
        ),
        Index(
            "approval_expiring", "expires_at",
            sqlite_where=text("decided_at IS NULL"), postgresql_where=text("decided_at IS NULL"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    approver_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    said_yes: bool | None = None
    channel: str = Field(default="", max_length=12)
