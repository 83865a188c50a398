"""Account requests: a state machine of their own beside the ticket, so that none can be closed past an open step."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment, Word
from models.identity import Level
from models.refusals import AlreadyDecided, ApproveOwn, NotApprovedYet, SamePerson
from models.tables.catalogue import Tier


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


NEEDED = {Tier.T1: Level.PROVEN, Tier.T2: Level.CALLED_BACK, Tier.T3: Level.CALLED_BACK}
"""Below it nothing is carried out. T3 wants a second officer besides, unless the person came in person."""
TO_BE_APPROVED = Level.PROVEN  # below it no approver is troubled
CARRYING_OUT = (AccountState.IN_HAND, AccountState.WITH_OWNER)
ENDED = (AccountState.DONE, AccountState.REFUSED, AccountState.EXPIRED)


class AccountRequest(SQLModel, table=True):
    """What is asked for, on which system, for whom. Never holds a password; the user name is all the officer needs.

    Requester, approver, second officer and implementer are different people, and nothing is carried out below the
    level that its tier wants: the table itself refuses anything else. Closing is apart: HR says who has left.
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
        CheckConstraint("second_id IS NULL OR second_id <> requester_id", name="second_is_not_requester"),
        CheckConstraint(
            "second_id IS NULL OR approver_id IS NULL OR second_id <> approver_id", name="second_is_not_approver"
        ),
        CheckConstraint(
            "second_id IS NULL OR implementer_id IS NULL OR second_id <> implementer_id",
            name="second_is_not_implementer",
        ),
        CheckConstraint(
            "state NOT IN ('in_hand', 'with_owner', 'done') OR tier = 'T1' OR action = 'close' OR "
            "approver_id IS NOT NULL",
            name="carried_out_after_a_yes",
        ),
        CheckConstraint("state <> 'done' OR implementer_id IS NOT NULL", name="done_by_somebody"),
        CheckConstraint(
            "state NOT IN ('in_hand', 'with_owner', 'done') OR action = 'close' OR (tier = 'T1' AND level >= 2) OR "
            "(tier = 'T2' AND level >= 3) OR level >= 4 OR (level >= 3 AND second_id IS NOT NULL)",
            name="carried_out_at_its_level",
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
    tier: Tier = Field(default=Tier.T3, sa_type=Word(Tier), description="of the system and of who asks; never lowered")
    level: int = Field(default=Level.UNKNOWN, description="a `Level`: how sure the desk is of who asks")
    approver_id: int | None = Field(default=None, foreign_key="person.id", description="who said yes or no")
    second_id: int | None = Field(
        default=None, foreign_key="person.id", description="the second officer, or the witness"
    )
    implementer_id: int | None = Field(default=None, foreign_key="person.id", description="who carried it out")
    foreign_reference: str = Field(default="", max_length=60)

    def approved(self, by_person_id: int) -> None:
        """What comes next is for `next_state` to say."""
        self._decided(by_person_id)

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
        if by_person_id in (self.requester_id, self.approver_id, self.second_id):
            raise SamePerson
        self.implementer_id, self.state = by_person_id, AccountState.DONE

    def proven(self, level: Level) -> None:
        """What is known of who asks only ever grows."""
        if self.state in ENDED:
            raise AlreadyDecided
        self.level = max(self.level, level)

    def seconded(self, by_person_id: int) -> None:
        """A second officer or the witness agrees, after everything else."""
        if self.state != AccountState.SECOND_OFFICER:
            raise NotApprovedYet
        if by_person_id in (self.requester_id, self.approver_id):
            raise SamePerson
        self.second_id = by_person_id

    def not_genuine(self) -> None:
        """Whoever asked was not the person. Refused once it is over."""
        if self.state in ENDED:
            raise AlreadyDecided
        self.state = AccountState.REFUSED

    def next_state(self, *, needs_approver: bool) -> AccountState:
        """The first step that is still open."""
        if self.level < TO_BE_APPROVED:
            return AccountState.IDENTITY_CHECK
        if needs_approver and self.approver_id is None:
            return AccountState.APPROVAL
        if self.level < NEEDED[self.tier]:
            return AccountState.CALL_BACK
        if self.tier == Tier.T3 and self.level < Level.IN_PERSON and self.second_id is None:
            return AccountState.SECOND_OFFICER
        return AccountState.IN_HAND

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
