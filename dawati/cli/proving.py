"""`prove`: what the desk promises, shown on this machine."""

import argparse
import secrets
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from dawati.cli.founding import Stopped
from dawati.cli.measuring import desk_to_measure
from dawati.cli.proving_record import add_kinds
from models.values.ticket_number import TicketNumber


def add_commands(commands: Any) -> None:
    prove = commands.add_parser("prove", help="show that a promise holds, on a desk made for it")
    kinds = prove.add_subparsers(metavar="what", required=True)
    durable = kinds.add_parser("durable", help="kill a desk under load: no ticket that a phone was told of is lost")
    durable.add_argument("--handsets", type=int, default=8)
    durable.add_argument("--rounds", type=int, default=3)
    durable.set_defaults(run=_durable)
    once = kinds.add_parser("once", help="send each hop many times at once: one report makes one ticket")
    once.add_argument("--times", type=int, default=8)
    once.add_argument("--reports", type=int, default=10)
    once.set_defaults(run=_once)
    add_kinds(kinds)
    found = kinds.add_parser("secrets", help="mask what people write: how many secrets are found, how much else is")
    found.set_defaults(run=_secrets)


def _durable(given: argparse.Namespace) -> None:
    from bench.proofs import Disproved, durable

    with tempfile.TemporaryDirectory() as passing:
        file, hook_key = Path(passing) / "proof.db", secrets.token_hex(16)
        try:
            desk = desk_to_measure(f"sqlite:///{file}", hook_key)
            print(durable(desk, hook_key, lambda: _numbers(file), given.handsets, given.rounds))
        except Disproved as wrong:
            raise Stopped(str(wrong)) from None


def _once(given: argparse.Namespace) -> None:
    from bench.proofs import Disproved, once

    with tempfile.TemporaryDirectory() as passing:
        file, hook_key = Path(passing) / "proof.db", secrets.token_hex(16)
        try:
            desk = desk_to_measure(f"sqlite:///{file}", hook_key)
            print(once(desk, hook_key, lambda: _numbers(file), given.times, given.reports))
        except Disproved as wrong:
            raise Stopped(str(wrong)) from None


def _secrets(_given: argparse.Namespace) -> None:
    from bench.secrets import examples, measure, report
    from models.values.secret import mask_secrets

    figures = measure(mask_secrets, examples())
    print(report(figures, mask_secrets))
    if not all(each.hold for each in figures):
        raise Stopped("Fewer secrets are masked, or more else, than was promised.")


def _numbers(file: Path) -> list[str]:
    """Straight from the file, past the program whose promise it is."""
    with closing(sqlite3.connect(file)) as opened:
        (said,) = opened.execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            raise Stopped(f"The database is damaged: {said}.")
        return [TicketNumber(number).shown for (number,) in opened.execute("SELECT number FROM ticket")]
