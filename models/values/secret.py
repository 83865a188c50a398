"""Keeping other people's passwords out: text that looks like one is masked before it is kept or sent.

What is looked for: a name for a secret, linking words, perhaps a copula ("ni", "is", ":"), and a word that
could be the secret. A keyword with a system's name (`NYWILA LAWSON`) and ordinary words ("nywila
imesahaulika") are none. The words are tables in `secret_words`; `tests/values/secrets.csv` holds cases.
"""

import re
from collections.abc import Iterable

from models.values import secret_words as words
from models.values.ticket_number import NotATicketNumber, TicketNumber

MASK = "***"


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"[\s\-]+") for phrase in longest_first) + ")"


_I = re.IGNORECASE
_NAMED = rf"(?<!\w){_any(words.NAMES)}(?!\w)"
_GAP = r"[\s(,\"'\-]"
# Atomic groups, not `{0,6}+`: before Python 3.11.5 (Debian 12 has 3.11.2) a possessive group misses matches.
_NEAR = rf"(?>(?:{_GAP}+(?:{_any([*words.NAMES, *words.LINKS, *words.SYSTEMS])})(?!\w)){{0,6}})"
_FAR = rf"(?>(?:{_GAP}+(?:{_any([*words.LINKS, *words.SYSTEMS, *words.THINGS])})(?!\w)){{0,8}})"
_WORD = r"(?P<word>(?P<quoted>[\"'“‘][^\"'”’\n]{3,40}[\"'”’])|\d(?: \d){3,7}(?!\S)|\S+)"

_named = re.compile(_NAMED, _I)
_COPULA = rf"(?:{_GAP}{_any(words.COPULAS)}(?!\w)|[=>]|(?P<colon>:))"
_stated = re.compile(rf"{_FAR}{_GAP}*{_COPULA}[\s:=>(]*{_WORD}", _I)
_followed = re.compile(rf"{_NEAR}(?:{_GAP}+{_any(words.WEAK_COPULAS)}(?!\w))?{_GAP}+{_WORD}", _I)
_announced = re.compile(rf"(?<!\S)(?P<word>(?>\S+))\s+{_any(words.ANNOUNCERS)}{_GAP}+(?:my\s+|the\s+)?{_NAMED}", _I)
_digits_after = re.compile(r"[ \-]\d{2,8}(?!\S)")
_soon_after = re.compile(r"\S+(?:\s+\S+){0,3}")
_clause_ends = re.compile(rf"[.,;!)\"'\s]*(?:$|\n|(?<=[.,;!)])\s|\s{_any(words.CLAUSE_STARTS)}(?!\w)|\s\d)", _I)
_verb = re.compile(r"(?:ha)?(?:i|zi|li|ya|u)(?:na|me|li|ta|ki|ka|ja)\w{2,}|ha(?:i|zi|li|ya)\w{3,}|\w{3,}(?:ing|ed)", _I)

_ORDINARY = frozenset(words.ORDINARY)
_SYSTEMS = frozenset(system.lower() for system in words.SYSTEMS)
_PUNCTUATION = ".,;:!?()\"'“”‘’*"
_no_secret = re.compile(
    r"[^@\s]+@[^@\s]+\.[a-z]{2,}"  # an address
    r"|(?:https?://|www\.)\S*"
    r"|\d{1,2}[:.]\d{2}(?:hrs?)?"  # a time
    r"|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{4}[/-]\d{2}(?:[/-]\d{2})?"  # a date
    r"|\d+(?:[.,]\d+)+|\d+(?:st|nd|rd|th|%|x)"
    r"|[a-z]+(?:/[a-z0-9]+)*/\d+"  # a device's tag
    r"|[a-z]+-[a-z]+|(?:windows|win|office|hp|v)[\d.]+",
    _I,
)
_symbol, _digit, _letter = re.compile(r"[@#$%^&*!+=_~?]"), re.compile(r"\d"), re.compile(r"[^\W\d_]")


def mask_secrets(text: str) -> tuple[str, bool]:
    """The text with what looks like a secret replaced by `***`, and whether anything was."""
    if not _named.search(text):
        return text, False
    spans = [*_near_names(text), *_announcements(text), *_unmistakable(text)]
    if not spans:
        return text, False
    kept: list[str] = []
    at = 0
    for begin, end in sorted(spans):
        if begin > at or not kept:
            kept += [text[at:begin], MASK]
        at = max(at, end)
    return "".join([*kept, text[at:]]), True


def _near_names(text: str) -> Iterable[tuple[int, int]]:
    """What follows a word for a secret: stated to be it, or at once and not an ordinary word."""
    for name in _named.finditer(text):
        stated = _stated.match(text, name.end())
        if stated and _is_stated_secret(stated):
            more = _digits_after.match(text, stated.end())
            yield stated.start("word"), more.end() if more else stated.end()
            continue
        if stated:
            yield from _mixed_words(text, stated.start("word"))
        followed = _followed.match(text, name.end())
        if followed and _looks_secret(followed["word"]):
            yield followed.span("word")


def _announcements(text: str) -> Iterable[tuple[int, int]]:
    """`Abc123 ndiyo nywila yangu`."""
    return [found.span("word") for found in _announced.finditer(text) if _looks_secret(found["word"])]


def _unmistakable(text: str) -> Iterable[tuple[int, int]]:
    """Letters, digits and a symbol in one word, anywhere in a text that speaks of secrets."""
    for found in re.finditer(r"\S+", text):
        core = found[0].strip(_PUNCTUATION)
        if _looks_secret(core) and all(kind.search(core) for kind in (_symbol, _digit, _letter)):
            yield found.span()


def _mixed_words(text: str, begin: int) -> Iterable[tuple[int, int]]:
    """Letters with digits or symbols among the next four words: `is not Karibu123`, `ni kama hii: Abc123`."""
    if soon := _soon_after.match(text, begin):
        for found in re.finditer(r"\S+", soon[0]):
            if _looks_secret(found[0]) and _letter.search(found[0]):
                yield begin + found.start(), begin + found.end()


def _looks_secret(token: str) -> bool:
    """By its shape alone: four digits or more, letters with digits or symbols, capitals inside a word."""
    core = token.strip(_PUNCTUATION)
    if len(core) < 4 or core.lower() in _SYSTEMS or _no_secret.fullmatch(core) or _is_ticket(core):
        return False
    if re.fullmatch(r"[\d\- ]+", core):
        return sum(c.isdigit() for c in core) >= 4
    has_digit = any(c.isdigit() for c in core)
    return has_digit or bool(_symbol.search(core)) or bool(re.search(r"[a-z][A-Z]", core))


def _is_stated_secret(stated: re.Match[str]) -> bool:
    """After "ni" or "is" a plain word may be it, if the clause ends there; after a colon, the line."""
    if stated["quoted"] or _looks_secret(stated["word"]):
        return True
    core = stated["word"].strip(_PUNCTUATION)
    if not core.isalpha() or len(core) < 3 or core.lower() in _ORDINARY | _SYSTEMS or _verb.fullmatch(core):
        return False
    rest = stated.string[stated.start("word") + len(stated["word"].rstrip(_PUNCTUATION)) :]
    if stated["colon"]:
        return not rest.split("\n", 1)[0].strip(" .")
    return _clause_ends.match(rest) is not None


def _is_ticket(token: str) -> bool:
    """A valid ticket number with its dash, as it is shown."""
    if "-" not in token:
        return False
    try:
        TicketNumber.parse(token)
    except NotATicketNumber:
        return False
    return True
