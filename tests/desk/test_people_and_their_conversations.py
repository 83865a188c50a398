"""Registering, linking, language; and conversations that go on where they were cut off, on any channel."""

from datetime import timedelta

from conversations.screen import Screen
from handlers.people import digest_of_code
from models.commands import AskRequester, ConfirmResolution, ResolveTicket
from models.commands.hearing import Pictured, Shared, Stopped, Tapped, Wants
from models.tables import Address, Attachment, Conversation, Invitation, Person, Ticket
from models.tables.conversation import Standing
from models.tables.person import AddressKind, Proof
from models.tables.ticket import Channel, WaitingOn
from tests.desk.support import Phone, Texter
from tests.support.cast import JUMA, STRANGER, Desk
from tests.support.paying import pay

CHAT = "700100"


def invite(desk: Desk, code: str, person: str = "juma") -> None:
    at = desk.clock()
    invitation = Invitation(
        person_id=desk.ids[person], code_digest=digest_of_code(desk.door.rules.key, code), made_at=at,
        expires_at=at + timedelta(days=7),
    )  # fmt: skip
    desk.door.database.write(lambda tx: tx.add(invitation))


def addresses(desk: Desk, person: str) -> list[tuple[AddressKind, str, Proof]]:
    return [(a.kind, a.value, a.proof) for a in desk.all(Address) if a.person_id == desk.ids[person] and not a.ended_at]


def test_an_invitation_joins_a_number_to_its_person_once(desk: Desk) -> None:
    invite(desk, "12345678")
    phone = Phone(desk, STRANGER)
    assert phone.dial("4").step == "register.code"
    assert phone.send("8765 4321").note  # wrong: asked again
    assert "Juma Hassan" in phone.send("1234 5678").text
    assert (AddressKind.PHONE, STRANGER, Proof.INVITATION) in addresses(desk, "juma")
    again = Phone(desk, "+255754888888")
    again.dial("4")
    assert not again.send("12345678").final


def test_an_invitation_out_of_date_is_refused_like_a_wrong_one(desk: Desk) -> None:
    invite(desk, "12345678")
    desk.clock.forward(days=8)
    phone = Phone(desk, STRANGER)
    phone.dial("4")
    assert phone.send("12345678").note == phone.send("87654321").note != ""


def test_a_shared_contact_links_the_chat_to_whoever_has_the_number(desk: Desk) -> None:
    chat = Texter(desk, CHAT, Channel.TELEGRAM)
    chat.say("habari")
    assert any(option.opens == "register" for option in chat.screen.options)
    chat.say(Shared(JUMA))
    assert "Juma Hassan" in Screen.from_json(chat.inbox[-2].screen).text
    assert (AddressKind.TELEGRAM, CHAT, Proof.SHARED_CONTACT) in addresses(desk, "juma")


def test_a_shared_contact_that_nobody_has_on_record_links_nothing(desk: Desk) -> None:
    chat = Texter(desk, CHAT, Channel.TELEGRAM)
    chat.say(Shared(STRANGER))
    assert chat.screen.final
    assert "haipo kwenye orodha" in chat.screen.text  # and what they can do about it
    assert not [each for each in desk.all(Address) if each.kind == AddressKind.TELEGRAM]


def test_somebody_not_on_record_is_answered_in_the_language_of_their_keyword(desk: Desk) -> None:
    guest = Texter(desk, STRANGER)
    guest.say(Wants("report_words", {"words": "The printer smokes", "confirm": "send"}), "en")
    assert guest.screen.language == "en"
    guest.say("Asha, ward office")
    assert guest.screen.text.startswith("Thank you.")
    guest.say(Wants("tickets"), "sw")
    assert guest.screen.language == "sw"


def test_a_keyword_does_not_change_the_language_that_somebody_has_on_record(desk: Desk) -> None:
    juma = Texter(desk)
    juma.say(Wants("help"), "en")
    assert juma.screen.language == "sw"


def test_a_language_once_chosen_is_spoken_from_then_on(desk: Desk) -> None:
    phone = Phone(desk)
    assert phone.dial("5", "2").text == "The desk will speak to you in English."
    assert {person.language for person in desk.all(Person) if person.id == desk.ids["juma"]} == {"en"}
    assert phone.dial().language == "en"


def test_somebody_unknown_keeps_the_language_they_last_chose(desk: Desk) -> None:
    stranger = Phone(desk, STRANGER)
    stranger.dial("5", "2")
    assert stranger.dial().language == "en"


def test_cut_off_on_the_phone_and_continued_in_the_chat(desk: Desk) -> None:
    desk.door.database.write(lambda tx: tx.add(Address(
        person_id=desk.ids["juma"], kind=AddressKind.TELEGRAM, value=CHAT, proof=Proof.SHARED_CONTACT,
        proven_at=desk.clock(),
    )))  # fmt: skip
    Phone(desk).dial("1", "2", "1")  # and the line drops
    chat = Texter(desk, CHAT, Channel.TELEGRAM)
    chat.say("412")
    assert chat.screen.step == "report.confirm"
    chat.say("1")
    assert len(desk.all(Ticket)) == 1


def test_cut_off_and_dialled_again_is_offered_to_continue(desk: Desk) -> None:
    Phone(desk).dial("1", "2", "1")
    phone = Phone(desk)
    assert phone.dial().step == "front.unfinished"
    assert phone.send("1").step == "report.device"
    phone.send("412")
    assert phone.send("1").final
    assert Phone(desk).dial().step == "front.menu"


