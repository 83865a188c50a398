"""What the desk tells a conversation, and the few questions that change something in being asked or answered: a code
goes out, a try is counted. Those are registered here by name, as handlers are at the door."""

from collections.abc import Callable, Mapping

from conversations.steps import Answers, Offer
from handlers.work import Work
from queries.offers import Asking, DeskKnows

Prepares = Callable[[Work, Asking, Answers], Offer]
Tries = Callable[[Work, Asking, Answers, str], Answers]

PREPARED: dict[str, Prepares] = {}
TRIED: dict[str, Tries] = {}


def prepares(name: str) -> Callable[[Prepares], Prepares]:
    """Register what goes before a step: the offer of that name."""

    def register(prepare: Prepares) -> Prepares:
        PREPARED[name] = prepare
        return prepare

    return register


def tries(name: str) -> Callable[[Tries], Tries]:
    """Register what an answer is tried against: the look-up of that name."""

    def register(attempt: Tries) -> Tries:
        TRIED[name] = attempt
        return attempt

    return register


class Knowing(DeskKnows):
    """See `conversations.engine.Knows`. A refusal keeps what was written before it: a wrong try stays counted."""

    def __init__(self, work: Work, asking: Asking) -> None:
        super().__init__(asking)
        self._work = work

    def offer(self, name: str, answers: Answers) -> Offer:
        prepare = PREPARED.get(name)
        return prepare(self._work, self._asking, answers) if prepare else super().offer(name, answers)

    def find(self, name: str, answers: Answers, value: str) -> Mapping[str, str]:
        attempt = TRIED.get(name)
        return attempt(self._work, self._asking, answers, value) if attempt else super().find(name, answers, value)
