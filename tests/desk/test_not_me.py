"""SIO MIMI: an account done in Juma's name is told wherever he can be reached, and he stops the rest with two words."""

import pytest

from models.commands import (
    AskForAccount,
    By,
    CarryOutAccount,
    DecideApproval,
    DisownRequest,
    LinkTelegram,
    Unfreeze,
)
from models.commands.hearing import Tapped
from models.identity import Level
from models.priority import Priority
from models.refusals import Frozen, NotFound, NothingToDisown, NotYours
from models.tables import AccountRequest, History, Notice, Person, Ticket
from models.tables.account import AccountAction, AccountState
from models.tables.officer import Role
from models.tables.ticket import Channel
from tests.desk.support import Phone, Texter
from tests.support.cast import JUMA, NEEMA, STRANGER, THERESIA, Desk

CHAT = "700100"


def by(desk: Desk, person: str, channel: Channel = Channel.SMS) -> By:
    return By(channel, person_id=desk.ids[person])


def asked(desk: Desk, system: str = "gms") -> int:
    desk.proves("juma")
    desk.do(AskForAccount(system, AccountAction.RESET, "juma.h"), by(desk, "juma"))
    return desk.all(Ticket)[-1].id or 0


def in_hand(desk: Desk, ticket_id: int) -> None:
    """Every step before the last is behind it."""
    request = next(row for row in desk.all(AccountRequest) if row.ticket_id == ticket_id)
    request.approver_id, request.state = desk.ids["theresia"], AccountState.IN_HAND
    request.level = Level.IN_PERSON
    desk.door.database.write(lambda tx: tx.save(request))


def done(desk: Desk) -> int:
    ticket_id = asked(desk)
    in_hand(desk, ticket_id)
    desk.do(CarryOutAccount(ticket_id, "Tayari."), desk.officer())
    return ticket_id


def link_chat(desk: Desk) -> None:
    desk.do(LinkTelegram(CHAT, JUMA), By(Channel.TELEGRAM, caller=f"telegram:{CHAT}"))


def frozen(desk: Desk, person: str = "juma") -> bool:
    return next(each for each in desk.all(Person) if each.id == desk.ids[person]).frozen_at is not None


def reached(desk: Desk, words: str) -> list[str]:
    """The first address of every notice that says so."""
    return [notice.routes[0][1] for notice in desk.all(Notice) if words in str(notice.screen)]


def make_head(desk: Desk) -> By:
    from models.tables import Officer

    head = Officer(
        person_id=desk.ids["theresia"], login="head", password_hash="unusable", role=Role.HEAD,
        place_id=desk.ids["mvomero-dc"],
    )  # fmt: skip
    desk.ids["officer:head"] = desk.door.database.write(lambda tx: tx.add(head)).id or 0
    return desk.officer("head")


def test_completion_is_told_to_every_address_and_to_the_head(either_desk: Desk) -> None:
    link_chat(either_desk)
    done(either_desk)
    told = [notice for notice in either_desk.all(Notice) if notice.screen["step"] == "confirm.works"]
    assert sorted(notice.routes for notice in told) == [[["sms", JUMA]], [["telegram", CHAT]]]
    assert all("SIO MIMI" in str(notice.screen) for notice in told)
    assert "2600001-0" in Texter(either_desk, THERESIA).screen.text


@pytest.mark.parametrize("words", ["SIO MIMI", "si mimi", "Siyo  mimi!", "NOT ME"])
def test_two_words_by_sms_open_an_incident_freeze_and_page_the_unit(either_desk: Desk, words: str) -> None:
    desk = either_desk
    ticket_id = done(desk)
    juma = Texter(desk, JUMA)
    juma.say(words)
    incident = desk.all(Ticket)[-1]
    assert (incident.priority, incident.requester_id) == (Priority.P1, desk.ids["juma"])
    assert frozen(desk)
    assert NEEMA in reached(desk, "USALAMA")
    assert juma.screen.step == "not_me.end"
    events = [(row.ticket_id, row.event) for row in desk.all(History)]
    assert (incident.id, "not_me") in events
    assert (ticket_id, "disowned") in events
    with pytest.raises(Frozen):
        asked(desk)


