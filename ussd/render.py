"""A screen as one page of a basic phone: GSM-7, counted in septets. Pure.

    Hitilafu inahusu nini?
    1.Kompyuta
    2.Printa/skana
    98.Zaidi 0.Rudi 00.Mwanzo

A screen that is too long runs over pages. Options keep their numbers across them and are never split; text is cut
between words. Moves work whether or not there is room to name them: the rarest go first where that saves a page.
"""

from dataclasses import replace
from itertools import count

from conversations.screen import Move, Screen
from locales import N_, say
from models.values.gsm7 import cut, fold, septets

PAGE = 160  # septets after `CON `; a bearer holds 182, but 160 is the only figure an operator publishes
SAYS_SOMETHING = 12  # septets: a word or two of a text that is cut

MOVES = {
    Move.MORE: ("98", N_("More")),
    Move.BACK: ("0", N_("Back")),
    Move.HOME: ("00", N_("Home")),
    Move.CANCEL: ("99", N_("Cancel")),
}


def page_of(screen: Screen, limit: int = PAGE) -> str:
    """The page that the screen stands at (`screen.page`, counted round), in at most `limit` septets.

    A note stands above whatever page is shown; where it leaves too little room, the text below it is cut, for the
    person has just read it. A final screen has one page: what does not fit is cut at a word.
    """
    text, options = _folded(screen.text), _options(screen)
    note = _folded(screen.note)
    if screen.final:
        return cut(_joined(note, text), limit)
    whole = _with_moves(_joined(note, text, *options), screen, limit, more=False)
    if whole is not None:
        return whole
    pages = _pages(text, options, screen, limit)
    at = screen.page % len(pages)
    more = at < len(pages) - 1
    words, lines = pages[at]
    shown = _with_moves(_joined(note, words, *lines), screen, limit, more=more)
    return shown if shown is not None else _squeezed(note, words, lines, screen, limit, more=more)


def pages_of(screen: Screen, limit: int = PAGE) -> list[str]:
    """All pages of a screen, in order: for a storyboard."""
    texts: list[str] = []
    for at in count():
        page = page_of(replace(screen, page=at), limit)
        if texts and page == texts[0]:  # they count round
            break
        texts.append(page)
    return texts


def _options(screen: Screen) -> list[str]:
    """The numbered lines. A label of somebody's own words is folded like a text."""
    return [f"{number}.{_folded(option.short or option.label)}" for number, option in enumerate(screen.options, 1)]


def _folded(text: str) -> str:
    return fold(text.replace("\r", "") if "\r" in text else text)


def _joined(*lines: str) -> str:
    return "\n".join([line for line in lines if line])


def _move_lines(screen: Screen, *, more: bool) -> list[str]:
    """The line of moves, from all of them to those that nobody should have to guess."""
    moves = (Move.MORE, *screen.moves) if more else screen.moves
    if any(option.cancels for option in screen.options):  # an option says it already
        moves = tuple(move for move in moves if move is not Move.CANCEL)
    named = [f"{key}.{say(word, screen.language)}" for key, word in (MOVES[move] for move in moves)]
    fewest = min(len(named), 2 if more else 1)
    return [" ".join(named[:count]) for count in range(len(named), fewest - 1, -1)]


def _room(below: str, limit: int) -> int:
    """What a page has left above these lines."""
    return limit - septets(below) - 1 if below else limit


def _with_moves(body: str, screen: Screen, limit: int, *, more: bool) -> str | None:
    """The body above as many of its moves as there is room for; nothing if there is not even room for the fewest."""
    used = septets(body)
    for moves in _move_lines(screen, more=more):
        if used <= _room(moves, limit):
            return _joined(body, moves)
    return None


def _pages(text: str, options: list[str], screen: Screen, limit: int) -> list[tuple[str, list[str]]]:
    """Text and option lines of each page, packed above the fewest moves. The note has no part in it: a page holds the
    same with and without one."""
    room = _room(_move_lines(screen, more=True)[-1], limit)
    last_room = _room(_move_lines(screen, more=False)[-1], limit)
    left = [cut(option, room) for option in options]
    costs = [septets(option) + 1 for option in left]  # with the end of the line
    pages: list[tuple[str, list[str]]] = []
    begin, total = 0, sum(costs)
    while (head := septets(text) + 1 if text else 0) + total > last_room + 1:
        if head > room + 1:
            words = _whole_words(text, room)
            pages.append((words, []))
            text = text[len(words) :].lstrip()
            continue
        end, used = begin, head
        if head <= limit // 2 or total > last_room + 1:  # else a short choice stays in one piece, below a long text
            while end < len(left) and used + costs[end] <= room + 1:
                used += costs[end]
                end += 1
        pages.append((text, left[begin:end]))
        text, begin, total = "", end, total - used + head
    return [*pages, (text, left[begin:])]


def _whole_words(text: str, room: int) -> str:
    """As many words from the beginning of the text as fit; part of the first if it alone does not."""
    kept = text[:room]
    while septets(kept) > room:
        kept = kept[:-1]
    if text[len(kept)].isspace():
        return kept
    end = max(kept.rfind(" "), kept.rfind("\n"))
    return kept[:end] if end > 0 else kept


def _squeezed(note: str, text: str, lines: list[str], screen: Screen, limit: int, *, more: bool) -> str:
    """A page that has no room for its note: the text gives way where options follow it, else the note does."""
    moves = _move_lines(screen, more=more)[-1]
    room = _room(_joined(*lines, moves), limit)
    if lines:
        note = _if_room(note, room)
        text = _if_room(text, room - septets(note) - 1 if note else room)
    else:
        note = _if_room(note, room - septets(text) - 1)
    return _joined(note, text, *lines, moves)


def _if_room(text: str, room: int) -> str:
    """The text cut to the room, or nothing where so little of it would say nothing."""
    return cut(text, room) if room >= min(SAYS_SOMETHING, septets(text)) else ""
