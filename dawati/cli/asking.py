"""`doctor`: what is still missing."""

import argparse
from typing import Any

from dawati.settings import read_settings


def add_commands(commands: Any) -> None:
    doctor = commands.add_parser("doctor", help="say what is still missing, and whether the histories hold")
    doctor.set_defaults(run=_doctor)


def _doctor(_: argparse.Namespace) -> int:
    from dawati.checking import Sign, findings  # it knows every table

    missing = 0
    for finding in findings(read_settings()):
        print(f"{finding.sign:<8} {finding.words}", flush=True)
        missing += finding.sign is Sign.MISSING
    return 1 if missing else 0
