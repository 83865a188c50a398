"""Every screen of every conversation, in both languages, without a desk. Pure: channels bring their own drawing."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from conversations.book import BOOK
from conversations.engine import HOME, Engine, Progress
from conversations.examples import OFFERS, OUTCOMES
from conversations.screen import Screen
from conversations.steps import Answers, Offer
from locales import LANGUAGES, say

CALLERS: tuple[Answers, ...] = ({"known": "yes"}, {})  # somebody on record, and somebody who is not

Drawing = Callable[[Screen], Sequence[str]]
"""How a channel shows a screen: one text for each page or message."""


class _Knows:
    """Answers every offer with its example."""

    def __init__(self, language: str) -> None:
        self._language = language

    def offer(self, name: str, _: Answers) -> Offer:
        return OFFERS[name][self._language]

    def find(self, name: str, _: Answers, value: str) -> Answers:
        return {name: value}


def screens(language: str) -> Iterator[Screen]:
    """In the order of the book; a step that two kinds of caller see differently comes twice. Receipts come last."""
    knows = _Knows(language)
    engine = Engine(BOOK, knows, language)
    for conversation in BOOK.values():
        for step in conversation.steps:
            shown: list[Screen] = []
            for answers in CALLERS:
                offer = knows.offer(step.offer, answers) if step.offer else Offer()
                screen = engine.screen_of(Progress(conversation.name, step.name, answers), step, offer)
                if screen not in shown:
                    shown.append(screen)
            yield from shown
        if conversation.receipt:
            receipt = say(conversation.receipt, language, **OUTCOMES[language])
            yield Screen(receipt, language, f"{conversation.name}.end", final=True)


def commonest_report(language: str) -> list[Screen]:
    """The six screens that most people see: front page, category, fault, device, confirm, receipt."""
    seen = {screen.step: screen for screen in reversed(list(screens(language)))}
    steps = ("category", "fault", "device", "confirm", "end")
    return [seen[f"{HOME}.menu"], *(seen[f"report.{step}"] for step in steps)]


def lines(drawings: Mapping[str, Drawing], languages: Sequence[str] = LANGUAGES) -> Iterator[str]:
    """The storyboard for a person to read: each screen as each channel draws it; `drawings` by the channel's name."""
    for language in languages:
        for screen in screens(language):
            yield f"=== {language} {screen.step}"
            for channel, drawing in drawings.items():
                pages = drawing(screen)
                for at, page in enumerate(pages, 1):
                    yield f"--- {channel}{f' {at}/{len(pages)}' if len(pages) > 1 else ''}"
                    yield from page.splitlines()
            yield ""
