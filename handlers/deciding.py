"""Account requests: asking, the yes or no of one's own approver, and carrying it out."""

from sqlalchemy import bindparam, select, update

from database import columns, table_of
from handlers.advancing import advance, approver_of
from handlers.checks import spend
from handlers.door import handles
from handlers.flagging import raise_flags
from handlers.freezing import refuse_frozen
from handlers.permission import officer_for
from handlers.proving import NUMBERS_PROVE
from handlers.reporting import count_request, make_ticket, origin_of
from handlers.telling import requester_of, stop_asking, tell
from handlers.work import Work, clean, sendable
from handlers.working import resolve
from locales import N_, say
from models.commands import AskForAccount, CarryOutAccount, DecideApproval, Outcome
from models.identity import Evidence, Level
from models.priority import Priority
from models.refusals import AlreadyDecided, HasLeft, NotFound, NotOffered, NotProven, NotYours
from models.tables import AccountRequest, Approval, Officer, System, Ticket
from models.tables.account import AccountState
from models.tables.catalogue import ApproverPolicy, Tier
from models.tables.proving import Purpose
from models.tables.ticket import Channel, Kind
from models.values.ticket_number import TicketNumber
from queries.caller import caller_on_record

_approval, _officer = columns(Approval), columns(Officer)

_OPEN_APPROVAL = (
    select(_approval.id, _approval.approver_id, _approval.expires_at)
    .where(_approval.ticket_id == bindparam("ticket_id"), _approval.decided_at.is_(None))
    .limit(1)
    .with_for_update()
)
_EXPIRED = (
    select(_approval.id, _approval.ticket_id)
    .where(_approval.decided_at.is_(None), _approval.expires_at <= bindparam("at", type_=_approval.expires_at.type))
    .order_by(_approval.expires_at)
    .limit(bindparam("most"))
)
_DECIDE = (
    update(table_of(Approval))
    .where(_approval.id == bindparam("approval_id"), _approval.decided_at.is_(None))
    .values(
        decided_at=bindparam("at", type_=_approval.decided_at.type),
        said_yes=bindparam("yes", type_=_approval.said_yes.type),
        channel=bindparam("through", type_=_approval.channel.type),
    )
)
_AT_THE_DESK = select(_officer.id).where(_officer.person_id == bindparam("person_id"), _officer.retired.is_(False))

CALL_FIRST = N_(
    "Your request {number} was approved. An ICT officer will call you and first say a code that we send you."
)
APPROVED = N_("Your request {number} was approved. An officer will carry it out. Nobody will ask for your password.")
REFUSED = N_("Your request {number} was not approved. Please speak to {approver}.")
EXPIRED = N_("Your request {number} was not answered in time and has ended. Please ask again.")
YES = N_("approved")
NO = N_("refused")


@handles(AskForAccount)
def ask_for_account(work: Work, command: AskForAccount) -> Outcome:
    """Refused for a system that offers none, for somebody unknown, and where the tree names nobody to approve."""
    system = work.tx.get(System, command.system_code)
    if system is None or system.retired or not system.offers_account:
        raise NotOffered
    origin = origin_of(work, command.for_person_id)
    requester = origin.requester
    if requester is None or requester.person_id is None:
        raise NotYours
    if not requester.serving:
        raise HasLeft
    refuse_frozen(work, requester.person_id)
    if command.action not in system.kinds.split(";"):
        raise NotOffered
    tier = tier_of(work, system, requester.person_id)
    if system.approver != ApproverPolicy.NONE or tier != Tier.T1:
        approver_of(work, requester, system, tier)  # refused now rather than when it is too late to say so
    ticket = make_ticket(
        work, origin, kind=Kind.ACCOUNT, default=Priority.P2 if tier == Tier.T3 else Priority.P3,
        system_code=system.code,
    )  # fmt: skip
    assert ticket.id is not None
    evidence = spend(work, requester.person_id, Purpose.ASK) if work.by.officer_id is None else None
    request = work.tx.add(
        AccountRequest(
            ticket_id=ticket.id,
            requester_id=requester.person_id,
            system_code=system.code,
            action=command.action,
            user_name=sendable(command.user_name),
            role=clean(command.role)[:60],
            workplace=clean(command.workplace)[:60],
            tier=tier,
            level=_level(work, evidence),
        )
    )
    count_request(work, ticket.place_id, system.code)
    work.record(ticket, "account_asked", words=clean(command.words), facts={"action": str(command.action)}, new=True)
    raise_flags(work, ticket, requester.person_id, system, command.action)
    if evidence is not None:
        work.record(ticket, "identity_proven", facts={"evidence": str(evidence), "level": request.level})
    next_words = advance(work, ticket, request)
    return Outcome(ticket.id, {"number": TicketNumber(ticket.number).shown, "next": next_words})


