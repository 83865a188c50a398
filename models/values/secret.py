"""Keeping other people's passwords out: text that looks like one is masked before it is kept or sent.

A word for a secret, perhaps a linking word, and a token that could be one. A keyword with a system's name
(`NYWILA LAWSON`) or ordinary words (`password yangu imesahaulika`) are none.
"""

MASK = "***"


def mask_secrets(text: str) -> tuple[str, bool]:
    """The text with what looks like a secret replaced by `***`, and whether anything was."""
    return text, False
