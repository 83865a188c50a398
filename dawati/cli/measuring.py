"""`bench`: how fast the desk is, on this machine, beside a function that does nothing."""

import argparse
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from dawati.opening import now
from dawati.settings import DEMO, read_demo_settings

REPORT = ("1", "1", "1", "1", "1")
"""Report, the first category, its first fault, and yes to all that follows."""


def add_commands(commands: Any) -> None:
    bench = commands.add_parser("bench", help="measure")
    kinds = bench.add_subparsers(metavar="what", required=True)
    ussd = kinds.add_parser("ussd", help="hops a second of whole reports, beside a function that does nothing")
    ussd.add_argument("--handsets", type=int, default=32, help="that speak at once")
    ussd.add_argument("--seconds", type=float, default=8.0, help="of each measurement")
    ussd.add_argument("--rounds", type=int, default=3)
    ussd.set_defaults(run=_ussd)


def _ussd(given: argparse.Namespace) -> None:
    from bench.ussd import Desk, measure
    from dawati.demo.founding import found_demonstration
    from dawati.demo.people import people

    with tempfile.TemporaryDirectory() as passing:
        url = f"sqlite:///{Path(passing) / 'bench.db'}"
        settings = read_demo_settings(env_file=None).model_copy(update={"database_url": url})
        found_demonstration(settings, now() - timedelta(days=1))
        desk = Desk(
            command=[sys.executable, "-m", "dawati", "demo", "--quiet"],
            settings={"DATABASE_URL": url, "TELEGRAM_MODE": "off"},
            hook_path=f"/hooks/africastalking/{DEMO}/ussd",
            phones=[row.phones[0] for row in people()],
            keys=REPORT,
        )
        print(measure(desk, given.handsets, given.seconds, given.rounds))
