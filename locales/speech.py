"""Saying a text: one look-up in memory, and a format only if there are words to put in."""

import logging
from collections.abc import Mapping

LANGUAGES = ("sw", "en")
DEFAULT = "sw"

log = logging.getLogger(__name__)


class _Spoken:
    """What is loaded: texts by language and msgid, plural pairs by language and (singular, plural)."""

    def __init__(self) -> None:
        self.texts: dict[str, dict[str, str]] = {}
        self.pairs: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
        self.strict = True


_spoken = _Spoken()


class _Gaps(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return f"({name})"


def N_(msgid: str) -> str:
    """Mark a text for the catalogues; it is said later."""
    return msgid


def load(*, strict: bool = True) -> None:
    """Read the catalogues now instead of at the first text.

    `strict`: a text whose placeholder got no word raises `KeyError`. A running desk loads with
    `strict=False`: the gap is shown as `(name)` and logged, for a person on the line must get an answer.
    """
    from locales.catalogues import read_all  # Babel is heavy and only needed here

    read = {language: read_all(language) for language in LANGUAGES}
    _spoken.strict = strict
    _spoken.pairs = {language: pairs for language, (_, pairs) in read.items()}
    _spoken.texts = {language: texts for language, (texts, _) in read.items()}  # last: other threads look for these


def say(msgid: str, language: str, /, **words: object) -> str:
    """The text in that language, with its words. A text no catalogue knows is said in English."""
    if not _spoken.texts:
        load()
    text = _spoken.texts[language].get(msgid, msgid)
    if words or (_spoken.strict and "{" in text):
        return _filled(text, words)
    return text


def say_many(singular: str, plural: str, n: int, language: str, /, **words: object) -> str:
    """The form that fits the count; `{n}` is the count."""
    if not _spoken.texts:
        load()
    pair = _spoken.pairs[language].get((singular, plural), (singular, plural))
    return _filled(pair[0 if n == 1 else 1], {"n": n, **words})  # both languages: one, or any other count


def _filled(text: str, words: Mapping[str, object]) -> str:
    try:
        return text.format_map(words)
    except KeyError:
        if _spoken.strict:
            raise
        log.exception("a text is said without its word: %s", text)
        return text.format_map(_Gaps(words))
