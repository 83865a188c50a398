"""An officer's day at the queue, told over HTTP and without a script."""

import re

import pytest

from database import Transaction
from locales import say
from models.commands import DESK, AcceptInvitation, AskForAccount, By, DecideApproval, NoteFate, ReportFault
from models.refusals import AlreadyClaimed, AlreadyDecided, NotFound
from models.tables import AccountRequest, Fault, History, Notice, Ticket
from models.tables.account import AccountAction, AccountState
from models.tables.notice import Fate
from models.tables.proving import Purpose
from models.tables.ticket import Channel, State, WaitingOn
from models.values.ticket_number import TicketNumber
from queries.offers.devices import NoSuchDevice
from tests.console.conftest import Enter
from tests.console.front import Officer
from tests.support.cast import STRANGER, Desk
from tests.support.paying import lease


def reported(desk: Desk, asset_tag: str = "") -> str:
    """Juma dials and reports his printer; the ticket's address in the console."""
    juma = By(Channel.USSD, person_id=desk.ids["juma"])
    desk.do(ReportFault("0301", asset_tag, words="Inatoa karatasi nyeupe"), juma)
    return f"/tickets/{TicketNumber(last(desk).number).shown}"


def last(desk: Desk) -> Ticket:
    return desk.all(Ticket)[-1]


def events(desk: Desk) -> list[str]:
    return [row.event for row in desk.all(History)]


def test_from_the_queue_to_the_solution(neema: Officer, desk: Desk) -> None:
    here = reported(desk)
    neema.open("/tickets")
    assert "Printa haichapishi" in neema.words
    assert "Juma Hassan" in neema.words
    neema.open(here)
    assert "0754 000 002" in neema.words
    neema.send(here, act="claim")
    assert (neema.status, neema.where) == (200, here)
    neema.send(here, act="ask", words="Taa gani inawaka?")
    assert last(desk).waiting_on == WaitingOn.REQUESTER
    assert "Inasubiri mwombaji" in neema.words
    neema.send(here, act="answer", words="Ya njano")
    neema.send(here, act="resolve", words="Tumebadilisha drum.")
    assert last(desk).state == State.RESOLVED
    assert events(desk) == ["reported", "claimed", "asked", "answered", "resolved"]
    for words in ("Taa gani inawaka?", "Ya njano", "Tumebadilisha drum.", "aliichukua tiketi", "Kwa simu"):
        assert words in neema.words
    assert "inasubiri kutumwa" in neema.words


def test_what_became_of_a_notice_is_said_once_and_in_words(neema: Officer, desk: Desk) -> None:
    here = reported(desk)
    for leased in lease(desk):
        desk.do(NoteFate(leased.attempt_id, Fate.REACHED), DESK)
    assert "notice_reached" in events(desk)
    neema.open(here)
    assert "imefika kwenye simu" in neema.words
    assert "notice" not in neema.words


def test_a_page_in_swahili_gives_no_advice_in_english(neema: Officer, desk: Desk) -> None:
    def advise(tx: Transaction) -> None:
        fault = tx.get(Fault, "0301")
        assert fault is not None
        fault.ask_for = "which tray"
        tx.save(fault)

    desk.door.database.write(advise)
    here = reported(desk)
    assert "which tray" not in neema.open(here)
    neema.send("/language/en", back=here)
    assert "which tray" in neema.open(here)


def test_the_second_officer_who_claims_is_told(neema: Officer, enter: Enter, desk: Desk) -> None:
    here, asha = reported(desk), enter("asha")
    neema.open(here)
    asha.open(here)
    neema.send(here, act="claim")
    asha.send(here, act="claim")
    assert (asha.status, asha.refusal) == (409, say(AlreadyClaimed.text, "sw"))
    assert last(desk).officer_id == desk.ids["officer:neema"]


def test_a_form_sent_twice_is_carried_out_once(neema: Officer, desk: Desk) -> None:
    here = reported(desk)
    neema.open(here)
    page = neema.page
    for _ in range(2):
        neema.page = page
        neema.send(here, act="note", words="Tuna drum moja stoo.")
        assert neema.where == here
    assert events(desk) == ["reported", "noted"]
    neema.send(here, act="note", words="Tuna drum moja stoo.")
    assert events(desk) == ["reported", "noted", "noted"]


