"""`bench`: how fast the desk is, on this machine, beside a function that does nothing."""

import argparse
import secrets
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, exists, literal, select

from database import columns, open_database, table_of
from dawati.opening import now
from dawati.settings import read_demo_settings
from models.tables import Address, Conversation, Person
from models.tables.person import AddressKind

if TYPE_CHECKING:
    from bench.ussd import Desk

REPORT = ("1", "Umeme/UPS", "Umeme umekatika", "1")
"""After dialling: report, a category and a fault by their names (their numbers follow what is reported), send."""

_person, _address, _conversation = columns(Person), columns(Address), columns(Conversation)
_FREE = (
    select(_address.value)
    .join_from(table_of(Address), table_of(Person), _address.person_id == _person.id)
    .where(
        _address.kind == AddressKind.PHONE,
        _person.language == "sw",
        ~exists().where(_conversation.party == literal("person:").concat(cast(_person.id, String))),
    )
)
"""Phones of whom nothing is asked: their next dial shows the menu."""


def add_commands(commands: Any) -> None:
    bench = commands.add_parser("bench", help="measure")
    kinds = bench.add_subparsers(metavar="what", required=True)
    ussd = kinds.add_parser("ussd", help="hops a second of whole reports, beside a function that does nothing")
    ussd.add_argument("--handsets", type=int, default=32, help="that speak at once")
    ussd.add_argument("--seconds", type=float, default=8.0, help="of each measurement")
    ussd.add_argument("--rounds", type=int, default=3)
    ussd.set_defaults(run=_ussd)


def _ussd(given: argparse.Namespace) -> None:
    from bench.ussd import measure

    with tempfile.TemporaryDirectory() as passing:
        desk = desk_to_measure(f"sqlite:///{Path(passing) / 'bench.db'}", secrets.token_hex(16))
        print(measure(desk, given.handsets, given.seconds, given.rounds))


def desk_to_measure(url: str, hook_key: str) -> "Desk":
    """How to start a desk in earnest, without gateways, on a database made for it with the demonstration's people."""
    from bench.ussd import Desk
    from dawati.demo.founding import found_demonstration

    settings = read_demo_settings(env_file=None).model_copy(update={"database_url": url})
    found_demonstration(settings, now() - timedelta(days=1))
    return Desk(
        command=[sys.executable, "-m", "dawati", "serve", "--quiet"],
        settings={
            "DATABASE_URL": url, "SECRET_KEY": secrets.token_hex(32), "AT_HOOK_KEY": hook_key,
            "TELEGRAM_MODE": "off", "AT_USERNAME": "", "AT_API_KEY": "", "SIMULATOR": "off",
        },
        hook_path=f"/hooks/africastalking/{hook_key}/ussd",
        phones=_phones(url),
        keys=REPORT,
    )  # fmt: skip


def _phones(url: str) -> list[str]:
    database = open_database(url)
    try:
        with database.reading() as reading:
            return [row.value for row in reading.all(_FREE)]
    finally:
        database.close()
