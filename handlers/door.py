"""The one door. A command comes in with who wants it; its handler works in a transaction; the writer commits it."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from database import Database, Transaction
from database.writer import Done
from handlers.work import Dice, Work
from models.commands import By, Outcome
from models.rules import Rules

Handler = Callable[[Work, Any], Any]

HANDLERS: dict[type, Handler] = {}


def handles(command: type) -> Callable[[Handler], Handler]:
    """Register the one handler of a command. A second one is a mistake and stops the import."""

    def register(handler: Handler) -> Handler:
        if command in HANDLERS:
            raise TypeError(f"{command.__name__} has a handler already: {HANDLERS[command].__name__}")
        HANDLERS[command] = handler
        return handler

    return register


def carry_out(work: Work, command: object) -> Any:
    """A command within the work of another (a conversation that comes to its end): same transaction, same commit."""
    return HANDLERS[type(command)](work, command)


@dataclass(frozen=True, slots=True)
class Stirred:
    """What a commit left behind for others to notice: notices owed, tickets changed."""

    owed: bool
    tickets: bool


class Door:
    """Everything that changes, changes through here."""

    def __init__(self, database: Database, rules: Rules, clock: Callable[[], datetime], dice: Dice) -> None:
        self.database = database
        self.rules = rules
        self.clock = clock
        self.dice = dice
        self._listeners: list[Callable[[Stirred], None]] = []

    def listen(self, listener: Callable[[Stirred], None]) -> None:
        """Be told after each commit that left something to notice. Called from the writer's thread: return at once."""
        self._listeners.append(listener)

    def submit(self, command: object, by: By, done: Done) -> None:
        """`done` is told the outcome after the commit, or the refusal or failure; from the writer's thread."""
        handler = HANDLERS[type(command)]
        stirred: list[Stirred] = []

        def work(transaction: Transaction) -> Any:
            at_work = Work(transaction, self.clock(), by, self.rules, self.dice)
            result = handler(at_work, command)
            stirred[:] = [Stirred(at_work.owed, at_work.touched)]
            return result

        def told(result: Any, failure: BaseException | None) -> None:
            refusal = result.refusal if isinstance(result, Outcome) else None
            done(result, failure or refusal)
            if failure is None and (stirred[0].owed or stirred[0].tickets):
                for listener in self._listeners:
                    listener(stirred[0])

        self.database.submit(work, told)

    def do(self, command: object, by: By) -> Any:
        """The same, waiting for it: for the command line, tests and threads, never for an event loop."""
        future: Future[Any] = Future()

        def done(result: Any, failure: BaseException | None) -> None:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)

        self.submit(command, by, done)
        return future.result()
