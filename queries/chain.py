"""Whether the record is as it was written: every ticket's chain of facts, the words they point to, and the seals.

What one with the database and without the key can do to it is found: a fact changed, left out, put elsewhere or cut
off the end once it was sealed, a ticket taken away, words changed or blanked without a record of it. The same holds of
the desk's own history: the changes of what it goes by.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String, bindparam, literal, select, tuple_, type_coerce

from database import Database, Row, columns, table_of
from models.chain import FIRST, Fact, Under, chained, digest_of, link_of, seal_of
from models.columns import read
from models.tables import Change, History, Seal, Ticket, Words
from models.values.ticket_number import TicketNumber

BATCH = 500  # rows read at once: readings are short, so that the desk may tidy its log meanwhile
BLANKED = "words_blanked"

DESK = "the desk's own history"

_history, _ticket, _words, _seal, _change = (columns(each) for each in (History, Ticket, Words, Seal, Change))

# Bare, as the database holds them: what cannot be read any more is found here, and must not end the search.
_BARE = (type_coerce(_history.at, String).label("at"), type_coerce(_history.facts, String).label("facts"))
_FACTS = (
    select(
        _history.ticket_id, _history.step, _history.event, _history.by_person_id, _history.channel, _history.words_id,
        *_BARE, _history.link, _ticket.number, _words.id.label("kept_id"), _words.text, _words.salt,
    )
    .select_from(table_of(History))
    .outerjoin(table_of(Ticket), _history.ticket_id == _ticket.id)
    .outerjoin(table_of(Words), _history.words_id == _words.id)
    .where(tuple_(_history.ticket_id, _history.step) > tuple_(bindparam("ticket_id"), bindparam("step")))
    .order_by(_history.ticket_id, _history.step)
    .limit(BATCH)
)  # fmt: skip
_UNTOLD = (
    select(_ticket.id, _ticket.number, _history.id.label("fact"))
    .select_from(table_of(Ticket))
    .outerjoin(table_of(History), (_history.ticket_id == _ticket.id) & (_history.step == 1))
    .where(_ticket.id > bindparam("ticket_id"))
    .order_by(_ticket.id)
    .limit(BATCH)
)
_SEALS = (
    select(
        _seal.id, _seal.upto, _seal.link, type_coerce(_seal.at, String).label("at"),
        type_coerce(_seal.heads, String).label("heads"),
    )
    .where(_seal.id > bindparam("seal"))
    .order_by(_seal.id)
    .limit(20)  # each holds the heads of as many tickets as changed in its time
)  # fmt: skip
_HEAD = (
    select(_ticket.number, _history.link)
    .select_from(table_of(Ticket))
    .outerjoin(table_of(History), (_history.ticket_id == _ticket.id) & (_history.step == bindparam("step")))
    .where(_ticket.id == bindparam("ticket_id"))
)


_CHANGES = (
    select(
        _change.step, type_coerce(_change.at, String).label("at"), _change.event, _change.by_person_id,
        _change.channel, _change.about, type_coerce(_change.before, String).label("before"),
        type_coerce(_change.after, String).label("after"), _change.link,
    )
    .where(_change.step > bindparam("step"))
    .order_by(_change.step)
    .limit(BATCH)
)  # fmt: skip
_CHANGE = select(literal(0).label("number"), _change.link).where(_change.step == bindparam("step"))


class What(StrEnum):
    """What is wrong at a place in the record."""

    CHANGED = "what is written there was changed"
    MISSING = "it is missing"
    CUT = "it was sealed and is gone: the history was cut off"
    REPLACED = "it is not what was sealed"
    WORDS_CHANGED = "its words were changed"
    WORDS_GONE = "its words are gone"
    WORDS_BLANKED = "its words were blanked and no record says so"
    TICKET_GONE = "the ticket is gone"
    NUMBER_CHANGED = "the ticket has another number than was sealed"
    SEAL_CHANGED = "the seal was changed"
    SEAL_MISSING = "the seal is missing"


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the record does not hold: `ticket` by its number, or by its id where the ticket is gone and no seal
    remembers the number, or `DESK`. `seal`: the one that is broken or that bears witness, nought for none."""

    what: What
    ticket: str = ""
    step: int = 0
    seal: int = 0

    @property
    def sentence(self) -> str:
        names = ("" if self.ticket == DESK else "ticket ", self.ticket), ("step ", self.step), ("seal ", self.seal)
        places = [f"{name}{value}" for name, value in names if value]
        where = ", ".join(places)
        return f"{where[0].upper()}{where[1:]}: {self.what}."


