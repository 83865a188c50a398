"""The command line. Each command is a small file; what goes wrong ends in one sentence and a status that is not 0."""

import argparse
import os
import sys
from collections.abc import Sequence

from dawati.cli import asking, founding, keeping, measuring, proving, rehearsing, running
from dawati.lists import ListRefused
from dawati.opening import CannotOpen
from dawati.settings import WrongSetting
from handlers.importing import RowRefused
from locales import say
from migrations import Unreachable
from models.refusals import Refused

SENTENCES = (WrongSetting, CannotOpen, ListRefused, RowRefused, founding.Stopped)
PARTS = (founding, running, asking, rehearsing, keeping, measuring, proving)


def main(words: Sequence[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="dawati", description="An ICT service desk that works from any phone.")
    commands = parser.add_subparsers(metavar="command", required=True)
    for part in PARTS:
        part.add_commands(commands)
    given = parser.parse_args(words)
    if words is None:  # as a program of its own, not within another
        os.umask(0o077)  # what the desk writes holds people's words and numbers: nobody else of the machine reads it
    try:
        return int(given.run(given) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the list has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (*SENTENCES, Unreachable, Refused, OSError) as wrong:
        print(sentence_of(wrong), file=sys.stderr)
        return 1


def sentence_of(wrong: Exception) -> str:
    """What stopped a command, for the person at the terminal."""
    match wrong:
        case Unreachable():
            return f"DATABASE_URL names a database that cannot be reached or brought up to date ({wrong})."
        case Refused():
            return say(wrong.text, "en", **wrong.words)
        case OSError():
            return f"{wrong.strerror or type(wrong).__name__}: {wrong.filename or 'the system refused'}."
        case _:
            return str(wrong)
