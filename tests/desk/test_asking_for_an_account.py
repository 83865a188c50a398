"""An account request from the phone to "done": one's own approver's yes stands between, and cannot be walked round."""

import pytest
from sqlalchemy.exc import IntegrityError

from models.commands import (
    AskForAccount,
    By,
    CarryOutAccount,
    CloseSilent,
    ConfirmInPerson,
    DecideApproval,
    HandToOwner,
    ResolveTicket,
)
from models.commands.by import DESK
from models.refusals import (
    AlreadyDecided,
    ApproveOwn,
    NoApprover,
    NotApprovedYet,
    NotFound,
    NotOffered,
    NotYours,
    SamePerson,
)
from models.tables import AccountRequest, Approval, Conversation, History, System, Ticket
from models.tables.account import AccountAction, AccountState
from models.tables.catalogue import Tier
from models.tables.conversation import Standing
from models.tables.ticket import Channel, State, WaitingOn
from tests.desk.support import Phone, Texter
from tests.support.cast import JUMA, NEEMA, STRANGER, THERESIA, Desk


def asked(desk: Desk) -> int:
    """Juma asks for a reset on the mail system (T1), in the words and digits of a phone. He has proven who he is."""
    desk.proves("juma")
    phone = Phone(desk)
    phone.dial("2", "email", "1", "juma.h", "ofisini")
    assert phone.send("1").final
    return desk.all(Ticket)[-1].id or 0


def of(desk: Desk, person: str) -> By:
    return By(Channel.WEB, person_id=desk.ids[person])


def request(desk: Desk) -> AccountRequest:
    (row,) = desk.all(AccountRequest)
    return row


def test_the_whole_path(either_desk: Desk) -> None:
    desk = either_desk
    ticket_id = asked(desk)
    assert (desk.all(Ticket)[0].state, desk.all(Ticket)[0].waiting_on) == (State.WAITING, WaitingOn.APPROVAL)
    theresia = Phone(desk, THERESIA)
    assert theresia.dial().step == "front.unfinished"
    assert "Juma Hassan" in theresia.send("1").text
    assert theresia.send("1").final
    assert request(desk).state == AccountState.IN_HAND
    assert "2600001-0" in Texter(desk, NEEMA).screen.text

    desk.do(CarryOutAccount(ticket_id, "Ingia, mfumo utakupa kiungo."), desk.officer())
    assert (request(desk).state, request(desk).implementer_id) == (AccountState.DONE, desk.ids["neema"])
    assert Texter(desk, JUMA).screen.step == "confirm.works"
    events = [row.event for row in desk.all(History)]
    assert events == ["account_asked", "identity_proven", "approval_asked", "approved", "carried_out", "resolved"]


@pytest.mark.parametrize("through", [Channel.SMS, Channel.TELEGRAM])
def test_the_approver_says_no_by_message(desk: Desk, through: Channel) -> None:
    ticket_id = asked(desk)
    desk.do(DecideApproval(ticket_id, yes=False), By(through, person_id=desk.ids["theresia"]))
    assert desk.all(Ticket)[0].state == State.CANCELLED
    assert "Theresia Kavishe" in Texter(desk, JUMA).screen.text
    with pytest.raises(NotApprovedYet):
        desk.do(CarryOutAccount(ticket_id), desk.officer())


def test_a_yes_on_the_web_ends_the_asking_on_the_phone(desk: Desk) -> None:
    ticket_id = asked(desk)
    desk.do(DecideApproval(ticket_id, yes=True), of(desk, "theresia"))
    asking = next(each for each in desk.all(Conversation) if each.name == "approve")
    assert asking.standing == Standing.CANCELLED
    assert Phone(desk, THERESIA).dial().step == "front.menu"


def test_only_the_one_who_was_asked_decides(desk: Desk) -> None:
    ticket_id = asked(desk)
    for somebody in ("juma", "neema", "baraka"):
        with pytest.raises(NotFound):
            desk.do(DecideApproval(ticket_id, yes=True), of(desk, somebody))
    assert request(desk).state == AccountState.APPROVAL


def test_it_is_decided_once(desk: Desk) -> None:
    ticket_id = asked(desk)
    desk.do(DecideApproval(ticket_id, yes=True), of(desk, "theresia"))
    with pytest.raises(AlreadyDecided):
        desk.do(DecideApproval(ticket_id, yes=False), of(desk, "theresia"))
    assert request(desk).state == AccountState.IN_HAND


def test_an_approval_nobody_gave_in_time_expires_and_is_told(desk: Desk) -> None:
    ticket_id = asked(desk)
    desk.clock.forward(days=1)
    assert desk.do(CloseSilent(), DESK) == 0
    desk.clock.forward(days=1, hours=2)  # past the end of the second working day
    with pytest.raises(AlreadyDecided):
        desk.do(DecideApproval(ticket_id, yes=True), of(desk, "theresia"))
    assert desk.do(CloseSilent(), DESK) == 1
    assert (request(desk).state, desk.all(Ticket)[0].state) == (AccountState.EXPIRED, State.CANCELLED)
    assert "2600001-0" in Texter(desk, JUMA).screen.text


