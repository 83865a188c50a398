"""A handset that presses anything, hangs up, dials again and is delivered twice, against the desk itself."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.screen import Move, Screen
from database import Transaction
from handlers import Door
from models import tables
from models.commands import By, HearHangUp, HearHop, ResolveTicket, SendLate
from models.tables.person import AddressKind, Proof
from models.tables.place import PlaceKind
from models.tables.ticket import Channel, State
from models.values.gsm7 import is_gsm7, septets
from tests.support.cast import AFTERNOON, Desk, desk_on
from ussd.render import PAGE, page_of

Act = tuple[str, str | int]

USSD = By(Channel.USSD)
NUMBER = re.compile(r"\b(\d{7,})-(\d)\b")
ENDINGS = {"report.end", "report_words.end", "account.end"}
_people = itertools.count(1)

keys = st.sampled_from(
    [
        "0",
        "00",
        "98",
        "99",
        "",
        " ",
        "*",
        "**",
        "412",
        "9999",
        "rudi",
        "ghairi",
        "tuma",
        "2600001-6",
        "1*1",
        "\U0001f600",
    ]
) | st.text(max_size=12)
ACTS: list[Act] = [
    *[("pick", 0)] * 6,  # often the first option: it sends, continues and confirms
    *[("pick", at) for at in range(1, 10)],
    *[("ahead", typed) for typed in ("1*2*1*412", "1*3*1", "1*2*1*412*1", "2*3*1*1", "3*412", "4", "1*5*1")] * 2,
    *[(what, "") for what in ("again", "again", "drop", "dial", "dial", "late", "solve", "solve")],
]  # what is named twice is done twice as often
SEND: Act = ("ahead", "1*2*1*412*1")
AHEAD: list[list[Act]] = [
    [SEND, ("again", "")],
    [SEND, ("solve", ""), ("dial", ""), ("pick", 0)],
    [SEND, ("solve", ""), ("dial", ""), ("pick", 0), ("pick", 0)],
    [SEND, ("solve", ""), ("dial", ""), ("pick", 0), ("pick", 1), ("pick", 0)],
    [SEND, ("dial", ""), ("key", "4"), ("pick", 0)],
    [("dial", ""), ("pick", 0), ("pick", 1), ("pick", 0), ("drop", ""), ("dial", ""), ("pick", 0)],
    [("ahead", "2*3*1"), ("key", "juma.h")],
]  # far into a story, from where anything may follow
acts: st.SearchStrategy[list[Act]] = st.one_of(
    st.sampled_from(ACTS).map(lambda act: [act]), st.tuples(st.just("key"), keys).map(lambda act: [act]),
    st.sampled_from(AHEAD),
)  # fmt: skip


@dataclass
class Handset:
    """One person's phone, and what they have seen on it."""

    desk: Desk
    phone: str
    person_id: int | None
    session: str = ""
    transcript: str | None = None
    shown: Screen | None = None
    receipts: set[str] = field(default_factory=set)
    sessions: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def hop(self, transcript: str) -> Screen:
        screen = self.desk.do(HearHop(self.session, self.phone, "Vodacom", transcript), USSD)
        assert isinstance(screen, Screen)
        page = page_of(screen)
        assert is_gsm7(page), page
        assert septets(page) <= PAGE, page
        return screen

    def dial(self, ahead: str = "") -> None:
        self.session, self.transcript = f"{self.phone}-{next(self.sessions)}", ahead
        self.see(self.hop(ahead))

    def see(self, screen: Screen) -> None:
        self.shown = screen
        if screen.final and screen.step in ENDINGS:
            self.receipts |= {"".join(found.groups()) for found in NUMBER.finditer(screen.text)}

    def key(self, typed: str) -> None:
        assert self.transcript is not None
        before, was = self.shown, self.transcript
        self.transcript = f"{was}*{typed}" if was else typed
        if not self.transcript:  # nothing at all was typed: the network sends what it sent before
            assert self.hop("") == before
            return
        self.see(self.hop(self.transcript))
        if before is not None and before.final:
            assert self.shown == before, "after the end every hop gets the end again"

    def step_back(self, before: Screen) -> None:
        """After a step forward, back shows the step that was left."""
        shown = self.shown
        assert shown is not None
        if shown.step.split(".")[0] != before.step.split(".")[0] or shown.step == before.step or shown.final:
            return
        if before.step in ("report.words", "report.impact") or Move.BACK not in shown.moves or shown.page:
            return
        self.key("0")
        assert self.shown is not None
        assert replace(self.shown, note="", page=0) == replace(before, note="", page=0)

    def act(self, what: str, value: str | int) -> None:
        """Press, redial or be cut off; `value` is a key, or where in the list to pick."""
        if self.transcript is None or self.shown is None:
            self.dial(str(value) if what == "ahead" else "")
        elif what == "pick":
            self.pick(self.shown, int(value))
        elif what == "key":
            self.key(str(value))
        elif what in ("dial", "ahead"):
            self.dial(str(value))
        elif what == "again":
            self.again(self.transcript, self.shown)
        else:
            getattr(self, what)()

    def pick(self, shown: Screen, at: int) -> None:
        if shown.options:
            self.key(str(at % len(shown.options) + 1))
            if at % 5 == 0:
                self.step_back(shown)

    def again(self, transcript: str, shown: Screen) -> None:
        """The same hop, half of it, and one that went another way: each is answered with what is shown."""
        assert self.hop(transcript) == shown
        assert self.hop(transcript[: len(transcript) // 2]) == shown
        if transcript:
            assert self.hop(f"7{transcript[1:]}?" if transcript[0] != "7" else f"8{transcript[1:]}?") == shown

    def late(self) -> None:
        self.desk.do(SendLate(self.session), USSD)
        self.desk.do(SendLate(self.session), USSD)

    def drop(self) -> None:
        self.desk.do(HearHangUp(self.session, "Incomplete"), USSD)
        self.transcript = self.shown = None

    def solve(self) -> None:
        """Meanwhile the officer resolves what was reported."""
        for ticket in self.tickets():
            if ticket.state == State.NEW and ticket.system_code is None and ticket.id:
                self.desk.do(ResolveTicket(ticket.id, "Tumetengeneza."), self.desk.officer())

    def tickets(self) -> list[tables.Ticket]:
        return [
            ticket
            for ticket in self.desk.all(tables.Ticket)
            if ticket.caller == f"phone:{self.phone}"
            or (self.person_id is not None and ticket.requester_id == self.person_id)
        ]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[bool], Handset]]:
    """Handsets of people nobody has heard of yet, at one desk: on record at a place of their own, or not."""
    folder: Path = tmp_path_factory.mktemp("crowd")
    desk = desk_on(f"sqlite:///{folder / 'desk.db'}")

    def somebody(on_record: bool) -> Handset:
        phone = f"+2557550{next(_people):05d}"
        person_id = desk.door.database.write(lambda tx: newcomer(tx, desk, phone)) if on_record else None
        return Handset(desk, phone, person_id)

    yield somebody
    door: Door = desk.door
    door.database.close()