def test_a_report_entered_twice_is_one_ticket(neema: Officer, desk: Desk) -> None:
    neema.open("/tickets/new")
    page = neema.page
    seen = set()
    for _ in range(2):
        neema.page = page
        neema.send("/tickets/new", act="send", person=str(desk.ids["juma"]), fault="0301", channel="phone")
        seen.add(neema.where)
    assert len(desk.all(Ticket)) == len(seen) == 1


def test_a_refusal_stands_at_the_form_and_keeps_what_was_typed(neema: Officer, desk: Desk) -> None:
    here = reported(desk)
    neema.open(here)
    neema.send(here, act="resolve", words="")
    assert (neema.status, neema.refusal) == (422, "Tafadhali andika maneno machache kwanza.")
    neema.send(here, act="resolve", words="Nywila yako ni Karibu2026!")
    assert neema.status == 409
    assert "Karibu2026!" in neema.page
    assert events(desk) == ["reported"]
    neema.send(here, act="resolve", words="Imetengenezwa.")
    assert events(desk) == ["reported", "resolved"]


@pytest.mark.parametrize("csrf", ["", "0" * 32])
def test_a_form_of_no_page_of_ours_is_refused(neema: Officer, desk: Desk, csrf: str) -> None:
    here = reported(desk)
    neema.open(here)
    neema.send(here, act="claim", csrf=csrf)
    assert neema.status == 403
    assert events(desk) == ["reported"]


def test_a_form_that_another_site_sends_is_refused(neema: Officer, desk: Desk) -> None:
    here = reported(desk)
    neema.open(here)
    neema.http.headers["Sec-Fetch-Site"] = "cross-site"
    neema.send(here, act="claim")
    assert neema.status == 403


def test_another_councils_ticket_person_and_device_do_not_exist(enter: Enter, desk: Desk) -> None:
    here, baraka = reported(desk, asset_tag="MVM/ICT/00412"), enter("baraka")
    unknown = "/tickets/2699999-" + str(TicketNumber.made(2026, 99999))[-1]
    for path in (here, unknown, f"/people/{desk.ids['juma']}", "/assets/MVM/ICT/00412",
                 f"/tickets?place={desk.ids['mvomero-dc']}"):  # fmt: skip
        baraka.open(path)
        assert baraka.status == 404, path
        assert "Juma" not in baraka.page
    for path in ("/tickets", "/people?q=juma", "/people?q=0754", "/assets?q=412"):
        baraka.open(path)
        assert baraka.status == 200
        assert "Juma Hassan" not in baraka.page
        assert "00412" not in baraka.page.replace("/assets?q=412", "")
    baraka.open("/tickets/new")
    baraka.send(here, act="claim")
    assert baraka.status == 404
    baraka.open("/tickets/new")
    baraka.send("/tickets/new", act="send", person=str(desk.ids["juma"]), fault="0301")
    assert baraka.status == 404
    assert events(desk) == ["reported"]


def test_an_auditor_sees_all_and_changes_nothing(enter: Enter, desk: Desk) -> None:
    here, auditor = reported(desk), enter("mkaguzi")
    auditor.open(here)
    assert "Inatoa karatasi nyeupe" in auditor.words
    assert 'name="act"' not in auditor.page
    for act in ("claim", "note", "resolve", "cancel"):
        auditor.send(here, act=act, words="Mimi", form="0" * 32)
        assert auditor.status == 403
    auditor.open("/tickets/new")
    assert auditor.status == 403
    assert events(desk) == ["reported"]


def test_somebody_not_on_record_is_entered_from_the_telephone(neema: Officer, desk: Desk) -> None:
    neema.open("/tickets/new")
    neema.send("/tickets/new", act="send", fault="0301")
    assert (neema.status, neema.refusal[:13]) == (422, "Tafadhali taj")
    neema.send(
        "/tickets/new", act="send", fault="0401", caller_name="Mwalimu Rehema", caller_phone="0754 999 999",
        channel="door", impact="facility", urgency="today", words="Shule nzima haina intaneti",
    )  # fmt: skip
    ticket = last(desk)
    assert (ticket.caller, ticket.caller_name, ticket.channel) == (f"phone:{STRANGER}", "Mwalimu Rehema", Channel.DOOR)
    assert ticket.entered_by_id == desk.ids["officer:neema"]
    assert "Mwalimu Rehema" in neema.words
    assert "Ofisini kwetu" in neema.words