def test_nothing_is_carried_out_or_resolved_past_the_approval(desk: Desk) -> None:
    ticket_id = asked(desk)
    for command in (CarryOutAccount(ticket_id), ResolveTicket(ticket_id, "tayari"), HandToOwner(ticket_id, "HD-1")):
        with pytest.raises(NotApprovedYet):
            desk.do(command, desk.officer())


def test_the_one_who_approved_does_not_carry_it_out(desk: Desk) -> None:
    desk.door.database.write(lambda tx: _make_officer(tx, desk, "theresia"))
    ticket_id = asked(desk)
    desk.do(DecideApproval(ticket_id, yes=True), of(desk, "theresia"))
    with pytest.raises(SamePerson):
        desk.do(CarryOutAccount(ticket_id), desk.officer("theresia"))


def test_an_officer_does_not_carry_out_their_own(desk: Desk) -> None:
    desk.door.database.write(lambda tx: _make_officer(tx, desk, "juma"))
    ticket_id = asked(desk)
    assert request(desk).tier == Tier.T3
    desk.do(ConfirmInPerson(ticket_id), desk.officer())
    desk.do(DecideApproval(ticket_id, yes=True), of(desk, "theresia"))
    with pytest.raises(SamePerson):
        desk.do(CarryOutAccount(ticket_id), desk.officer("juma"))


@pytest.mark.parametrize("sql", [
    "UPDATE account_request SET approver_id = requester_id",
    "UPDATE account_request SET implementer_id = requester_id",
    "UPDATE account_request SET approver_id = 3, implementer_id = 3",
])  # fmt: skip
def test_the_table_itself_refuses_one_person_in_two_parts(either_desk: Desk, sql: str) -> None:
    from sqlalchemy import create_engine, text

    asked(either_desk)
    engine = create_engine(either_desk.door.database.url)
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(sql))
    engine.dispose()


def test_handing_over_to_the_owner_keeps_the_ticket_and_their_reference(desk: Desk) -> None:
    ticket_id = asked(desk)
    desk.do(DecideApproval(ticket_id, yes=True), of(desk, "theresia"))
    desk.do(HandToOwner(ticket_id, "UTUMISHI-4711"), desk.officer())
    assert (request(desk).state, request(desk).foreign_reference) == (AccountState.WITH_OWNER, "UTUMISHI-4711")
    assert "UTUMISHI-4711" in Texter(desk, JUMA).screen.text
    desk.do(CarryOutAccount(ticket_id, "Tayari."), desk.officer())
    assert request(desk).state == AccountState.DONE


def test_every_offered_system_can_be_asked_for_and_no_other(desk: Desk) -> None:
    for system in desk.all(System):
        command = AskForAccount(system.code, AccountAction.RESET)
        if system.offers_account:
            desk.proves("juma")
            desk.do(command, By(Channel.USSD, person_id=desk.ids["juma"]))
        else:
            with pytest.raises(NotOffered):
                desk.do(command, By(Channel.USSD, person_id=desk.ids["juma"]))
    assert len(desk.all(Approval)) == sum(system.offers_account for system in desk.all(System))


def test_somebody_unknown_or_without_an_approver_is_told_so(desk: Desk) -> None:
    with pytest.raises(NotYours):
        desk.do(AskForAccount("hcmis", AccountAction.RESET), By(Channel.USSD, caller=f"phone:{STRANGER}"))
    with pytest.raises(NoApprover):
        desk.do(AskForAccount("hcmis", AccountAction.RESET), By(Channel.USSD, person_id=desk.ids["theresia"]))
    assert not desk.all(Ticket)


def test_a_forgotten_password_chosen_as_a_fault_opens_the_account_conversation(desk: Desk) -> None:
    phone = Phone(desk)
    phone.dial("1", "4")
    assert phone.send("1").step == "account.system"
    assert phone.send("muse").step == "account.user_name"


def test_what_the_person_can_do_alone_is_said_first(desk: Desk) -> None:
    phone = Phone(desk)
    phone.dial("2", "ess")
    assert phone.send("1").step == "account.self_service"
    assert phone.send("1").final
    assert not desk.all(Ticket)


def test_a_password_typed_as_a_user_name_is_refused_and_kept_nowhere(desk: Desk) -> None:
    phone = Phone(desk)
    phone.dial("2", "law", "1")
    screen = phone.send("nywila:Simba@2026")
    assert screen.step == "account.user_name"
    assert screen.note
    assert "Simba" not in str([conversation.progress for conversation in desk.all(Conversation)])


def test_nobody_approves_their_own_even_if_the_tree_is_wrong() -> None:
    mine = AccountRequest(
        ticket_id=1, requester_id=7, system_code="muse", action=AccountAction.RESET, state=AccountState.APPROVAL
    )
    with pytest.raises(ApproveOwn):
        mine.approved(7)


def _make_officer(tx: object, desk: Desk, person: str) -> None:
    from models.tables import Officer

    officer = Officer(
        person_id=desk.ids[person], login=person, password_hash="unusable", place_id=desk.ids["mvomero-dc"]
    )
    desk.ids[f"officer:{person}"] = tx.add(officer).id  # type: ignore[attr-defined]  # it is a Transaction
