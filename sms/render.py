"""A screen as a text message: GSM-7, in one part where it can be and in three at most. Pure.

    Hitilafu inahusu nini?
    1 Kompyuta, 2 Printa/skana, 3 Mtandao
    Jibu kwa namba.

Every part costs money, and so does every message of the person who must ask for more. So a list is spelled out if that
fits one part, else with short labels, and runs over messages only where three parts do not hold it. How to answer a
numbered list is left out where saying it would cost a part. Moves are not listed; their words work all the same.
"""

from collections.abc import Sequence

from conversations.screen import Screen
from locales import N_, say
from models.values.gsm7 import EACH_PART, ONE_PART, cut, fold, parts, septets

PARTS = 3  # of one message; each is paid for
MOST = PARTS * EACH_PART - (
    PARTS - 1
)  # septets: an escaped pair never straddles parts, so each but the last may waste one
LABEL = 60  # septets of one option in a list

HINTS = {
    (True, False): N_("Reply with a number."),
    (False, True): N_("Reply to this message."),
    (True, True): N_("Reply with a number or in words."),
}
"""How to answer, by whether there are options and whether words are asked for."""

MORE = N_("Reply with a number, or MORE for the others.")


def text_of(screen: Screen) -> str:
    """The message, at most `PARTS` parts as `gsm7.parts` counts them. `screen.page` is counted round."""
    head = "\n".join([_plain(words) for words in (screen.note, screen.text) if words])
    hint = HINTS.get((bool(screen.options), screen.asks), "")
    if screen.final or not hint:
        return cut(head, MOST)
    hint = say(hint, screen.language)
    if not screen.options:
        return f"{cut(head, MOST - septets(hint) - 1)}\n{hint}"
    spelled_out = _listed([option.label for option in screen.options])
    short = _listed([option.short or option.label for option in screen.options])
    for labels in (spelled_out, short):
        whole = "\n".join((head, _line(labels), hint))
        if septets(whole) <= ONE_PART:
            return whole
    listed = f"\n{_line(short)}"
    room = MOST - septets(f"{listed}\n{hint}")
    if room >= min(septets(head), ONE_PART):
        bare = cut(head, room) + listed
        whole = f"{bare}\n{hint}"
        return whole if len(parts(whole)) == len(parts(bare)) else bare
    return _page(cut(head, ONE_PART), short, hint, say(MORE, screen.language), screen.page)


def _page(head: str, labels: Sequence[str], hint: str, more: str, page: int) -> str:
    """As many options as fit below the head; they keep their numbers on every page."""
    room = MOST - septets(head) - max(septets(hint), septets(more)) - 2
    pages: list[list[str]] = [[]]
    for label in labels:
        if pages[-1] and septets(_line([*pages[-1], label])) > room:
            pages.append([])
        pages[-1].append(label)
    at = page % len(pages)
    return "\n".join((head, _line(pages[at]), more if at < len(pages) - 1 else hint))


def _listed(labels: Sequence[str]) -> list[str]:
    """`1 Ndiyo`; an option that is its own number (one to five stars) is said once."""
    plain = [cut(_plain(label), LABEL) for label in labels]
    return [label if label == str(number) else f"{number} {label}" for number, label in enumerate(plain, 1)]


def _line(labels: Sequence[str]) -> str:
    return ("; " if any("," in label for label in labels) else ", ").join(labels)


def _plain(words: str) -> str:
    return fold(words.replace("\r", ""))
