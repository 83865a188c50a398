"""Sending through the gateway's own package, unchanged, to the simulated gateway over real HTTP."""

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

import httpx
import pytest
import requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from urllib3.exceptions import MaxRetryError, ProtocolError

from conversations.screen import Screen
from delivery.ports import Carried, Carrier, Parcel
from models.commands import NoteDelivery
from models.tables.notice import Fate
from simulator import SimulatorSettings, create_simulator
from simulator.backstage import Backstage
from simulator.serving import listening_socket, served, url_of
from sms.gateways import Gateway
from sms.gateways.africastalking import DIALECT, LATER, OFFLINE, SOON, AfricasTalkingCarrier, word_of_failure
from tests.sms.conftest import hooks
from tests.sms.test_hooks import NotingDesk
from tests.support.cast import JUMA, NEEMA, THERESIA

Sending = Callable[..., AfricasTalkingCarrier]


@pytest.fixture
def noting() -> NotingDesk:
    return NotingDesk()


@pytest.fixture
def simulator(noting: NotingDesk) -> Iterator[str]:
    with served(hooks(noting)) as desk_url:
        settings = SimulatorSettings(
            desk_url=desk_url, at_hook_key="the-key", bot_token="1:x", report_after=0.01, repeat_every=0.02
        )
        with served(create_simulator(settings)) as url:
            yield url


@pytest.fixture
def backstage(simulator: str) -> Backstage:
    return Backstage(simulator)


@pytest.fixture
async def sending(simulator: str) -> AsyncIterator[Sending]:
    made: list[AfricasTalkingCarrier] = []

    def carrier(**more: Any) -> AfricasTalkingCarrier:
        url = f"{simulator}/africastalking/"
        made.append(AfricasTalkingCarrier("sandbox", "a-key", **{"url": url, "sender": "DAWATI", **more}))
        return made[-1]

    yield carrier
    for each in made:
        each.close()


def parcel(number: str = JUMA, text: str = "Habari", attempt: int = 1) -> Parcel:
    return Parcel(attempt, number, Screen(text, "sw", "desk.word", final=True))


async def carry(carrier: Carrier, *parcels: Parcel) -> list[Carried]:
    carried = await carrier.carry(parcels)
    assert sorted(each.attempt_id for each in carried) == sorted(each.attempt_id for each in parcels)
    return sorted(carried, key=lambda each: each.attempt_id)


def inbox(simulator: str, phone: str = JUMA) -> list[dict[str, Any]]:
    answer = httpx.get(f"{simulator}/control/sms/inbox", params={"phone": phone}, trust_env=False)
    return list(answer.json()["messages"])


async def test_it_arrives_and_is_paid_for(sending: Sending, simulator: str, noting: NotingDesk) -> None:
    gateway: Gateway = sending()
    (carried,) = await carry(gateway, parcel(text="Habari Juma – " + "a" * 160))
    (arrived,) = inbox(simulator)
    assert arrived["text"] == "Habari Juma - " + "a" * 160
    assert arrived["address"] == "DAWATI"
    assert carried == Carried(1, Fate.SENT, "Sent", arrived["id"], parts=2, cost="TZS 44.0000")
    assert await asyncio.to_thread(noting.noted.wait, 10)
    note, _ = noting.given[0]
    assert isinstance(note, NoteDelivery)
    assert (note.gateway_id, note.phone, note.fate) == (carried.gateway_id, JUMA, Fate.REACHED)


@pytest.mark.parametrize("code", DIALECT)
async def test_every_status_has_its_meaning(sending: Sending, backstage: Backstage, simulator: str, code: int) -> None:
    backstage.script_sms({"code": code, "reports": []})
    (carried,) = await carry(sending(), parcel())
    word = DIALECT[code]
    assert (carried.fate, carried.said, carried.retry_in) == (word.fate, word.said, word.retry_in)
    assert (carried.gateway_id != "") == (carried.cost != "") == (carried.parts == 1) == (code <= 102)
    assert len(inbox(simulator)) == (1 if code <= 102 else 0)


def test_what_will_never_go_is_not_tried_again() -> None:
    assert {code for code, word in DIALECT.items() if word.retry_in} == {402, 405, 500, 501, 502}
    assert {code for code, word in DIALECT.items() if word.fate is Fate.SENT} == {100, 101, 102}


@pytest.mark.parametrize(
    ("reason", "said", "retry_in"),
    [
        ("InsufficientBalance", "InsufficientBalance", LATER), ("InvalidSenderId", "InvalidSenderId", LATER),
        ("UserInBlacklist", "UserInBlacklist", None),
    ],
)  # fmt: skip
async def test_a_request_refused_with_201(
    sending: Sending, backstage: Backstage, reason: str, said: str, retry_in: timedelta | None
) -> None:
    backstage.script_sms({"refusal": reason})
    (carried,) = await carry(sending(), parcel())
    assert carried == Carried(1, Fate.REFUSED, said, retry_in=retry_in)