def tier_of(work: Work, system: System, person_id: int) -> Tier:
    """The system's; the strictest for whoever works at the desk, whose accounts reach everybody's."""
    return Tier.T3 if system.tier is None or work.tx.one(_AT_THE_DESK, person_id=person_id) else system.tier


def _level(work: Work, evidence: Evidence | None) -> Level:
    """An officer's hand on the keyboard proves nothing about the person they type for."""
    if work.by.officer_id is not None or work.by.channel not in NUMBERS_PROVE:
        return Level.UNKNOWN
    return Level.ON_RECORD if evidence is None else Level.PROVEN


@handles(DecideApproval)
def decide_approval(work: Work, command: DecideApproval) -> Outcome:
    """Only by the one who was asked, only once, and only in time. A yes to T2 or T3 wants a proof of who says it:
    a code, a desk PIN or the console's log-in. Without one it is refused, and the try is on record."""
    ticket = work.ticket(command.ticket_id)
    open_one = work.tx.one(_OPEN_APPROVAL, ticket_id=command.ticket_id)
    request = work.tx.get(AccountRequest, command.ticket_id, lock=True)
    if request is None:
        raise NotFound
    if open_one is None or open_one.expires_at <= work.at:
        raise AlreadyDecided
    if work.by.person_id is None or open_one.approver_id != work.by.person_id:
        raise NotFound
    if command.yes:
        refuse_frozen(work, request.requester_id)
        if not _proves(work, request, work.by.person_id):
            work.record(ticket, "approval_unproven")
            return Outcome(refusal=NotProven())
        request.approved(work.by.person_id)
    else:
        request.refused(work.by.person_id)
    _settle(work, ticket, open_one.id, yes=command.yes)
    approver = caller_on_record(work.tx, work.by.person_id)
    assert approver is not None  # they were asked
    if not approver.serving:
        raise HasLeft
    number = TicketNumber(ticket.number).shown
    requester = requester_of(work, ticket)
    if command.yes:
        fact = work.record(ticket, "approved")
        advance(work, ticket, request)
        text = CALL_FIRST if request.state == AccountState.CALL_BACK else APPROVED
        tell(work, ticket, requester, f"history:{fact}", text, number=number)
    else:
        work.tx.save(request)
        ticket.cancelled(work.at)
        work.tx.save(ticket)
        fact = work.record(ticket, "refused")
        tell(work, ticket, requester, f"history:{fact}", REFUSED, number=number, approver=approver.name)
    return Outcome(ticket.id, {"number": number, "state": say(YES if command.yes else NO, approver.language)})


@handles(CarryOutAccount)
def carry_out_account(work: Work, command: CarryOutAccount) -> Outcome:
    """An officer has acted: not the one who asked, nor who approved, nor who confirmed as second."""
    ticket = work.ticket(command.ticket_id)
    seat = officer_for(work, ticket)
    request = work.tx.get(AccountRequest, command.ticket_id, lock=True)
    if request is None:
        raise NotFound
    refuse_frozen(work, request.requester_id)
    words = sendable(command.words)
    request.carried_out(seat.person_id)
    work.tx.save(request)
    work.record(ticket, "carried_out")
    resolve(work, ticket, words, seat.officer_id)
    return Outcome(ticket.id)


def expire_approvals(work: Work, most: int) -> int:
    """End what nobody decided in time, and tell the requester; how many."""
    rows = work.tx.all(_EXPIRED, at=work.at, most=most)
    for row in rows:
        ticket = work.ticket(row.ticket_id)
        request = work.tx.get(AccountRequest, row.ticket_id, lock=True)
        assert request is not None  # an approval is of a request
        request.expired()
        work.tx.save(request)
        _settle(work, ticket, row.id, yes=None)
        ticket.cancelled(work.at)
        work.tx.save(ticket)
        fact = work.record(ticket, "approval_expired")
        words = {"number": TicketNumber(ticket.number).shown}
        tell(work, ticket, requester_of(work, ticket), f"history:{fact}", EXPIRED, **words)
    return len(rows)


def _proves(work: Work, request: AccountRequest, person_id: int) -> bool:
    if request.tier == Tier.T1 or work.by.channel == Channel.WEB:  # the console asked for a log-in and its password
        return True
    return spend(work, person_id, Purpose.APPROVE, request.ticket_id) is not None


def _settle(work: Work, ticket: Ticket, approval_id: int, *, yes: bool | None) -> None:
    """The approval is over. Wherever else it was being asked, nobody is asked any more."""
    through = str(work.by.channel or Channel.WEB) if yes is not None else ""
    work.tx.run(_DECIDE, approval_id=approval_id, at=work.at, yes=yes, through=through)
    stop_asking(work, ticket, "approve")
