"""The catalogues on disk: `locales/<language>/<catalogue>.po`, and which rooms each speaks for."""

from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po

HERE = Path(__file__).parent

ROOMS = {
    "phone": ("conversations", "delivery", "handlers", "locales", "models", "queries", "sms", "bot", "ussd"),
    "console": ("console",),
    "desk": ("dawati",),
}
"""A text said in several rooms is kept in the first catalogue that has one of them."""

Texts = dict[str, str]
Pairs = dict[tuple[str, str], tuple[str, str]]


def path(language: str, name: str) -> Path:
    return HERE / language / f"{name}.po"


def read(language: str, name: str) -> Catalog:
    """One catalogue; empty if it has not been written yet."""
    file = path(language, name)
    if not file.exists():
        return Catalog(locale=language)
    return read_file(file, language)


def read_file(file: Path, language: str) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=language, abort_invalid=True)


def read_all(language: str) -> tuple[Texts, Pairs]:
    """Every translated text of a language, the catalogues merged; an earlier catalogue wins."""
    texts: Texts = {}
    pairs: Pairs = {}
    for name in reversed(ROOMS):
        for message in read(language, name):
            if not message.id or not message.string or message.fuzzy:
                continue
            if isinstance(message.id, str):
                texts[message.id] = str(message.string)
            elif all(message.string):
                pairs[message.id[0], message.id[1]] = (message.string[0], message.string[1])
    return texts, pairs
