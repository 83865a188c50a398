"""Who asks, by code, PIN or paper: every way past the proof is tried, and refused on record."""

import pytest

from conversations.screen import Screen
from handlers import codes
from models.commands import (
    By,
    CarryOutAccount,
    ConfirmInPerson,
    DecideApproval,
    PrintCode,
    Printed,
)
from models.identity import Level
from models.refusals import (
    AlreadyDecided,
    NotApprovedYet,
    NotYours,
)
from models.tables import Code, Conversation, DeskPin, History, IdentityCheck, Notice
from models.tables.account import AccountState
from models.tables.ticket import Channel
from tests.desk.proving import CHAT, at_the_code, at_the_proof, code_in, link_chat, other_than, request, tries
from tests.desk.support import Phone, Texter
from tests.support.cast import JUMA, Desk


def test_the_code_goes_the_other_way_and_counts_once(either_desk: Desk) -> None:
    desk = either_desk
    link_chat(desk)
    phone = at_the_code(desk)
    assert phone.send(code_in(desk)).step == "account.confirm"
    assert "Theresia" in phone.send("1").text
    assert (request(desk).level, request(desk).state) == (Level.PROVEN, AccountState.APPROVAL)
    spent = code_in(desk)
    again = at_the_code(desk)
    assert again.send(spent).note
    assert tries(desk) == [True, False]


def test_a_code_is_in_no_table_but_on_its_way(desk: Desk) -> None:
    link_chat(desk)
    phone = at_the_code(desk)
    code = code_in(desk)
    phone.send(code)
    kept = [str(row) for table in (Code, Conversation, IdentityCheck, History) for row in desk.all(table)]
    assert not [row for row in kept if code in row]
    notice = next(row for row in desk.all(Notice) if row.fact.startswith("code:"))
    assert notice.secret
    notice.settled(notice.debt)
    assert code not in str(notice.screen)


def test_a_code_is_tried_five_times_and_the_right_one_comes_too_late(desk: Desk) -> None:
    link_chat(desk)
    phone = at_the_code(desk)
    code = code_in(desk)
    for _ in range(codes.TRIES):
        assert phone.send(other_than(code)).step == "account.code"
    assert phone.send(code).step == "account.code"
    assert tries(desk) == [False] * (codes.TRIES + 1)


def test_a_code_lasts_ten_minutes(desk: Desk) -> None:
    link_chat(desk)
    phone = at_the_code(desk)
    desk.clock.forward(minutes=10)
    assert phone.send(code_in(desk)).step == "account.code"


def test_asked_for_thirty_times_five_are_sent(desk: Desk) -> None:
    link_chat(desk)
    for _ in range(30):
        at_the_proof(Phone(desk), "email", "telegram")
        desk.clock.forward(minutes=3)
    assert len(desk.all(Code)) == codes.A_DAY
    assert "Telegram" not in str(at_the_proof(Phone(desk)).options)


def test_within_two_minutes_none_is_sent_again(desk: Desk) -> None:
    link_chat(desk)
    at_the_code(desk)
    at_the_code(desk)
    assert len(desk.all(Code)) == 1


def test_a_code_proves_nothing_where_it_was_sent(desk: Desk) -> None:
    link_chat(desk)
    at_the_code(desk)
    chat = Texter(desk, CHAT, Channel.TELEGRAM)
    chat.say(code_in(desk))
    assert not [row for row in desk.all(IdentityCheck) if row.passed]


def test_a_chat_that_was_linked_today_carries_no_code(desk: Desk) -> None:
    """Who has just taken over a number could link a chat to it at once."""
    link_chat(desk, days=0)
    assert [option.value for option in Phone(desk).dial("2", "email", "1", "juma.h").options] == ["in_person"]


def test_a_chat_gets_its_code_by_sms_and_never_in_the_chat(desk: Desk) -> None:
    link_chat(desk)
    chat = Texter(desk, CHAT, Channel.TELEGRAM)
    for words in ("2", "email", "1", "juma.h"):
        if words == "2":
            chat.say("menu")
        chat.say(words)
    assert [option.value for option in chat.screen.options] == ["sms", "in_person"]
    chat.say("sms")
    assert code_in(desk, JUMA)


