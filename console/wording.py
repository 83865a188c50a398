"""How the console says what the desk calls by a code: one table a noun."""

from collections.abc import Mapping

from locales import N_, say
from models.identity import Evidence, Level
from models.priority import Impact, Urgency
from models.tables.account import AccountState
from models.tables.catalogue import ApproverPolicy, Detail, Tier
from models.tables.notice import Debt, Fate
from models.tables.officer import Role
from models.tables.person import Proof
from models.tables.ticket import Channel, Kind, State, WaitingOn
from queries.offers.accounts import ACTIONS as ACCOUNT_ACTIONS
from queries.offers.devices import STATES as DEVICE_STATES
from queries.queue import Tab

TABS: Mapping[Tab, str] = {
    Tab.ALL: N_("All open"),
    Tab.MINE: N_("Mine"),
    Tab.UNASSIGNED: N_("Unassigned"),
    Tab.WAITING: N_("Waiting"),
    Tab.OVERDUE: N_("Overdue"),
}
STATES: Mapping[State, str] = {
    State.NEW: N_("New"),
    State.ASSIGNED: N_("Assigned"),
    State.IN_PROGRESS: N_("In progress"),
    State.WAITING: N_("Waiting"),
    State.RESOLVED: N_("Resolved"),
    State.CLOSED: N_("Closed"),
    State.CANCELLED: N_("Cancelled"),
}
WAITS: Mapping[WaitingOn, str] = {
    WaitingOn.REQUESTER: N_("Waiting: requester"),
    WaitingOn.APPROVAL: N_("Waiting: approval"),
    WaitingOn.IDENTITY: N_("Waiting: proof of identity"),
    WaitingOn.OFFICE: N_("Waiting: another office"),
    WaitingOn.PART: N_("Waiting: spare part"),
}
WAITS_FOR: Mapping[object, str] = {
    WaitingOn.OFFICE: N_("another office"),
    WaitingOn.PART: N_("a spare part"),
    WaitingOn.REQUESTER: N_("the requester"),
}
KINDS: Mapping[Kind, str] = {
    Kind.INCIDENT: N_("Fault"),
    Kind.REQUEST: N_("Request"),
    Kind.ACCOUNT: N_("Account"),
}
CHANNELS: Mapping[str, str] = {
    Channel.USSD: N_("USSD"),
    Channel.SMS: N_("SMS"),
    Channel.TELEGRAM: N_("Telegram"),
    Channel.WEB: N_("Console"),
    Channel.PHONE: N_("By telephone"),
    Channel.DOOR: N_("At the door"),
    Channel.PAPER: N_("On paper"),
}
IMPACTS: Mapping[Impact, str] = {
    Impact.PERSON: N_("One person"),
    Impact.OFFICE: N_("One office"),
    Impact.FACILITY: N_("A whole school, facility or ward"),
    Impact.COUNCIL: N_("The whole council"),
}
URGENCIES: Mapping[Urgency, str] = {
    Urgency.NOW: N_("Now"),
    Urgency.TODAY: N_("Today"),
    Urgency.CAN_WAIT: N_("Can wait"),
}
ACCOUNTS: Mapping[AccountState, str] = {
    AccountState.RECEIVED: N_("Received"),
    AccountState.IDENTITY_CHECK: N_("Identity is being checked"),
    AccountState.APPROVAL: N_("Waiting for approval"),
    AccountState.CALL_BACK: N_("Call the requester back"),
    AccountState.SECOND_OFFICER: N_("A second officer is needed"),
    AccountState.WITH_OWNER: N_("With the system's owner"),
    AccountState.IN_HAND: N_("Approved: carry it out"),
    AccountState.DONE: N_("Done"),
    AccountState.REFUSED: N_("Refused by the approver"),
    AccountState.EXPIRED: N_("Not answered in time"),
}
EVENTS: Mapping[str, str] = {
    "reported": N_("reported it"),
    "account_asked": N_("asked for the account"),
    "identity_proven": N_("proved who they are"),
    "identity_in_person": N_("saw the requester and their ID"),
    "approval_unproven": N_("tried to approve without proving who they are"),
    "call_back_started": N_("began a call to the number on record"),
    "call_back_genuine": N_("reached the requester: genuine"),
    "call_back_not_reached": N_("did not reach the requester"),
    "call_back_not_genuine": N_("reached somebody who had not asked"),
    "second_confirmed": N_("confirmed as second officer"),
    "approval_asked": N_("{name} was asked to approve"),
    "approved": N_("approved the request"),
    "refused": N_("refused the request"),
    "approval_expired": N_("The approval was not given in time"),
    "handed_to_owner": N_("handed it to the system's owner"),
    "promise_due": N_("The day has come that the owner promised."),
    "carried_out": N_("carried the request out"),
    "claimed": N_("took the ticket"),
    "assigned": N_("gave the ticket to {name}"),
    "taken_up": N_("began the work"),
    "waits": N_("put it on waiting"),
    "asked": N_("asked the requester"),
    "answered": N_("answered"),
    "noted": N_("noted, for the unit only"),
    "resolved": N_("resolved it"),
    "confirmed": N_("confirmed that it works"),
    "reopened": N_("reopened it: it still does not work"),
    "rated": N_("rated the service: {stars} of 5"),
    "closed_silent": N_("Closed: nobody objected in the set time"),
    "cancelled": N_("cancelled the ticket"),
    "words_blanked": N_("blanked somebody's words for good"),
    "not_me": N_("said SIO MIMI: all requests of theirs are frozen"),
    "disowned": N_("said SIO MIMI: they did not ask for this"),
    "unfrozen": N_("saw the person and their ID: they may ask again"),
    "left": N_("Somebody no longer works here: close every account, take back devices"),
    "requester_left": N_("Ended: the requester no longer works here"),
    "leaver_account": N_("Close the account: its holder no longer works here"),
    "flagged": N_("The desk advises care with this request"),
    "number_asked": N_("asked for a new number, having seen the person and their ID"),
    "number_changed": N_("The new number counts now"),
    "number_stopped": N_("The number was not changed"),
    "stands_in": N_("Asked in place of {name}, who is away"),
    "photo_missing": N_("A photo could not be fetched."),
}
"""What somebody did."""
IMPERSONAL = frozenset(
    {
        "approval_asked",
        "approval_expired",
        "closed_silent",
        "photo_missing",
        "promise_due",
        "flagged",
        "stands_in",
        "number_changed",
        "number_stopped",
        "requester_left",
        "leaver_account",
        "left",
    }
)
"""Events that are whole sentences, with nobody before them."""
FATES: Mapping[Fate, str] = {
    Fate.SENDING: N_("is being sent"),
    Fate.SENT: N_("sent"),
    Fate.REACHED: N_("reached the phone"),
    Fate.REFUSED: N_("was not sent"),
    Fate.UNREACHED: N_("did not arrive: the phone is off or out of reach"),
    Fate.UNKNOWN: N_("nobody knows whether it arrived"),
}
DEBTS: Mapping[Debt, str] = {
    Debt.OWED: N_("waits to be sent"),
    Debt.TRYING: N_("is being sent"),
    Debt.PAID: N_("sent"),
    Debt.FAILED: N_("reached nobody"),
}
PROOFS: Mapping[Proof, str] = {
    Proof.HR_LIST: N_("from the staff list"),
    Proof.INVITATION: N_("by invitation"),
    Proof.SHARED_CONTACT: N_("shared by themselves"),
    Proof.OFFICER: N_("entered by an officer"),
}
ROLES: Mapping[Role, str] = {
    Role.OFFICER: N_("ICT officer"),
    Role.HEAD: N_("Head of ICT unit"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.AUDITOR: N_("Auditor"),
    Role.APPROVER: N_("Approver"),
    Role.WITNESS: N_("Witness"),
}
DEVICES = DEVICE_STATES
ACTIONS = ACCOUNT_ACTIONS
EVIDENCE: Mapping[object, str] = {
    Evidence.TELEGRAM_CODE: N_("code by Telegram"),
    Evidence.SMS_CODE: N_("code by SMS"),
    Evidence.PRINTED_CODE: N_("printed code"),
    Evidence.PIN: N_("desk PIN"),
    Evidence.CALL_BACK: N_("call-back"),
    Evidence.IN_PERSON: N_("in person"),
}
LEVELS: Mapping[int, str] = {
    Level.UNKNOWN: N_("0: nothing is known"),
    Level.ON_RECORD: N_("1: number on record"),
    Level.PROVEN: N_("2: and a code or PIN"),
    Level.CALLED_BACK: N_("3: and a call-back"),
    Level.IN_PERSON: N_("4: in person with ID"),
}
NOT_SAID = N_("no name given")

POLICIES: Mapping[ApproverPolicy, str] = {
    ApproverPolicy.SUPERVISOR: N_("Their own head"),
    ApproverPolicy.NAMED: N_("Whoever is named below"),
    ApproverPolicy.NONE: N_("Nobody (T1 only)"),
}
TIERS: Mapping[Tier, str] = {
    Tier.T1: N_("T1: mail, ordinary"),
    Tier.T2: N_("T2: patients, pupils"),
    Tier.T3: N_("T3: money, payroll, control"),
}
UNIT_ACTS: Mapping[str, str] = {
    "yes": N_("The ICT unit acts"),
    "creates": N_("The ICT unit makes accounts, the owner the rest"),
    "no": N_("Handed over to the owner"),
}
DETAILS: Mapping[Detail, str] = {
    Detail.USER_NAME: N_("User name"),
    Detail.ROLE: N_("Role wanted"),
    Detail.WORKPLACE: N_("Facility or cost centre"),
}
CHANGES: Mapping[str, str] = {
    "system_added": N_("added the system"),
    "system_edited": N_("changed it"),
    "system_retired": N_("retired it"),
    "system_brought_back": N_("put it back on the lists"),
    "approver_named": N_("changed who is named to approve"),
}
"""What somebody did to the catalogue."""


def state_words(state: State, waiting_on: WaitingOn, language: str) -> str:
    return say(WAITS[waiting_on] if state == State.WAITING and waiting_on in WAITS else STATES[state], language)