async def test_a_reason_that_nobody_knows_is_loud_and_means_unknown(
    sending: Sending, backstage: Backstage, caplog: pytest.LogCaptureFixture
) -> None:
    backstage.script_sms({"refusal": f"MoonInWrongHouse for {JUMA}"})
    (carried,) = await carry(sending(), parcel())
    assert carried == Carried(1, Fate.UNKNOWN, "NotUnderstood")
    assert "MoonInWrongHouse" in caplog.text
    assert "754000002" not in caplog.text


async def test_a_wrong_key_is_a_setting_to_correct(noting: NotingDesk) -> None:
    settings = SimulatorSettings(desk_url="http://127.0.0.1:9", at_hook_key="k", bot_token="1:x", at_api_key="right")
    with served(create_simulator(settings)) as url:
        carrier = AfricasTalkingCarrier("sandbox", "wrong", url=f"{url}/africastalking")
        (carried,) = await carry(carrier, parcel())
        carrier.close()
    assert carried == Carried(1, Fate.REFUSED, "InvalidAuthentication", retry_in=LATER)


async def test_an_error_of_theirs_may_have_sent_it(sending: Sending, backstage: Backstage) -> None:
    backstage.script_sms({"http": 500})
    (carried,) = await carry(sending(), parcel())
    assert carried.fate is Fate.UNKNOWN
    assert carried.retry_in is None


async def test_their_answer_is_too_late(sending: Sending, backstage: Backstage, simulator: str) -> None:
    backstage.script_sms({"wait": 1})
    (carried,) = await carry(sending(read=0.1), parcel())
    assert carried == Carried(1, Fate.UNKNOWN, "TimedOut")
    assert len(inbox(simulator)) == 1


async def test_our_own_deadline_holds_whatever_the_package_does(
    sending: Sending, backstage: Backstage, simulator: str, caplog: pytest.LogCaptureFixture
) -> None:
    backstage.script_sms({"wait": 0.5})
    carrier = sending(deadline=0.2)
    with caplog.at_level(logging.INFO):
        (carried,) = await carry(carrier, parcel())
        assert carried == Carried(1, Fate.UNKNOWN, "TimedOut")
        carrier._threads.shutdown(wait=True)
    assert "the late request ended: answered" in caplog.text
    assert len(inbox(simulator)) == 1


async def test_what_was_never_begun_is_surely_not_sent(sending: Sending, backstage: Backstage, simulator: str) -> None:
    """The only thread is still held by a request that was given up."""
    backstage.script_sms({"wait": 2}, number=JUMA)
    carrier = sending(deadline=0.2, threads=1)
    await carry(carrier, parcel())
    (carried,) = await carry(carrier, parcel(NEEMA, attempt=2))
    assert carried == Carried(2, Fate.REFUSED, "NotYetSent", retry_in=SOON)
    assert inbox(simulator, NEEMA) == []


async def test_a_closed_carrier_leaves_it_to_another(sending: Sending) -> None:
    carrier = sending()
    carrier.close()
    (carried,) = await carry(carrier, parcel())
    assert carried == Carried(1, Fate.REFUSED, "NotYetSent", retry_in=SOON)


async def test_nobody_there_is_surely_not_sent() -> None:
    with closing(listening_socket()) as listener:
        nowhere = url_of(listener)
    for url in (nowhere, "http://no-such-host.invalid"):
        carrier = AfricasTalkingCarrier("sandbox", "a-key", url=url)
        (carried,) = await carry(carrier, parcel())
        carrier.close()
        assert carried == Carried(1, Fate.REFUSED, "NoConnection", retry_in=OFFLINE.retry_in)


async def test_an_address_that_is_none_is_surely_not_sent() -> None:
    carrier = AfricasTalkingCarrier("sandbox", "a-key", url="api.africastalking.com")
    (carried,) = await carry(carrier, parcel())
    carrier.close()
    assert carried == Carried(1, Fate.REFUSED, "InvalidAddress", retry_in=LATER)


async def test_a_line_that_breaks_off_may_have_sent_it() -> None:
    """A gateway that takes the request and hangs up."""
    with closing(listening_socket()) as listener:
        listener.listen()
        carrier = AfricasTalkingCarrier("sandbox", "a-key", url=url_of(listener))
        sending = asyncio.create_task(carry(carrier, parcel()))
        taken, _ = await asyncio.to_thread(listener.accept)
        await asyncio.to_thread(taken.recv, 65536)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        taken.close()
        (carried,) = await sending
        carrier.close()
    assert carried == Carried(1, Fate.UNKNOWN, "ConnectionLost")


