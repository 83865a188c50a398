"""Telegram's HTML, whatever is written in it."""

import contextlib
import html
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import SimulatorSettings
from simulator.telegram.entities import parsed, utf16
from simulator.telegram.errors import ApiRefusal
from simulator.telegram.state import TelegramState
from simulator.world import World

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
PIECES = st.lists(st.sampled_from(["<b>", "</b>", "<i", ">", "</", "&lt;", "&#", ";", "a", "😀", ' href="', "'", "="]))


@given(WORDS)
def test_escaped_words_come_out_as_they_were(words: str) -> None:
    shown, entities = parsed(html.escape(words), "HTML")
    assert shown == words.replace("&#x27;", "'")
    assert entities == []


@given(WORDS)
def test_offsets_are_counted_as_telegram_counts(words: str) -> None:
    _, entities = parsed(f"😀<b>{html.escape(words)}a</b>", "HTML")
    assert entities == [{"type": "bold", "offset": 2, "length": utf16(words) + 1}]


@given(PIECES)
def test_no_text_breaks_the_reader(pieces: list[str]) -> None:
    with contextlib.suppress(ApiRefusal):
        shown, entities = parsed("".join(pieces), "HTML")
        assert all(entity["offset"] + entity["length"] <= utf16(shown) for entity in entities)


@pytest.mark.parametrize(
    ("text", "shown", "kinds"),
    [
        ('<a href="https://x.tz/?a=1&amp;b=2">hapa</a>', "hapa", ["text_link"]),
        ("<pre><code class='language-py'>x</code></pre>", "x", ["pre"]),
        ("<i><b>x</b></i>", "x", ["italic", "bold"]),
        ("<blockquote expandable>x</blockquote>", "x", ["expandable_blockquote"]),
        ("<B>x</>", "x", ["bold"]),
        ('<span class="tg-spoiler">x</span>', "x", ["spoiler"]),
        ("&copy; &#169; &", "&copy; © &", []),
    ],
)
def test_what_telegram_knows(text: str, shown: str, kinds: list[str]) -> None:
    found, entities = parsed(text, "HTML")
    assert found == shown
    assert [entity["type"] for entity in entities] == kinds


def test_a_language_belongs_to_a_block_of_code() -> None:
    _, block = parsed('<pre><code class="language-py">x</code></pre>', "HTML")
    assert block == [{"type": "pre", "offset": 0, "length": 1, "language": "py"}]
    _, word = parsed('<code class="language-py">x</code>', "HTML")
    assert word == [{"type": "code", "offset": 0, "length": 1}]


def test_only_the_last_messages_and_files_are_kept() -> None:
    settings = SimulatorSettings("http://127.0.0.1:9", "k", "1:a")
    state = TelegramState(World(settings, clock=lambda: 0.0, dice=random.Random(1)))
    chat = state.add_group("TEHAMA", [], "group")
    for number in range(600):
        state.put(chat, {"text": str(number)}, sender=None)
        state.store(b"", "photos", "image/png")
    assert len(chat.messages) == 500
    assert len(state.files) == 100
    assert next(iter(chat.messages.values())).content["text"] == "100"
