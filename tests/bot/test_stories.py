"""Conversations on Telegram, as people have them."""

import pytest

from models.commands import AskRequester, ClaimTicket, ResolveTicket
from models.tables import Address, History, Ticket
from models.tables.person import AddressKind
from models.tables.ticket import Channel, State
from models.values.ticket_number import TicketNumber
from simulator.chat import Chat, Seen
from tests.bot.conftest import Office, sw
from tests.support.cast import JUMA, STRANGER, Desk


def the_ticket(desk: Desk) -> Ticket:
    (ticket,) = desk.all(Ticket)
    return ticket


def walk(chat: Chat, *taps: str) -> Seen:
    """Tap one button after the other, each on what the last one brought."""
    seen = chat.last
    for button in taps:
        seen = chat.tap(button).answer()
    return seen


REPORT_A_PRINTER = ("Printa", "haichapishi", "00412")


def test_a_fault_is_reported_with_six_taps_and_confirmed_later(office_either_way: Office) -> None:
    office = office_either_way
    juma = office.linked("Juma", JUMA)
    card = juma.last
    receipt = walk(juma, sw("Report a fault"), *REPORT_A_PRINTER, sw("Send"))
    ticket = the_ticket(office.desk)
    assert receipt.id == card.id  # one card, edited from screen to screen
    assert TicketNumber(ticket.number).shown in receipt.text
    assert not receipt.buttons
    assert (ticket.channel, ticket.fault_code) == (Channel.TELEGRAM, "0301")

    assert ticket.id is not None
    office.desk.do(ClaimTicket(ticket.id), office.desk.officer())
    office.desk.do(AskRequester(ticket.id, "Je, taa inawaka?"), office.desk.officer())
    juma.wait_for("Je, taa inawaka?")
    juma.say("Ndiyo, ya kijani").answer()
    office.desk.do(ResolveTicket(ticket.id, "Tumebadilisha waya."), office.desk.officer())
    juma.wait_for("Tumebadilisha waya.")
    walk(juma, sw("Yes"), sw("Very good"))
    ticket = the_ticket(office.desk)
    assert (ticket.state, ticket.rating) == (State.CLOSED, 5)
    events = [row.event for row in office.desk.all(History)]
    done = [event for event in events if not event.startswith("notice_")]  # nobody carries SMS here
    assert done == ["reported", "claimed", "asked", "answered", "resolved", "confirmed", "rated"]


def test_words_and_digits_do_as_well_as_buttons(office: Office, juma: Chat) -> None:
    for words in ("hitilafu", "2", "1", "412", "tuma"):
        juma.say(words).answer()
    assert the_ticket(office.desk).fault_code == "0301"


def test_a_stranger_is_offered_to_share_the_number_and_is_known_by_it(office: Office) -> None:
    juma = office.chat("Juma", JUMA)
    juma.say("/start")
    menu = juma.wait_for(lambda message: bool(message.buttons))
    assert menu.button(sw("Register")) is not None
    juma.wait_for(sw("So that the desk knows you, share your own number with the button below."))
    (share,) = juma.keyboard
    assert share.asks_contact

    juma.tap(share.label)
    menu = juma.wait_for(lambda message: message.button(sw("My tickets")) is not None and message.id > menu.id)
    assert menu.button(sw("Register")) is None
    assert "Juma Hassan" in juma.wait_for("Juma Hassan").text
    assert juma.keyboard == ()
    linked = [a for a in office.desk.all(Address) if a.kind == AddressKind.TELEGRAM]
    assert [(a.value, a.person_id) for a in linked] == [(str(juma.user_id), office.desk.ids["juma"])]


@pytest.mark.parametrize("trick", ["forwarded", "another's", "not on Telegram"])
def test_a_contact_that_proves_nothing_links_nobody(office: Office, stranger: Chat, trick: str) -> None:
    if trick == "forwarded":
        stranger.share_contact(contact={"phone_number": JUMA, "first_name": "Mimi", "user_id": stranger.user_id},
                               forwarded=True)  # fmt: skip
    elif trick == "another's":
        stranger.share_contact(contact={"phone_number": JUMA, "first_name": "Juma", "user_id": stranger.user_id + 9})
    else:
        stranger.share_contact(contact={"phone_number": JUMA, "first_name": "Juma"})
    assert stranger.answer().text == sw("Please share your own number, with the button of this chat.")
    assert all(a.kind == AddressKind.PHONE for a in office.desk.all(Address))


