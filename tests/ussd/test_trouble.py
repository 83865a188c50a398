"""Hostile requests, a slow desk and a broken one: whoever is on the line gets one polite sentence, and in time."""

import asyncio
import logging
from dataclasses import dataclass, field

import pytest

from conversations.screen import Screen
from models.commands import By, HearHop, SendLate
from models.refusals import AddressTaken
from models.tables import Notice, UssdSession
from tests.support.cast import Desk
from tests.ussd.conftest import Connect, Telephone
from ussd.inbound import LONGEST_TRANSCRIPT

GOOD = {"sessionId": "ATUid_1", "phoneNumber": "+255754000002", "networkCode": "64004", "text": ""}


@dataclass
class StandIn:
    """A desk of which nothing is known but how long it takes and what comes of it."""

    outcome: Screen | Exception
    takes: float = 0.0
    done: list[object] = field(default_factory=list)
    sent_late: asyncio.Event = field(default_factory=asyncio.Event)

    async def do(self, command: object, by: By) -> object:
        assert by.channel == "ussd"
        if isinstance(command, HearHop):
            await asyncio.sleep(self.takes)
        self.done.append(command)
        if isinstance(command, SendLate):
            self.sent_late.set()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00garbage",
        b'{"sessionId": "ATUid_1"}',
        b"&&&===",
        b"sessionId=&phoneNumber=%2B255754000002&text=",
        b"sessionId=ATUid_1&text=1",
        b"sessionId=ATUid_1&phoneNumber=mimi&text=1",
        b"sessionId=ATUid_1&phoneNumber=%2B255754000002&text=a%00b",
        b"sessionId=" + b"x" * 65 + b"&phoneNumber=%2B255754000002&text=",
        b"sessionId=ATUid_1&phoneNumber=%2B255754000002&text=" + b"1*" * LONGEST_TRANSCRIPT,
        b"&".join([b"a=1"] * 1000),
    ],
)
async def test_what_no_phone_company_sends_is_refused_politely(phone: Telephone, desk: Desk, body: bytes) -> None:
    answer = await phone.http.post("/hooks/africastalking/demo/ussd", content=body)
    assert answer.status_code == 400
    assert answer.text.startswith("END ")
    assert answer.headers["content-type"].startswith("text/plain")
    assert desk.all(UssdSession) == []
    assert (await phone.http.post("/hooks/africastalking/demo/ussd-end", content=body[:40])).status_code in (200, 400)


@pytest.mark.parametrize("text", ["%FF%FE", "%F0%9F%98%80", "\U0001f600", "1*%E2%80%8B*2", "*" * 500, "9" * 9000])
async def test_any_transcript_gets_a_screen(phone: Telephone, text: str) -> None:
    body = f"sessionId=ATUid_1&phoneNumber=%2B255754000002&networkCode=64004&text={text}".encode()
    answer = await phone.http.post("/hooks/africastalking/demo/ussd", content=body)
    assert answer.status_code == 200
    assert answer.text.startswith("CON ")


async def test_a_plus_that_was_not_escaped_is_still_a_number(phone: Telephone, desk: Desk) -> None:
    body = b"sessionId=ATUid_1&phoneNumber=+255754000002&networkCode=64004&serviceCode=*384*123#&text="
    assert (await phone.http.post("/hooks/africastalking/demo/ussd", content=body)).status_code == 200
    assert [row.phone for row in desk.all(UssdSession)] == ["+255754000002"]


async def test_only_a_post_is_a_hop(phone: Telephone) -> None:
    assert (await phone.http.get("/hooks/africastalking/demo/ussd")).status_code == 405


async def test_an_unknown_network_is_loud_and_harmless(
    phone: Telephone, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    phone.network = "64011"
    await phone.dial()
    assert "unknown networkCode 64011" in caplog.text
    assert [row.network for row in desk.all(UssdSession)] == ["64011"]


async def test_a_network_may_show_less(connect: Connect) -> None:
    long = Screen(text="neno " * 60, language="sw", step="help.help")
    desk = StandIn(long)
    telephone = connect(desk, limits={"64009": 100})
    full = await telephone.post(**GOOD)
    small = await telephone.post(**{**GOOD, "networkCode": "64009"})
    assert 140 < len(full.text) - 4 <= 160
    assert 80 < len(small.text) - 4 <= 100


async def test_a_slow_desk_is_answered_for_and_the_work_is_finished(connect: Connect) -> None:
    desk = StandIn(Screen("Ahsante.", "sw", "report.end", final=True), takes=0.05)
    telephone = connect(desk, deadline=0.01)
    answer = await telephone.post(**GOOD)
    assert (answer.status_code, answer.text[:4]) == (200, "END ")
    assert "SMS" in answer.text
    assert desk.done == []
    await desk.sent_late.wait()
    assert [type(command) for command in desk.done] == [HearHop, SendLate]
    assert desk.done[1] == SendLate("ATUid_1")


async def test_what_was_promised_by_sms_is_owed_once(phone: Telephone, desk: Desk) -> None:
    await phone.dial()
    page = await phone.key("1")
    desk.do(SendLate(phone.session), By())
    desk.do(SendLate(phone.session), By())
    (notice,) = desk.all(Notice)
    assert notice.routes == [["sms", phone.phone]]
    assert notice.screen["text"] in page


async def test_a_broken_desk_is_one_polite_sentence_and_no_secret_in_the_log(
    connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "ussd")
    telephone = connect(StandIn(RuntimeError("INSERT … ('+255754000002', 'printa imekufa')")))
    answer = await telephone.post(**{**GOOD, "text": "printa imekufa"})
    assert (answer.status_code, answer.text[:4]) == (200, "END ")
    assert "RuntimeError" in caplog.text
    assert "printa" not in caplog.text + answer.text
    assert "255754" not in caplog.text + answer.text
    assert (await telephone.post("ussd-end", **GOOD)).status_code == 200


async def test_a_late_hop_that_failed_still_brings_the_sms(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    desk = StandIn(RuntimeError("printa imekufa"), takes=0.05)
    answer = await connect(desk, deadline=0.01).post(**GOOD)
    assert "SMS" in answer.text
    await desk.sent_late.wait()
    assert "printa" not in caplog.text


async def test_a_refusal_is_said_in_its_own_words(connect: Connect) -> None:
    answer = await connect(StandIn(AddressTaken())).post(**GOOD)
    assert answer.text == "END Namba au akaunti hii imeshasajiliwa. Tafadhali wasiliana na Kitengo cha TEHAMA."