def test_somebody_at_the_door_without_a_phone_is_served_all_the_same(neema: Officer, desk: Desk) -> None:
    neema.open("/tickets/new")
    neema.send("/tickets/new", act="send", words="Kompyuta ya maktaba haiwaki", caller_name="Mzee Ally", channel="door")
    here = neema.where
    neema.send(here, act="ask", words="Uko ofisi gani?")
    neema.send(here, act="answer", words="Maktaba")
    neema.send(here, act="resolve", words="Waya ulichomoka.")
    neema.send(here, act="confirm")
    assert last(desk).state == State.CLOSED
    assert [row for row in desk.all(Notice) if row.person_id is None] == []


def test_a_device_is_named_as_on_the_phone_by_its_digits_or_its_serial(neema: Officer, desk: Desk) -> None:
    for typed, tag in (("412", "MVM/ICT/00412"), ("sn00007", "MVM/ICT/00007"), ("mvm ict 00412", "MVM/ICT/00412")):
        neema.open("/tickets/new")
        neema.send("/tickets/new", act="send", fault="0301", caller_name="Ally", asset=typed)
        assert (neema.status, tag in neema.words) == (200, True), typed
    neema.open("/tickets/new")
    neema.send("/tickets/new", act="send", fault="0301", caller_name="Ally", asset="99999", words="Inapiga kelele")
    assert (neema.status, neema.refusal) == (404, say(NoSuchDevice.text, "sw"))
    assert "Inapiga kelele" in neema.page


def test_a_report_for_a_place_that_another_unit_serves_is_refused(desk: Desk) -> None:
    elsewhere = ReportFault("0301", caller_name="Ally", place_id=desk.ids["gairo-dc"])
    with pytest.raises(NotFound):
        desk.do(elsewhere, desk.officer())


def test_the_person_is_found_within_the_form_and_nothing_typed_is_lost(neema: Officer, desk: Desk) -> None:
    neema.open("/tickets/new")
    neema.send("/tickets/new", act="find", who="754000002", words="Anasema inapiga kelele", fault="0302")
    assert "Juma Hassan" in neema.words
    assert re.search(rf'value="{desk.ids["juma"]}" checked', neema.page)
    assert "MVM/ICT/00412" in neema.page
    assert "Anasema inapiga kelele" in neema.page
    assert re.search(r'value="0302" selected', neema.page)
    assert neema.refusal == ""


def test_an_account_is_asked_for_on_behalf_and_not_reported(neema: Officer, desk: Desk) -> None:
    neema.open("/tickets/new")
    person = str(desk.ids["juma"])
    neema.send("/tickets/new", act="send", person=person, fault="1101")
    assert (neema.status, neema.refusal) == (422, "Tafadhali chagua mfumo wenye akaunti hiyo.")
    neema.send("/tickets/new", act="send", person=person, fault="1101", system="hcmis", user_name="juma.h")
    assert "Nimesahau nywila: HCMIS / Lawson" in neema.words
    assert "Utambulisho unahakikiwa" in neema.words


def test_an_approver_decides_in_the_console_and_sees_nothing_else(enter: Enter, desk: Desk) -> None:
    juma = By(Channel.USSD, person_id=desk.ids["juma"])
    desk.proves("juma")
    desk.do(AskForAccount("hcmis", AccountAction.RESET, "juma.h"), juma)
    theresia = enter("theresia")
    assert theresia.where == "/approvals"
    assert "Nimesahau nywila: HCMIS / Lawson" in theresia.words
    theresia.open("/people")
    assert theresia.status == 404
    theresia.open("/approvals")
    page = theresia.page
    theresia.send("/approvals", act="yes", ticket=str(last(desk).id))
    assert "Hakuna anayekusubiri" in theresia.words
    theresia.page = page
    theresia.send("/approvals", act="no", ticket=str(last(desk).id))
    assert (theresia.status, theresia.refusal) == (409, say(AlreadyDecided.text, "sw"))


