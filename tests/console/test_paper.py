"""Handing a request to its owner at the console, and the form on paper that some owners want."""

import pytest

from models.commands import AskForAccount, By, SetPolicy
from models.commands.by import DESK
from models.tables import Ticket
from models.tables.account import AccountAction
from models.tables.ticket import Channel
from models.values.ticket_number import TicketNumber
from tests.console.conftest import Enter
from tests.console.front import Checked, Officer
from tests.desk.support import approved, request_of
from tests.support.cast import Desk


@pytest.fixture
def asked(desk: Desk) -> str:
    """Juma wants to be an accountant on MUSE. The ticket's number."""
    command = AskForAccount(
        "muse", AccountAction.CHANGE_ROLE, "juma.h", role="Mhasibu", workplace="2003A Mlali"
    )  # fmt: skip
    desk.do(command, By(Channel.USSD, person_id=desk.ids["juma"]))
    return TicketNumber(desk.all(Ticket)[-1].number).shown


def test_the_form_says_who_asks_what_and_who_approved(neema: Officer, desk: Desk, asked: str) -> None:
    desk.do(SetPolicy("letterhead", "S.L.P. 663\nMOROGORO"), DESK)
    approved(desk, desk.all(Ticket)[-1].id or 0)
    neema.open(f"/tickets/{asked}")
    assert f'href="/tickets/{asked}/form"' in neema.page
    neema.open(f"/tickets/{asked}/form")
    assert neema.status == 200
    for words in (
        "Halmashauri ya Wilaya ya Mvomero", "S.L.P. 663", "MOROGORO", asked, "MUSE", "Juma Hassan", "juma.h",
        "Mhasibu", "2003A Mlali", "Theresia Kavishe", "04/03/2026", "Imeidhinishwa na / Approved by",
        "Sahihi na muhuri / Signature and stamp",
    ):  # fmt: skip
        assert words in neema.words, words
    assert not Checked(neema.page).wrong
    assert "+255" not in neema.page


def test_before_the_yes_there_is_no_form(neema: Officer, asked: str) -> None:
    neema.open(f"/tickets/{asked}/form")
    assert (neema.status, "Theresia" in neema.page) == (409, False)


def test_the_form_is_there_for_nobody_else(enter: Enter, desk: Desk, asked: str) -> None:
    enter("neema")
    approved(desk, desk.all(Ticket)[-1].id or 0)
    for login in ("baraka", "theresia"):
        browser = enter(login)
        browser.open(f"/tickets/{asked}/form")
        assert (browser.status, "Juma" in browser.page) == (404, False)


def test_handing_over_keeps_the_reference_and_the_promised_day(neema: Officer, desk: Desk, asked: str) -> None:
    ticket_id = desk.all(Ticket)[-1].id or 0
    approved(desk, ticket_id)
    path = f"/tickets/{asked}"
    for odd, status in (("kesho", 422), ("2026-03-03", 422)):
        neema.open(path)
        neema.send(path, act="hand_over", reference="MOF-9", promised=odd)
        assert (neema.status, bool(neema.refusal)) == (status, True)
        assert 'value="MOF-9"' in neema.page
    neema.send(path, act="hand_over", reference="MOF-9", promised="2026-03-06")
    assert neema.status == 200
    assert "MOF-9 imeahidiwa 06/03/2026" in neema.words
    assert str(request_of(desk, ticket_id).promised) == "2026-03-06"