def newcomer(tx: Transaction, desk: Desk, phone: str) -> int | None:
    """At a ward of their own, so that nobody else's reports reorder their screens."""
    above = tx.get(tables.Place, desk.ids["mvomero-dc"])
    assert above is not None
    ward = tx.add(tables.Place(parent_id=above.id, kind=PlaceKind.WARD, code=f"kata-{phone}", name="Kata", path="/"))
    ward.path = f"{above.path}{ward.id}/"
    tx.save(ward)
    assert ward.id is not None
    person = tx.add(tables.Person(name="Mtumishi Mpya", place_id=ward.id, supervisor_id=desk.ids["theresia"]))
    assert person.id is not None
    tx.add(
        tables.Address(
            person_id=person.id, kind=AddressKind.PHONE, value=phone, proof=Proof.HR_LIST, proven_at=AFTERNOON
        )
    )
    return person.id


@settings(
    max_examples=60,
    deadline=None,  # a shared machine is slow now and then, and that is no failure
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example brings a person of its own
)
@given(on_record=st.booleans(), script=st.lists(acts, min_size=3, max_size=10))
def test_whatever_is_pressed_one_report_is_one_ticket(
    crowd: Callable[[bool], Handset], on_record: bool, script: list[list[Act]]
) -> None:
    handset = crowd(on_record)
    for what, value in itertools.chain(*script):
        handset.act(what, value)
    assert {str(ticket.number) for ticket in handset.tickets()} == handset.receipts


@pytest.mark.parametrize(
    "script",
    [
        [SEND, ("again", ""), ("key", "1"), ("dial", ""), ("again", "")],
        [SEND, ("solve", ""), ("dial", ""), ("pick", 0), ("pick", 1), ("pick", 0)],
        [SEND, ("solve", ""), ("dial", ""), ("pick", 0), ("pick", 0), ("pick", 4)],
        [("ahead", "1*2*1*412"), ("drop", ""), ("dial", ""), ("pick", 0), ("pick", 1), ("late", ""), ("pick", 0)],
        [("ahead", "2*3*1"), ("key", "juma.h"), ("pick", 0), ("again", "")],
    ],
)
def test_a_story_told_by_keys(crowd: Callable[[bool], Handset], script: list[Act]) -> None:
    handset = crowd(True)
    handset.act("dial", "")
    for what, value in script:
        handset.act(what, value)
    assert {str(ticket.number) for ticket in handset.tickets()} == handset.receipts
    assert handset.shown is not None
