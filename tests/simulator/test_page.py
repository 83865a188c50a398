"""The page, as a person uses it: mounted beside a desk in one process, as `make run` does it."""

import contextlib
import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.routing import Mount

from simulator import SimulatorSettings, create_simulator
from simulator.handset import Handset
from simulator.serving import listening_socket, served, url_of
from tests.simulator.listening_desk import ASHA, BAKARI, TOKEN, ListeningDesk
from tests.support.browser import OpenPage

SEND = f"telegram/bot{TOKEN}/sendMessage"


@pytest.fixture
def page_url(desk: ListeningDesk) -> Iterator[str]:
    listener = listening_socket()
    settings = SimulatorSettings(url_of(listener), "the-key", TOKEN, cast=(ASHA, BAKARI), report_after=0.01)
    simulator = create_simulator(settings)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await simulator.state.world.close()

    app = Starlette(routes=[Mount("/simulator", simulator), *desk.app().routes], lifespan=lifespan)
    with served(app, listener) as url:
        yield f"{url}/simulator/"


def bot_says(page_url: str, text: str, **more: Any) -> None:
    answer = httpx.post(page_url + SEND, json={"chat_id": 501, "text": text, **more}, trust_env=False)
    answer.raise_for_status()


def test_the_page_brings_nothing_from_elsewhere_and_no_script_of_its_own(page_url: str) -> None:
    answer = httpx.get(page_url.rstrip("/"), follow_redirects=True, trust_env=False)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "//" not in "".join(re.findall(r'(?:src|href)="([^"]*)"', answer.text))
    assert re.findall(r"<script[^>]*>[^<]", answer.text) == []
    assert re.findall(r'\son\w+="|\sstyle="', answer.text) == []
    for name in ("style.css", "script.js", "icon.svg"):
        assert httpx.get(page_url + name, trust_env=False).status_code == 200


def test_both_languages_say_everything(page_url: str) -> None:
    swahili = httpx.get(page_url, trust_env=False).text
    english = httpx.get(page_url + "?lang=en", trust_env=False).text
    assert 'lang="sw"' in swahili
    assert "Simu ya kawaida" in swahili
    assert "Basic phone" in english


def test_a_session_on_the_handset(page_url: str, desk: ListeningDesk, open_page: OpenPage) -> None:
    desk.ussd = lambda text: {"": b"CON Karibu\n1 Ripoti", "1": b"END Asante"}[text]
    page = open_page()
    page.goto(page_url)
    for key in "*384*123#":
        page.locator(f'[data-key="{key}"]').click()
    page.get_by_role("button", name="Piga au tuma").click()
    expect(page.locator("#screen")).to_contain_text("1 Ripoti")
    expect(page.locator("#count")).to_have_text("15/160 herufi")
    page.locator('[data-key="1"]').click()
    page.get_by_role("button", name="Piga au tuma").click()
    expect(page.locator("#screen")).to_contain_text("Asante")
    page.get_by_role("button", name="Kata").click()
    expect(page.locator("#screen")).to_contain_text("Piga msimbo")
    assert desk.wait_for("ussd-end")[0]["status"] == "Success"


def test_a_screen_too_long_is_shown_as_a_fault(page_url: str, desk: ListeningDesk, open_page: OpenPage) -> None:
    desk.ussd = lambda text: b"CON " + b"a" * 190
    page = open_page()
    page.goto(page_url)
    page.locator("#quick").click()
    expect(page.locator("#faults")).to_contain_text("190 septets")
    page.locator("#hang-up").click()
    assert desk.wait_for("ussd-end")[0]["status"] == "Incomplete"


def test_text_messages_both_ways(page_url: str, desk: ListeningDesk, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(page_url)
    page.locator("#sms-form input").fill("HALI 2600123-9")
    page.locator("#sms-form button").click()
    assert desk.wait_for("sms")[0]["text"] == "HALI 2600123-9"
    form = {"username": "x", "to": ASHA.phone, "message": "Tiketi yako inashughulikiwa"}
    url = page_url + "africastalking/version1/messaging"
    httpx.post(url, data=form, headers={"apiKey": "k"}, trust_env=False).raise_for_status()
    expect(page.locator("#sms li")).to_have_count(2)
    expect(page.locator("#sms li").last).to_contain_text("imefika")


def test_a_chat_with_buttons_contact_and_photo(page_url: str, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    page.goto(page_url)
    page.locator("#start").click()
    expect(page.locator("#chat li")).to_have_count(1)
    inline = {"inline_keyboard": [[{"text": "Toa taarifa", "callback_data": "r"}]]}
    bot_says(page_url, "Karibu <b>Asha</b> &lt;img&gt;", parse_mode="HTML", reply_markup=inline)
    expect(page.locator("#chat b")).to_have_text("Asha")
    page.get_by_role("button", name="Toa taarifa").click()
    keyboard = {"keyboard": [[{"text": "Namba yangu", "request_contact": True}]]}
    bot_says(page_url, "Namba?", reply_markup=keyboard)
    page.get_by_role("button", name="Namba yangu").click()
    expect(page.locator("#chat li").last).to_contain_text("+255754000001")
    photo = tmp_path / "skrini.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03")
    page.locator("#photo").set_input_files(photo)
    expect(page.locator("#chat img")).to_have_count(1)
    updates = httpx.get(page_url + f"telegram/bot{TOKEN}/getUpdates", trust_env=False).json()["result"]
    assert [next(name for name in update if name != "update_id") for update in updates] == [
        "message",
        "callback_query",
        "message",
        "message",
    ]
    assert updates[1]["callback_query"]["data"] == "r"
    assert updates[3]["message"]["photo"]


def test_another_person_has_another_phone_and_another_chat(page_url: str, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(page_url)
    page.locator("#start").click()
    expect(page.locator("#chat li")).to_have_count(1)
    page.locator("#who").select_option(BAKARI.phone)
    expect(page.locator(".phone h2")).to_contain_text(BAKARI.phone)
    expect(page.locator("#chat li")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(page_url: str, open_page: OpenPage, width: int) -> None:
    page = open_page(width=width)
    page.goto(page_url)
    bot_says(page_url, "a" * 200)
    expect(page.locator("#chat li")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_desk_and_simulator_in_one_process_do_not_wait_for_each_other(page_url: str, desk: ListeningDesk) -> None:
    desk_url = page_url.removesuffix("/simulator/")
    handset = Handset(ASHA.phone, desk_url, "the-key", simulator_url=page_url.rstrip("/"))
    form = {"username": "x", "to": ASHA.phone, "message": "Habari"}
    url = page_url + "africastalking/version1/messaging"
    headers = {"apiKey": "k", "accept": "application/json"}
    answer = httpx.post(url, data=form, headers=headers, trust_env=False)
    sent = json.loads(answer.text)["SMSMessageData"]["Recipients"][0]
    assert handset.wait_for_text("Habari") == "Habari"
    assert desk.wait_for("delivery")[0]["id"] == sent["messageId"]
    handset.close()