@dataclass(slots=True)
class Verdict:
    """What was looked at, and every place where it does not hold; of a ticket's chain, the first."""

    breaks: list[Break] = field(default_factory=list)
    facts: int = 0
    tickets: int = 0
    seals: int = 0
    last_seal: str = ""
    """Number and link, to be noted where nobody who can write to the database can write."""

    @property
    def sentence(self) -> str:
        if not self.breaks:
            return f"{self.facts} facts of {self.tickets} tickets under {self.seals} seals are as they were written."
        first = self.breaks[0].sentence
        return first if len(self.breaks) == 1 else f"{first} {len(self.breaks) - 1} more places do not hold."


def verdict(database: Database, key: bytes, noted: Mapping[int, str] | None = None) -> Verdict:
    """Of the whole record. `noted`: links of seals that were written down outside the database, by seal; only they
    show that the newest facts and the seals over them were cut off together.
    """
    found = Verdict()
    _look_at_facts(database, key, found)
    _look_for_tickets_without(database, found)
    _look_at_changes(database, key, found)
    _look_at_seals(database, key, dict(noted or {}), found)
    return found


class _Chain:
    """One ticket's history as it goes by. Only its first break is told: what follows may be its echo."""

    def __init__(self, ticket: str) -> None:
        self.ticket = ticket
        self.broken: Break | None = None
        self._before = FIRST
        self._step = 0
        self._blank: set[int] = set()
        self._recorded: set[int] = set()

    def take(self, key: bytes, row: Row) -> None:
        if self.broken:
            return
        self._step += 1
        fact = _fact(row)
        if row.number is None:
            self._at(What.TICKET_GONE)
        elif row.step != self._step:
            self._at(What.MISSING)
        elif fact is None or row.link != link_of(key, self._before, fact):
            self._at(What.CHANGED)
        else:
            self._before = row.link
            if fact.event == BLANKED:
                self._recorded.add(int(fact.facts["of"]))
            if fact.words_id is not None:
                self._words(row, fact)

    def _words(self, row: Row, fact: Fact) -> None:
        if row.kept_id is None:
            self._at(What.WORDS_GONE)
        elif not row.text and not row.salt:
            self._blank.add(self._step)
        elif digest_of(row.text, row.salt) != fact.facts["words"]:
            self._at(What.WORDS_CHANGED)

    def end(self) -> Break | None:
        unrecorded = sorted(self._blank - self._recorded)
        if unrecorded and not self.broken:
            self.broken = Break(What.WORDS_BLANKED, self.ticket, unrecorded[0])
        return self.broken

    def _at(self, what: What) -> None:
        self.broken = Break(what, self.ticket, self._step)


def _fact(row: Row) -> Fact | None:
    """What the chain holds of a row; nothing if it cannot be read any more."""
    at, facts = _read(row.at, row.facts)
    if at is None or not isinstance(facts, dict):
        return None
    return Fact(row.ticket_id, row.step, at, row.event, row.by_person_id, row.channel, row.words_id, facts)


def _under(row: Row) -> Under | None:
    """The same of a seal."""
    at, heads = _read(row.at, row.heads)
    if at is None or not isinstance(heads, list) or any(not isinstance(head, list) or len(head) != 4 for head in heads):
        return None
    return Under(row.id, at, row.upto, heads)


def _read(at: Any, text: str) -> tuple[datetime | None, Any]:
    try:
        return datetime.fromisoformat(at) if isinstance(at, str) else at, read(text)
    except ValueError:
        return None, None


