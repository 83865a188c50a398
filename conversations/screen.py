"""What a person sees: words already in their language, and options frozen with them.

A screen is stored as it was shown. The next answer is read against it, never against a list queried again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Move(StrEnum):
    """What can be done on any screen besides answering it."""

    BACK = "back"
    HOME = "home"
    CANCEL = "cancel"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. `short` is for a phone's screen; `also` are other words that people use for it.

    What choosing it does, besides being the step's answer: `opens` leads to another conversation, `visits` to an
    optional step of this one, `resumes` to a conversation left open; `cancels` ends this one. `presets` are answers
    that come with it, by step or fact.
    """

    value: str
    label: str
    short: str = ""
    also: tuple[str, ...] = ()
    opens: str = ""
    visits: str = ""
    resumes: int = 0
    cancels: bool = False
    presets: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        kept: dict[str, Any] = {"v": self.value, "l": self.label}
        for name in ("short", "opens", "visits", "resumes", "cancels"):
            if value := getattr(self, name):
                kept[name] = value
        if self.also:
            kept["also"] = list(self.also)
        if self.presets:
            kept["presets"] = dict(self.presets)
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Option":
        rest = {name: value for name, value in kept.items() if name not in ("v", "l")}
        if "also" in rest:
            rest["also"] = tuple(rest["also"])
        return cls(kept["v"], kept["l"], **rest)


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen of one conversation. `asks`: free words are welcome. `step` is its static name (`report.fault`),
    safe for logs and hop labels. `note` stands above the text: one line of help, or what just happened."""

    text: str
    language: str
    step: str
    options: tuple[Option, ...] = ()
    asks: bool = False
    moves: tuple[Move, ...] = ()
    page: int = 0
    note: str = ""
    final: bool = False

    def to_json(self) -> dict[str, Any]:
        kept: dict[str, Any] = {"text": self.text, "language": self.language, "step": self.step}
        if self.options:
            kept["options"] = [option.to_json() for option in self.options]
        if self.moves:
            kept["moves"] = [str(move) for move in self.moves]
        for name in ("asks", "page", "note", "final"):
            if value := getattr(self, name):
                kept[name] = value
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Screen":
        return cls(
            text=kept["text"],
            language=kept["language"],
            step=kept["step"],
            options=tuple(Option.from_json(option) for option in kept.get("options", ())),
            asks=kept.get("asks", False),
            moves=tuple(Move(move) for move in kept.get("moves", ())),
            page=kept.get("page", 0),
            note=kept.get("note", ""),
            final=kept.get("final", False),
        )
