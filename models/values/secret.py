"""Keeping other people's passwords out: text that looks like one is masked before it is kept or sent.

What is looked for: a name for a secret, linking words, perhaps a copula ("ni", "is", ":"), and a word that
could be the secret. A keyword with a system's name (`NYWILA LAWSON`) and ordinary words ("nywila
imesahaulika") are none. The words are tables in `secret_words`; `tests/values/secrets.csv` holds cases, and
`bench/secrets.csv` is the corpus by which it is measured.

Systems that a unit adds itself need no place in the table: only a name with the shape of a password (digits grown on a
word, signs within it) would be taken for one, and the catalogue refuses those when they are entered.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from models.values import secret_words as words
from models.values.ticket_number import NotATicketNumber, TicketNumber

MASK = "***"
WORDS_BEFORE, WORDS_AFTER = 4, 10  # how far from its name a secret is looked for that is known by its shape

Span = tuple[int, int]


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"[\s\-]+") for phrase in longest_first) + ")"


_I = re.IGNORECASE
_NAMED = rf"(?<!\w)(?:{_any(words.NAMES)}|{'|'.join(words.SPELLINGS)})(?!\w)"
_GAP = r"[\s(,\"'\-.]"
_RELATIVE = r"(?:n?ina|nili|uli|ali|wali|ili|li|i)[yl]?[iou]?[oy]?o\w{3,}"  # "which I was given", "that I use"
_WHOSE = (
    rf"(?:[ywlzk]?a|kwa|for|of|to)\s+(?!(?:ni|is|was)\b)(?:{_any([*words.SYSTEMS, *words.THINGS])}(?!\w)|[^\W\d]{{2,}})"
)
# Atomic groups, not `{0,6}+`: before Python 3.11.5 (Debian 12 has 3.11.2) a possessive group misses matches.
_NEAR = rf"(?>(?:{_GAP}+(?:{_any([*words.NAMES, *words.LINKS, *words.SYSTEMS])}|{_RELATIVE})(?!\w)){{0,6}})"
_FAR = rf"(?>(?:{_GAP}+(?:{_WHOSE}|{_any([*words.LINKS, *words.SYSTEMS, *words.THINGS])}|{_RELATIVE})(?!\w)){{0,8}})"
_WORD = r"(?P<word>(?P<quoted>[\"'“‘][^\"'”’\n]{3,40}[\"'”’])|\d{1,2}(?: \d{1,2}){2,7}(?!\S)|\S{1,80})"

_named = re.compile(_NAMED, _I)
_COPULA = rf"(?:{_GAP}{_any(words.COPULAS)}(?!\w)|[=>;]|\.\.|(?P<colon>:))"
_PREFACE = rf"(?>(?:{_any(words.PREFACES)}(?!\w)\s+)?)"
_stated = re.compile(rf"{_FAR}{_GAP}*{_COPULA}[\s:;=>(.\-]*{_PREFACE}{_WORD}", _I)
_followed = re.compile(rf"{_NEAR}(?:{_GAP}+{_any(words.WEAK_COPULAS)}(?!\w))?[\s(,\-.]+{_WORD}", _I)
_announced = re.compile(
    rf"(?<!\S)(?P<word>(?>\S+))\s+{_any(words.ANNOUNCERS)}{_GAP}+(?:(?:my|the|your|a)\s+)?(?:\w+\s+)?{_NAMED}", _I
)
_grown_on = re.compile(r"(?<!\w)(?:pin|otp|pass|pwd|pw|password|nywila)[#=:_\-]?(?P<word>\d{4,8})(?!\w)", _I)
_user_before = re.compile(r"(?:\buser(?:\s?name)?|\blogin|\bjina(?: la mtumiaji)?|\bu/n)\W+\S+\W+$", _I)
_digits_after = re.compile(r"[ \-]\d{2,8}(?!\S)")
_soon_after = re.compile(r"\S{1,80}(?:\s{1,9}\S{1,80}){0,3}")
_clause_ends = re.compile(rf"[.,;!)\"'\s]*(?:$|\n|(?<=[.,;!)])\s|\s{_any(words.CLAUSE_STARTS)}(?!\w)|\s\d)", _I)
_verb = re.compile(r"(?:ha)?(?:i|zi|li|ya|u)(?:na|me|li|ta|ki|ka|ja)\w{2,}|ha(?:i|zi|li|ya)\w{3,}|\w{3,}(?:ing|ed)", _I)

_space = re.compile(r"\s")
_made_up = re.compile(r"[A-Za-z][a-z]{2}[\W_]{0,2}\d|[a-z]{2}[@#$!%&*]+\w")
_keyword_and_name = re.compile(r"\s*\w+\s+(?:ya\s+|for\s+)?[A-Z][a-z]+(?:[A-Z][a-z]*)+[\s.!?]*")  # NYWILA AfyaPlus
_phone = re.compile(r"(?:\+?255|0)[67]\d{8}")

_STAND_INS = str.maketrans(words.STAND_INS)
_ORDINARY = frozenset(words.ORDINARY)
_NAMES_A_THING = frozenset(words.NAMES_A_THING)
_SYSTEMS = frozenset(system.lower() for system in words.SYSTEMS)
_PUNCTUATION = ".,;:!?()\"'“”‘’*+"
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
_inner_capital = re.compile(r"[a-z][A-Z]")
_symbol, _digit, _letter = re.compile(r"[@#$%^&*!+=_~?]"), re.compile(r"\d"), re.compile(r"[^\W\d_]")


def mask_secrets(text: str) -> tuple[str, bool]:
    """The text with what looks like a secret replaced by `***`, and whether anything was."""
    read = text.translate(_STAND_INS)  # as long as the text: what is found in it stands at the same place
    names = [name.span() for name in _named.finditer(read)]
    spans = [found.span("word") for found in _grown_on.finditer(text)]
    if names:
        spans += [*_near_names(text, names), *_announcements(text, read), *_unmistakable(text), *_homemade(text, names)]
    if not spans:
        return text, False
    kept: list[str] = []
    at = 0
    for begin, end in sorted(spans):
        if begin > at or not kept:
            kept += [text[at:begin], MASK]
        at = max(at, end)
    return "".join([*kept, text[at:]]), True


def _near_names(text: str, names: Sequence[Span]) -> Iterable[Span]:
    """What follows a word for a secret: stated to be it, or at once and not an ordinary word."""
    masked_to = 0
    for begin, at in names:
        if begin < masked_to:  # a word for a secret within a secret
            continue
        stated = _stated.match(text, at)
        if stated and _is_stated_secret(stated):
            more = _digits_after.match(text, stated.end())
            masked_to = more.end() if more else _end_of_word(text, stated.end())
            yield stated.start("word"), masked_to
            continue
        if stated:
            yield from _mixed_words(text, stated.start("word"))
        followed = _followed.match(text, at)
        if followed and (_is_followed_secret(followed) or _is_after_user_name(text, begin, followed)):
            masked_to = _end_of_word(text, followed.end())
            yield followed.start("word"), masked_to


def _end_of_word(text: str, at: int) -> int:
    space = _space.search(text, at)
    return space.start() if space else len(text)


def _is_followed_secret(followed: re.Match[str]) -> bool:
    word = followed["word"]
    if followed["quoted"]:
        return not any(each.lower() in _ORDINARY | _SYSTEMS for each in word.strip(_PUNCTUATION).split())
    return _looks_secret(word) and not _is_phone(word) and not _keyword_and_name.fullmatch(followed.string)


def _is_after_user_name(text: str, begin: int, followed: re.Match[str]) -> bool:
    """`user jmushi pass simba`: a plain word is it too."""
    core = followed["word"].strip(_PUNCTUATION).lower()
    return (
        len(core) >= 3
        and core not in _ORDINARY | _SYSTEMS
        and not _verb.fullmatch(core)
        and _user_before.search(text[max(0, begin - 60) : begin]) is not None
        and _clause_ends.match(text, followed.end()) is not None
    )


def _announcements(text: str, read: str) -> Iterable[Span]:
    """`Abc123 ndiyo nywila yangu`."""
    for found in _announced.finditer(read):
        begin, end = found.span("word")
        if _looks_secret(text[begin:end]) and not _is_phone(text[begin:end]):
            yield begin, end


def _unmistakable(text: str) -> Iterable[Span]:
    """Letters, digits and a symbol in one word, anywhere in a text that speaks of secrets."""
    for found in re.finditer(r"\S+", text):
        core = found[0].strip(_PUNCTUATION)
        if _looks_secret(core) and all(kind.search(core) for kind in (_symbol, _digit, _letter)):
            yield found.span()


def _homemade(text: str, names: Sequence[Span]) -> Iterable[Span]:
    """A word and digits grown together (`Karibu12`), not far from a word for a secret, and no name of anything."""
    found = list(re.finditer(r"\S+", text))
    begins = [each.start() for each in found]
    near: set[int] = set()
    for begin, end in names:
        here, after = bisect_left(begins, begin), bisect_left(begins, end)
        near.update(range(max(0, here - WORDS_BEFORE), here), range(after, min(len(found), after + WORDS_AFTER)))
    for number in sorted(near):
        word = found[number][0]
        before = found[number - 1][0].strip(_PUNCTUATION).lower() if number else ""
        if _made_up.search(word) and _looks_secret(word) and before not in _NAMES_A_THING:
            yield found[number].span()


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
        return len(_digit.findall(core)) >= 4
    return any(sign.search(core) for sign in (_digit, _symbol, _inner_capital))


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


def _is_phone(token: str) -> bool:
    return _phone.fullmatch(re.sub(r"[\s\-()]", "", token).strip(_PUNCTUATION)) is not None


def _is_ticket(token: str) -> bool:
    """A valid ticket number with its dash, as it is shown."""
    if "-" not in token:
        return False
    try:
        TicketNumber.parse(token)
    except NotATicketNumber:
        return False
    return True
