"""`python -m locales.refresh [--from FILE.po] [catalogue …]`: bring the catalogues up to what the code says.

Translations are kept, texts no longer said are dropped, nothing is guessed (no fuzzy entries), entries are
sorted and carry no line numbers, so that two people's additions merge. Prints what waits for its Swahili.
`--from` takes over what a translator's file says in Swahili, in whichever catalogue its texts are kept.
Writes nothing if a source file does not parse: its texts would be lost.
"""

import argparse
import ast
import io
import os
import sys
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from locales.catalogues import ROOMS, path, read, read_file
from locales.speech import LANGUAGES

ROOT = Path(__file__).parent.parent
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
KEYWORDS: dict[str, Any] = {"N_": None, "_": None, "say": None, "say_many": (1, 2), "_n": (1, 2)}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Msgid = str | tuple[str, ...]


def said_in(name: str, root: Path = ROOT) -> set[Msgid]:
    """The texts that a catalogue is to hold: said in its rooms and in none of an earlier catalogue."""
    said: set[Msgid] = set()
    for other, rooms in ROOMS.items():
        found = {text for room in rooms for text in _extracted(root / room)}
        if other == name:
            return found - said
        said |= found
    raise KeyError(name)


def _extracted(room: Path) -> set[Msgid]:
    if not room.is_dir():
        return set()
    for source in room.rglob("*.py"):
        ast.parse(source.read_text("utf-8"), str(source))
    found = extract_from_dir(room, METHODS, keywords=KEYWORDS, comment_tags=(), strip_comment_tags=True)
    return {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}


def refreshed(language: str, said: set[Msgid], *known: Catalog) -> Catalog:
    """The catalogue with exactly these texts, as the first catalogue that translates one has it.

    An English text is its own translation.
    """
    fresh = Catalog(locale=language)
    for msgid in said:
        key = msgid if isinstance(msgid, str) else msgid[0]
        olds = [old for catalogue in known if (old := catalogue.get(key)) and old.id == msgid and _translated(old)]
        fresh.add(msgid, msgid if language == "en" else olds[0].string if olds else "")
    return fresh


def rendered(catalogue: Catalog, language: str) -> bytes:
    """The same bytes for the same texts."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER.format(language=language).encode() + body.getvalue()


def write(catalogue: Catalog, language: str, name: str) -> None:
    """Whole or not at all."""
    file = path(language, name)
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_suffix(".po.new")
    fresh.write_bytes(rendered(catalogue, language))
    os.replace(fresh, file)


def missing(catalogue: Catalog) -> list[Msgid]:
    """Texts without a translation, or with one form of two."""
    bare = [message for message in catalogue if message.id and not _translated(message)]
    return sorted((message.id if isinstance(message.id, str) else tuple(message.id) for message in bare), key=str)


def _translated(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else message.string or [""]
    return all(forms)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m locales.refresh", description="Bring the catalogues up to date.")
    parser.add_argument("names", nargs="*", metavar="catalogue", help=", ".join(ROOMS))
    parser.add_argument("--from", dest="translated", type=Path, metavar="FILE.po", help="take over its Swahili")
    asked = parser.parse_args(arguments)
    names: list[str] = asked.names
    brought = read_file(asked.translated, "sw") if asked.translated else Catalog(locale="sw")
    if unknown := set(names) - set(ROOMS):
        sys.stderr.write(f"no such catalogue: {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}\n")
        return 2
    try:
        wanted = {name: said_in(name) for name in names or ROOMS}
    except SyntaxError as error:
        sys.stderr.write(f"nothing written: {error.filename} line {error.lineno} does not parse\n")
        return 1
    for name, said in wanted.items():
        for language in LANGUAGES:
            catalogue = refreshed(language, said, brought, read(language, name))
            write(catalogue, language, name)
            for text in missing(catalogue):
                sys.stdout.write(f"locales/{language}/{name}.po waits for: {text}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
