import csv
import sys
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.secret import MASK, mask_secrets
from models.values.secret_words import NAMES

CASES = list(csv.DictReader((Path(__file__).parent / "secrets.csv").read_text("utf-8").splitlines()))
TRUE = [(case["text"], case["secret"]) for case in CASES if case["secret"]]
FALSE = [case["text"] for case in CASES if not case["secret"]]


@pytest.mark.parametrize(("text", "secret"), TRUE)
def test_a_secret_is_masked(text: str, secret: str) -> None:
    masked, found = mask_secrets(text)
    assert found
    assert MASK in masked
    assert secret in text
    assert secret not in masked


@pytest.mark.parametrize("text", FALSE)
def test_plain_speech_is_left_alone(text: str) -> None:
    assert mask_secrets(text) == (text, False)


def test_the_corpus_is_large_enough_and_without_repeats() -> None:
    assert len(TRUE) >= 50
    assert len(FALSE) >= 50
    assert len({case["text"] for case in CASES}) == len(CASES)


@given(st.text(max_size=200))
def test_text_without_a_word_for_a_secret_is_left_alone(text: str) -> None:
    if not any(name in text.lower() for name in ("siri", "pass", "pas", "nywi", "p", "otp", "code", "namba")):
        assert mask_secrets(text) == (text, False)


@given(st.sampled_from(NAMES), st.from_regex(r"[A-Z][a-z]{3,8}[0-9]{2,4}[@#!]?", fullmatch=True), st.data())
def test_a_strong_token_right_after_a_name_never_stays(name: str, token: str, data: st.DataObject) -> None:
    between = data.draw(st.sampled_from([" ", ": ", " ni ", " is ", "=", " - ", ":", " yangu ni "]))
    before, after = data.draw(st.sampled_from([("", ""), ("Habari, ", " asante"), ("samahani ", ". Naomba msaada")]))
    masked, found = mask_secrets(f"{before}{name}{between}{token}{after}")
    assert found
    assert token not in masked
    assert masked.startswith(before)
    assert mask_secrets(masked) == (masked, False)


@given(st.text(st.sampled_from("nywila password:=ni is Abc123@\n ***"), max_size=120))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    masked, _ = mask_secrets(text)
    assert mask_secrets(masked)[0] == masked


@given(st.text(st.sampled_from("nywila password:=ni is Abc123@\n ***"), max_size=200))
def test_masking_makes_a_text_longer_by_two_letters_a_word_at_most(text: str) -> None:
    masked, _ = mask_secrets(text)
    assert len(masked) <= len(text) + len(MASK) * len(text.split())


HOSTILE = [
    "password:", "pin=", "a@1", "a,", "nywila ", "ya ", "password is ", "pin (", "1 ", "pin a/1/", "nywila ni '", "' ",
    "no ", "ya la kwa ", "n y ", "-", "Karibu12 ", "user a pass b ", "namba ya ", "..", "x1 ni pin ", "\t\n",
    "p a s s ", "a",
]  # fmt: skip


def steps_over(text: str) -> int:
    """Calls made, and letters handed from one function to another, until the text is masked."""
    steps = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal steps
        steps += 1
        if event == "call":
            word = frame.f_locals.get("token", "")
            steps += len(word) if isinstance(word, str) else 0

    sys.setprofile(count)
    try:
        mask_secrets(text)
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    """Steps are counted, not seconds; how long the patterns take within a step, the limit of a test tells."""
    mask_secrets("warm password is Up12345")
    half = "nywila ni " + piece * (50_000 // len(piece))
    assert steps_over(half + half) <= 2.3 * steps_over(half) + 1_000


@pytest.mark.parametrize(
    "piece",
    ["a@1", "a,", ".,", "nywila ", "ya ", "password is ", "pin (", "1 ", "pin a/1/", "nywila ni '", "' "],
)
def test_a_hostile_text_is_read_in_one_go(piece: str) -> None:
    """A pattern that goes back over the text for each letter takes minutes; the limit of a test ends it."""
    masked, _ = mask_secrets("nywila ni " + piece * 20_000 + " nywila")
    assert masked.startswith("nywila ni ")
