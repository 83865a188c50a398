"""`prove chain` and `prove export`: that the record is as it was written, and that a file taken from it still is."""

import argparse
from pathlib import Path
from typing import Any

from dawati.cli.founding import Stopped
from dawati.opening import key_of, open_up_to_date
from dawati.settings import read_settings
from queries.audit_file import ENCODING, NoExport, wrong_lines
from queries.chain import verdict


def add_kinds(kinds: Any) -> None:
    chain = kinds.add_parser("chain", help="every history, the words it points to and the seals: as they were written")
    chain.add_argument(
        "--noted", metavar="SEAL:LINK", action="append", default=[], type=_seal,
        help="a seal that was written down elsewhere, as this command and /audit show it",
    )  # fmt: skip
    chain.set_defaults(run=_chain)
    export = kinds.add_parser("export", help="every line of a file from /audit.csv: as the desk wrote and holds it")
    export.add_argument("file", type=Path)
    export.set_defaults(run=_export)


def _seal(text: str) -> tuple[int, str]:
    number, _, link = text.partition(":")
    if not number.isdecimal() or not link:
        raise argparse.ArgumentTypeError("a number, a colon and 64 digits are wanted, such as 12:0f3a…")
    return int(number), link.strip().lower()


def _chain(given: argparse.Namespace) -> None:
    settings = read_settings()
    database = open_up_to_date(settings)
    try:
        found = verdict(database, key_of(settings), dict(given.noted))
    finally:
        database.close()
    if found.breaks:
        raise Stopped(found.sentence)
    print(found.sentence)
    if found.last_seal:
        print(f"The last seal, to be written down elsewhere: {found.last_seal}")


def _export(given: argparse.Namespace) -> None:
    settings = read_settings()
    database = open_up_to_date(settings)
    lines = 0
    try:
        with given.file.open(encoding=ENCODING, newline="") as file:
            for wrong in wrong_lines(file, key_of(settings), database):
                if wrong:
                    raise Stopped(wrong.sentence)
                lines += 1
    except (NoExport, UnicodeDecodeError):
        raise Stopped(f"{given.file} is no file from /audit.csv.") from None
    finally:
        database.close()
    print(f"All {lines} facts of {given.file} are as the desk wrote them, and as it holds them now.")
