"""What people come for, by text message, through the real routes."""

import asyncio
import json

import httpx
import pytest

from database import open_database
from dawati.rim import Rim
from handlers import Door
from models.commands import AskRequester, ClaimTicket, ResolveTicket
from models.tables import AccountRequest, Conversation, History, Notice, Receipt, Ticket, Words
from models.tables.account import AccountState
from models.tables.ticket import Channel, State
from models.values.ticket_number import TicketNumber
from tests.sms.conftest import Connect, Texter, hooks
from tests.support.cast import NEEMA, STRANGER, THERESIA, Desk, desk_on


def only(desk: Desk) -> Ticket:
    (ticket,) = desk.all(Ticket)
    return ticket


def number(desk: Desk) -> str:
    return TicketNumber(only(desk).number).shown


async def test_a_report_by_numbers(juma: Texter, desk: Desk) -> None:
    front = await juma.send("Habari")
    assert "1 Ripoti hitilafu" in front
    await juma.send("1")
    await juma.send("2.")
    await juma.send("1")
    await juma.send("00412")
    receipt = await juma.send("NDYO")
    assert number(desk) in receipt
    ticket = only(desk)
    assert (ticket.channel, ticket.fault_code, ticket.requester_id) == (Channel.SMS, "0301", desk.ids["juma"])


async def test_a_report_in_one_message(juma: Texter, connect: Connect, desk: Desk) -> None:
    receipt = await juma.send("HITLAFU: printa ya mhasibu haichapishi tangu jana")
    assert number(desk) in receipt
    assert len(juma.inbox()) == 1
    assert only(desk).channel is Channel.SMS
    assert [words.text for words in desk.all(Words)] == ["printa ya mhasibu haichapishi tangu jana"]
    (told,) = connect(NEEMA).inbox()
    assert number(desk) in told


async def test_a_sentence_out_of_the_blue_is_kept_and_asked_about(juma: Texter, desk: Desk) -> None:
    asked = await juma.send("Habari, printa ya mhasibu haichapishi tangu jana")
    assert "1 Tuma" in asked
    assert desk.all(Ticket) == []
    receipt = await juma.send("Ndiyo tafadhali")
    assert number(desk) in receipt
    assert [words.text for words in desk.all(Words)] == ["Habari, printa ya mhasibu haichapishi tangu jana"]


async def test_a_sentence_that_was_no_report_is_dropped(juma: Texter, desk: Desk) -> None:
    await juma.send("Nitakuja ofisini kwenu kesho asubuhi")
    await juma.send("HAPANA")
    assert desk.all(Ticket) == []
    assert "1 Ripoti hitilafu" in await juma.send("2")


async def test_a_stranger_says_who_they_are_and_then_it_is_sent(connect: Connect, desk: Desk) -> None:
    stranger = connect(STRANGER)
    await stranger.send("FAULT mtandao wa zahanati umekatika")
    assert desk.all(Ticket) == []
    receipt = await stranger.send("Asha Juma, Zahanati ya Mlali")
    assert number(desk) in receipt
    assert (only(desk).caller, only(desk).caller_name) == (f"phone:{STRANGER}", "Asha Juma, Zahanati ya Mlali")


async def test_a_keyword_alone_asks_step_by_step(juma: Texter) -> None:
    assert "2 Printa, skana na vifaa vya pembeni" in await juma.send("Hitilafu")
    assert "1 Printa haichapishi" in await juma.send("printa")
    assert "1 Printa HP M404 (MVM/ICT/00412)" in await juma.send("1")


async def test_a_state_is_told_in_one_message(juma: Texter, connect: Connect, desk: Desk) -> None:
    await juma.send("HITILAFU printa haichapishi")
    assert f"{number(desk)} " in await juma.send(f"HALI {number(desk)}")
    assert "Imepokelewa" in await juma.send(f"status #{only(desk).number}")
    receipt = await juma.send("HALI")
    assert number(desk) in receipt
    other = connect(THERESIA)
    assert "Imepokelewa" not in await other.send(f"HALI {number(desk)}")
    no_tickets = other.inbox()[-1]
    assert number(desk) not in no_tickets


