"""What a handler holds while it carries out one command: its transaction, the time, who asks, and the desk's rules."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select

from database import Transaction, columns
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

FIRST_LINK = ""


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
    ) -> History:
        """Append one fact to the ticket's chain. `words` are kept apart; the chain holds their salted digest."""
        assert ticket.id is not None
        last = None if new else self.tx.one(LAST_LINK, ticket_id=ticket.id)
        step, before = (last.step + 1, last.link) if last else (1, FIRST_LINK)
        told = dict(facts or {})
        words_id = None
        if words:
            salt = self.dice(16).hex()
            words_id = self.tx.add(Words(text=words, salt=salt)).id
            told["words"] = digest_of(words, salt)
        row = History(
            ticket_id=ticket.id,
            step=step,
            at=self.at,
            event=event,
            by_person_id=self.by.person_id,
            channel=str(self.by.channel or ""),
            words_id=words_id,
            facts=told,
            link="",
        )
        row.link = link_of(self.rules.key, before, row)
        self.tx.add(row)
        self.touched = True
        return row


def clean(words: str) -> str:
    """What a member of staff wrote, without what looks like a secret."""
    return mask_secrets(words.strip())[0]


def sendable(words: str) -> str:
    """What an officer wrote to somebody. Refused if it looks like a password: those never travel through the desk."""
    if mask_secrets(words)[1]:
        raise HoldsSecret
    return words.strip()


def digest_of(words: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest()


def link_of(key: bytes, before: str, row: History) -> str:
    """The keyed hash that chains a row of history to the one before it."""
    said = [
        row.ticket_id, row.step, row.at.isoformat(), row.event, row.by_person_id, row.channel, row.words_id,
        sorted(row.facts.items()),
    ]  # fmt: skip
    text = json.dumps([before, said], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
