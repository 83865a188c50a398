"""What people and networks do on USSD, through the real routes, and what becomes of it."""

import asyncio

import pytest

from models.commands import AskForAccount, By, HearMessage
from models.commands.hearing import Typed
from models.tables import AccountRequest, Conversation, Ticket, UssdSession, Words
from models.tables.account import AccountAction, AccountState
from models.tables.conversation import Standing
from models.tables.person import AddressKind
from models.tables.ticket import Channel
from tests.support.cast import STRANGER, THERESIA, Desk
from tests.ussd.conftest import Telephone

REPORT = ("1", "2", "1", "412", "1")  # fault, printer, does not print, the tag's digits, send


async def test_six_screens_make_a_ticket(phone: Telephone, desk: Desk) -> None:
    seen = [await phone.dial(), *[await phone.key(key) for key in REPORT]]
    assert [page[:3] for page in seen] == ["CON"] * 5 + ["END"]
    (ticket,) = desk.all(Ticket)
    shown = f"{ticket.number // 10}-{ticket.number % 10}"
    assert shown in seen[-1]
    assert phone.label == "report.end"


async def test_the_hop_is_labelled_with_its_step(phone: Telephone) -> None:
    await phone.dial()
    assert phone.label == "front.menu"
    await phone.key("1")
    assert phone.label == "report.category"


async def test_every_hop_twice_is_answered_the_same_and_makes_one_ticket(phone: Telephone, desk: Desk) -> None:
    assert await phone.dial() == await phone.again()
    for key in REPORT:
        assert await phone.key(key) == await phone.again()
    assert len(desk.all(Ticket)) == 1


async def test_the_same_hop_eight_times_at_once_makes_one_ticket(phone: Telephone, desk: Desk) -> None:
    await phone.dial()
    for key in REPORT:
        phone.typed.append(key)
        answers = await asyncio.gather(*[phone.again() for _ in range(8)])
        assert len(set(answers)) == 1
    assert len(desk.all(Ticket)) == 1


async def test_a_first_hop_twice_at_once_opens_one_conversation(phone: Telephone, desk: Desk) -> None:
    phone.session = "ATUid_once"
    first, second = await asyncio.gather(phone.again(), phone.again())
    assert first == second
    assert len(desk.all(Conversation)) == 1


async def test_a_star_that_was_typed_belongs_to_the_words(phone: Telephone, desk: Desk) -> None:
    await phone.dial()
    await phone.keys("1", "2", "1", "412", "2")
    assert phone.label == "report.words"
    await phone.key("inaandika *ERROR 5* tu")
    assert phone.label == "report.confirm"
    await phone.key("1")
    assert [row.text for row in desk.all(Words)] == ["inaandika *ERROR 5* tu"]


@pytest.mark.parametrize("empty", ["", " "])
async def test_sending_nothing_repeats_the_screen_with_a_line_of_help(phone: Telephone, empty: str) -> None:
    await phone.dial()
    asked = await phone.key("1")
    told = await phone.key(empty)
    assert phone.label == "report.category"
    assert told.splitlines()[-2] == asked.splitlines()[-2]
    assert told != asked
    await phone.key("2")
    assert phone.label == "report.fault"


async def test_sending_nothing_on_the_first_screen_loses_nothing(phone: Telephone) -> None:
    """Joined by the network, an empty first answer is an empty transcript, and the next one begins with a star."""
    first = await phone.dial()
    assert await phone.key("") == first
    await phone.key("1")
    assert phone.label == "report.category"


async def test_a_shortcut_dial_is_replayed(phone: Telephone) -> None:
    await phone.dial("1*2*1")
    assert phone.label == "report.device"
    await phone.key("412")
    assert phone.label == "report.confirm"


async def test_a_session_whose_beginning_was_never_seen_goes_on(phone: Telephone, desk: Desk) -> None:
    phone.session, phone.typed = "ATUid_strange", ["1", "2", "1", "412"]
    await phone.again()
    assert phone.label == "report.confirm"
    await phone.key("1")
    assert len(desk.all(Ticket)) == 1


@pytest.mark.parametrize("transcript", ["", "1", "9*2", "2*2*1", "1*21", "2", "*"])
async def test_a_shorter_or_diverging_transcript_changes_nothing(phone: Telephone, transcript: str) -> None:
    await phone.dial()
    before = await phone.keys("1", "2")
    assert await phone.hop(transcript) == before
    assert await phone.hop("1*2") == before
    assert phone.label == "report.fault"


async def test_after_the_end_every_hop_gets_the_end_again(phone: Telephone, desk: Desk) -> None:
    await phone.dial()
    receipt = await phone.keys(*REPORT)
    assert await phone.key("1") == receipt
    assert await phone.key("1*1*1") == receipt
    assert len(desk.all(Ticket)) == 1


