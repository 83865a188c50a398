"""A page of a basic phone: what stands on it, what gives way, and that nothing is lost."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.screen import Move, Option, Screen
from models.values.gsm7 import fold, is_gsm7, septets
from ussd.render import PAGE, page_of, pages_of

MOVES = (Move.BACK, Move.HOME, Move.CANCEL)
ALL_MOVES = "0.Rudi 00.Mwanzo 99.Ghairi"


def screen(text: str, *labels: str, moves: tuple[Move, ...] = MOVES, note: str = "", page: int = 0) -> Screen:
    options = tuple(Option(str(at), label) for at, label in enumerate(labels))
    return Screen(text, "sw", "a.step", options, moves=moves, note=note, page=page)


def test_a_short_screen_names_all_its_moves() -> None:
    assert page_of(screen("Nini hasa?", "Haiwaki", "Nzito")) == f"Nini hasa?\n1.Haiwaki\n2.Nzito\n{ALL_MOVES}"


def test_english_moves_on_an_english_screen() -> None:
    assert page_of(replace(screen("What?"), language="en")) == "What?\n0.Back 00.Home 99.Cancel"


def test_short_labels_are_shown_where_there_are_any() -> None:
    shown = replace(screen("Nini?"), options=(Option("a", "Printa haichapishi", "Haichapishi"),))
    assert "1.Haichapishi" in page_of(shown)


def test_naming_moves_gives_way_before_a_second_page_does() -> None:
    assert page_of(screen("x" * 143)) == f"{'x' * 143}\n0.Rudi 00.Mwanzo"
    assert page_of(screen("x" * 153)) == f"{'x' * 153}\n0.Rudi"
    assert len(pages_of(screen("x" * 154))) == 2


def test_an_option_that_cancels_is_not_said_twice() -> None:
    asked = replace(screen("Tuma?"), options=(Option("send", "Tuma"), Option("no", "Ghairi", cancels=True)))
    assert page_of(asked) == "Tuma?\n1.Tuma\n2.Ghairi\n0.Rudi 00.Mwanzo"


def test_numbers_count_on_over_pages() -> None:
    first, second = pages_of(screen("Chagua", *["Mtandao wa ofisi"] * 10))
    assert first.splitlines()[-2:] == ["7.Mtandao wa ofisi", "98.Zaidi 0.Rudi"]
    assert second.splitlines()[0] == "8.Mtandao wa ofisi"
    assert second.splitlines()[-1] == ALL_MOVES


def test_after_the_last_page_comes_the_first() -> None:
    long = screen("Chagua", *["Mtandao wa ofisi"] * 10)
    assert page_of(replace(long, page=2)) == page_of(long)


def test_a_long_question_and_its_short_choice_stay_each_in_one_piece() -> None:
    pages = pages_of(screen("neno " * 25 + "Imesaidia?", "Ndiyo, imesaidia", "Hapana, tuma ombi"))
    assert [page.count("\n") for page in pages] == [1, 2]


def test_a_long_text_breaks_between_words() -> None:
    words = [f"neno{at}" for at in range(60)]
    pages = pages_of(screen(" ".join(words)))
    assert len(pages) > 2
    assert [word for page in pages for word in page.rsplit("\n", 1)[0].split()] == words


def test_a_final_screen_is_one_page_cut_at_a_word() -> None:
    page = page_of(replace(screen("neno " * 60), final=True, options=(), moves=()))
    assert page.endswith("neno..")
    assert 150 < septets(page) <= PAGE


def test_a_note_stands_above_and_is_never_what_costs_an_option() -> None:
    full = screen("Chagua mojawapo ya hizi", *["Mtandao wa ofisi"] * 6)
    shown = page_of(replace(full, note="Chagua namba iliyo kwenye orodha."))
    assert shown.startswith("Chagua namba iliyo")
    assert shown.count("Mtandao wa ofisi") == 6
    assert septets(shown) <= PAGE


def test_what_phones_cannot_show_is_folded() -> None:
    assert page_of(screen("Habari\r\n“yako” – sawa…", "Ndiyo \U0001f600", moves=())) == (
        'Habari\n"yako" - sawa...\n1.Ndiyo ?'
    )


def test_letters_of_two_septets_are_counted_as_two() -> None:
    assert len(pages_of(screen("[" * 80, moves=()))) == 1
    assert len(pages_of(screen("[" * 81, moves=()))) == 2


texts = st.text(st.sampled_from("abc \n[€é’\U0001f600.,?") | st.characters(codec="utf-8"), max_size=700)
labels = st.text(st.sampled_from("abc [€’/") | st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=60)
screens = st.builds(
    Screen,
    text=texts,
    language=st.sampled_from(["sw", "en"]),
    step=st.just("a.step"),
    options=st.lists(st.builds(Option, st.just("v"), labels, labels, cancels=st.booleans()), max_size=30).map(tuple),
    moves=st.sampled_from([(), MOVES]),
    page=st.integers(0, 50),
    note=texts,
    final=st.booleans(),
)


@settings(max_examples=500, deadline=None)  # a wrong count shows only where it is tight
@given(screens, st.integers(70, 182))
def test_any_screen_is_pages_within_the_limit_and_the_alphabet(shown: Screen, limit: int) -> None:
    page = page_of(shown, limit)
    assert is_gsm7(page)
    assert septets(page) <= limit
    assert "\r" not in page


@given(screens, st.integers(70, 182))
def test_no_option_and_no_word_is_lost_between_pages(shown: Screen, limit: int) -> None:
    plain = replace(shown, note="", final=False, text=re.sub(r"\d+\.", "", fold(shown.text)))
    pages = pages_of(plain, limit)
    assert len(pages) <= len(plain.options) + len(plain.text) // 20 + 2
    lines = [line for page in pages for line in page.split("\n")]
    found = [int(number[1]) for line in lines if (number := re.match(r"([1-9]\d*)\.", line)) and number[1] not in MARKS]
    assert found == [at for at in range(1, len(plain.options) + 1) if str(at) not in MARKS]
    assert "".join("".join(lines).split()).startswith("".join(pages[0].split())[:20])


MARKS = ("98", "99")


@given(screens, st.integers(70, 182), st.integers(0, 5))
def test_a_note_never_costs_an_option(shown: Screen, limit: int, at: int) -> None:
    bare = replace(shown, note="", final=False, page=at)
    noted = replace(bare, note="Chagua namba iliyo kwenye orodha.")
    assert numbers(page_of(noted, limit)) == numbers(page_of(bare, limit))


def numbers(page: str) -> list[str]:
    return [
        found[1] for line in page.split("\n") if (found := re.match(r"([1-9]\d*)\.", line)) and found[1] not in MARKS
    ]