def test_a_draft_is_not_offered_for_ever(desk: Desk) -> None:
    Phone(desk).dial("1", "2", "1")
    desk.clock.forward(hours=25)
    assert Phone(desk).dial().step == "front.menu"


def test_back_home_and_cancel_work_everywhere(desk: Desk) -> None:
    phone = Phone(desk)
    assert phone.dial("1", "2", "1").step == "report.device"
    assert phone.send("0").step == "report.fault"
    assert phone.send("0").step == "report.category"
    assert phone.send("00").step == "front.menu"
    assert phone.send("1").step == "report.category"
    assert phone.send("99").final
    assert not desk.all(Ticket)


def test_a_star_within_words_is_one_answer(desk: Desk) -> None:
    phone = Phone(desk)
    phone.dial("1", "2", "1", "412", "2")
    assert phone.send("inatoa *beep* tatu").step == "report.confirm"
    phone.send("1")
    (conversation,) = [each for each in desk.all(Conversation) if each.name == "report"]
    assert conversation.progress["answers"]["words"] == "inatoa *beep* tatu"


def test_a_shortcut_dial_lands_where_it_points_even_with_something_unfinished(desk: Desk) -> None:
    Phone(desk).dial("1", "2", "1")
    phone = Phone(desk)
    phone.session, phone.text = "shortcut", "1*2"
    assert phone._hop().step == "report.fault"


def test_an_old_card_says_so_and_a_finished_one_names_the_ticket(desk: Desk) -> None:
    chat = Texter(desk, CHAT, Channel.TELEGRAM)
    chat.say(Wants("report"))
    (conversation,) = desk.all(Conversation)
    card = Tapped(conversation.id or 0, conversation.revision, "2", card="1")
    chat.say(card)
    assert chat.screen.step == "report.fault"
    assert chat.say(card).alert
    for said in ("1", "412", "Juma wa fedha", "1"):
        chat.say(said)
    (conversation,) = desk.all(Conversation)
    assert conversation.standing == Standing.FINISHED
    assert "2600001-0" in chat.say(Tapped(conversation.id or 0, 1, "1")).alert


def test_somebody_elses_card_is_nothing_to_me(desk: Desk) -> None:
    Texter(desk, CHAT, Channel.TELEGRAM).say(Wants("report"))
    (conversation,) = desk.all(Conversation)
    other = Texter(desk, "999", Channel.TELEGRAM)
    assert other.say(Tapped(conversation.id or 0, conversation.revision, "1")).alert
    assert desk.all(Conversation)[0].revision == conversation.revision


def test_an_album_is_one_report_and_all_its_photos_come_along(desk: Desk) -> None:
    chat = Texter(desk, CHAT, Channel.TELEGRAM)
    chat.say(Pictured("file-1", caption="Printa imekwama", album="a1"))
    chat.say(Pictured("file-2", album="a1"))
    assert len(chat.inbox) == 1
    for said in ("2", "1", "412", "Juma wa fedha", "1"):
        chat.say(said)
    chat.say(Pictured("file-3", album="a1"))  # the last of the album is late
    (ticket,) = desk.all(Ticket)
    assert [photo.ticket_id for photo in desk.all(Attachment)] == [ticket.id] * 3


def test_stop_is_kept_and_taken_back(desk: Desk) -> None:
    juma = Texter(desk, JUMA)
    juma.say(Stopped())
    assert next(person for person in desk.all(Person) if person.id == desk.ids["juma"]).sms_stopped
    juma.say(Stopped(stop=False))
    assert not next(person for person in desk.all(Person) if person.id == desk.ids["juma"]).sms_stopped


def test_what_the_desk_asked_waits_longer_than_a_draft(desk: Desk) -> None:
    Phone(desk).dial("1", "2", "1", "412", "1")
    ticket_id = desk.all(Ticket)[0].id or 0
    desk.do(AskRequester(ticket_id, "Je, taa inawaka?"), desk.officer())
    pay(desk)
    desk.clock.forward(days=3)
    assert Phone(desk).dial().step == "front.unfinished"
    Texter(desk, JUMA).say("Ndiyo")
    assert desk.all(Ticket)[0].waiting_on == WaitingOn.NOBODY


def test_nobody_is_asked_any_more_once_it_is_settled(desk: Desk) -> None:
    Phone(desk).dial("1", "2", "1", "412", "1")
    ticket_id = desk.all(Ticket)[0].id or 0
    desk.do(AskRequester(ticket_id, "Je, taa inawaka?"), desk.officer())
    desk.do(ResolveTicket(ticket_id, "Imewaka tu."), desk.officer())
    phone = Phone(desk)
    assert [option.label for option in phone.dial().options][:-1] == ["Imetatuliwa? 2600001-0"]
    desk.do(ConfirmResolution(ticket_id), desk.officer())
    assert Phone(desk).dial().step == "front.menu"


def test_many_dropped_dials_do_not_hide_a_draft(desk: Desk) -> None:
    Phone(desk).dial("1", "2", "1")
    for _ in range(10):
        desk.clock.forward(minutes=1)
        Phone(desk).dial("3")
    assert Phone(desk).dial().step == "front.unfinished"