def test_an_account_request_is_carried_out_and_told(neema: Officer, desk: Desk) -> None:
    juma = By(Channel.USSD, person_id=desk.ids["juma"])
    desk.proves("juma")
    desk.do(AskForAccount("hcmis", AccountAction.RESET, "juma.h"), juma)
    here = f"/tickets/{TicketNumber(last(desk).number).shown}"
    neema.open(here)
    assert "carry_out" not in neema.page
    neema.send(here, act="carry_out")
    assert neema.status == 409
    ticket_id = last(desk).id
    assert ticket_id is not None
    desk.proves("theresia", Purpose.APPROVE, ticket_id)
    desk.do(DecideApproval(ticket_id, True), By(Channel.SMS, person_id=desk.ids["theresia"]))
    neema.open(here)
    assert "carry_out" not in neema.page
    neema.send(here, act="in_person")
    neema.send(here, act="hand_over", reference="UTUMISHI/88")
    assert "UTUMISHI/88" in neema.words
    neema.send(here, act="carry_out", words="Ingia na ufuate maelekezo ya mfumo.")
    (request,) = desk.all(AccountRequest)
    assert request.state == AccountState.DONE
    assert last(desk).state == State.RESOLVED


def test_an_invitation_is_shown_once_and_works(neema: Officer, desk: Desk) -> None:
    path = f"/people/{desk.ids['juma']}"
    neema.open(path)
    neema.send(path)
    found = re.search(r'class="code">(\d{4}) (\d{4})<', neema.page)
    assert found is not None
    assert found[1] not in neema.open(path)
    desk.do(AcceptInvitation(found[1] + found[2]), By(Channel.SMS, caller=f"phone:{STRANGER}"))
    neema.open(path)
    assert "0754 999 999" in neema.words


def test_a_printed_code_is_shown_once(neema: Officer, desk: Desk) -> None:
    path = f"/people/{desk.ids['juma']}"
    neema.open(path)
    neema.send(path, act="print_code")
    found = re.search(r'class="code">(\d{4}) (\d{4})<', neema.page)
    assert found is not None
    assert "Msimbo wa mara moja wa Juma Hassan" in neema.words
    assert found[1] not in neema.open(path)


def test_a_call_back_shows_its_number_and_its_code(neema: Officer, desk: Desk) -> None:
    desk.proves("juma")
    desk.do(AskForAccount("ess", AccountAction.RESET), By(Channel.USSD, person_id=desk.ids["juma"]))
    ticket_id = last(desk).id or 0
    desk.do(DecideApproval(ticket_id, True), By(Channel.WEB, person_id=desk.ids["theresia"]))
    here = f"/tickets/{TicketNumber(last(desk).number).shown}"
    neema.open(here)
    neema.send(here, act="call")
    told = desk.all(Notice)[-1].screen["text"]
    (code,) = re.findall(r"\b\d{6}\b", told)
    assert code in neema.words
    neema.send(here, act="call_genuine")
    assert [row.state for row in desk.all(AccountRequest)] == [AccountState.IN_HAND]


def test_one_field_finds_everything(neema: Officer, desk: Desk) -> None:
    here = reported(desk)
    number = here.rpartition("/")[2]
    for words, where in (
        (number.replace("-", ""), here), (number, here), ("412", "/assets"), ("mvm/ict/00412", "/assets"),
        ("juma", "/people"), ("0754000002", "/people"),
    ):  # fmt: skip
        neema.http.get("/")
        neema._took(neema.http.get("/search", params={"q": words}))
        assert (neema.where, neema.status) == (where, 200), words


def test_the_desk_tells_the_person_what_the_officer_does(neema: Officer, desk: Desk) -> None:
    here = reported(desk)
    neema.open(here)
    neema.send(here, act="claim")
    neema.send(here, act="resolve", words="Tumebadilisha drum.")
    told = [row.person_id for row in desk.all(Notice) if row.fact.startswith("history:")]
    assert told == [desk.ids["juma"], desk.ids["juma"]]
