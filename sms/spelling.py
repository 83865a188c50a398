"""Words as thumbs type them: one letter too many, too few, wrong, or two swapped."""

from collections.abc import Iterable

SHORTEST = 5  # letters of a word that may be misspelled; in shorter ones a slip is another word
LONG = 8  # letters from which two slips are forgiven


def meant(typed: str, words: Iterable[str]) -> str:
    """The one word that is meant, in the case it is listed in; empty if it is none, or could be two."""
    best, least = "", LONG
    for word in words:
        allowed = 2 if len(word) >= LONG else 1 if len(word) >= SHORTEST else 0
        if abs(len(word) - len(typed)) > allowed or typed[:1] != word[:1]:
            continue
        slips = distance(typed, word)
        if slips <= allowed and slips <= least:
            best, least = ("", slips) if slips == least else (word, slips)
    return best


def distance(one: str, other: str) -> int:
    """How many slips lie between them; two neighbours swapped are one."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
