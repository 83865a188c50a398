"""Reading an answer against the screen that was shown: digits, words, or one of the moves."""

from dataclasses import dataclass

from conversations.screen import Move, Option, Screen

KEYS = {"0": Move.BACK, "00": Move.HOME, "99": Move.CANCEL, "98": Move.MORE}
WORDS = {
    "rudi": Move.BACK, "back": Move.BACK,
    "mwanzo": Move.HOME, "home": Move.HOME, "menu": Move.HOME,
    "ghairi": Move.CANCEL, "cancel": Move.CANCEL,
    "zaidi": Move.MORE, "more": Move.MORE,
}  # fmt: skip

MOVES = {str(move): move for move in Move}

SHORTEST_PREFIX = 3  # letters: "law" is enough for Lawson, "la" is a slip


@dataclass(frozen=True, slots=True)
class Words:
    """Free words, as typed."""

    text: str


class Unclear:
    """Nothing on that screen."""


def read(screen: Screen, typed: str) -> Option | Move | Words | Unclear:
    """What was meant. Digits count options from 1; a leading zero makes them words (a tag, a number)."""
    text = typed.strip()
    move = KEYS.get(text) or WORDS.get(text.casefold())
    if move is not None and (move in screen.moves or move is Move.MORE):
        return move
    if text.isascii() and text.isdigit() and text[0] != "0" and int(text[:3]) <= len(screen.options) and len(text) <= 2:
        return screen.options[int(text) - 1]
    named = _named(screen, text.casefold())
    if named is not None:
        return named
    if screen.asks and text:
        return Words(text)
    return Unclear()


def pick(screen: Screen, picked: str) -> Option | Move | Unclear:
    """What a button stood for: a move's name, or an option's number counted from 1."""
    if picked in MOVES:
        return MOVES[picked]
    if picked.isascii() and picked.isdigit() and 1 <= int(picked) <= len(screen.options):
        return screen.options[int(picked) - 1]
    return Unclear()


def _named(screen: Screen, word: str) -> Option | None:
    """The option that is called so. A unique beginning of three letters will do, unless free words are asked for."""
    if not word:
        return None
    begun: list[Option] = []
    for option in screen.options:
        names = [name.casefold() for name in (option.label, option.short, *option.also) if name]
        if word in names:
            return option
        if any(name.startswith(word) for name in names):
            begun.append(option)
    if len(begun) == 1 and len(word) >= SHORTEST_PREFIX and not screen.asks:
        return begun[0]
    return None