def test_a_button_under_the_notice_says_it_on_telegram(desk: Desk) -> None:
    link_chat(desk)
    done(desk)
    chat = Texter(desk, CHAT, Channel.TELEGRAM)
    card = chat.inbox[-1]
    at = next(n for n, option in enumerate(chat.screen.options, 1) if "SIO MIMI" in option.label)
    chat.say(Tapped(card.conversation_id or 0, card.revision, str(at), card="1"))
    assert frozen(desk)
    assert "Tukio 26" in chat.screen.text


def test_a_basic_phone_offers_it_while_fresh_and_takes_it_typed(desk: Desk) -> None:
    done(desk)
    phone = Phone(desk)
    assert phone.dial().step == "front.unfinished"
    assert "SIO MIMI" in str([option.label for option in phone.send("1").options])
    assert phone.send("3").final
    assert frozen(desk)


def test_a_basic_phone_takes_it_typed_anywhere(desk: Desk) -> None:
    done(desk)
    phone = Phone(desk)
    phone.dial("2", "1")  # something else, report
    assert phone.send("sio mimi").step == "not_me.end"
    assert frozen(desk)


def test_whoever_confirms_first_does_not_silence_the_others(desk: Desk) -> None:
    link_chat(desk)
    done(desk)
    Texter(desk, CHAT, Channel.TELEGRAM).say("1")  # the thief says that it works
    Texter(desk, JUMA).say("SIO MIMI")
    assert frozen(desk)


def test_what_was_under_way_stops_too(desk: Desk) -> None:
    waiting, approved = asked(desk), asked(desk, "ess")
    in_hand(desk, approved)
    Texter(desk, JUMA).say("SIO MIMI")
    with pytest.raises(Frozen):
        desk.do(DecideApproval(waiting, yes=True), by(desk, "theresia"))
    with pytest.raises(Frozen):
        desk.do(CarryOutAccount(approved, "Tayari."), desk.officer())
    with pytest.raises(Frozen):
        desk.do(AskForAccount("gms", AccountAction.RESET, for_person_id=desk.ids["juma"]), desk.officer())


def test_with_nothing_asked_it_stops_nobody_known_or_not(desk: Desk) -> None:
    texts = []
    for number in (JUMA, STRANGER):
        texter = Texter(desk, number)
        texter.say("SIO MIMI")
        texts.append(texter.screen.text)
    assert texts[0] == texts[1]
    assert not frozen(desk)
    assert not desk.all(Ticket)


def test_it_is_said_for_oneself_only_or_by_an_officer_who_serves_there(desk: Desk) -> None:
    done(desk)
    with pytest.raises(NothingToDisown):
        desk.do(DisownRequest(), by(desk, "theresia"))
    with pytest.raises(NotYours):
        desk.do(DisownRequest(desk.ids["juma"]), by(desk, "theresia"))
    with pytest.raises(NotFound):
        desk.do(DisownRequest(desk.ids["juma"]), desk.officer("baraka"))
    desk.do(DisownRequest(desk.ids["juma"]), desk.officer())
    assert frozen(desk)


def test_only_the_head_who_saw_the_person_ends_it(desk: Desk) -> None:
    done(desk)
    Texter(desk, JUMA).say("SIO MIMI")
    for somebody in (by(desk, "juma"), by(desk, "theresia"), desk.officer()):
        with pytest.raises(NotYours):
            desk.do(Unfreeze(desk.ids["juma"], "Kitambulisho cha kazi"), somebody)
    desk.do(Unfreeze(desk.ids["juma"], "Kitambulisho cha kazi"), make_head(desk))
    assert not frozen(desk)
    assert "unfrozen" in [row.event for row in desk.all(History)]
    asked(desk)


def test_a_sentence_that_holds_the_words_is_a_sentence(desk: Desk) -> None:
    done(desk)
    Texter(desk, JUMA).say("Aliyevunja printa sio mimi")
    assert not frozen(desk)
