"""Word that something changed reaches whoever watches, from any process; and nobody watches for ever."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from console import live
from console.render import Pages
from console.serving import Console
from models.commands import By, ReportFault
from models.tables.ticket import Channel
from tests.console.front import PASSWORD, opened
from tests.support.cast import Desk


@pytest.fixture
async def browser(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    with opened(desk) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            await client.post("/login", data={"login": "neema", "password": PASSWORD})
            yield client


class _Nobody:
    async def do(self, command: object, by: By) -> Any:
        raise AssertionError("to watch changes nothing")


_nobody = _Nobody()


async def told(browser: httpx.AsyncClient, since: str, report: object = None, desk: Desk | None = None) -> str:
    """The first event of a line that is open while something is reported."""
    async with browser.stream("GET", "/live", params={"since": since}) as line:
        assert line.headers["content-type"].startswith("text/event-stream")
        async for text in line.aiter_lines():
            if text.startswith("retry") and desk is not None:
                await asyncio.to_thread(desk.do, report, By(Channel.USSD, person_id=desk.ids["juma"]))
            if text.startswith("id: "):
                return text.removeprefix("id: ")
    return ""


async def test_a_report_is_told_to_whoever_watches(browser: httpx.AsyncClient, desk: Desk) -> None:
    now = (await browser.get("/tickets")).text.split('data-since="')[1].split('"')[0]
    changed = await told(browser, now, ReportFault("0301"), desk)
    assert changed
    assert changed != now


async def test_what_happened_before_the_line_was_open_is_told_at_once(browser: httpx.AsyncClient, desk: Desk) -> None:
    now = (await browser.get("/tickets")).text.split('data-since="')[1].split('"')[0]
    desk.do(ReportFault("0301"), By(Channel.USSD, person_id=desk.ids["juma"]))
    assert await told(browser, now) != now


async def test_an_unchanged_list_is_not_sent_again(browser: httpx.AsyncClient, desk: Desk) -> None:
    first = await browser.get("/tickets", headers={"X-Live": "1"})
    again = {"X-Live": "1", "If-None-Match": first.headers["etag"]}
    assert (await browser.get("/tickets", headers=again)).status_code == 304
    desk.do(ReportFault("0301"), By(Channel.USSD, person_id=desk.ids["juma"]))
    fresh = await browser.get("/tickets", headers=again)
    assert fresh.status_code == 200
    assert "<header" not in fresh.text
    assert "Printa haichapishi" in fresh.text


async def test_nobody_watches_without_a_session(browser: httpx.AsyncClient) -> None:
    browser.cookies.clear()
    assert (await browser.get("/live")).status_code == 204


async def test_one_session_keeps_only_so_many_lines_and_gives_them_back(browser: httpx.AsyncClient) -> None:
    lines = [browser.stream("GET", "/live") for _ in range(live.EACH)]
    held = []
    for line in lines:
        held.append((await line.__aenter__()).aiter_lines())
        await anext(held[-1])
    assert (await browser.get("/live")).status_code == 503
    for line in lines:
        await line.__aexit__(None, None, None)
    for _ in range(200):
        async with browser.stream("GET", "/live") as response:
            if response.status_code == 200:
                return
        await asyncio.sleep(0.02)
    pytest.fail("lines that were closed are still counted")


async def test_the_desk_is_looked_at_only_while_somebody_watches(desk: Desk) -> None:
    door = desk.door
    given = Console(_nobody, door.database, door.rules, door.clock, door.dice, Pages(door.rules), False)
    watch = live.Watch(given)
    line = watch.changes(1, "")
    assert await anext(line) == "retry: 3000\n\n"
    looking = watch._looking
    assert looking is not None
    await line.aclose()
    await looking  # it ends by itself
    assert watch._looking is None
