"""The door of the console: who comes in, who is kept out, and how long one stays."""

import pytest

from database import Transaction
from models.tables import LoginSession
from models.tables import Officer as OfficerRow
from tests.console.conftest import Enter
from tests.console.front import PASSWORD, Officer, opened
from tests.support.cast import Desk

WRONG = "Jina la mtumiaji na nywila havilingani. Ukikosea mara 5, akaunti hupumzika dakika 15."


def test_an_officer_logs_in_works_and_leaves(enter: Enter, desk: Desk) -> None:
    neema = enter()
    neema.open("/tickets?tab=mine")
    assert neema.where == "/login"
    neema.send("/login", login="Neema ", password=PASSWORD, next="/tickets?tab=mine")
    assert (neema.status, neema.where) == (200, "/tickets")
    assert "Neema Mushi" in neema.words
    neema.send("/logout")
    assert neema.where == "/login"
    neema.open("/people")
    assert neema.where == "/login"


def test_the_cookie_is_a_secret_that_the_desk_does_not_keep(desk: Desk) -> None:
    with opened(desk, secure=True) as url:
        browser = Officer(url)
        response = browser.http.post("/login", data={"login": "neema", "password": PASSWORD}, follow_redirects=False)
        browser.http.close()
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-dawati=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    token = cookie.split("=", 1)[1].split(";")[0]
    (session,) = desk.all(LoginSession)
    assert token not in repr(session)


def test_five_wrong_passwords_rest_the_log_in_for_a_quarter_of_an_hour(enter: Enter, desk: Desk) -> None:
    neema = enter()
    for _ in range(5):
        neema.send("/login", login="neema", password="kubahatisha")
        assert (neema.status, neema.refusal) == (401, WRONG)
    neema.send("/login", login="neema", password=PASSWORD)
    assert (neema.status, neema.refusal) == (401, WRONG)
    desk.clock.forward(minutes=16)
    neema.send("/login", login="neema", password=PASSWORD)
    assert neema.where == "/tickets"


def test_nobody_learns_which_log_ins_exist(enter: Enter, desk: Desk) -> None:
    """The same words; and the same work is done, whatever it is that does not fit."""
    stranger = enter()
    said = set()
    for login in ("neema", "hayupo", "", "neema' OR 1=1"):
        stranger.send("/login", login=login, password="kubahatisha")
        said.add((stranger.status, stranger.refusal))
    assert said == {(401, WRONG)}


def test_four_wrong_ones_are_forgotten_once_the_right_one_came(enter: Enter, desk: Desk) -> None:
    neema = enter()
    for _ in range(2):
        for _ in range(4):
            neema.send("/login", login="neema", password="kubahatisha")
        neema.send("/login", login="neema", password=PASSWORD)
        assert neema.where == "/tickets"
    assert all(row.locked_until is None for row in desk.all(OfficerRow))


def test_a_session_ends_after_twelve_idle_hours_and_not_before(neema: Officer, desk: Desk) -> None:
    for _ in range(3):
        desk.clock.forward(hours=11)
        neema.open("/tickets")
        assert neema.where == "/tickets"
    desk.clock.forward(hours=12, minutes=1)
    neema.open("/tickets")
    assert neema.where == "/login"


def test_an_open_page_that_refreshes_itself_is_nobody_at_work(neema: Officer, desk: Desk) -> None:
    for _ in range(11):
        desk.clock.forward(hours=1)
        assert neema.http.get("/tickets", headers={"X-Live": "1"}).status_code == 200
    desk.clock.forward(hours=1, minutes=1)
    assert neema.http.get("/tickets", headers={"X-Live": "1"}).status_code == 401


def test_a_retired_officer_is_out_at_once(neema: Officer, desk: Desk) -> None:
    def retire(tx: Transaction) -> None:
        row = tx.get(OfficerRow, desk.ids["officer:neema"])
        assert row is not None
        row.retired = True
        tx.save(row)

    desk.door.database.write(retire)
    neema.open("/tickets")
    assert neema.where == "/login"


@pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_the_way_back_never_leads_out(enter: Enter, to: str) -> None:
    neema = enter()
    response = neema.http.post(
        "/login", data={"login": "neema", "password": PASSWORD, "next": to}, follow_redirects=False
    )
    assert response.headers["location"] == "/tickets"


def test_words_written_under_a_session_that_ended_are_shown_again(neema: Officer, desk: Desk) -> None:
    neema.open("/tickets/new")
    desk.clock.forward(hours=13)
    neema.send("/tickets/new", act="send", words="Maelezo marefu ya mtu aliyepiga simu.")
    assert neema.status == 401
    assert "Maelezo marefu ya mtu aliyepiga simu." in neema.words


def test_the_language_is_changed_at_one_click_and_stays_the_persons(neema: Officer, enter: Enter) -> None:
    assert "Foleni" in neema.words
    neema.send("/language/en", back="/people")
    assert neema.where == "/people"
    assert "Queue" in neema.words
    assert "Queue" in enter("neema").words


def test_before_the_log_in_the_browser_remembers_the_language(enter: Enter) -> None:
    stranger = enter()
    stranger.open("/login")
    stranger.send("/language/en", back="/login")
    assert "Log-in name" in stranger.words
