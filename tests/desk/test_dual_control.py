"""Approver, caller-back, second officer, implementer: every way to be two of them is tried, and refused on record."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from models.commands import (
    By,
    CancelTicket,
    CarryOutAccount,
    CloseSilent,
    ConfirmAsSecond,
    ConfirmInPerson,
    DecideApproval,
    EndCallBack,
    StartCallBack,
)
from models.commands.by import DESK
from models.identity import Level
from models.refusals import (
    AlreadyDecided,
    InPersonOnly,
    NotApprovedYet,
    NotFound,
    NotProven,
    NotYours,
    SamePerson,
)
from models.tables import Address, CallBack, History
from models.tables.account import AccountState
from models.tables.officer import Role
from models.tables.person import AddressKind, Proof
from models.tables.proving import CallOutcome, Purpose
from models.tables.ticket import Channel
from tests.desk.proving import (
    approved,
    asked,
    called,
    code_in,
    link_chat,
    other_than,
    request,
)
from tests.desk.support import Phone, Texter
from tests.support.cast import AFTERNOON, JUMA, THERESIA, Desk


def test_a_payroll_account_is_not_approved_by_a_caller_at_level_one(either_desk: Desk) -> None:
    desk = either_desk
    ticket_id = asked(desk)
    for channel in (Channel.USSD, Channel.SMS, Channel.TELEGRAM):
        with pytest.raises(NotProven):
            desk.do(DecideApproval(ticket_id, yes=True), By(channel, person_id=desk.ids["theresia"]))
    assert request(desk).state == AccountState.APPROVAL
    assert [row.event for row in desk.all(History)][-3:] == ["approval_unproven"] * 3


def test_an_approver_proves_it_on_the_phone(desk: Desk) -> None:
    link_chat(desk, "theresia", "7000001")
    ticket_id = asked(desk)
    theresia = Phone(desk, THERESIA)
    theresia.dial("1")
    assert theresia.send("1").step == "approve.how"
    theresia.send("1")
    assert theresia.send(other_than(code_in(desk, "7000001"))).step == "approve.code"
    assert theresia.send(code_in(desk, "7000001")).final
    assert (request(desk).ticket_id, request(desk).state) == (ticket_id, AccountState.CALL_BACK)


def test_a_proof_for_one_thing_serves_no_other(desk: Desk) -> None:
    ticket_id = asked(desk)
    desk.proves("theresia", Purpose.ASK)
    desk.proves("theresia", Purpose.APPROVE, asked(desk))
    with pytest.raises(NotProven):
        desk.do(DecideApproval(ticket_id, yes=True), By(Channel.USSD, person_id=desk.ids["theresia"]))
    desk.proves("theresia", Purpose.APPROVE, ticket_id)
    desk.clock.forward(minutes=16)
    with pytest.raises(NotProven):
        desk.do(DecideApproval(ticket_id, yes=True), By(Channel.USSD, person_id=desk.ids["theresia"]))


def test_money_wants_a_call_back_and_a_second_officer(either_desk: Desk) -> None:
    desk = either_desk
    desk.joins("amina")
    ticket_id = approved(desk)
    assert request(desk).state == AccountState.CALL_BACK
    called(desk, ticket_id)
    assert (request(desk).level, request(desk).state) == (Level.CALLED_BACK, AccountState.SECOND_OFFICER)
    with pytest.raises(NotApprovedYet):
        desk.do(CarryOutAccount(ticket_id), desk.officer())
    desk.do(ConfirmAsSecond(ticket_id), desk.officer("amina"))
    with pytest.raises(SamePerson):
        desk.do(CarryOutAccount(ticket_id), desk.officer("amina"))
    desk.do(CarryOutAccount(ticket_id, "Tayari."), desk.officer())
    assert request(desk).state == AccountState.DONE


def test_in_a_unit_of_two_the_witness_is_the_second(desk: Desk) -> None:
    desk.joins("mkaguzi", Role.WITNESS)
    ticket_id = approved(desk)
    called(desk, ticket_id)
    with pytest.raises(NotFound):
        desk.do(ConfirmAsSecond(ticket_id), desk.officer("baraka"))
    desk.do(ConfirmAsSecond(ticket_id), desk.officer("mkaguzi"))
    assert request(desk).second_id == desk.ids["mkaguzi"]
    with pytest.raises(NotYours):
        desk.do(CarryOutAccount(ticket_id), desk.officer("mkaguzi"))


def test_the_call_proves_itself_and_anybody_may_ask(desk: Desk) -> None:
    ticket_id = approved(desk)
    phone = Phone(desk)
    assert "Hapana" in phone.dial("6", "simu").text
    desk.do(StartCallBack(ticket_id), desk.officer())
    assert "Neema Mushi" in phone.dial("6", "simu").text
    assert "Hapana" in Phone(desk, THERESIA).dial("other", "6", "simu").text
    assert [row.phone for row in desk.all(CallBack)] == [JUMA]
    assert re.search(r"\b\d{6}\b", Texter(desk, JUMA).screen.text)
    with pytest.raises(NotFound):
        desk.do(EndCallBack(ticket_id, CallOutcome.GENUINE), desk.officer("baraka"))
    desk.do(EndCallBack(ticket_id, CallOutcome.NOT_REACHED), desk.officer())
    assert request(desk).state == AccountState.CALL_BACK
    called(desk, ticket_id, CallOutcome.NOT_GENUINE)
    assert request(desk).state == AccountState.REFUSED


def test_a_number_that_changed_yesterday_is_not_called(desk: Desk) -> None:
    ticket_id = approved(desk)
    address = Address(
        person_id=desk.ids["juma"], kind=AddressKind.PHONE, value="+255754000099", proof=Proof.OFFICER,
        proven_at=AFTERNOON - timedelta(days=1),
    )  # fmt: skip
    desk.door.database.write(lambda tx: tx.add(address))
    with pytest.raises(InPersonOnly):
        desk.do(StartCallBack(ticket_id), desk.officer())
    desk.do(ConfirmInPerson(ticket_id), desk.officer())
    assert request(desk).state == AccountState.IN_HAND


def test_an_officer_checks_and_calls_for_nobody_but_others(desk: Desk) -> None:
    desk.joins("juma2")
    desk.ids["juma"] = desk.ids["juma2"]
    desk.door.database.write(lambda tx: _report_to(tx, desk, "juma2", "theresia"))
    ticket_id = asked(desk, "gms")
    with pytest.raises(NotYours):
        desk.do(ConfirmInPerson(ticket_id), desk.officer("juma2"))
    desk.do(DecideApproval(ticket_id, yes=True), By(Channel.WEB, person_id=desk.ids["theresia"]))
    assert request(desk).state == AccountState.CALL_BACK
    with pytest.raises(NotYours):
        desk.do(StartCallBack(ticket_id), desk.officer("juma2"))


def test_an_approval_after_its_time_is_none_however_well_proven(desk: Desk) -> None:
    ticket_id = asked(desk)
    desk.clock.forward(days=2, hours=2)
    desk.proves("theresia", Purpose.APPROVE, ticket_id)
    with pytest.raises(AlreadyDecided):
        desk.do(DecideApproval(ticket_id, yes=True), By(Channel.USSD, person_id=desk.ids["theresia"]))
    assert desk.do(CloseSilent(), DESK) == 1


@pytest.mark.parametrize("sql", [
    "UPDATE account_request SET state = 'in_hand'",
    "UPDATE account_request SET state = 'with_owner', approver_id = 1",
    "UPDATE account_request SET state = 'in_hand', approver_id = 1, level = 3",
    "UPDATE account_request SET state = 'done', approver_id = 1, level = 4",
    "UPDATE account_request SET second_id = requester_id",
    "UPDATE account_request SET second_id = 3, implementer_id = 3",
    "UPDATE account_request SET second_id = 3, approver_id = 3",
    "UPDATE identity_check SET checked_by_id = person_id",
])  # fmt: skip
def test_sql_straight_in_the_database_breaks_no_dual_control(either_desk: Desk, sql: str) -> None:
    asked(either_desk)
    engine = create_engine(either_desk.door.database.url)
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(sql))
    engine.dispose()


def _report_to(tx: object, desk: Desk, person: str, head: str) -> None:
    from models.tables import Person

    found = tx.get(Person, desk.ids[person])  # type: ignore[attr-defined]  # it is a Transaction
    found.supervisor_id = desk.ids[head]
    tx.save(found)  # type: ignore[attr-defined]  # it is a Transaction


def test_a_request_that_is_cancelled_waits_for_nobody(desk: Desk) -> None:
    ticket_id = asked(desk)
    desk.do(CancelTicket(ticket_id, "Imeombwa mara mbili."), desk.officer())
    assert request(desk).state == AccountState.REFUSED
    with pytest.raises(AlreadyDecided):
        desk.do(DecideApproval(ticket_id, yes=True), By(Channel.WEB, person_id=desk.ids["theresia"]))
    desk.clock.forward(days=3)
    assert desk.do(CloseSilent(), DESK) == 0


def test_two_approvals_at_once_are_one(either_desk: Desk) -> None:
    desk = either_desk
    ticket_id = asked(desk)
    by = By(Channel.WEB, person_id=desk.ids["theresia"])

    def decide(yes: bool) -> str:
        try:
            desk.do(DecideApproval(ticket_id, yes=yes), by)
        except AlreadyDecided:
            return "too late"
        return "decided"

    with ThreadPoolExecutor(8) as hands:
        said = list(hands.map(decide, [True, False] * 4))
    assert sorted(said) == ["decided", *["too late"] * 7]
    assert [row.event for row in desk.all(History)].count("approved") + (
        [row.event for row in desk.all(History)].count("refused")
    ) == 1
