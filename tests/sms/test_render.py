"""Screens as text messages: short, whole where it can be, never more than three parts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from conversations.screen import Move, Option, Screen
from models.values.gsm7 import is_gsm7, parts
from sms.render import text_of

MOVES = (Move.BACK, Move.HOME, Move.CANCEL)


def screen(text: str, *labels: str, language: str = "en", short: bool = False, **more: object) -> Screen:
    options = tuple(Option(label, label, f"short {n}" if short else "") for n, label in enumerate(labels, 1))
    return Screen(text, language, "report.fault", options, moves=MOVES, **more)  # type: ignore[arg-type]  # as the test says


def test_options_stand_on_one_line_and_moves_are_not_listed() -> None:
    shown = text_of(screen("Does it work now?", "Yes", "Not yet"))
    assert shown == "Does it work now?\n1 Yes, 2 Not yet\nReply with a number."


def test_it_says_how_to_answer() -> None:
    assert text_of(screen("What is wrong?", asks=True)) == "What is wrong?\nReply to this message."
    both = text_of(screen("Which device?", "Printer (412)", asks=True))
    assert both == "Which device?\n1 Printer (412)\nReply with a number or in words."
    assert text_of(screen("Thank you.", final=True)) == "Thank you."
    assert text_of(screen("Habari", "Ndiyo", language="sw")) == "Habari\n1 Ndiyo\nJibu kwa namba."


def test_a_note_stands_above() -> None:
    assert text_of(screen("Which?", "This", note="Not on the list.")).startswith("Not on the list.\nWhich?\n1 This")


def test_what_is_its_own_number_is_said_once() -> None:
    assert "\n1, 2, 3\n" in text_of(screen("How many?", "1", "2", "3"))


def test_labels_with_commas_are_parted_otherwise() -> None:
    assert "\n1 Printers, scanners; 2 Network\n" in text_of(screen("Which?", "Printers, scanners", "Network"))


def test_labels_are_spelled_out_where_one_part_holds_them_and_else_short() -> None:
    long = "a label of thirty-two characters"
    assert long in text_of(screen("Which?", long, long, short=True))
    many = text_of(screen("Which?", *[long] * 8, short=True))
    assert long not in many
    assert "1 short 1, 2 short 2" in many
    assert len(parts(many)) == 1


def test_how_to_answer_is_left_out_where_it_would_cost_a_part() -> None:
    assert text_of(screen("word " * 28, "Yes", "Not yet")) == "word " * 28 + "\n1 Yes, 2 Not yet"
    assert text_of(screen("word " * 31, asks=True)).endswith("\nReply to this message.")


def test_typography_does_not_cost_an_alphabet() -> None:
    assert text_of(screen("Neema’s “question” – …", final=True)) == 'Neema\'s "question" - ...'


def test_long_words_are_cut_so_that_the_options_stay() -> None:
    shown = text_of(screen("word " * 300, "Yes", "Not yet"))
    assert shown.endswith("word..\n1 Yes, 2 Not yet\nReply with a number.")
    assert len(parts(shown)) == 3


def test_a_long_list_runs_over_messages_with_its_numbers() -> None:
    labels = [f"A system with a long name {n}" for n in range(1, 41)]
    whole = screen("Which system?", *labels, asks=True)
    shown = [text_of(replace(whole, page=page)) for page in range(5)]
    assert shown[0].startswith("Which system?\n1 A system")
    assert shown[0].endswith("Reply with a number, or MORE for the others.")
    assert shown[4] == shown[0]
    assert shown[3].endswith("40 A system with a long name 40\nReply with a number or in words.")
    assert all(label in "".join(shown) for label in labels)


words = st.text(max_size=700) | st.text("ab {}€~\n", max_size=700)


screens = st.builds(
    Screen, words, st.sampled_from(["sw", "en"]), st.just("report.fault"),
    st.lists(st.builds(Option, st.just("x"), words, st.text(max_size=30)), max_size=40).map(tuple),
    st.booleans(), st.just(MOVES), st.integers(0, 9), words, st.booleans(),
)  # fmt: skip


@given(screens)
def test_any_screen_is_at_most_three_parts_of_the_phones_alphabet(screen: Screen) -> None:
    shown = text_of(screen)
    assert is_gsm7(shown)
    assert len(parts(shown)) <= 3
