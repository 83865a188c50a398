from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import load, say, say_many
from locales.clock_text import shown_date, shown_span, shown_time

WRONG_TICKET = "Wrong ticket number. Example: 2600123-9"
ZONE = ZoneInfo("Africa/Dar_es_Salaam")


@pytest.fixture
def forgiving() -> Iterator[None]:
    load(strict=False)
    yield
    load(strict=True)


def test_a_text_is_said_in_both_languages() -> None:
    assert say(WRONG_TICKET, "sw") == "Namba ya tiketi si sahihi. Mfano: 2600123-9"
    assert say(WRONG_TICKET, "en") == WRONG_TICKET


def test_a_text_that_no_catalogue_knows_is_said_in_english() -> None:
    assert say("Never said anywhere, {name}", "sw", name="Asha") == "Never said anywhere, Asha"


@given(st.text(max_size=30))
def test_words_go_in_as_they_are(word: str) -> None:
    assert say("<{language}>", "sw", language=word) == f"<{word}>"


def test_counts_choose_their_form() -> None:
    assert [say_many("{n} day", "{n} days", n, "en") for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert say_many("{n} day", "{n} days", 3, "sw") == "siku 3"
    assert say_many("{n} day of {who}", "{n} days of {who}", 3, "sw", who="Asha") == "3 days of Asha"


def test_a_missing_word_is_an_error_in_tests() -> None:
    with pytest.raises(KeyError, match="name"):
        say("Hello, {name}", "sw")
    with pytest.raises(KeyError, match="name"):
        say("Hello, {name}", "sw", other="x")


@pytest.mark.usefixtures("forgiving")
def test_a_running_desk_answers_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    assert say("Hello, {name}: {number}", "sw", number="2600123-9") == "Hello, (name): 2600123-9"
    assert "without its word" in caplog.text
    assert "2600123-9" not in caplog.text


def test_times_are_digits_in_the_zone_of_the_place() -> None:
    at = datetime(2025, 11, 21, 6, 10, tzinfo=UTC)
    assert shown_time(at, ZONE) == "21/11 09:10"
    assert shown_time(at, ZONE, now=at + timedelta(days=7)) == "21/11 09:10"
    assert shown_time(at, ZONE, now=at + timedelta(days=70)) == "21/11/2025 09:10"
    assert (
        shown_time(datetime(2025, 12, 31, 22, 0, tzinfo=UTC), ZONE, now=datetime(2026, 1, 2, tzinfo=UTC))
        == "01/01 01:00"
    )


def test_dates_and_spans_are_words() -> None:
    assert shown_date(date(2025, 11, 21), "sw") == "21 Novemba 2025"
    assert shown_date(date(2025, 11, 21), "en") == "21 November 2025"
    assert shown_span(timedelta(hours=3, minutes=15, seconds=59), "sw") == "saa 3 dakika 15"
    assert shown_span(timedelta(days=2, minutes=5), "en") == "2 days 5 minutes"
    assert shown_span(-timedelta(days=1, hours=2, minutes=3), "en") == "1 day 2 hours"
    assert shown_span(timedelta(seconds=5), "sw") == "dakika 0"
