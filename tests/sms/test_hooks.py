"""The hooks take whatever comes: 200 for what is a form, 400 for what is none, 503 where the desk itself failed."""

import logging
import threading
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.commands import By, HearMessage, NoteDelivery
from models.commands.hearing import Typed
from models.refusals import NotFound
from models.tables.notice import Fate
from models.tables.person import AddressKind
from models.tables.ticket import Channel
from sms import forms
from sms.forms import STATUSES
from tests.sms.conftest import KEY, Texter, hooks
from tests.support.cast import JUMA, Desk

MESSAGE = {"from": JUMA, "to": "15054", "text": "Habari", "date": "2026-03-04T11:00:00Z", "id": "ATInb_1"}
REPORT = {"id": "ATXid_1", "status": "Success", "phoneNumber": JUMA, "networkCode": "64004", "retryCount": "0"}


class NotingDesk:
    """Notes what it is given, and answers as it is told."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.given: list[tuple[object, By]] = []
        self.noted = threading.Event()
        self.failure = failure

    async def do(self, command: object, by: By) -> Any:
        self.given.append((command, by))
        self.noted.set()
        if self.failure is not None:
            raise self.failure


async def post(desk: NotingDesk, hook: str, form: dict[str, str] | None = None, content: bytes = b"") -> int:
    transport = httpx.ASGITransport(hooks(desk))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as http:
        at = f"/hooks/africastalking/demo/{hook}"
        answer = await (http.post(at, data=form) if form is not None else http.post(at, content=content))
    assert answer.content == b""
    return answer.status_code


@pytest.mark.parametrize("sender", [JUMA, JUMA[1:], f" {JUMA[1:]}", "0754000002"])
async def test_a_message_is_heard_from_the_number_that_sent_it(sender: str) -> None:
    desk = NotingDesk()
    assert await post(desk, "sms", {**MESSAGE, "from": sender}) == 200
    heard = HearMessage(Channel.SMS, AddressKind.PHONE, JUMA, "ATInb_1", Typed("Habari", otherwise=Typed("habari")))
    assert desk.given == [(heard, By(Channel.SMS))]


@pytest.mark.parametrize("sender", ["VODACOM", "M-PESA", "15054", "", "+", "0" * 500])
async def test_who_has_no_number_is_received_and_dropped(sender: str, caplog: pytest.LogCaptureFixture) -> None:
    desk = NotingDesk()
    with caplog.at_level(logging.INFO):
        assert await post(desk, "sms", {**MESSAGE, "from": sender}) == 200
    assert desk.given == []
    assert "VODACOM" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b'{"from": "1", "text": "1"}', b"\xff\xfe\x00", b"a=b", b"<xml/>", b"&".join([b"from=1"] * 99)],
)  # fmt: skip
async def test_what_is_no_form_is_refused(body: bytes) -> None:
    desk = NotingDesk()
    assert await post(desk, "sms", content=body) == 400
    assert await post(desk, "delivery", content=body) == 400
    assert desk.given == []


async def test_what_nobody_types_is_left_out() -> None:
    desk = NotingDesk()
    await post(
        desk,
        "sms",
        {**MESSAGE, "text": "prin\x00ta\x1b \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")},
    )
    heard, _ = desk.given[0]
    assert isinstance(heard, HearMessage)
    assert heard.said == Typed("printa 😀")


async def test_a_refusal_is_no_reason_to_send_it_again() -> None:
    assert await post(NotingDesk(NotFound()), "sms", MESSAGE) == 200


async def test_a_failure_of_the_desk_is_and_keeps_its_words(caplog: pytest.LogCaptureFixture) -> None:
    assert await post(NotingDesk(RuntimeError(f"{JUMA} Habari")), "sms", MESSAGE) == 503
    assert "RuntimeError" in caplog.text
    assert "754000002" not in caplog.text


@pytest.mark.parametrize(("status", "fate"), STATUSES.items())
@pytest.mark.parametrize("spelled", [str.title, str.upper])
async def test_a_report_is_noted(status: str, fate: Fate, spelled: Any) -> None:
    desk = NotingDesk()
    word = spelled(status)
    assert await post(desk, "delivery", {**REPORT, "status": word}) == 200
    note = NoteDelivery("sms", "ATXid_1", JUMA, fate, word, f"{status}:ATXid_1")
    assert desk.given == [(note, By(Channel.SMS))]


async def test_the_reason_is_kept_in_the_gateways_words() -> None:
    desk = NotingDesk()
    await post(
        desk, "delivery", {**REPORT, "status": "Failed", "failureReason": f"UserNotReachable/AbsentSubscriber {JUMA}"}
    )
    note, _ = desk.given[0]
    assert isinstance(note, NoteDelivery)
    assert (note.fate, note.said) == (Fate.UNREACHED, "UserNotReachable AbsentSubscriber")


@pytest.mark.parametrize("status", ["Teleported", "", f"Gone {JUMA}"])
async def test_an_unknown_status_is_loud_and_harmless(status: str, caplog: pytest.LogCaptureFixture) -> None:
    desk = NotingDesk()
    assert await post(desk, "delivery", {**REPORT, "status": status}) == 200
    assert desk.given == []
    assert "not in our dialect" in caplog.text
    assert "754000002" not in caplog.text


async def test_a_report_of_nothing_is_harmless() -> None:
    desk = NotingDesk()
    assert await post(desk, "delivery", {"status": "Success", "id": "", "phoneNumber": "x"}) == 200
    assert desk.given == []
    assert await post(desk, "delivery", {"status": "Success", "phoneNumber": JUMA}) == 200
    assert len(desk.given) == 1


@given(st.dictionaries(st.sampled_from([*MESSAGE, *REPORT, "linkId", "failureReason", "x"]), st.text(max_size=200)))
def test_any_form_is_read_or_refused(form: dict[str, str]) -> None:
    body = httpx.Request("POST", "http://desk", data=form).content
    for read in (lambda: forms.message(body, KEY), lambda: forms.delivery(body, KEY)):
        try:
            command = read()
        except forms.Malformed:
            continue
        if isinstance(command, HearMessage):
            assert 0 < len(command.message) <= 80
        if isinstance(command, NoteDelivery):
            assert len(command.message) <= 80
            assert len(command.gateway_id) <= 80
            assert len(command.said) <= 60


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.lists(
        st.text(max_size=60)
        | st.sampled_from(["1", "2", "0", "98", "HITILAFU", "NYWILA MUSE", "KIFAA 412", "HALI", "ndiyo"]),
        max_size=6,
    )
)
async def test_any_conversation_is_answered(juma: Texter, desk: Desk, texts: list[str]) -> None:
    for text in texts:
        assert await juma.send(text)
