"""Text as the cheapest phone counts it: GSM 03.38, septets, parts.

160 septets in one SMS, 153 in each of several; a character outside the alphabet turns the whole text into
UCS-2, 70 and 67 sixteen-bit units. Source: 3GPP TS 23.038 section 6.2.1.
"""

import re
import unicodedata

ONE_PART, EACH_PART = 160, 153  # septets
ONE_UCS2, EACH_UCS2 = 70, 67  # UTF-16 units

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = "^{}\\[~]|€"  # two septets each: escape and code

FOLDS = {
    "’": "'", "‘": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'", "ʼ": "'",
    "“": '"', "”": '"', "„": '"', "″": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-",
    "…": "...", "•": "*", "·": ".", "×": "x", "÷": "/", "⁄": "/", "→": "->", "←": "<-",
    "\t": " ", "\v": " ", "\f": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\u00ad": "", "\ufe0f": "",
    "ç": "Ç", "\u200e": "", "\u200f": "", "\u2066": "", "\u2067": "", "\u2068": "", "\u2069": "",
}  # fmt: skip  # a table reads better by kind than by line

_ALPHABET = frozenset(BASIC + EXTENDED)
_outside = re.compile(f"[^{re.escape(BASIC + EXTENDED)}]")
_escaped = re.compile(f"[{re.escape(EXTENDED)}]")


def is_gsm7(text: str) -> bool:
    """Every character stands in the alphabet or its extension."""
    return _outside.search(text) is None


def septets(text: str) -> int:
    """Septets of a text already in the alphabet (`is_gsm7`); `fold` first what people typed."""
    if text.isascii() and _escaped.search(text) is None:
        return len(text)
    return len(text) + len(_escaped.findall(text))


def fold(text: str) -> str:
    """The same text within the alphabet: typography to ASCII, accents off where need be, else `?`."""
    if _outside.search(text) is None:
        return text
    return _outside.sub(lambda found: _folded(found[0]), unicodedata.normalize("NFC", text))


def _folded(char: str) -> str:
    if char in FOLDS:
        return FOLDS[char]
    if char.isspace():
        return " "
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    plain = "".join(FOLDS.get(c, c) for c in plain)
    return plain if plain and is_gsm7(plain) else "" if unicodedata.combining(char) else "?"


def parts(text: str) -> list[str]:
    """The SMS that the text is sent as, in order; joined they are the text. One part for an empty text."""
    if is_gsm7(text):
        whole, each = ONE_PART, EACH_PART
        costs = [2 if char in EXTENDED else 1 for char in text]
    else:
        whole, each = ONE_UCS2, EACH_UCS2
        costs = [2 if ord(char) > 0xFFFF else 1 for char in text]
    if sum(costs) <= whole:
        return [text]
    found, begin, used = [], 0, 0
    for at, cost in enumerate(costs):
        if used + cost > each:
            found.append(text[begin:at])
            begin, used = at, 0
        used += cost
    return [*found, text[begin:]]


def cut(text: str, limit: int) -> str:
    """At most `limit` septets of the text, ending with a whole word and `..` if something was left out.

    A first word longer than the limit is cut inside. The text is within the alphabet.
    """
    if septets(text) <= limit:
        return text
    at = _fitting(text, max(limit - 2, 0))
    kept = text[:at]
    if not text[at].isspace() and (words := re.match(r"(?s)(.*\S)\s", kept)):
        kept = words[1]
    return kept.rstrip() + ".."[:limit]


def _fitting(text: str, room: int) -> int:
    """How many characters of the text fit into so many septets."""
    used = 0
    for at, char in enumerate(text):
        used += 2 if char in EXTENDED else 1
        if used > room:
            return at
    return len(text)
