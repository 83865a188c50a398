"""Who wants something of the desk, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.refusals import Refused
from models.tables.ticket import Channel


@dataclass(frozen=True, slots=True)
class By:
    """Who gives a command, and through what.

    `person_id`: somebody on record. `caller`: the address they speak from (`phone:+255…`, `telegram:…`), which is all
    there is of a person who is not. `officer_id`: a console session's. None of the three: the desk itself.
    """

    channel: Channel | None = None
    person_id: int | None = None
    caller: str = ""
    officer_id: int | None = None


DESK = By()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler tells of what it did: the ticket, and words for the receipt that the person reads.

    `language` is set when it changed: the receipt is said in the new one. `refusal`: the person is refused, and what
    was recorded of that is kept; whoever gave the command meets it as any other refusal."""

    ticket_id: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    refusal: Refused | None = None
