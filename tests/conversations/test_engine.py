"""The engine alone, walked at random: what it never does, whatever is typed and whatever the desk knows."""

from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.book import BOOK
from conversations.engine import HOME, Engine, Progress, Turn
from conversations.examples import OFFERS
from conversations.screen import Move, Option, Screen
from conversations.steps import Answers, Offer
from models.refusals import NotFound, Refused


@dataclass
class Rumour:
    """Knows what it is told to know: nothing at all, or the examples."""

    language: str
    empty: frozenset[str] = frozenset()
    finds: bool = True
    asked: list[str] = field(default_factory=list)

    def offer(self, name: str, answers: Answers) -> Offer:
        self.asked.append(name)
        offer = OFFERS[name][self.language]
        return replace(offer, options=()) if name in self.empty else offer

    def find(self, name: str, answers: Answers, value: str) -> Answers:
        if not self.finds:
            raise NotFound
        return {name: value}


NAMES = sorted(BOOK)
KEYS = st.one_of(
    st.integers(1, 14).map(str),
    st.sampled_from(["0", "00", "98", "99", "", " ", "412", "MVM/ICT/00412", "2600001-6", "ndiyo", "bado", "rudi"]),
    st.text(max_size=20),
)
rumours = st.builds(
    Rumour, st.sampled_from(["sw", "en"]), st.frozensets(st.sampled_from(sorted(OFFERS)), max_size=6), st.booleans()
)
callers = st.sampled_from([{"known": "yes", "ticket_id": "7"}, {"ticket_id": "7"}])


def ends(turn: Turn) -> int:
    return sum([turn.finished, turn.cancelled, turn.home, bool(turn.resumes)])


@settings(max_examples=300, deadline=None)  # a shared machine is slow now and then, and that is no failure
@given(rumours, st.sampled_from(NAMES), callers, st.lists(KEYS, max_size=14))
def test_any_keys_lead_to_a_screen_or_an_end(rumour: Rumour, name: str, caller: Answers, keys: list[str]) -> None:
    engine = Engine(BOOK, rumour, rumour.language)
    turn = engine.begin(name, caller)
    for key in keys:
        assert (turn.screen is not None) + ends(turn) == 1
        if turn.screen is None:
            break
        progress, screen = turn.progress, turn.screen
        assert screen.step == f"{progress.name}.{progress.step}"
        assert screen.text
        assert Progress.from_json(progress.name, progress.to_json()) == progress
        assert Screen.from_json(screen.to_json()) == screen
        assert engine.hear(progress, screen, key) == engine.hear(progress, screen, key), "pure: the same again"
        turn = engine.hear(progress, screen, key)
        if key in ("", " ") and turn.screen:
            assert replace(turn.screen, note="") == replace(screen, note="")


@settings(max_examples=300, deadline=None)  # as above
@given(rumours, st.sampled_from(NAMES), callers, st.lists(KEYS, min_size=1, max_size=14))
def test_back_leads_to_the_screen_before(rumour: Rumour, name: str, caller: Answers, keys: list[str]) -> None:
    engine = Engine(BOOK, rumour, rumour.language)
    turn = engine.begin(name, caller)
    for key in keys:
        if turn.screen is None or Move.BACK not in turn.screen.moves:
            break
        before, shown = turn.progress, turn.screen
        turn = engine.hear(before, shown, key)
        if turn.screen is None or turn.screen.step == shown.step:
            continue
        moved_on = turn.progress.trail == (*before.trail, before.step) or turn.progress.opened_by == before
        if moved_on and before.name != HOME:
            back = engine.hear(turn.progress, turn.screen, "0")
            assert back.screen is not None
            assert back.screen == replace(shown, note="", page=0)
            assert (back.progress.step, back.progress.trail) == (before.step, before.trail)


@settings(max_examples=200, deadline=None)  # as above
@given(rumours, st.sampled_from(NAMES), callers, st.integers(1, 9))
def test_more_and_back_turn_pages_and_change_nothing(rumour: Rumour, name: str, caller: Answers, pages: int) -> None:
    engine = Engine(BOOK, rumour, rumour.language)
    turn = first = engine.begin(name, caller)
    if first.screen is None or not first.screen.moves:
        return
    for key in ["98"] * pages + ["0"] * pages:
        assert turn.screen is not None
        turn = engine.hear(turn.progress, turn.screen, key)
    assert turn == first


@given(st.sampled_from(NAMES), callers)
def test_home_and_cancel_leave_from_anywhere(name: str, caller: Answers) -> None:
    engine = Engine(BOOK, Rumour("sw"), "sw")
    turn = engine.begin(name, caller)
    if turn.screen is not None and turn.screen.moves:
        assert engine.hear(turn.progress, turn.screen, "00").home
        assert engine.hear(turn.progress, turn.screen, "99").cancelled


def reported(*keys: str, knows: Rumour | None = None) -> Turn:
    engine = Engine(BOOK, knows or Rumour("sw"), "sw")
    turn = engine.begin("report", {"known": "yes"})
    for key in keys:
        assert turn.screen is not None
        turn = engine.hear(turn.progress, turn.screen, key)
    return turn


def test_a_changed_mind_forgets_the_answers_that_came_after() -> None:
    there = reported("3", "1")
    assert there.progress.answers == {"known": "yes", "category": "2", "fault": "0"}
    again = reported("3", "1", "0", "0", "5")
    assert again.progress.answers == {"known": "yes", "category": "4"}


def test_what_was_said_on_request_outlives_a_changed_mind() -> None:
    turn = reported("3", "1", "2", "karatasi tupu", "0", "2")
    assert turn.progress.answers["words"] == "karatasi tupu"
    assert turn.progress.answers["fault"] == "1"


def test_a_device_that_is_reported_can_be_looked_at_again() -> None:
    engine = Engine(BOOK, Knowing("device_card", Option("report", "Ripoti", opens="report")), "sw")
    card = engine.begin("device", {"known": "yes", "device": "MVM/ICT/00412"})
    assert card.screen is not None
    report = engine.hear(card.progress, card.screen, "1")
    assert report.screen is not None
    assert report.screen.step == "report.category"
    assert engine.hear(report.progress, report.screen, "0") == card


class Knowing(Rumour):
    """The examples, but one offer has this one option."""

    def __init__(self, name: str, option: Option) -> None:
        super().__init__("sw")
        self._name, self._option = name, option

    def offer(self, name: str, answers: Answers) -> Offer:
        offer = super().offer(name, answers)
        return replace(offer, options=(self._option,)) if name == self._name else offer


def test_a_refused_look_up_says_why_above_the_same_question() -> None:
    turn = reported("3", "1", knows=Rumour("sw", finds=False))
    engine = Engine(BOOK, Rumour("sw", finds=False), "sw")
    account = engine.begin("account", {"known": "yes"})
    assert turn.screen is not None
    assert account.screen is not None
    again = engine.hear(account.progress, account.screen, "mfumo wa kale")
    assert again.screen is not None
    assert again.screen.note == "Hakuna kitu kwa namba hiyo. Tafadhali hakiki na ujaribu tena."
    assert replace(again.screen, note="") == account.screen


def test_a_query_that_refuses_is_for_the_desk_to_say() -> None:
    class Refusing(Rumour):
        def offer(self, name: str, answers: Answers) -> Offer:
            raise NotFound

    refused: list[Refused] = []
    try:
        Engine(BOOK, Refusing("sw"), "sw").begin("tickets", {"known": "yes"})
    except Refused as refusal:
        refused.append(refusal)
    assert [type(each) for each in refused] == [NotFound]
