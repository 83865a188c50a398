"""On Juma's page: the unit freezes what is asked in his name, and only the head, having seen him, opens it again."""

from models.tables import Officer as LogIn
from models.tables import Person
from models.tables.officer import Role
from models.tables.person import Employment
from tests.console.conftest import Enter
from tests.console.front import Officer
from tests.desk.test_not_me import asked, frozen
from tests.support.cast import Desk


def promote(desk: Desk, login: str) -> None:
    log_in = next(each for each in desk.all(LogIn) if each.login == login)
    log_in.role = Role.HEAD
    desk.door.database.write(lambda tx: tx.save(log_in))


def test_frozen_at_the_desk_and_opened_by_the_head(neema: Officer, enter: Enter, desk: Desk) -> None:
    asked(desk)
    page = f"/people/{desk.ids['juma']}"
    neema.open(page)
    neema.send(f"{page}/safety", act="disown")
    assert frozen(desk)
    neema.open(page)
    assert "SIO MIMI" in neema.words
    neema.send(f"{page}/safety", act="unfreeze", words="Kitambulisho cha kazi")
    assert neema.status == 422  # an officer's page holds no such form
    assert frozen(desk)
    promote(desk, "asha")
    asha = enter("asha")
    asha.open(page)
    asha.send(f"{page}/safety", act="unfreeze", words="Kitambulisho cha kazi")
    assert not frozen(desk)


def test_the_head_marks_who_was_transferred(enter: Enter, desk: Desk) -> None:
    promote_first = enter("asha")  # logs in as an officer; the office changes under the session
    promote(desk, "asha")
    page = f"/people/{desk.ids['juma']}"
    promote_first.open(page)
    promote_first.send(f"{page}/safety", act="transferred", words="Barua ya HR 12/2026")
    person = next(each for each in desk.all(Person) if each.id == desk.ids["juma"])
    assert person.employment == Employment.TRANSFERRED


def test_an_approver_hands_over_and_takes_back(enter: Enter, desk: Desk) -> None:
    theresia = enter("theresia")
    theresia.open("/approvals")
    theresia.send("/approvals/leave", act="stand_in", phone="0754000004", until="2026-03-10")
    assert "Baraka Mollel" in theresia.words
    theresia.send("/approvals/leave", act="back")
    assert "Baraka Mollel" not in theresia.words
    theresia.send("/approvals/leave", act="stand_in", phone="0754000004", until="kesho")
    assert theresia.status == 422