def test_whoever_can_prove_nothing_is_heard_and_nobody_is_troubled(desk: Desk) -> None:
    phone = Phone(desk)
    phone.dial("2", "email", "1", "juma.h", "ofisini")
    phone.send("1")
    assert (request(desk).level, request(desk).state) == (Level.ON_RECORD, AccountState.IDENTITY_CHECK)
    with pytest.raises(AlreadyDecided):
        desk.do(DecideApproval(request(desk).ticket_id, yes=True), By(Channel.WEB, person_id=desk.ids["theresia"]))
    with pytest.raises(NotApprovedYet):
        desk.do(CarryOutAccount(request(desk).ticket_id), desk.officer())
    desk.do(ConfirmInPerson(request(desk).ticket_id), desk.officer())
    assert (request(desk).level, request(desk).state) == (Level.IN_PERSON, AccountState.APPROVAL)


def test_a_printed_code_opens_a_phone_that_has_one_line_only(desk: Desk) -> None:
    phone = Phone(desk)
    phone.dial("2", "email", "1", "juma.h", "ofisini")
    phone.send("1")
    printed = desk.do(PrintCode(desk.ids["juma"]), desk.officer())
    assert isinstance(printed, Printed)
    assert phone.dial("1").step == "prove.how"
    assert phone.send("1").step == "prove.code"
    assert "Theresia" in phone.send(printed.code).text
    assert request(desk).state == AccountState.APPROVAL
    with pytest.raises(NotYours):
        desk.do(PrintCode(desk.ids["neema"]), desk.officer())


def with_pin(desk: Desk, phone: Phone, pin: str = "7391") -> Screen:
    printed = desk.do(PrintCode(desk.ids["juma"]), desk.officer())
    assert isinstance(printed, Printed)
    if phone.dial().step == "front.unfinished":
        phone.send("mengine")
    phone.send("6")
    assert phone.send("pin").step == "pin.how"
    phone.send("msimbo uliochapwa")
    assert phone.send(printed.code).step == "pin.new_pin"
    return phone.send(pin)


def test_a_pin_is_set_on_a_code_and_is_not_enough_for_what_harms_patients_or_money(desk: Desk) -> None:
    phone = Phone(desk)
    assert with_pin(desk, phone).final
    assert "7391" not in str(desk.all(DeskPin)) + str(desk.all(Conversation))
    phone.dial("2", "ess", "2", "2", "pin")
    assert phone.send("7391").step == "account.confirm"
    phone.send("1")
    ticket_id = request(desk).ticket_id
    desk.do(DecideApproval(ticket_id, yes=True), By(Channel.WEB, person_id=desk.ids["theresia"]))
    assert (request(desk).level, request(desk).state) == (Level.PROVEN, AccountState.CALL_BACK)
    with pytest.raises(NotApprovedYet):
        desk.do(CarryOutAccount(ticket_id), desk.officer())


def test_a_pin_is_locked_after_five_wrong_ones_and_opens_on_paper_only(desk: Desk) -> None:
    phone = Phone(desk)
    with_pin(desk, phone)
    phone.dial("2", "email", "1", "juma.h", "pin")
    for _ in range(5):
        phone.send("8264")
    assert phone.send("7391").step == "account.pin"
    assert [option.value for option in at_the_proof(Phone(desk)).options] == ["in_person"]
    link_chat(desk)
    phone.dial("other", "6", "pin", "telegram")
    assert phone.send(code_in(desk)).step == "pin.new_pin"
    assert "imefungwa" in phone.send("5937").note
    assert with_pin(desk, phone, "5937").final


@pytest.mark.parametrize("pin", ["1234", "0000", "1987", "123"])
def test_a_pin_that_everybody_tries_is_none(desk: Desk, pin: str) -> None:
    assert with_pin(desk, Phone(desk), pin).note
    assert not desk.all(DeskPin)
