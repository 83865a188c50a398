"""The whole desk over real HTTP: hooks, pages, health, and the rehearsal beside it."""

import re
import socket
from collections.abc import Iterator

import httpx
import pytest
from pydantic import SecretStr

from dawati.app import create_app
from dawati.background import real_channels
from dawati.demo.cast import BARAKA, JUMA, LOGINS, NEEMA, PASSWORD
from dawati.settings import Settings
from simulator.chat import Chat
from simulator.handset import Handset
from simulator.serving import served


@pytest.fixture
def desk_url(settings: Settings, listener: socket.socket) -> Iterator[str]:
    with served(create_app(settings), listener) as url:
        yield url


@pytest.fixture
def handset(desk_url: str) -> Iterator[Handset]:
    phone = Handset(JUMA, desk_url, "demo", simulator_url=f"{desk_url}/simulator")
    yield phone
    phone.close()


def reported(handset: Handset) -> str:
    """Keys through a report until its receipt; the ticket's number."""
    handset.dial()
    for keys in ("1", "1", "1"):
        handset.send(keys)
    for _ in range(4):
        if handset.ended:
            break
        handset.send("1")
    assert handset.ended
    assert handset.faults == ()
    found = re.search(r"\d{7}-\d", handset.screen)
    assert found, handset.screen
    return found[0]


def test_a_report_by_phone_reaches_the_officers_on_both_their_channels(desk_url: str, handset: Handset) -> None:
    number = reported(handset)
    baraka = Handset(BARAKA, desk_url, "demo", simulator_url=f"{desk_url}/simulator")
    neema = Chat(f"{desk_url}/simulator", 7000003)
    assert number in baraka.wait_for_text(number)
    assert number in neema.wait_for(number).text
    baraka.close()
    neema.close()


def test_telegram_speaks_to_the_desk_through_its_own_hook(desk_url: str) -> None:
    juma = Chat(f"{desk_url}/simulator", 7000002)
    assert juma.say("/start").answer().buttons
    juma.close()


def test_telegram_is_heard_by_asking_too(settings: Settings, listener: socket.socket) -> None:
    with served(create_app(settings.model_copy(update={"telegram_mode": "polling"})), listener) as url:
        juma = Chat(f"{url}/simulator", 7000002)
        assert juma.say("/start").answer().buttons
        juma.close()


def test_an_sms_is_answered_by_sms(handset: Handset) -> None:
    assert handset.text_message("MSAADA") == 200
    assert handset.wait_for_text(bool)


def test_the_metrics_count_without_naming_anybody(desk_url: str, handset: Handset) -> None:
    before = httpx.get(f"{desk_url}/metrics").text
    reported(handset)
    after = httpx.get(f"{desk_url}/metrics").text
    made, hops = (
        [float(re.search(rf"^{name} (\S+)$", text, re.MULTILINE)[1]) for text in (before, after)]  # type: ignore[index]  # it is there
        for name in ("dawati_tickets", "dawati_hops_total")
    )
    assert made[1] - made[0] == 1
    assert hops[1] - hops[0] >= 5
    assert "/hooks/africastalking/{key}/ussd" in after
    assert not re.search(r"\+?255\d{9}|Juma|demo/ussd", after)


def test_it_says_that_it_is_well_and_ready(desk_url: str) -> None:
    assert httpx.get(f"{desk_url}/healthz").text == "ok\n"
    assert httpx.get(f"{desk_url}/readyz").status_code == 200
    assert httpx.get(f"{desk_url}/api/openapi.json").json()["info"]["title"] == "Dawati"
    assert httpx.get(f"{desk_url}/docs").status_code == 404


def test_the_console_asks_who_is_there(desk_url: str) -> None:
    with httpx.Client(base_url=desk_url, follow_redirects=True) as browser:
        shown = browser.get("/")
        assert shown.url.path == "/login"
        assert 'name="password"' in shown.text
        assert "default-src" in shown.headers["content-security-policy"]
        assert PASSWORD not in shown.text


def test_everybody_who_is_printed_can_log_in_and_sees_a_queue(desk_url: str) -> None:
    for login, _, _, _ in LOGINS:
        with httpx.Client(base_url=desk_url, follow_redirects=True) as browser:
            entered = browser.post("/login", data={"login": login, "password": PASSWORD})
            assert entered.status_code == 200
            assert entered.url.path != "/login"
            assert len(re.findall(r"\b\d{7}-\d\b", browser.get("/tickets").text)) >= 3


def test_the_rehearsals_page_has_the_cast(desk_url: str) -> None:
    page = httpx.get(f"{desk_url}/simulator/").text
    assert "Juma Hassan" in page
    assert "Mgeni" in page


def test_the_rehearsals_page_comes_whole_however_often_it_is_asked_for(desk_url: str) -> None:
    for name in ("style.css", "script.js", "icon.svg"):
        answers = [httpx.get(f"{desk_url}/simulator/{name}", headers={"accept-encoding": "gzip"}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 200]
        assert answers[0].content == answers[1].content == answers[2].content != b""


def test_a_desk_in_earnest_has_no_rehearsal_and_wants_its_own_keys(settings: Settings) -> None:
    earnest = settings.model_copy(
        update={"simulator": "off", "telegram_mode": "off", "at_hook_key": SecretStr("k" * 20)}
    )
    app = create_app(earnest)
    statuses = {path: _status(app, path) for path in ("/simulator/", "/simulator", "/readyz")}
    assert statuses == {"/simulator/": 404, "/simulator": 404, "/readyz": 200}


def _status(app: object, path: str) -> int:
    import asyncio

    async def ask() -> int:
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]  # FastAPI is one
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as caller:
            return (await caller.get(path)).status_code

    return asyncio.run(ask())


def test_the_desk_answers_while_its_gateways_are_away(settings: Settings, listener: socket.socket) -> None:
    away = settings.model_copy(
        update={"telegram_api_url": "http://127.0.0.1:1/telegram", "at_api_url": "http://127.0.0.1:1/africastalking"}
    )
    with served(create_app(away), listener) as url:
        assert httpx.get(f"{url}/readyz").status_code == 200
        handset = Handset(JUMA, url, "demo")
        assert reported(handset)
        handset.close()


def test_nobody_of_a_demonstration_is_reached_through_a_real_gateway(settings: Settings) -> None:
    assert real_channels(settings) == frozenset()
    assert real_channels(settings.model_copy(update={"at_api_url": "https://api.africastalking.com"})) == {"sms"}
    assert NEEMA.startswith("+2557540000")
