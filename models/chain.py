"""The keyed hash chain of a ticket's history: nobody without the desk's key can change a fact and not be found out."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from models.tables.desk import Change

FIRST = ""  # what the first fact of a ticket is chained to


class Linked(Protocol):
    """What of a fact the chain holds. A row of history is one."""

    @property
    def ticket_id(self) -> int: ...
    @property
    def step(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def event(self) -> str: ...
    @property
    def by_person_id(self) -> int | None: ...
    @property
    def channel(self) -> str: ...
    @property
    def words_id(self) -> int | None: ...
    @property
    def facts(self) -> Mapping[str, str | int]: ...


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about to be written down."""

    ticket_id: int
    step: int
    at: datetime
    event: str
    by_person_id: int | None
    channel: str
    words_id: int | None
    facts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Under:
    """What a seal holds: when it was made, the last row of history under it, and of each ticket that went on since the
    seal before: id, number, last step and that step's link. The desk's own history, if there is any, stands there
    first, as ticket 0."""

    number: int
    at: datetime
    upto: int
    heads: Sequence[Sequence[str | int]]


def chained(change: Change) -> Fact:
    """A change of what the desk goes by, as the chain holds it: the desk's own history is that of ticket 0."""
    facts: dict[str, str | int] = {"about": change.about}
    facts |= {f"before.{name}": value for name, value in change.before.items()}
    facts |= {f"after.{name}": value for name, value in change.after.items()}
    return Fact(0, change.step, change.at, change.event, change.by_person_id, change.channel, None, facts)


def link_of(key: bytes, before: str, fact: Linked) -> str:
    """The link of a fact to the one before it (`FIRST` for none), as 64 hexadecimal digits."""
    said = [
        before, fact.ticket_id, fact.step, fact.at.astimezone(UTC).isoformat(timespec="microseconds"), fact.event,
        fact.by_person_id, fact.channel, fact.words_id, sorted(fact.facts.items()),
    ]  # fmt: skip
    return _keyed(key, said)


def seal_of(key: bytes, before: str, under: Under) -> str:
    """The link of a seal to the one before it (`FIRST` for none), as 64 hexadecimal digits."""
    at = under.at.astimezone(UTC).isoformat(timespec="microseconds")
    return _keyed(key, ["seal", before, under.number, at, under.upto, list(map(list, under.heads))])


def digest_of(words: str, salt: str) -> str:
    """What the chain holds of people's words: of no use for guessing them once the salt is blanked with them."""
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest()


def _keyed(key: bytes, said: list[object]) -> str:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()
