"""Commands about tickets. `ticket_id` is the row's, never a position in a list that somebody saw."""

from dataclasses import dataclass

from models.priority import Impact, Urgency
from models.tables.ticket import WaitingOn


@dataclass(frozen=True, slots=True)
class ReportFault:
    """Something broke, or a service is asked for. `fault_code` empty: told in words only.

    `asset_tag` is canonical. `for_person_id` is set by an officer who types for somebody; `caller_name` is what an
    unknown caller said of themselves. `conversation_id` brings along the photos that were sent meanwhile.
    """

    fault_code: str = ""
    asset_tag: str = ""
    system_code: str = ""
    words: str = ""
    impact: Impact = Impact.PERSON
    urgency: Urgency = Urgency.CAN_WAIT
    for_person_id: int | None = None
    place_id: int | None = None
    caller: str = ""
    caller_name: str = ""
    conversation_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimTicket:
    """The officer who gives the command takes it. Refused when another has it."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class AssignTicket:
    ticket_id: int
    officer_id: int


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Work begins, or goes on after waiting."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class SetWaiting:
    ticket_id: int
    on: WaitingOn
    words: str = ""


@dataclass(frozen=True, slots=True)
class AskRequester:
    """A question to the person, on the channel they used; the ticket waits for their answer."""

    ticket_id: int
    words: str


@dataclass(frozen=True, slots=True)
class AddWords:
    """The requester says more: of their own accord, or in answer to a question."""

    ticket_id: int
    words: str


@dataclass(frozen=True, slots=True)
class AddNote:
    """An officer's note for the unit's own eyes."""

    ticket_id: int
    words: str


@dataclass(frozen=True, slots=True)
class ResolveTicket:
    """`words` tell the requester what was done."""

    ticket_id: int
    words: str


@dataclass(frozen=True, slots=True)
class ConfirmResolution:
    ticket_id: int


@dataclass(frozen=True, slots=True)
class ReopenTicket:
    ticket_id: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class RateTicket:
    """One to five."""

    ticket_id: int
    stars: int


@dataclass(frozen=True, slots=True)
class CancelTicket:
    ticket_id: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class CloseSilent:
    """Close what was resolved and nobody answered for the set time, expire approvals nobody gave; at most so many."""

    most: int = 200