async def test_a_wrong_number_is_asked_again(juma: Texter, desk: Desk) -> None:
    await juma.send("HITILAFU printa haichapishi")
    wrong = f"{only(desk).number // 10}-{(only(desk).number + 1) % 10}"
    assert "2600123-9" in await juma.send(f"HALI {wrong}")


async def test_a_device_is_told_in_one_message(juma: Texter) -> None:
    for text in ("KIFAA 412", "mali MVM/ICT/00412", "DEVICE SN00412"):
        card = await juma.send(text)
        assert card.startswith("MVM/ICT/00412 Printa HP M404. Idara ya Fedha.")
    assert "MVM/ICT/00412" in await juma.send("KIFAA")


async def test_an_account_with_its_approval(juma: Texter, connect: Connect, desk: Desk) -> None:
    asked = await juma.send("NYWILA email")
    assert "la Baruapepe. Usiandike nywila." in asked
    await juma.send("jhassan")
    desk.proves("juma")
    await juma.send("ofisini")
    receipt = await juma.send("SAWA")
    assert number(desk) in receipt
    theresia = connect(THERESIA)
    assert "Juma Hassan" in theresia.inbox()[-1]
    await theresia.send("Ndiyo, naidhinisha")
    (request,) = desk.all(AccountRequest)
    assert request.state in (AccountState.IN_HAND, AccountState.CALL_BACK, AccountState.WITH_OWNER)
    assert request.user_name == "jhassan"


async def test_a_system_that_nobody_knows_brings_the_list(juma: Texter) -> None:
    listed = await juma.send("NYWILA Facebook")
    assert "1 HCMIS" in listed
    assert "la HCMIS. Usiandike nywila." in await juma.send("1")


async def test_an_officers_question_is_answered(juma: Texter, desk: Desk) -> None:
    await juma.send("HITILAFU printa haichapishi")
    ticket_id = only(desk).id
    assert ticket_id is not None
    desk.do(ClaimTicket(ticket_id), desk.officer())
    desk.do(AskRequester(ticket_id, "Je, taa ya printa inawaka?"), desk.officer())
    assert "Je, taa ya printa inawaka?" in juma.inbox()[-1]
    await juma.send("Hali ya taa ni nyekundu, hitilafu bado ipo")
    assert [row.event for row in desk.all(History)][-1] == "answered"
    assert desk.all(Words)[-1].text == "Hali ya taa ni nyekundu, hitilafu bado ipo"
    assert len(desk.all(Ticket)) == 1


async def test_a_repair_is_confirmed_in_a_sentence(juma: Texter, desk: Desk) -> None:
    await juma.send("HITILAFU printa haichapishi")
    ticket_id = only(desk).id
    assert ticket_id is not None
    desk.do(ClaimTicket(ticket_id), desk.officer())
    desk.do(ResolveTicket(ticket_id, "Tumebadilisha waya."), desk.officer())
    assert "1 Ndiyo" in juma.inbox()[-1]
    await juma.send("NDIO inafanya kazi sasa ahsanteni")
    await juma.send("5")
    assert (only(desk).state, only(desk).rating) == (State.CLOSED, 5)


async def test_a_repair_that_does_not_hold_is_reopened(juma: Texter, desk: Desk) -> None:
    await juma.send("HITILAFU printa haichapishi")
    ticket_id = only(desk).id
    assert ticket_id is not None
    desk.do(ClaimTicket(ticket_id), desk.officer())
    desk.do(ResolveTicket(ticket_id, "Tumebadilisha waya."), desk.officer())
    juma.inbox()
    await juma.send("Printa inatoa karatasi nyeupe tupu")  # what was asked is asked again, and no report is made of it
    assert len(desk.all(Ticket)) == 1
    await juma.send("BADO")
    await juma.send("Karatasi zinatoka nyeupe")
    assert only(desk).state is not State.RESOLVED
    assert desk.all(Words)[-1].text == "Karatasi zinatoka nyeupe"


