"""How well secrets are found in what people write: `secrets.csv`, 233 messages with one and 288 without.

They were written down before the filter was measured on them. Half of them, drawn by lot, may guide a change of the
filter; the other half only judges it.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CORPUS = Path(__file__).with_name("secrets.csv")
LEAST_MASKED = 0.95  # of the messages with a secret
MOST_SPOILED = 0.02  # of the messages without one

Half = Literal["tuned", "held"]
HALVES: tuple[Half, ...] = ("tuned", "held")
Mask = Callable[[str], tuple[str, bool]]


@dataclass(frozen=True)
class Example:
    """A message; `secret` is the part of it that nobody may keep, empty if there is none."""

    half: Half
    secret: str
    text: str

    def is_met_by(self, mask: Mask) -> bool:
        """The secret is gone; or, where there is none, every letter is left as it was."""
        masked, found = mask(self.text)
        if self.secret:
            return found and self.secret not in masked
        return masked == self.text and not found


@dataclass(frozen=True)
class Figures:
    """Of one half: how many there are of each kind, and those that fail."""

    half: Half
    true: int
    false: int
    missed: Sequence[Example]
    spoiled: Sequence[Example]

    @property
    def masked_share(self) -> float:
        return 1 - len(self.missed) / self.true

    @property
    def spoiled_share(self) -> float:
        return len(self.spoiled) / self.false

    @property
    def hold(self) -> bool:
        return self.masked_share >= LEAST_MASKED and self.spoiled_share <= MOST_SPOILED


def examples() -> list[Example]:
    with CORPUS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [Example("held" if row["half"] == "held" else "tuned", row["secret"], row["text"]) for row in rows]


def measure(mask: Mask, all_examples: Iterable[Example]) -> list[Figures]:
    """The figures of each half."""
    listed = list(all_examples)
    return [_figures(half, [each for each in listed if each.half == half], mask) for half in HALVES]


def _figures(half: Half, of_half: Sequence[Example], mask: Mask) -> Figures:
    failed = [each for each in of_half if not each.is_met_by(mask)]
    return Figures(
        half,
        sum(bool(each.secret) for each in of_half),
        sum(not each.secret for each in of_half),
        [each for each in failed if each.secret],
        [each for each in failed if not each.secret],
    )


def report(figures: Sequence[Figures], mask: Mask) -> str:
    """Plain text: the figures of each half, and every message that fails, as it came out."""
    lines = [
        f"{one.half:<6} {one.true} with a secret: {one.masked_share:.1%} masked;"
        f"  {one.false} without: {one.spoiled_share:.1%} masked"
        for one in figures
    ]
    for one in figures:
        lines += [f"{one.half:<6} kept a secret: {mask(each.text)[0]!r}" for each in one.missed]
        lines += [f"{one.half:<6} masked without need: {mask(each.text)[0]!r}" for each in one.spoiled]
    return "\n".join(lines)
