"""What holds of every page: it is whole without a script, light, and asks nothing of another host."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest

from console import wording
from console.inbound import inside
from console.render import FILES, HERE, Pages
from models.commands import AskForAccount, By, ReportFault
from models.priority import Impact, Urgency
from models.tables import Ticket
from models.tables.account import AccountAction
from models.tables.ticket import Channel
from models.values.ticket_number import TicketNumber
from queries.queue import PAGE, Mark
from tests.console.front import Checked, Officer
from tests.support.cast import AFTERNOON, STRANGER, Desk

LIGHT = 30_000  # bytes on the wire, nothing compressed, style and script included


@pytest.fixture
def busy(desk: Desk) -> list[str]:
    """More than a page of tickets, of all kinds, with words in them that want to be markup."""
    juma = By(Channel.USSD, person_id=desk.ids["juma"])
    unknown = By(Channel.SMS, caller=f"phone:{STRANGER}")
    for turn in range(PAGE + 15):
        desk.clock.forward(minutes=7)
        report = ReportFault(
            ("0201", "0301", "0401", "1303", "")[turn % 5],
            "MVM/ICT/00412" if turn % 2 else "",
            words="<script>alert(1)</script> & 'maneno' ya mtu aliyeandika mengi kuhusu hitilafu yake ofisini kwake",
            impact=list(Impact)[turn % 4],
            urgency=list(Urgency)[turn % 3],
        )
        desk.do(report, unknown if turn % 7 == 0 else juma)
    desk.do(AskForAccount("hcmis", AccountAction.RESET, "juma.h"), juma)
    tickets = list(desk.all(Ticket))
    return [TicketNumber(each.number).shown for each in tickets]


@pytest.fixture
def pages(busy: list[str], desk: Desk) -> list[str]:
    return [
        "/tickets", "/tickets?tab=overdue&kind=incident&priority=P1",
        f"/tickets?place={desk.ids['mvomero-dc/finance']}",
        f"/tickets/{busy[0]}", f"/tickets/{busy[-1]}", "/tickets/new", "/tickets/new?who=m", "/people", "/people?q=h",
        f"/people/{desk.ids['juma']}", "/assets", "/assets/MVM/ICT/00412", "/approvals",
    ]  # fmt: skip


def test_every_page_is_whole_and_labelled(neema: Officer, pages: list[str]) -> None:
    for language in ("sw", "en"):
        neema.send(f"/language/{language}", back="/tickets")
        for path in pages:
            neema.open(path)
            assert neema.status == 200, path
            assert Checked(neema.page).wrong == [], path
            assert f'<html lang="{language}">' in neema.page
            assert "<script>alert" not in neema.page
            assert not re.search(r'(?:src|href|action)="(?:https?:)?//', neema.page)


def test_the_queue_is_light(neema: Officer, busy: list[str]) -> None:
    answer = neema.http.get("/tickets")
    assert answer.text.count("<li>") == PAGE
    own = sum(len(neema.http.get(address).content) for address, _ in FILES.values())
    assert len(answer.content) + own < LIGHT
    assert len(FILES["desk.css"][1]) < 8 * 1024
    assert len(neema.http.get("/tickets", headers={"X-Live": "1"}).content) < len(answer.content)


def test_the_pages_of_the_queue_follow_each_other_without_gap_or_repetition(neema: Officer, busy: list[str]) -> None:
    seen: list[str] = []
    path = "/tickets"
    while path:
        neema.open(path)
        seen += re.findall(r'class="what"><a href="/tickets/([\d-]+)"', neema.page)
        found = re.search(r'href="([^"]+)" rel="next"', neema.page)
        path = found[1].replace("&amp;", "&") if found else ""
    assert sorted(seen) == sorted(busy)


def test_the_filters_are_in_the_address(neema: Officer, busy: list[str], desk: Desk) -> None:
    neema.open("/tickets?priority=P1")
    assert set(re.findall(r'class="p (P\d)"', neema.page)) == {"P1"}
    neema.open("/tickets?kind=account")
    assert re.findall(r'class="what"><a href="/tickets/([\d-]+)"', neema.page) == [busy[-1]]
    neema.open(f"/tickets?place={desk.ids['mvomero-dc/mlali']}")
    assert "Hakuna kinachosubiri hapa." in neema.words
    neema.open("/tickets?tab=overdue")
    assert "Hakuna kinachosubiri hapa." in neema.words
    for _ in range(2):  # a night, and the session is kept
        desk.clock.forward(hours=11)
        neema.open("/tickets?tab=overdue")
    late = neema.page.count('class="due late"')
    assert 0 < late == neema.page.count("<li>")
    for odd in ("?tab=x&kind=y&priority=z&after=%00.1.2", "?after=P1.99999999999999999999999999.1", "?after=P1.1.1e9"):
        assert (neema.open(f"/tickets{odd}"), neema.status)[1] == 200


def test_a_page_mark_survives_the_address() -> None:
    mark = Mark.parse("P2.1772622000000000.17")
    assert mark is not None
    assert Mark.parse(str(mark)) == mark
    assert mark.due.isoformat() == "2026-03-04T11:00:00+00:00"


def test_every_answer_is_guarded(neema: Officer, pages: list[str]) -> None:
    for path in [*pages, "/login", "/tickets/2699999-9", "/people/999", "/people/x", "/assets/HAKUNA"]:
        answer = neema.http.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_files_are_kept_for_good_under_a_name_that_changes_with_them(neema: Officer) -> None:
    for address, content in FILES.values():
        answer = neema.http.get(address)
        assert (answer.content, "immutable" in answer.headers["cache-control"]) == (content, True)
    assert neema.http.get("/static/desk.0000000000.css").status_code == 404


@pytest.mark.parametrize("body", [b"\xff\xfe", b"csrf=%ff&form=%00", b"a=1&" * 200, b"x" * 70_000, b""])
def test_a_hostile_form_is_refused_politely(neema: Officer, busy: list[str], body: bytes) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for path in ("/login", f"/tickets/{busy[0]}", "/tickets/new", "/approvals", "/logout", "/language/xx"):
        assert 400 <= neema.http.post(path, content=body, headers=kind).status_code < 500, path


@pytest.mark.parametrize("odd", ["x" * 400, "../../etc/passwd", "2600001%00", "%F0%9F%92%A9", "99999999999999999999"])
def test_an_odd_address_is_not_there(neema: Officer, odd: str) -> None:
    for path in (f"/tickets/{odd}", f"/people/{odd}", f"/assets/{odd}", f"/tickets/{odd}/photos/{odd}"):
        assert neema.http.get(path).status_code == 404, path
    assert neema.http.get(f"/people?q={odd}").status_code == 200


def test_every_fact_that_a_handler_records_can_be_said() -> None:
    recorded = set()
    for path in (HERE.parent / "handlers").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
                recorded |= {each.value for each in node.args[1:2] if isinstance(each, ast.Constant)}
    assert recorded <= set(wording.EVENTS)
    assert len(recorded) > 15


def test_times_are_said_as_people_read_them(desk: Desk) -> None:
    said = Pages(desk.door.rules)._time
    assert said(AFTERNOON, "sw", AFTERNOON) == "14:00"
    desk.clock.forward(days=-1)
    assert said(AFTERNOON, "sw", desk.clock()) == "jana 14:00"
    desk.clock.forward(days=-300)
    assert said(AFTERNOON, "sw", desk.clock()) == "07/05/2025 14:00"


@pytest.mark.parametrize(
    ("hours", "words"),
    [(-1.5, (False, "hadi 15:30")), (0.25, (True, "imechelewa dakika 15")), (3.9, (True, "imechelewa saa 3")),
     (50, (True, "imechelewa siku 2")), (0, (False, "hadi 14:00"))],
)  # fmt: skip
def test_what_is_late_says_by_how_much(desk: Desk, hours: float, words: tuple[bool, str]) -> None:
    due = Pages(desk.door.rules)._due
    assert due(AFTERNOON, "sw", AFTERNOON - timedelta(hours=hours)) == words


@pytest.mark.parametrize("path", ["/tickets?tab=mine&after=P1.2.3", "/people/4", "/assets/MVM/ICT/00412"])
def test_a_way_back_within_the_console_is_kept(path: str) -> None:
    assert inside(path) == path


def test_no_template_holds_style_or_script() -> None:
    for path in Path(HERE / "templates").glob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<style|style=|<script(?! src)|\son\w+=", text), path.name