def test_a_gateway_that_is_not_who_it_says_was_told_nothing() -> None:
    refused = requests.exceptions.SSLError(
        MaxRetryError(None, "/", ssl.SSLCertVerificationError("certificate verify failed"))  # type: ignore[arg-type]  # no pool in a test
    )
    assert word_of_failure(refused) is OFFLINE
    broken = requests.exceptions.ConnectionError(ProtocolError("Connection aborted.", ConnectionResetError(104, "x")))
    assert word_of_failure(broken).fate is Fate.UNKNOWN


ANSWERS: dict[str, Any] = {
    "not json": "<html>502 Bad Gateway</html>",
    "xml": "<AfricasTalkingResponse/>",
    "a list": [],
    "nothing": {},
    "no recipients": {"SMSMessageData": {"Message": "Sent to 0/1 Total Cost: 0"}},
    "recipients of another kind": {"SMSMessageData": {"Message": "", "Recipients": "none"}},
    "somebody else": {"SMSMessageData": {"Message": "", "Recipients": [{"statusCode": 101, "number": NEEMA}]}},
    "no code": {"SMSMessageData": {"Message": "", "Recipients": [{"number": JUMA, "status": "Odd", "cost": 5}]}},
    "a new code": {"SMSMessageData": {"Message": "", "Recipients": [{"statusCode": 799, "number": JUMA}]}},
}


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("charset", ["", "; charset=utf-8"])
async def test_an_answer_that_nobody_understands_means_unknown(kind: str, charset: str) -> None:
    answer = ANSWERS[kind]

    async def messaging(_: Request) -> Response:
        if isinstance(answer, str):
            return PlainTextResponse(answer, 201)
        return JSONResponse(answer, 201, {"content-type": f"application/json{charset}"})

    app = Starlette(routes=[Route("/version1/messaging", messaging, methods=["POST"])])
    with served(app) as url:
        carrier = AfricasTalkingCarrier("sandbox", "a-key", url=url)
        (carried,) = await carry(carrier, parcel())
        carrier.close()
    assert carried.fate is Fate.UNKNOWN
    assert carried.retry_in is None
    assert carried.said


async def test_the_same_words_to_many_are_one_request(simulator: str) -> None:
    requests_made: list[str] = []
    simulated = create_simulator(
        SimulatorSettings(desk_url="http://127.0.0.1:9", at_hook_key="k", bot_token="1:x", report_after=60)
    )

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            requests_made.append(scope["path"])
        await simulated(scope, receive, send)

    many = [f"+2557540{number:05d}" for number in range(100)]
    with served(counted) as url:
        carrier = AfricasTalkingCarrier("sandbox", "a-key", url=f"{url}/africastalking")
        parcels = [parcel(number, "Mtandao umerudi", attempt) for attempt, number in enumerate(many)]
        assert {each.fate for each in await carry(carrier, *parcels)} == {Fate.SENT}
        assert requests_made == ["/africastalking/version1/messaging"]
        again = [*parcels, parcel(many[0], "Mtandao umerudi", 100), parcel(many[1], "Mwingine", 101)]
        ids = [each.gateway_id for each in await carry(carrier, *again)]
        assert len(set(ids)) == 102
        assert len(requests_made) == 4
        carrier.close()


async def test_one_of_many_may_be_refused(sending: Sending, backstage: Backstage) -> None:
    backstage.script_sms({"code": 406}, number=NEEMA)
    parcels = [parcel(number, attempt=n) for n, number in enumerate((JUMA, NEEMA, "8812", THERESIA, "+0"))]
    carried = await carry(sending(), *parcels)
    assert [each.said for each in carried] == [
        "Sent", "UserInBlacklist", "InvalidPhoneNumber", "Sent", "InvalidPhoneNumber"
    ]  # fmt: skip


async def test_no_number_is_ever_logged(
    sending: Sending, backstage: Backstage, caplog: pytest.LogCaptureFixture
) -> None:
    scripts: Sequence[dict[str, Any]] = ({"code": 406}, {"code": 502}, {"http": 500}, {"wait": 1}, {"refusal": JUMA})
    with caplog.at_level(logging.INFO):
        for script in scripts:
            backstage.script_sms(script)
            await carry(sending(read=0.1), parcel(text="Maneno ya siri"))
    for said in (record.getMessage() for record in caplog.records if record.name.startswith("sms")):
        assert "754000002" not in said
        assert "siri" not in said
