"""The record in the console: whom it is shown to, what of it, and the file that an auditor takes away."""

import csv
import io
import re
from itertools import chain as joined
from itertools import combinations
from pathlib import Path

import pytest

from database import Transaction
from models.commands import DESK, AddNote, AssignTicket, BlankWords, By, ClaimTicket, ReportFault, SealHistory
from models.tables import History, Person, Seal, Ticket
from models.tables import Officer as OfficerRow
from models.tables.officer import Role
from models.tables.ticket import Channel
from models.values.ticket_number import TicketNumber
from queries.audit import BATCH, PAGE, Mark, listed
from queries.audit_file import COLUMNS, ENCODING, NoExport, harmless, wrong_lines
from tests.console.conftest import Enter
from tests.console.front import Checked, Officer, opened
from tests.console.test_lists import plan
from tests.support.cast import Desk


def a_day(desk: Desk, tickets: int = 4) -> list[str]:
    """Juma reports, Neema works; at Gairo somebody unknown reports and Baraka works. Mvomero's numbers."""
    for turn in range(tickets):
        desk.clock.forward(minutes=11)
        desk.do(ReportFault("0301", "", words="=HYPERLINK()"), By(Channel.USSD, person_id=desk.ids["juma"]))
        ticket_id = desk.all(Ticket)[-1].id or 0
        desk.do(ClaimTicket(ticket_id), desk.officer())
        desk.do(AddNote(ticket_id, f"Nimefika {turn}"), desk.officer())
    numbers = [TicketNumber(ticket.number).shown for ticket in desk.all(Ticket)]
    desk.do(ReportFault("0401", ""), By(Channel.USSD, person_id=desk.ids["baraka"]))
    desk.do(ClaimTicket(desk.all(Ticket)[-1].id or 0), desk.officer("baraka"))
    return numbers


def facts_on(page: str) -> list[tuple[str, str]]:
    """Ticket and step of each fact that is shown."""
    return re.findall(r'<a href="/tickets/([\d-]+)">[\d-]+</a>/(\d+)', page)


def table_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def auditor(enter: Enter) -> Officer:
    return enter("mkaguzi")


def test_the_auditor_sees_who_did_what_of_their_part_the_newest_first(auditor: Officer, desk: Desk) -> None:
    numbers = a_day(desk)
    desk.do(SealHistory(), DESK)
    auditor.open("/audit")
    assert facts_on(auditor.page) == [(number, step) for number in reversed(numbers) for step in "321"]
    assert "Baraka" not in auditor.words
    assert f"{numbers[0]} /1 Juma Hassan alitoa taarifa" in auditor.words
    assert "Muhuri: 1 ·" in auditor.words
    assert f"1:{desk.all(Seal)[0].link}" in auditor.words
    assert "HYPERLINK" not in auditor.page  # what people wrote is not the record's to show


def test_officers_without_the_duty_find_no_such_page(enter: Enter, desk: Desk) -> None:
    a_day(desk)
    for login, status in (("mkaguzi", 200), ("neema", 404), ("theresia", 404)):
        browser = enter(login)
        for path in ("/audit", "/audit.csv", "/audit?person=1"):
            assert browser.http.get(path).status_code == status, (login, path)
        assert ('href="/audit"' in browser.open("/approvals")) == (status == 200)
    asha = enter("asha")
    for role, status in ((Role.OFFICER, 404), (Role.HEAD, 200), (Role.ADMINISTRATOR, 200), (Role.WITNESS, 404)):
        given(desk, "asha", role)
        assert asha.http.get("/audit.csv").status_code == status


def given(desk: Desk, login: str, role: Role) -> None:
    def change(tx: Transaction) -> None:
        officer = tx.get(OfficerRow, desk.ids[f"officer:{login}"])
        assert officer is not None
        officer.role = role
        tx.save(officer)

    desk.door.database.write(change)


def test_nobody_logged_in_is_led_to_the_log_in(enter: Enter) -> None:
    assert enter().http.get("/audit.csv", follow_redirects=False).status_code == 303


def test_the_filters_say_what_is_shown(enter: Enter, desk: Desk) -> None:
    numbers = a_day(desk)
    desk.clock.forward(days=1)
    desk.do(AssignTicket(1, desk.ids["officer:asha"]), desk.officer())
    auditor = enter("mkaguzi")
    auditor.open(f"/audit?ticket={numbers[1]}")
    assert facts_on(auditor.page) == [(numbers[1], step) for step in "321"]
    auditor.open(f"/audit?person={desk.ids['juma']}")
    assert facts_on(auditor.page) == [(number, "1") for number in reversed(numbers)]
    auditor.open(f"/audit?person={desk.ids['juma']}&ticket={numbers[2]}&event=reported")
    assert facts_on(auditor.page) == [(numbers[2], "1")]
    auditor.open("/audit?event=noted&from=2026-03-04&to=2026-03-04")
    assert facts_on(auditor.page) == [(number, "3") for number in reversed(numbers)]
    auditor.open("/audit?from=2026-03-05")
    assert facts_on(auditor.page) == [(numbers[0], "4")]
    auditor.open("/audit?to=2026-03-03")
    assert facts_on(auditor.page) == []
    auditor.open("/audit?who=Neema")
    found = re.search(r'href="(/audit\?person=\d+)"', auditor.page)
    assert found
    auditor.open(found[1])
    assert len(facts_on(auditor.page)) == 2 * len(numbers) + 1
    assert "Neema Mushi" in auditor.words