async def test_the_language_is_changed_in_one_message(juma: Texter) -> None:
    assert await juma.send("ENGLISH") == "The desk will speak to you in English."
    assert "Reply with a number" in await juma.send("MENU")


async def test_announcements_are_stopped_and_begun_again(juma: Texter, desk: Desk) -> None:
    await juma.send("ACHA")
    await juma.send("ANZA")
    assert len(set(juma.inbox())) == 2


async def test_moves_work_by_their_words(juma: Texter) -> None:
    categories = await juma.send("HITILAFU")
    await juma.send("2")
    assert await juma.send("Rudi.") == categories
    assert "1 Ripoti hitilafu" in await juma.send("MWANZO")


async def test_help_names_the_keywords(juma: Texter) -> None:
    told = await juma.send("MSAADA")
    assert "HITILAFU" in told
    assert "15054" in told


async def test_the_same_message_again_is_heard_once(juma: Texter, desk: Desk) -> None:
    for _ in range(3):
        await juma.send("HITILAFU printa haichapishi", id="ATInb_1")
    assert len(desk.all(Ticket)) == 1
    assert len(juma.inbox()) == 1


async def test_the_same_message_at_the_same_moment_is_heard_once(juma: Texter, desk: Desk) -> None:
    answers = await asyncio.gather(*(juma.post("HITILAFU printa haichapishi", id="ATInb_1") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(desk.all(Ticket)) == 1
    assert len(juma.inbox()) == 1


async def test_two_processes_get_the_same_message_at_the_same_moment(postgres_url: str) -> None:
    desk = desk_on(postgres_url)
    other = Door(open_database(postgres_url), desk.door.rules, desk.clock, desk.door.dice)
    doors = [httpx.ASGITransport(hooks(Rim(door))) for door in (desk.door, other)]
    clients = [httpx.AsyncClient(transport=door, base_url="http://desk") for door in doors]
    phones = [Texter(client, desk) for client in clients]
    text = "HITILAFU printa haichapishi"
    answers = await asyncio.gather(*(phone.post(text, id="ATInb_1") for phone in phones * 4))
    assert {answer.status_code for answer in answers} == {200}
    assert len(desk.all(Ticket)) == 1
    assert len(phones[0].inbox()) == 1
    for client in clients:
        await client.aclose()
    other.database.close()
    desk.door.database.close()


async def test_a_message_without_its_id_is_known_by_what_it_says(juma: Texter, desk: Desk) -> None:
    for date in ("2026-03-04 11:00:00", "2026-03-04 11:00:00", "2026-03-04 11:05:00"):
        await juma.send("HITILAFU printa haichapishi", id="", linkId="", date=date)
    assert len(desk.all(Ticket)) == 2
    assert "printa" not in str([receipt.message for receipt in desk.all(Receipt)])


async def test_a_very_long_id_is_kept_within_its_column(juma: Texter, desk: Desk) -> None:
    for _ in range(2):
        await juma.send("HITILAFU printa haichapishi", id="x" * 5000)
    assert [len(receipt.message) for receipt in desk.all(Receipt)] == [64]
    assert len(desk.all(Ticket)) == 1


@pytest.mark.parametrize(
    "text", ["NYWILA Karibu123", "NYWILA YANGU NI Karibu123", "HITILAFU nywila yangu ni Karibu123"]
)
async def test_a_password_is_kept_nowhere(juma: Texter, desk: Desk, text: str) -> None:
    await juma.send(text)
    await juma.send("Naomba msaada, password yangu ni Karibu123")
    kept = [desk.all(table) for table in (Conversation, Notice, Words, Receipt, Ticket, History, AccountRequest)]
    assert "Karibu" not in json.dumps([str(row) for rows in kept for row in rows])


async def test_a_shared_short_code(connect: Connect, desk: Desk) -> None:
    juma = connect(institution=("TEHAMA", "Mvomero"))
    assert "1 Ripoti hitilafu" in await juma.send("TEHAMA")
    await juma.send("tehama HITILAFU printa haichapishi")
    assert [words.text for words in desk.all(Words)] == ["printa haichapishi"]
