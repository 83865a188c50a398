"""For whom a step is being prepared."""

from dataclasses import dataclass
from datetime import datetime

from database import Reading
from models.rules import Rules
from queries.caller import Caller


@dataclass(frozen=True, slots=True)
class Asking:
    """`conversation_id` is the one that asks, so that it does not offer itself."""

    reading: Reading
    caller: Caller
    language: str
    at: datetime
    rules: Rules
    conversation_id: int | None = None

    def told(self, swahili: str, english: str) -> str:
        """A name that the catalogue holds in both languages."""
        return swahili if self.language == "sw" or not english else english