@pytest.mark.parametrize(
    ("odd", "facts"),
    [("ticket=x", 0), ("ticket=2600001-1", 0), ("person=x", 0), ("person=999999", 0), ("event=%00", 12), ("from=x", 12),
     ("from=9999-12-31&to=9999-12-31", 0), ("after=1e9.x", 12), ("after=99999999999999999999999.1", 12),
     ("who=%25", 12)],
)  # fmt: skip
def test_odd_filters_find_nothing_or_are_none(auditor: Officer, desk: Desk, odd: str, facts: int) -> None:
    a_day(desk)
    auditor.open(f"/audit?{odd}")
    assert (auditor.status, len(facts_on(auditor.page))) == (200, facts)
    assert Checked(auditor.page).wrong == []


def test_the_pages_follow_each_other_without_gap_or_repetition(auditor: Officer, desk: Desk) -> None:
    numbers = a_day(desk, tickets=PAGE // 3 + 6)
    seen: list[tuple[str, str]] = []
    path = "/audit"
    while path:
        auditor.open(path)
        assert Checked(auditor.page).wrong == []
        seen += facts_on(auditor.page)
        found = re.search(r'href="([^"]+)" rel="next"', auditor.page)
        path = found[1].replace("&amp;", "&") if found else ""
    assert seen == [(number, step) for number in reversed(numbers) for step in "321"]
    assert len(seen) > PAGE


def test_a_page_mark_survives_the_address() -> None:
    mark = Mark.parse("1772622000000000.17")
    assert mark is not None
    assert Mark.parse(str(mark)) == mark


FILTERS = ("person_id", "ticket_id", "event", "since", "until", "after_id")


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_record_is_read_in_its_order(desk: Desk, newest_first: bool) -> None:
    for filters in joined.from_iterable(combinations(FILTERS, most) for most in range(len(FILTERS) + 1)):
        steps = plan(desk, listed(frozenset(filters), newest_first))
        assert not [step for step in steps if "ORDER BY" in step], filters
        index = "history_by" if "person_id" in filters else "history_at"
        if "ticket_id" in filters:  # the one ticket and its place are looked up first
            index = "sqlite_autoindex_history_1 (ticket_id=?"
        begins = next(step for step in steps if "history" in step)
        assert f"history USING INDEX {index}" in begins, (filters, steps)
        assert not [step for step in steps if step.startswith("SCAN") and step != begins], (filters, steps)


def test_the_file_carries_all_that_an_auditor_checks(auditor: Officer, desk: Desk) -> None:
    numbers = a_day(desk)
    desk.do(SealHistory(), DESK)
    desk.clock.forward(hours=1)
    desk.do(AddNote(1, "baada ya muhuri"), desk.officer())
    answer = auditor.http.get("/audit.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith('attachment; filename="audit-')
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"\xef\xbb\xbfticket,step,")
    lines = table_of(answer.content.decode(ENCODING))
    assert tuple(lines[0]) == COLUMNS
    kept = {(fact.ticket_id, fact.step): fact for fact in desk.all(History)}
    assert [(line["ticket"], line["step"]) for line in lines] == [
        (number, step) for number in numbers for step in "123"
    ] + [(numbers[0], "4")]
    first, last = lines[0], lines[-1]
    assert (first["time_utc"], first["time_local"]) == ("2026-03-04T11:11:00.000000+00:00", "2026-03-04 14:11:00")
    assert (first["event"], first["who"], first["channel"], first["seal"]) == ("reported", "Juma Hassan", "ussd", "1")
    assert (first["link"], first["link_before"]) == (kept[1, 1].link, "")
    assert (last["link_before"], last["seal"]) == (kept[1, 3].link, "")
    assert "HYPERLINK" not in answer.text


def test_the_file_has_the_filters_of_the_page(auditor: Officer, desk: Desk) -> None:
    numbers = a_day(desk)
    auditor.open(f"/audit?ticket={numbers[1]}&event=noted")
    found = re.search(r'href="(/audit\.csv[^"]*)"', auditor.page)
    assert found
    lines = table_of(auditor.http.get(found[1].replace("&amp;", "&")).content.decode(ENCODING))
    assert [(line["ticket"], line["event"]) for line in lines] == [(numbers[1], "noted")]


def test_a_long_file_comes_in_batches_and_holds_each_fact_once(auditor: Officer, desk: Desk) -> None:
    a_day(desk, tickets=1)
    for turn in range(BATCH):
        desk.do(AddNote(1, f"mara {turn}"), desk.officer())
        desk.clock.forward(seconds=turn % 2)
    text = auditor.http.get("/audit.csv").content.decode(ENCODING)
    assert [line["step"] for line in table_of(text)] == [str(step) for step in range(1, BATCH + 4)]
    assert text.count("\ufeff") == 0


def test_what_was_taken_away_is_checked_line_by_line(auditor: Officer, desk: Desk, tmp_path: Path) -> None:
    a_day(desk)
    desk.do(SealHistory(), DESK)
    words = [fact.words_id for fact in desk.all(History) if fact.words_id]
    desk.do(BlankWords(words[0]), DESK)
    desk.clock.forward(minutes=1)
    file = tmp_path / "audit.csv"
    file.write_bytes(auditor.http.get("/audit.csv?event=noted").content)
    assert checked(desk, file) == [""] * 4
    file.write_bytes(auditor.http.get("/audit.csv").content)
    assert checked(desk, file) == [""] * 13
    whole = file.read_text(ENCODING)
    for old, new in (
        ("2026-03-04T11:11:00.000000+00:00", "2026-03-04T11:11:01.000000+00:00"), (",ussd,", ",sms,"),
        (",noted,", ",resolved,"), (",2,2026", ",7,2026"), ("{", "["), ("T11:11:00.000000+00:00", "T11:11:00"),
    ):  # fmt: skip
        file.write_text(whole.replace(old, new, 1), ENCODING)
        (wrong,) = filter(None, checked(desk, file))
        assert wrong.endswith("the line was changed after the desk wrote it."), (old, new)
    number = TicketNumber(desk.all(Ticket)[1].number).shown
    file.write_text(whole.replace(f"{number},1", f"{TicketNumber(desk.all(Ticket)[0].number).shown},1", 1), ENCODING)
    assert [each for each in checked(desk, file) if "another ticket's number" in each]
    file.write_text("a,b\n1,2\n", ENCODING)
    with pytest.raises(NoExport):
        checked(desk, file)


def test_a_file_kept_elsewhere_shows_what_was_written_anew_even_with_the_key(
    auditor: Officer, desk: Desk, tmp_path: Path
) -> None:
    a_day(desk)
    file = tmp_path / "audit.csv"
    file.write_bytes(auditor.http.get("/audit.csv").content)

    def write_anew(tx: Transaction) -> None:
        fact = tx.get(History, desk.all(History)[2].id)
        assert fact is not None
        fact.link = "0" * 64
        tx.save(fact)

    desk.door.database.write(write_anew)
    wrong = list(filter(None, checked(desk, file)))
    assert len(wrong) == 1
    assert wrong[0].endswith("step 3: the desk holds something else there now.")


def checked(desk: Desk, file: Path) -> list[str]:
    with file.open(encoding=ENCODING, newline="") as opened:
        told = wrong_lines(opened, desk.door.rules.key, desk.door.database)
        return [wrong.sentence if wrong else "" for wrong in told]


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+255", "-2+3", "@SUM(A1)", " =1+1", "\t=1", "＝1"])
def test_a_name_is_no_formula(enter: Enter, desk: Desk, name: str) -> None:
    a_day(desk, tickets=1)

    def rename(tx: Transaction) -> None:
        person = tx.get(Person, desk.ids["juma"])
        assert person is not None
        person.name = name
        tx.save(person)

    desk.door.database.write(rename)
    lines = table_of(enter("mkaguzi").http.get("/audit.csv").content.decode(ENCODING))
    assert lines[0]["who"] == f"'{name}"


def test_an_honest_cell_is_left_alone() -> None:
    for cell in ("Juma Hassan", "", "2600123-9", '{"of": 1}', "a=b"):
        assert harmless(cell) == cell


def test_the_record_reads_alike_on_both_databases(either_desk: Desk) -> None:
    desk = either_desk
    numbers = a_day(desk)
    desk.do(SealHistory(), DESK)
    desk.clock.forward(seconds=1)
    with opened(desk) as url:
        browser = Officer(url, "mkaguzi")
        lines = table_of(browser.http.get("/audit.csv?from=2026-03-04&to=2026-03-04").content.decode(ENCODING))
        assert [line["seal"] for line in lines] == ["1"] * 12
        for query in (f"person={desk.ids['neema']}", f"ticket={numbers[0]}", "event=noted&after=99999999999999999.1"):
            browser.open(f"/audit?{query}")
            assert facts_on(browser.page), query
        browser.http.close()
