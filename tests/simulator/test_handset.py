"""A person with a basic phone, and a desk at the other end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.africastalking.ussd import read_answer
from simulator.handset import Handset
from tests.simulator.listening_desk import ListeningDesk


def test_what_is_typed_is_joined_by_stars_and_sent_as_the_gateway_sends_it(
    desk: ListeningDesk, handset: Handset
) -> None:
    handset.dial()
    handset.send("1")
    handset.send("2*3")
    handset.send("")
    hops = desk.heard("ussd")
    assert [hop["text"] for hop in hops] == ["", "1", "1*2*3", "1*2*3*"]
    assert set(hops[0]) == {"sessionId", "phoneNumber", "networkCode", "serviceCode", "text"}
    assert len({hop["sessionId"] for hop in hops}) == 1
    assert hops[0]["sessionId"].startswith("ATUid_")
    assert len(hops[0]["sessionId"]) == 38
    assert hops[0]["phoneNumber"] == "+255754000001"
    assert handset.screen == "umeandika 1*2*3*"


def test_a_shortcut_arrives_with_text_already_in_the_first_request(desk: ListeningDesk, handset: Handset) -> None:
    assert handset.dial("*384*123*1*4#") == "umeandika 1*4"
    assert [hop["text"] for hop in desk.heard("ussd")] == ["1*4"]


def test_a_code_of_somebody_else_never_reaches_the_desk(desk: ListeningDesk, handset: Handset) -> None:
    assert "haupo" in handset.dial("*150*00#")
    assert handset.ended
    assert desk.heard("ussd") == []


def test_the_end_event_says_how_it_went(desk: ListeningDesk, handset: Handset) -> None:
    desk.ussd = lambda text: b"END Kwaheri" if text == "1" else b"CON Karibu"
    handset.dial()
    handset.send("1")
    assert handset.ended
    event = desk.wait_for("ussd-end")[0]
    assert event["status"] == "Success"
    assert event["hopsCount"] == "2"
    assert event["input"] == "1"
    assert event["lastAppResponse"] == "END Kwaheri"
    assert event["hopsMetadata"] == "a_step|a_step"
    assert set(event) >= {"date", "cost", "durationInMillis", "errorMessage", "networkCode", "serviceCode"}


def test_hanging_up_is_incomplete_and_a_lost_signal_is_never_told(desk: ListeningDesk, handset: Handset) -> None:
    handset.dial()
    handset.drop()
    handset.dial()
    handset.hang_up()
    assert [event["status"] for event in desk.wait_for("ussd-end")] == ["Incomplete"]


@pytest.mark.parametrize("answer", [b"Karibu", b" CON Karibu", b"\xef\xbb\xbfCON Karibu", b"CON\nKaribu", b""])
def test_another_beginning_ends_the_session(desk: ListeningDesk, handset: Handset, answer: bytes) -> None:
    desk.ussd = lambda text: answer
    handset.dial()
    assert handset.ended
    assert "neither" in handset.faults[0]
    assert desk.wait_for("ussd-end")[0]["status"] == "Failed"


def test_a_screen_that_a_phone_cannot_show_is_marked(desk: ListeningDesk, handset: Handset) -> None:
    desk.ussd = lambda text: {"": "CON " + "a" * 183, "1": "CON Karibu – dawati"}.get(text, "END ").encode()
    handset.dial()
    assert handset.faults == ("183 septets, the bearer holds 182",)
    handset.send("1")
    assert handset.septets is None
    assert "–" in handset.faults[0]


def test_one_hop_may_arrive_eight_times_at_once_and_once_more(desk: ListeningDesk, handset: Handset) -> None:
    handset.dial()
    handset.send("1", times=8)
    handset.repeat()
    assert [hop["text"] for hop in desk.heard("ussd")] == [""] + ["1"] * 9
    assert handset.answers == [b"CON umeandika 1"]


def test_a_desk_that_is_not_there_ends_the_session() -> None:
    lonely = Handset("+255754000001", "http://127.0.0.1:9", "the-key")
    lonely.dial()
    assert lonely.ended
    assert "no answer" in lonely.faults[0]
    lonely.close()


def test_a_text_message_is_brought_with_all_its_fields(desk: ListeningDesk, handset: Handset) -> None:
    assert handset.text_message("HALI 2600123-9", times=2) == 200
    first, second = desk.heard("sms")
    assert first == second
    assert set(first) == {"from", "to", "text", "date", "id", "linkId", "networkCode"}
    assert first["text"] == "HALI 2600123-9"


@given(status=st.integers(100, 599), kind=st.text(max_size=20), label=st.text(max_size=120), body=st.binary())
def test_no_answer_of_a_desk_breaks_the_phone(status: int, kind: str, label: str, body: bytes) -> None:
    screen = read_answer(status, kind, label, body)
    assert screen.open <= body.startswith(b"CON ")
