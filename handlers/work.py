"""What a handler holds while it carries out one command: its transaction, the time, who asks, and the desk's rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from database import Transaction, columns
from models.chain import FIRST, Fact, digest_of, link_of
from models.commands import By
from models.refusals import HoldsSecret, NotFound
from models.rules import Rules
from models.tables import History, Ticket, Words
from models.values.secret import mask_secrets

Dice = Callable[[int], bytes]
"""So many unpredictable bytes."""

_history = columns(History)

LAST_LINK = (
    select(_history.step, _history.link)
    .where(_history.ticket_id == bindparam("ticket_id"))
    .order_by(_history.step.desc())
    .limit(1)
)


@dataclass(slots=True)
class Work:
    """One command's work. Nothing in it calls a gateway, reads a clock or commits."""

    tx: Transaction
    at: datetime
    by: By
    rules: Rules
    dice: Dice
    owed: bool = field(default=False)
    touched: bool = field(default=False)

    def ticket(self, ticket_id: int) -> Ticket:
        """The ticket, kept from others until the commit."""
        found = self.tx.get(Ticket, ticket_id, lock=True)
        if found is None:
            raise NotFound
        return found

    def record(
        self,
        ticket: Ticket,
        event: str,
        *,
        words: str = "",
        facts: Mapping[str, str | int] | None = None,
        new: bool = False,
    ) -> int:
        """Append one fact to the ticket's chain, and return its id. `words` are kept apart; the chain holds their
        salted digest."""
        assert ticket.id is not None
        last = None if new else self.tx.one(LAST_LINK, ticket_id=ticket.id)
        told = dict(facts or {})
        words_id = None
        if words:
            salt = self.dice(16).hex()
            words_id = self.tx.insert(Words, text=words, salt=salt)
            told["words"] = digest_of(words, salt)
        said: dict[str, Any] = {
            "ticket_id": ticket.id,
            "step": last.step + 1 if last else 1,
            "at": self.at,
            "event": event,
            "by_person_id": self.by.person_id,
            "channel": str(self.by.channel or ""),
            "words_id": words_id,
            "facts": told,
        }
        link = link_of(self.rules.key, last.link if last else FIRST, Fact(**said))
        self.touched = True
        return int(self.tx.insert(History, **said, link=link))


def clean(words: str) -> str:
    """What a member of staff wrote, without what looks like a secret."""
    return mask_secrets(words.strip())[0]


def sendable(words: str) -> str:
    """What an officer wrote to somebody. Refused if it looks like a password: those never travel through the desk."""
    if mask_secrets(words)[1]:
        raise HoldsSecret
    return words.strip()
