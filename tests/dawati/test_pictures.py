"""The pictures of the README: the demonstration as it runs, with something on every screen."""

import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dawati.app import create_app
from dawati.demo.cast import JUMA, PASSWORD
from dawati.settings import Settings
from simulator.serving import served
from tests.support.browser import OpenPage

LARGEST = 150_000  # bytes of a picture that a slow line loads with the README

pytestmark = pytest.mark.shots


@pytest.fixture
def url(settings: Settings, listener: socket.socket) -> Iterator[str]:
    with served(create_app(settings), listener) as url:
        yield url


class Rehearsal:
    """Juma's phone, SMS and chat on the rehearsal's page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(f"{url}/simulator/?who={JUMA.replace('+', '%2B')}")

    def dial(self) -> None:
        self.page.locator("#quick").click()
        self.sees("1.")

    def press(self, keys: str, then: str) -> None:
        self.page.locator("#entry").fill(keys)
        self.page.locator("#entry").press("Enter")
        self.sees(then)

    def sees(self, words: str) -> None:
        expect(self.page.locator("#screen")).to_contain_text(words)

    def text(self, words: str, answer: str) -> None:
        self.page.locator("#sms-form input").fill(words)
        self.page.locator("#sms-form button").click()
        self.gets("#sms", answer)

    def gets(self, thread: str, words: str) -> None:
        expect(self.page.locator(f"{thread} li").last).to_contain_text(words)


def test_the_pictures_of_the_readme(open_page: OpenPage, url: str, shot: Callable[[Page, str], Path]) -> None:
    console = open_page(height=960)
    console.goto(f"{url}/login")
    console.get_by_label("Jina la mtumiaji").fill("neema")
    console.get_by_label("Nywila").fill(PASSWORD)
    console.get_by_role("button", name="Ingia").click()
    expect(console.get_by_role("heading", name="Foleni")).to_be_visible()

    juma = Rehearsal(open_page(height=850), url)
    juma.dial()
    juma.press("1", "Inahusu nini?")
    juma.press("1", "Nini hasa?")
    juma.press("1", "Kifaa kipi?")
    juma.press("1", "Tuma?")
    juma.press("2", "Andika kilichotokea")
    juma.press("Inatoa karatasi nyeupe tangu asubuhi", "1.Tuma")
    juma.press("1", "Ahsante")
    number = re.search(r"\d{7}-\d", juma.page.locator("#screen").inner_text())
    assert number is not None
    ticket = f"{url}/tickets/{number[0]}"
    console.goto(ticket)
    console.get_by_role("button", name="Ichukue").click()
    juma.gets("#sms", "inashughulikiwa")
    work(console, "Je, taa ya njano inawaka kwenye printa?", "Muulize mwombaji")
    juma.gets("#sms", "taa ya njano")
    juma.text("Ndiyo, inawaka", "Ahsante")
    expect(console.get_by_text("Ndiyo, inawaka")).to_be_visible()
    work(console, "Drum imekwisha; ipo moja stoo.", "Dokezo la ndani")
    work(console, "Drum mpya imewekwa.", "Tatua")
    juma.gets("#sms", "Drum mpya imewekwa.")
    juma.page.locator("#start").click()
    juma.gets("#chat", "Imetatuliwa?")
    juma.page.locator("#chat").get_by_role("button", name="Jambo lingine").click()
    juma.gets("#chat", "Tukusaidie nini?")
    juma.page.locator("#hang-up").click()
    juma.dial()
    juma.sees("Imetatuliwa?")  # what the desk asked by SMS can be answered here
    juma.page.locator("#sms-title").hover()  # off the buttons
    pictures = [shot(juma.page, "simulator")]
    narrow = Rehearsal(open_page(width=360, height=880), url)
    narrow.dial()
    narrow.press("1", "Je, sasa inafanya kazi?")
    pictures.append(shot(narrow.page, "simulator-narrow"))
    console.goto(f"{url}/tickets")
    pictures.append(shot(console, "queue"))
    console.goto(ticket)
    pictures.append(shot(console, "ticket"))
    assert [each.name for each in pictures if each.stat().st_size > LARGEST] == []


def work(console: Page, words: str, button: str) -> None:
    console.get_by_label("Maneno", exact=True).fill(words)
    console.get_by_role("button", name=button).click()
    expect(console.get_by_label("Maneno", exact=True)).to_have_value("")
