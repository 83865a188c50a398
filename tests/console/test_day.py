"""An officer's day in a browser: the queue stays fresh by itself, and what is being typed is never lost."""

import pytest
from playwright.sync_api import Page, expect

from models.commands import AddWords, By, ReportFault
from models.tables import History, Ticket
from models.tables.ticket import Channel
from models.values.ticket_number import TicketNumber
from tests.console.front import PASSWORD
from tests.support.browser import OpenPage
from tests.support.cast import Desk


def log_in(page: Page, url: str, login: str = "neema") -> None:
    page.goto(f"{url}/login")
    page.get_by_label("Jina la mtumiaji").fill(login)
    page.get_by_label("Nywila").fill(PASSWORD)
    page.get_by_role("button", name="Ingia").click()
    page.wait_for_url("**/tickets")


def juma(desk: Desk) -> By:
    return By(Channel.USSD, person_id=desk.ids["juma"])


def test_the_officers_day(page: Page, console_url: str, desk: Desk) -> None:
    log_in(page, console_url)
    expect(page.get_by_text("Hakuna kinachosubiri hapa.")).to_be_visible()
    desk.do(ReportFault("0301", "MVM/ICT/00412", words="Inatoa karatasi nyeupe"), juma(desk))
    page.get_by_role("link", name="Printa haichapishi").click()  # it came by itself
    page.get_by_role("button", name="Ichukue").click()
    expect(page.get_by_text("aliichukua tiketi")).to_be_visible()

    words = page.get_by_label("Maneno", exact=True)
    words.fill("Taa gani inawaka?")
    page.get_by_role("button", name="Muulize mwombaji").click()
    expect(page.get_by_text("Inasubiri mwombaji")).to_be_visible()

    words.fill("Nitakuja na dr")  # half a sentence, when the answer comes
    (ticket,) = desk.all(Ticket)
    assert ticket.id is not None
    desk.do(AddWords(ticket.id, "Ya njano"), juma(desk))
    expect(page.get_by_text("Ya njano")).to_be_visible()
    expect(words).to_have_value("Nitakuja na dr")
    expect(words).to_be_focused()
    words.press_sequentially("um mpya.")
    page.get_by_role("button", name="Tatua").click()
    expect(page.get_by_text("Imetatuliwa")).to_be_visible()
    expect(page.get_by_text("Nitakuja na drum mpya.")).to_be_visible()
    assert [row.event for row in desk.all(History)] == ["reported", "claimed", "asked", "answered", "resolved"]


def test_the_day_works_without_a_script(open_page: OpenPage, console_url: str, desk: Desk) -> None:
    page = open_page(width=320, javascript=False)
    log_in(page, console_url)
    page.get_by_role("link", name="Ingiza taarifa").click()
    page.get_by_label("Jina au namba ya simu").fill("juma")
    page.get_by_label("Jina au namba ya simu").press("Enter")
    expect(page.get_by_label("Juma Hassan")).to_be_checked()
    page.get_by_label("Hitilafu au ombi").select_option("0301")
    page.get_by_label("Kwa maneno yake").fill("Inapiga kelele")
    page.get_by_role("button", name="Ingiza").click()
    expect(page.get_by_role("heading", name="Printa haichapishi")).to_be_visible()
    page.get_by_role("button", name="Ichukue").click()
    page.get_by_label("Maneno", exact=True).fill("Tumeipaka mafuta.")
    page.get_by_role("button", name="Tatua").click()
    expect(page.get_by_text("Imetatuliwa")).to_be_visible()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_its_screen(open_page: OpenPage, console_url: str, desk: Desk, width: int) -> None:
    desk.do(
        ReportFault("0301", "MVM/ICT/00412", words="Nenorefusanalisilonanafasikabisalinalovunjamistari " * 4),
        juma(desk),
    )
    (ticket,) = desk.all(Ticket)
    page = open_page(width=width)
    log_in(page, console_url)
    for path in ("/tickets", f"/tickets/{TicketNumber(ticket.number).shown}", "/tickets/new?who=m", "/people",
                 f"/people/{desk.ids['juma']}", "/assets", "/assets/MVM/ICT/00412", "/approvals"):  # fmt: skip
        page.goto(f"{console_url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_keyboard_alone_reaches_the_first_ticket(page: Page, console_url: str, desk: Desk) -> None:
    desk.do(ReportFault("0301"), juma(desk))
    log_in(page, console_url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ruka hadi kwenye yaliyomo")).to_be_focused()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Printa haichapishi")
    for _ in range(14):
        page.keyboard.press("Tab")
        if link.evaluate("each => each === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Printa haichapishi")).to_be_visible()
