"""`python -m migrations.drafting "what changes"`: writes the next migration from what the models say beyond the last.

It compares them with an empty SQLite database brought up to date, so it needs no database of anybody. Read what it
wrote: a renamed column looks to it like one dropped and one added.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from migrations.running import HERE, configuration


def draft(message: str, folder: Path = HERE / "versions") -> Path:
    """The file that was written."""
    number = f"{len(list(folder.glob('[0-9]*.py'))) + 1:04d}"
    config = configuration()
    with tempfile.TemporaryDirectory() as passing:
        engine = create_engine(f"sqlite:///{passing}/draft.db")
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            if number != "0001":
                command.upgrade(config, "head")
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()
    (written,) = folder.glob(f"{number}_*.py")
    return written


if __name__ == "__main__":
    sys.stdout.write(f"{draft(sys.argv[1])}\n")