async def test_who_was_cut_off_goes_on_where_they_were(phone: Telephone, desk: Desk) -> None:
    await phone.dial()
    await phone.keys("1", "2", "1")
    await phone.dial()
    assert phone.label == "front.unfinished"
    await phone.keys("1", "412")
    assert phone.label == "report.confirm"
    await phone.key("1")
    assert len(desk.all(Ticket)) == 1


async def test_the_end_of_a_session_is_noted(phone: Telephone, desk: Desk) -> None:
    await phone.dial()
    answer = await phone.post("ussd-end", sessionId=phone.session, status="Incomplete", durationInMillis="4000")
    assert (answer.status_code, answer.text) == (200, "")
    (session,) = desk.all(UssdSession)
    assert (session.end_status, session.network) == ("Incomplete", "Vodacom")
    assert session.ended_at is not None


async def test_the_end_of_a_session_that_nobody_knows_is_no_trouble(phone: Telephone) -> None:
    assert (await phone.post("ussd-end", sessionId="ATUid_never", status="Failed")).status_code == 200


async def test_a_stranger_reports_with_a_name(phone: Telephone, desk: Desk) -> None:
    phone.phone = STRANGER
    await phone.dial()
    await phone.keys("1", "3")
    await phone.key("1")
    assert phone.label == "report.who"
    await phone.keys("Asha wa kata ya Mlali", "1")
    (ticket,) = desk.all(Ticket)
    assert (ticket.caller, ticket.caller_name) == (f"phone:{STRANGER}", "Asha wa kata ya Mlali")


async def test_the_transcript_is_kept_as_no_words(phone: Telephone, desk: Desk) -> None:
    await phone.dial()
    await phone.keys("1", "2", "1", "412", "2", "nywila yangu ni Siri12345")
    (session,) = desk.all(UssdSession)
    assert "Siri12345" not in repr(session)
    kept = [row for row in desk.all(Conversation) if row.standing == Standing.OPEN]
    assert "Siri12345" not in repr(kept)


async def test_what_went_on_by_sms_is_not_done_again_on_the_open_screen(phone: Telephone, desk: Desk) -> None:
    await phone.dial()
    await phone.keys("1", "2", "1", "412")
    assert phone.label == "report.confirm"
    by_sms = HearMessage(Channel.SMS, AddressKind.PHONE, phone.phone, "ATXid_1", Typed("Tuma"))
    desk.do(by_sms, By(Channel.SMS))
    assert len(desk.all(Ticket)) == 1
    await phone.key("1")
    assert phone.label == "front.menu"
    assert len(desk.all(Ticket)) == 1


async def test_a_cancelled_report_is_no_ticket_and_the_session_ends(phone: Telephone, desk: Desk) -> None:
    await phone.dial()
    assert await phone.keys("1", "2", "99") == "END Imeghairiwa. Hakuna kilichotumwa."
    assert desk.all(Ticket) == []


async def test_the_language_changes_at_once_and_stays(phone: Telephone) -> None:
    await phone.dial()
    assert await phone.keys("5", "2") == "END The desk will speak to you in English."
    assert "How can we help?" in await phone.dial()


@pytest.mark.parametrize("leaving", ["0", "00", "99"])
async def test_what_the_desk_asked_waits_for_an_answer_however_it_is_left(
    phone: Telephone, desk: Desk, leaving: str
) -> None:
    desk.proves("juma")
    desk.do(AskForAccount("gms", AccountAction.RESET), By(Channel.USSD, person_id=desk.ids["juma"]))
    phone.phone = THERESIA
    await phone.dial()
    await phone.key("1")
    assert phone.label == "approve.decision"
    await phone.key(leaving)
    assert phone.label == ("approve.end" if leaving == "99" else "front.menu")
    await phone.dial()
    assert phone.label == "front.unfinished"
    await phone.keys("1", "1")
    assert phone.label == "approve.end"
    assert [row.state for row in desk.all(AccountRequest)] == [AccountState.IN_HAND]


async def test_what_was_put_off_is_not_answered_by_the_next_words(phone: Telephone, desk: Desk) -> None:
    desk.proves("juma")
    desk.do(AskForAccount("gms", AccountAction.RESET), By(Channel.USSD, person_id=desk.ids["juma"]))
    phone.phone = THERESIA
    await phone.dial()
    await phone.keys("1", "99")
    desk.do(HearMessage(Channel.SMS, AddressKind.PHONE, THERESIA, "ATXid_1", Typed("1")), By(Channel.SMS))
    assert [row.state for row in desk.all(AccountRequest)] == [AccountState.APPROVAL]