def _look_at_facts(database: Database, key: bytes, found: Verdict) -> None:
    chain, ticket_id = _Chain(""), None
    for row in _walked(database, _FACTS, ("ticket_id", "step")):
        if row.ticket_id != ticket_id:
            found.breaks += filter(None, [chain.end()])
            chain, ticket_id = _Chain(_shown(row.number) or f"id {row.ticket_id}"), row.ticket_id
            found.tickets += 1
        chain.take(key, row)
        found.facts += 1
    found.breaks += filter(None, [chain.end()])


def _shown(number: int | None) -> str:
    return "" if number is None else TicketNumber(number).shown


def _look_for_tickets_without(database: Database, found: Verdict) -> None:
    told = {each.ticket for each in found.breaks}
    for row in _walked(database, _UNTOLD, ("ticket_id",), ("id",)):
        if row.fact is None and _shown(row.number) not in told:
            found.breaks.append(Break(What.MISSING, _shown(row.number), 1))


def _look_at_changes(database: Database, key: bytes, found: Verdict) -> None:
    before = FIRST
    for step, row in enumerate(_walked(database, _CHANGES, ("step",)), 1):
        found.facts += 1
        what = _wrong_change(row, step, key, before)
        if what is not None:
            found.breaks.append(Break(what, DESK, step))
            return
        before = row.link


def _wrong_change(row: Row, step: int, key: bytes, before: str) -> What | None:
    if row.step != step:
        return What.MISSING
    (at, was), (_, now) = _read(row.at, row.before), _read(row.at, row.after)
    if at is None or not isinstance(was, dict) or not isinstance(now, dict):
        return What.CHANGED
    fact = chained(Change(**{**row._asdict(), "at": at, "before": was, "after": now}))
    return None if row.link == link_of(key, before, fact) else What.CHANGED


def _look_at_seals(database: Database, key: bytes, noted: dict[int, str], found: Verdict) -> None:
    before, number = FIRST, 0
    gone: set[int] = set()  # tickets of which a lost end was told
    for seal in _walked(database, _SEALS, ("seal",), ("id",)):
        number += 1
        found.seals += 1
        under = _under(seal)
        if seal.id != number:
            found.breaks.append(Break(What.SEAL_MISSING, seal=number))
            number = seal.id
        elif under is None or seal.link != seal_of(key, before, under):
            found.breaks.append(Break(What.SEAL_CHANGED, seal=seal.id))
        else:
            _look_at_heads(database, under, gone, found)
        if seal.id in noted and noted.pop(seal.id) != seal.link:
            found.breaks.append(Break(What.SEAL_CHANGED, seal=seal.id))
        before, found.last_seal = seal.link, f"{seal.id}:{seal.link}"
    found.breaks += [Break(What.SEAL_MISSING, seal=each) for each in sorted(noted)]


def _look_at_heads(database: Database, seal: Under, gone: set[int], found: Verdict) -> None:
    with database.reading() as reading:
        for ticket_id, number, step, link in seal.heads:
            if ticket_id:
                what = _wrong(reading.one(_HEAD, ticket_id=ticket_id, step=step), number, link)
            else:
                row = reading.one(_CHANGE, step=step)
                what = _wrong(row, number, link) if row else What.CUT
            if what is not None and ticket_id not in gone:
                gone.add(int(ticket_id))
                ticket = _shown(int(number)) if ticket_id else DESK
                found.breaks.append(Break(what, ticket, int(step), seal.number))


def _wrong(row: Row | None, number: str | int, link: str | int) -> What | None:
    if row is None:
        return What.TICKET_GONE
    if row.link is None:
        return What.CUT
    if row.number != number:
        return What.NUMBER_CHANGED
    return None if row.link == link else What.REPLACED


def _walked(database: Database, statement: Any, names: tuple[str, ...], keys: tuple[str, ...] = ()) -> Iterator[Row]:
    """All rows of a statement that is read on from where it stopped. `names` are its parameters, `keys` the columns
    that they are read from."""
    after = dict.fromkeys(names, 0)
    while True:
        with database.reading() as reading:
            rows = reading.all(statement, **after)
        if not rows:
            return
        yield from rows
        after = {name: getattr(rows[-1], key) for name, key in zip(names, keys or names, strict=True)}
