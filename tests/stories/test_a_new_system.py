"""A system that the head of the unit adds at the console can be asked for at once, on every channel, by any name."""

import pytest

from console.passwords import hash_password
from database import Transaction
from models.tables import AccountRequest, Officer, Ticket
from models.tables.account import AccountAction
from models.tables.officer import Role
from tests.console.front import PASSWORD
from tests.console.front import Officer as Browser
from tests.stories.conftest import Town

AFYA = {
    "code": "afya-plus", "name": "AFYA Plus", "short": "AfyaPlus", "aliases": "afya; mfumo wa hospitali",
    "offers_account": "yes", "tier": "T2", "kind_reset": "yes", "kind_new": "yes", "asks_user_name": "yes",
    "approver": "supervisor", "unit_acts": "yes", "owner": "Wizara ya Afya", "act": "add",
}  # fmt: skip
LAN = {"code": "kebo", "name": "Nyaya za ofisi", "short": "Nyaya", "tier": "", "act": "add"}


@pytest.fixture
def head(town: Town) -> Browser:
    """Neema heads the unit, and sits at a browser."""

    def promote(tx: Transaction) -> None:
        neema = tx.get(Officer, town.desk.ids["officer:neema"])
        assert neema is not None
        neema.role, neema.password_hash = Role.HEAD, hash_password(PASSWORD)
        tx.save(neema)

    town.desk.door.database.write(promote)
    return Browser(town.url, "neema")


def added(head: Browser, form: dict[str, str]) -> None:
    head.open("/settings/systems/new")
    head.send("/settings/systems/new", **form)
    assert head.where == f"/settings/systems/{form['code']}", head.refusal


def test_a_system_added_at_the_console_is_askable_at_once(town: Town, head: Browser, channel: str) -> None:
    juma = town.voice("juma", channel)
    juma.begin()
    juma.choose("akaunti")
    added(head, AFYA)
    head.http.close()
    asked = juma.type("mfumo wa hospitali")  # onto a list that was shown before there was such a system
    assert "Unahitaji nini?" in asked
    assert "Badili jukumu" not in asked
    assert "AfyaPlus" in juma.choose("nimesahau")
    juma.type("juma.h")
    if "Thibitisha" in juma.reads:
        juma.choose("Ofisini")
    assert "AfyaPlus" in juma.reads
    juma.choose("tuma")
    (request,), (ticket,) = town.desk.all(AccountRequest), town.desk.all(Ticket)
    assert (request.system_code, request.action) == ("afya-plus", AccountAction.RESET)
    assert str(ticket.channel) == channel


def test_a_keyword_with_its_other_name_finds_it(town: Town, head: Browser) -> None:
    added(head, AFYA)
    head.http.close()
    juma = town.voice("juma", "sms")
    assert "AfyaPlus" in juma.type("NYWILA AFYA")


def test_what_offers_no_account_is_on_no_list(town: Town, head: Browser, channel: str) -> None:
    added(head, LAN)
    head.http.close()
    juma = town.voice("juma", channel)
    juma.begin()
    assert "Nyaya" not in juma.choose("akaunti")
    assert "Nyaya" not in juma.type("nyaya")
