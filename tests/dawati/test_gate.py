"""What every request passes before the desk hears of it."""

import asyncio
import logging
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Scope

from dawati.gate import BODY, CLIENTS, HOOK_BODY, WRONG_KEYS, Gate, WrongKeys

KEY, SECRET = "the-key-of-the-hooks", "the-secret-of-the-webhook"
HOP = f"/hooks/africastalking/{KEY}/ussd"


class Timer:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def echo(request: Request) -> Response:
    return PlainTextResponse(f"{len(await request.body())}")


async def page(_: Request) -> Response:
    return PlainTextResponse("a page " * 500, headers={"referrer-policy": "no-referrer"})


async def broken(_: Request) -> Response:
    raise RuntimeError("+255754000002 said: my password is hunter2")


async def stream(_: Request) -> Response:
    async def events() -> AsyncIterator[str]:
        yield "data: 1\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


def application() -> Starlette:
    return Starlette(
        routes=[
            Route("/hooks/africastalking/{key}/ussd", echo, methods=["POST"]),
            Route("/hooks/telegram", echo, methods=["POST"]),
            Route("/page/{number}", page),
            Route("/upload", echo, methods=["POST"]),
            Route("/broken/{phone}", broken),
            Route("/live", stream),
        ]
    )


def client(gate: Gate, address: str = "10.0.0.1") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(gate, client=(address, 5))
    return httpx.AsyncClient(transport=transport, base_url="http://desk")


def gate(timer: Timer | None = None, hook_key: str = KEY, webhook_secret: str = SECRET) -> Gate:
    return Gate(application(), hook_key=hook_key, webhook_secret=webhook_secret, timer=timer or Timer())


async def test_the_right_key_comes_through_with_its_body() -> None:
    async with client(gate()) as caller:
        assert (await caller.post(HOP, content=b"text=1")).text == "6"
        told = await caller.post("/hooks/telegram", content=b"{}", headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})
        assert told.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/hooks/africastalking/wrong/ussd",
        f"/hooks/africastalking/{KEY}x/ussd",
        "/hooks/africastalking//ussd",
        "/hooks/africastalking/%ff%fe/ussd",
        "/hooks/telegram",
        "/hooks/telegram/",
        "/hooks/other",
    ],
)
async def test_a_wrong_key_is_refused_in_plain_words(path: str) -> None:
    async with client(gate()) as caller:
        refused = await caller.post(path, content=b"text=1")
    assert refused.status_code == 403
    assert refused.headers["content-type"].startswith("text/plain")


async def test_without_a_key_of_its_own_the_desk_lets_nobody_in() -> None:
    async with client(gate(hook_key="", webhook_secret="")) as caller:
        assert (await caller.post("/hooks/africastalking//ussd")).status_code == 403
        assert (await caller.post("/hooks/africastalking/x/ussd")).status_code == 403
        assert (await caller.post("/hooks/telegram")).status_code == 403


async def test_guessing_is_slowed_for_one_client_and_the_gateway_still_gets_in() -> None:
    timer = Timer()
    tried = gate(timer)
    async with client(tried) as guesser, client(tried, "10.0.0.2") as other:
        codes = [(await guesser.post("/hooks/telegram")).status_code for _ in range(WRONG_KEYS + 2)]
        assert codes == [403] * WRONG_KEYS + [429] * 2
        assert (await other.post("/hooks/telegram")).status_code == 403
        assert (await guesser.post(HOP)).status_code == 200  # behind the same proxy as the flood
        timer.now = 61
        assert (await guesser.post("/hooks/telegram")).status_code == 403


def test_a_flood_from_many_addresses_is_not_remembered_for_ever() -> None:
    wrong = WrongKeys(Timer())
    for number in range(CLIENTS * 2):
        wrong.too_many(str(number))
    assert len(wrong) == CLIENTS


async def test_what_is_too_large_is_refused_whether_or_not_it_says_so() -> None:
    async def pieces(size: int) -> AsyncIterator[bytes]:
        for _ in range(size // 4096 + 1):
            yield b"x" * 4096

    async with client(gate()) as caller:
        assert (await caller.post(HOP, content=b"x" * HOOK_BODY)).status_code == 200
        assert (await caller.post(HOP, content=b"x" * (HOOK_BODY + 1))).status_code == 413
        assert (await caller.post(HOP, content=pieces(HOOK_BODY))).status_code == 413
        assert (await caller.post("/upload", content=b"x" * HOOK_BODY * 2)).status_code == 200
        assert (await caller.post("/upload", content=pieces(BODY))).status_code == 413
        assert (await caller.post("/upload", content=b"", headers={"content-length": str(BODY + 1)})).status_code == 413


async def test_pages_are_packed_and_carry_their_headers_and_hooks_neither() -> None:
    async with client(gate()) as caller:
        shown = await caller.get("/page/1")
        hop = await caller.post(HOP, content=b"x" * 4096)
    assert shown.headers["content-encoding"] == "gzip"
    assert "default-src 'self'" in shown.headers["content-security-policy"]
    assert "unsafe" not in shown.headers["content-security-policy"]
    assert shown.headers["referrer-policy"] == "no-referrer"  # the page's own word counts
    assert "strict-transport-security" not in shown.headers
    assert not {"content-encoding", "content-security-policy"} & set(hop.headers)


async def test_a_failure_is_told_by_its_kind_and_never_in_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        async with client(gate()) as caller:
            told = await caller.get("/broken/+255754000002?q=hunter2")
    assert told.status_code == 500
    logged = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    assert "/broken/{phone}" in logged
    assert "RuntimeError" in logged
    for words in ("hunter2", "754000002"):
        assert words not in told.text
        assert words not in "\n".join(
            record.getMessage() for record in caplog.records if record.name.startswith("dawati")
        )


async def test_the_log_has_a_line_for_each_request_without_its_key(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="dawati.access"):
        async with client(gate()) as caller:
            await caller.post(f"{HOP}?phone=%2B255754000002")
            await caller.post("/hooks/telegram")
            await caller.get("/page/12?search=Juma")
    lines = [record.getMessage() for record in caplog.records if record.name == "dawati.access"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == [
        "POST /hooks/africastalking/{key}/ussd 200", "POST (no route) 403", "GET /page/{number} 200",
    ]  # fmt: skip


async def test_requests_are_measured_but_not_pages_that_stay_open() -> None:
    seen: list[tuple[str, str, int]] = []
    measured = Gate(application(), hook_key=KEY, webhook_secret=SECRET, measure=lambda *told: seen.append(told[:3]))
    async with client(measured) as caller:
        await caller.get("/live")
        await caller.request("BREW", "/page/1")
        await caller.post(HOP)
    assert seen == [("other", "/page/{number}", 405), ("POST", "/hooks/africastalking/{key}/ussd", 200)]


async def test_a_client_that_goes_away_within_its_body_is_nobodys_failure() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": HOP, "headers": [], "client": None, "query_string": b""}
    await asyncio.wait_for(gate()(scope, receive, send), 5)
    assert [message.get("status") for message in sent][:1] == [413]