def test_a_number_that_is_on_no_list_stays_unknown(office: Office, stranger: Chat) -> None:
    stranger.share_contact().answer()
    assert all(a.kind == AddressKind.PHONE for a in office.desk.all(Address))
    stranger.say("/hitilafu").answer()
    walk(stranger, "Mtandao wa ndani", "Ofisi nzima")
    stranger.say("Asha wa <Mlali> & jirani").answer()
    stranger.tap(sw("Send")).answer()
    ticket = the_ticket(office.desk)
    assert (ticket.caller, ticket.requester_id) == (f"telegram:{stranger.user_id}", None)
    assert STRANGER not in ticket.caller


def test_what_people_write_is_shown_as_they_wrote_it(office: Office, juma: Chat) -> None:
    office.desk.clock.forward(minutes=1)
    walk(juma, sw("Report a fault"), *REPORT_A_PRINTER, sw("Add your own words"))
    juma.say("<b>Inawaka</b> & inazima: 1 < 2").answer()
    juma.tap(sw("Send")).answer()
    ticket = the_ticket(office.desk)
    assert ticket.id is not None
    office.desk.do(ClaimTicket(ticket.id), office.desk.officer())
    office.desk.do(AskRequester(ticket.id, "Ni <b>ipi</b> & wapi?"), office.desk.officer())
    asked = juma.wait_for("Ni <b>ipi</b> & wapi?")
    assert "entities" not in asked.content


def test_a_tap_on_an_old_card_says_so_and_changes_nothing(office: Office, juma: Chat) -> None:
    card = juma.last
    old = card.button(sw("Report a fault"))
    assert old is not None
    walk(juma, sw("Report a fault"), "Printa")
    juma.tap(old.data, on=card)
    assert juma.wait_for_toast() == sw("This card is old. Please use the newest one.")
    walk(juma, "haichapishi", "00412", sw("Send"))
    assert the_ticket(office.desk).fault_code == "0301"


def test_a_second_tap_on_send_gives_the_number_of_the_ticket(office: Office, juma: Chat) -> None:
    confirm = walk(juma, sw("Report a fault"), *REPORT_A_PRINTER)
    send = confirm.button(sw("Send"))
    assert send is not None
    juma.tap(send.data, on=confirm).answer()
    juma.tap(send.data, on=confirm)
    number = TicketNumber(the_ticket(office.desk).number).shown
    assert juma.wait_for_toast() == sw("This was sent already: ticket {number}.", number=number)


def test_another_person_cannot_press_my_buttons(office: Office, juma: Chat, theresia: Chat) -> None:
    confirm = walk(juma, sw("Report a fault"), *REPORT_A_PRINTER)
    send = confirm.button(sw("Send"))
    assert send is not None
    theresia.tap(send.data, on=theresia.last)
    assert theresia.wait_for_toast() == sw("This card is old. Please use the newest one.")
    assert office.desk.all(Ticket) == []


def test_a_sticker_on_the_device_opens_a_report_that_knows_it(office: Office, juma: Chat) -> None:
    juma.say("/start d_MVM_ICT_00412").answer()
    walk(juma, "Printa", "haichapishi")
    assert "00412" in juma.last.text
    juma.tap(sw("Send")).answer()
    assert the_ticket(office.desk).asset_id is not None


def test_an_edited_message_answers_nothing(office: Office, juma: Chat) -> None:
    walk(juma, sw("Report a fault"), "Printa", "haichapishi")
    said = juma.say("412").messages[-1]
    card = juma.answer()
    mine = next(message for message in juma.messages if message.id == said.id)
    juma.edit(mine, "7")
    juma.tap(sw("Send"), on=card).answer()
    assert the_ticket(office.desk).asset_id is not None


def test_a_voice_that_the_desk_cannot_hear_is_answered_politely(office: Office, juma: Chat) -> None:
    juma.send_document(b"OggS", "sauti.ogg", "audio/ogg")
    words_please = "The desk reads words and photos only. Please write what it is, or send a photo."
    assert juma.answer().text == sw(words_please)
