"""An account request goes on: to the first step that is still open, and word to whoever has to take it."""

from dataclasses import replace

from handlers.delegating import note_stand_in
from handlers.reporting import tell_unit
from handlers.talk import Talk
from handlers.telling import CHANNEL_OF, ask, requester_of, routes_to, stop_asking
from handlers.work import Work
from locales import N_, say
from models.refusals import NoApprover
from models.tables import AccountRequest, Approval, System, Ticket
from models.tables.account import AccountState
from models.tables.catalogue import ApproverPolicy, Tier
from models.tables.ticket import State, WaitingOn
from queries.approvers import approver_for
from queries.caller import Caller

PROVE_FIRST = N_("Prove that it is you: dial again, or come to the ICT office with your ID.")
ASKED = N_("{approver} has been asked to approve.")
UNIT_ACTS = N_("The ICT unit will carry it out.")

WITH_OTHERS = {AccountState.IDENTITY_CHECK: WaitingOn.IDENTITY, AccountState.APPROVAL: WaitingOn.APPROVAL}
KIND_OF = {channel: kind for kind, channel in CHANNEL_OF.items()}


def advance(work: Work, ticket: Ticket, request: AccountRequest) -> str:
    """Keeps the request and its ticket; returns what happens next, in the requester's language."""
    before = request.state
    requester = requester_of(work, ticket)
    system = work.tx.get(System, request.system_code)
    assert system is not None  # a foreign key holds it
    needs_yes = system.approver != ApproverPolicy.NONE or request.tier != Tier.T1
    request.state = request.next_state(needs_approver=needs_yes)
    _ticket_follows(work, ticket, request.state)
    work.tx.save(request)
    if before == AccountState.IDENTITY_CHECK and request.state != before:
        stop_asking(work, ticket, "prove")
    match request.state:
        case AccountState.IDENTITY_CHECK:
            if before != request.state:
                _let_prove(work, ticket, requester)
            return say(PROVE_FIRST, requester.language)
        case AccountState.APPROVAL:
            approver = approver_of(work, requester, system, request.tier)
            if before != request.state:
                _ask_approver(work, ticket, request, requester, approver)
            return say(ASKED, requester.language, approver=approver.name)
        case _:
            if before in (AccountState.RECEIVED, *WITH_OTHERS):
                tell_unit(work, ticket, system.name, "")
            return say(UNIT_ACTS, requester.language)


def approver_of(work: Work, requester: Caller, system: System, tier: Tier) -> Caller:
    """Who has to say yes. Without anybody it is refused; that T1 may need nobody does not make T3 need nobody."""
    policy = system.approver
    if policy == ApproverPolicy.NONE and tier != Tier.T1:
        policy = ApproverPolicy.SUPERVISOR
    approver = approver_for(work.tx, requester, system.code, policy, work.at)
    if approver is None:
        raise NoApprover
    return approver


def _ticket_follows(work: Work, ticket: Ticket, state: AccountState) -> None:
    waits_on = WITH_OTHERS.get(state)
    if waits_on is not None:
        ticket.state, ticket.waiting_on = State.WAITING, waits_on
    elif ticket.waiting_on in WITH_OTHERS.values():
        ticket.state = State.ASSIGNED if ticket.officer_id else State.NEW
        ticket.waiting_on = WaitingOn.NOBODY
    work.tx.save(ticket)


def _ask_approver(work: Work, ticket: Ticket, request: AccountRequest, requester: Caller, approver: Caller) -> None:
    assert ticket.id is not None
    assert approver.person_id is not None  # they are on record
    work.tx.add(
        Approval(
            ticket_id=ticket.id,
            approver_id=approver.person_id,
            asked_at=work.at,
            expires_at=work.rules.hours.end_of_working_day(work.at, work.rules.approval_days),
        )
    )
    fact = work.record(ticket, "approval_asked", facts={"approver_id": approver.person_id})
    note_stand_in(work, ticket, requester, approver)
    ask(work, ticket, approver, f"history:{fact}", "approve", given={"tier": str(request.tier)})


def _let_prove(work: Work, ticket: Ticket, requester: Caller) -> None:
    """Whoever asked by themselves finds it at their next dial; whoever an officer asked for is told at once."""
    routes = routes_to(work, requester, ticket.channel)
    if work.by.officer_id is None:
        here = replace(requester, address=work.by.caller)
        Talk(work, here).begin("prove", {"ticket_id": str(ticket.id)}, asked_about=ticket.id)
    elif routes:
        channel, value = routes[0]
        there = replace(requester, address=f"{KIND_OF[channel]}:{value}")
        ask(work, ticket, there, f"prove:{ticket.id}", "prove")
