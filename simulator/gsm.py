"""The GSM 03.38 alphabet as the networks count it; the simulator shares nothing with the desk."""

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "^{}\\[~]|€\f"

_COST = {**dict.fromkeys(_BASIC, 1), **dict.fromkeys(_EXTENDED, 2)}


def septets(text: str) -> int | None:
    """How many septets `text` takes, or None if a letter of it is not in the alphabet."""
    total = 0
    for letter in text:
        cost = _COST.get(letter)
        if cost is None:
            return None
        total += cost
    return total


def foreign(text: str) -> str:
    """The letters of `text` that are not GSM-7, each once, in order."""
    return "".join(dict.fromkeys(letter for letter in text if letter not in _COST))


def sms_parts(text: str) -> int:
    """How many parts an operator bills: 160 septets, or 153 each; 70 UCS-2 units, or 67 each."""
    count = septets(text)
    if count is None:
        units = len(text.encode("utf-16-be")) // 2
        return 1 if units <= 70 else -(-units // 67)
    if count <= 160:
        return 1
    parts, used = 1, 0
    for letter in text:
        cost = _COST[letter]
        if used + cost > 153:  # an escaped pair does not straddle two parts
            parts, used = parts + 1, 0
        used += cost
    return parts
