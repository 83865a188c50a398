"""The colours of the style sheet can be told apart by tired eyes on an old screen: WCAG 2.2 AA."""

import re

import pytest

from console.render import HERE

SHEET = (HERE / "static" / "desk.css").read_text("utf-8")
TEXT = (("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("accent", "paper"), ("accent", "card"),
        ("on", "accent"), ("bad", "paper"), ("bad", "card"), ("bad", "bad-paper"), ("card", "bad"), ("warn", "card"),
        ("ok", "paper"), ("ok", "card"))  # fmt: skip
EDGES = (("edge", "card"), ("edge", "paper"), ("accent", "card"))  # of fields and of what has the focus


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#\w+)", block))


LIGHT, DARK = (colours(block) for block in re.findall(r":root \{(.*?)\}", SHEET, re.S))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_edges_stand_out(scheme: dict[str, str]) -> None:
    faint = {
        pair: round(contrast(scheme[pair[0]], scheme[pair[1]]), 2)
        for pairs, least in ((TEXT, 4.5), (EDGES, 3.0))
        for pair in pairs
        if contrast(scheme[pair[0]], scheme[pair[1]]) < least
    }
    assert faint == {}
