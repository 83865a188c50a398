"""What a writer promises: the one place that commits. `database/sqlite.py` and `database/postgres.py` hold one each."""

import logging
from collections.abc import Callable
from typing import Any, Protocol

from database.transaction import Transaction

log = logging.getLogger(__name__)

Work = Callable[[Transaction], Any]
Done = Callable[[Any, BaseException | None], None]


def tell(done: Done, result: Any, failure: BaseException | None) -> None:
    """Tell whoever asked. If that raises it is a defect of theirs: the thread that serves everybody goes on."""
    try:
        done(result, failure)
    except Exception as defect:  # noqa: BLE001  # only its kind is told, for it may quote people
        log.warning("whoever asked for work could not be told: %s", type(defect).__name__)


class Writer(Protocol):
    def submit(self, work: Work, done: Done) -> None:
        """Have the work done in a transaction. `done` is told its result or its error, after the commit, from the
        writer's thread: it must return at once and not raise."""

    def close(self) -> None:
        """Finish what was submitted, then stop."""
