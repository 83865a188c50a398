"""Screens as Telegram cards, within Telegram's limits."""

import re
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.inbound import understood
from bot.render import FITS, LONGEST, PAGE, Card, drawn, invitation
from conversations.screen import Move, Option, Screen

ALL_MOVES = (Move.BACK, Move.HOME, Move.CANCEL)


def screen(*labels: str, page: int = 0, text: str = "Chagua", note: str = "", step: str = "report.fault") -> Screen:
    options = tuple(Option(str(number), label) for number, label in enumerate(labels))
    return Screen(text, "sw", step, options, moves=ALL_MOVES, page=page, note=note)


def picks(card: Card) -> list[list[str]]:
    return [[button.data.rpartition(":")[2] for button in row] for row in card.rows]


def test_long_labels_have_rows_of_their_own_and_short_ones_share() -> None:
    assert picks(drawn(screen("Printa haichapishi kabisa", "Karatasi zinakwama"), 7, 0)) == [
        ["1"], ["2"], ["back", "home", "cancel"],
    ]  # fmt: skip
    assert picks(drawn(screen("Ndiyo", "Bado"), 7, 0))[0] == ["1", "2"]
    assert picks(drawn(screen("1", "2", "3", "4", "5", "6"), 7, 0))[:2] == [["1", "2", "3", "4", "5"], ["6"]]


def test_nobody_is_offered_to_cancel_twice() -> None:
    asked = replace(screen(), options=(Option("send", "Tuma"), Option("cancel", "Ghairi", cancels=True)))
    assert picks(drawn(asked, 7, 0)) == [["1", "2"], ["back", "home"]]


def test_a_long_list_is_turned_page_by_page_and_round_again() -> None:
    labels = [f"Mfumo wa namba {number}" for number in range(20)]
    first, second, third, again = (picks(drawn(screen(*labels, page=page), 7, 0)) for page in range(4))
    assert [row[0] for row in first[:-2]] == [str(number) for number in range(1, PAGE + 1)]
    assert first[-2:] == [["more"], ["back", "home", "cancel"]]
    assert second[0] == ["9"]
    assert [row[0] for row in third[:-2]] == ["17", "18", "19", "20"]
    assert again == first
    assert ["more"] not in picks(drawn(screen(*labels[:FITS]), 7, 0))


def test_a_word_without_a_conversation_or_at_its_end_has_no_buttons() -> None:
    assert drawn(screen("a"), None, 0).rows == ()
    assert drawn(Screen("Asante.", "sw", "report.end", final=True), 7, 2).rows == ()


def test_the_first_page_invites_only_those_who_are_not_known() -> None:
    known = Screen("Habari", "sw", "front.menu", (Option("report", "Ripoti"),))
    unknown = Screen("Habari", "sw", "front.menu", (Option("report", "Ripoti"), Option("register", "Jisajili")))
    assert invitation(known) is None
    assert invitation(screen("register")) is None
    assert invitation(unknown) is not None
    assert drawn(Screen("Karibu", "sw", "desk.linked", final=True), None, 0).settled
    assert not drawn(unknown, 7, 0).settled


_words = st.text(st.characters(codec="utf-8"))


_long = _words | _words.map(lambda text: text * 900)


@given(
    st.builds(screen, page=st.integers(0, 100), text=_long, note=_long),
    st.lists(_words, max_size=30),
    st.integers(0, 10**15 - 1),
    st.integers(0, 10**9 - 1),
)
def test_every_card_is_within_the_limits(bare: Screen, labels: list[str], conversation: int, revision: int) -> None:
    options = tuple(Option(str(number), label) for number, label in enumerate(labels))
    card = drawn(replace(bare, options=options), conversation, revision)
    plain = unescape(re.sub(r"</?i>", "", card.text))
    assert len(plain.encode("utf-16-le")) // 2 <= LONGEST
    assert card.text.count("<") == (2 if bare.note else 0)
    buttons = [button for row in card.rows for button in row]
    assert len(buttons) <= FITS + 4
    for button in buttons:
        assert button.label
        assert len(button.data.encode()) <= 64
        query = {"id": "1", "from": {"id": 5}, "message": {"chat": {"id": 5, "type": "private"}}, "data": button.data}
        assert understood({"update_id": 1, "callback_query": query}).message is not None
