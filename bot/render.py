"""Drawing a screen as a Telegram message: text in Telegram's HTML, buttons beneath it. Pure; it knows no client."""

from dataclasses import dataclass
from html import escape

from conversations.screen import Move, Option, Screen
from locales import N_, say

LONGEST = 4096  # UTF-16 units of a text, after its HTML is read
FITS = 10  # options on a card without turning pages
PAGE = 8  # options on each page of a longer list

_ROW = 34  # characters that fit side by side on a small phone, with two for each button's edges
_MOST_IN_ROW = 5
_LABEL = 60  # characters; longer ones are cut by the phone anyway

_MOVES = {
    Move.BACK: ("⬅️", N_("Back")),
    Move.HOME: ("🏠", N_("Home")),
    Move.CANCEL: ("✖️", N_("Cancel")),
}
_MORE = N_("More")
_SHARE_TEXT = N_("So that the desk knows you, share your own number with the button below.")
_SHARE_BUTTON = N_("Share my number")

_SETTLED = ("desk.linked", "register.end")  # the desk knows them now: the button that shares a number has had its day


@dataclass(frozen=True, slots=True)
class Button:
    """`data` comes back with a tap: `c:<conversation>:<revision>:<pick>`, at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Card:
    """One message. `text` is HTML. `settled`: take away the button under the input field that shares a number."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """A second message that offers to share one's number; only a button under the input field can."""

    text: str
    button: str


def drawn(screen: Screen, conversation_id: int | None, revision: int) -> Card:
    """The card of a screen. One that belongs to no conversation, or ended it, has no buttons."""
    note = _cut(screen.note, LONGEST // 2)
    text = escape(_cut(screen.text, LONGEST - _units(note) - 2), quote=False)
    if note:
        text = f"<i>{escape(note, quote=False)}</i>\n\n{text}"
    if conversation_id is None or screen.final:
        return Card(text, settled=screen.step in _SETTLED)

    def button(label: str, pick: str) -> Button:
        return Button(label[:_LABEL], f"c:{conversation_id}:{revision}:{pick}")

    options = [button(option.label or option.value, str(number)) for number, option in _on_page(screen)]
    rows = _in_rows(options)
    if len(screen.options) > FITS:
        rows.append((button(f"➡️ {say(_MORE, screen.language)}", str(Move.MORE)),))
    says_cancel = any(option.cancels for option in screen.options)
    moves = [
        button(f"{sign} {say(label, screen.language)}", str(move))
        for move, (sign, label) in _MOVES.items()
        if move in screen.moves and not (move is Move.CANCEL and says_cancel)
    ]
    if moves:
        rows.append(tuple(moves))
    return Card(text, tuple(rows))


def invitation(screen: Screen) -> Invitation | None:
    """For somebody not on record: the front page is where they may register, or share their number at once."""
    if screen.step != "front.menu" or all(option.value != "register" for option in screen.options):
        return None
    return Invitation(say(_SHARE_TEXT, screen.language), f"📱 {say(_SHARE_BUTTON, screen.language)}")


def _on_page(screen: Screen) -> list[tuple[int, Option]]:
    """Options with their numbers, which count through all pages. After the last page comes the first."""
    numbered = list(enumerate(screen.options, start=1))
    if len(numbered) <= FITS:
        return numbered
    pages = -(-len(numbered) // PAGE)
    first = screen.page % pages * PAGE
    return numbered[first : first + PAGE]


def _in_rows(buttons: list[Button]) -> list[tuple[Button, ...]]:
    """Short labels share a row, in order; a long one has its own."""
    rows: list[list[Button]] = []
    for button in buttons:
        row = [*rows[-1], button] if rows else [button]
        widest = max(len(one.label) for one in row) + 2
        if rows and len(row) <= _MOST_IN_ROW and widest * len(row) <= _ROW:
            rows[-1] = row
        else:
            rows.append([button])
    return [tuple(row) for row in rows]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, longest: int) -> str:
    """The text, or as much of it as fits, with a sign that it goes on."""
    if _units(text) <= longest:
        return text
    kept = text.encode("utf-16-le")[: (longest - 1) * 2].decode("utf-16-le", "ignore")
    return f"{kept}…"
