"""What a writer promises: the one place that commits. `database/sqlite.py` and `database/postgres.py` hold one each."""

from collections.abc import Callable
from typing import Any, Protocol

from database.transaction import Transaction

Work = Callable[[Transaction], Any]
Done = Callable[[Any, BaseException | None], None]


class Writer(Protocol):
    def submit(self, work: Work, done: Done) -> None:
        """Have the work done in a transaction. `done` is told its result or its error, after the commit, from the
        writer's thread: it must return at once and not raise."""

    def close(self) -> None:
        """Finish what was submitted, then stop."""
