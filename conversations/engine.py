"""Walking a conversation. Pure: what the desk knows comes in as `Knows`, what is to be done goes out as a `Turn`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from conversations.reading import Unclear, Words, pick, read
from conversations.screen import Move, Option, Screen
from conversations.steps import Conversation, Offer, Step
from locales import N_, say
from models.refusals import Refused
from models.values.secret import mask_secrets

HOME = "front"
MENU = "menu"  # the step of the front page that Home leads to, past the offer to continue

NOT_ON_LIST = N_("Choose a number from the list.")
NOTHING_TYPED = N_("Please type your answer.")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a conversation is. `given` are answers it began with; `waiting` are words typed ahead for named steps;
    `opened_by` is where another conversation stood when an option of its led here: the way back."""

    name: str
    step: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    waiting: Mapping[str, str] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    opened_by: "Progress | None" = None

    def to_json(self) -> dict[str, Any]:
        kept: dict[str, Any] = {
            "step": self.step, "answers": dict(self.answers), "given": dict(self.given),
            "waiting": dict(self.waiting), "trail": list(self.trail),
        }  # fmt: skip
        if self.opened_by is not None:
            kept["opened_by"] = {"name": self.opened_by.name, **self.opened_by.to_json()}
        return kept

    @classmethod
    def from_json(cls, name: str, kept: Mapping[str, Any]) -> "Progress":
        opener = kept.get("opened_by")
        return cls(
            name, kept["step"], kept["answers"], kept["given"], kept["waiting"], tuple(kept["trail"]),
            cls.from_json(opener["name"], opener) if opener else None,
        )  # fmt: skip


class Knows(Protocol):
    """What the desk can tell a conversation."""

    def offer(self, name: str, answers: Mapping[str, str]) -> Offer: ...
    def find(self, name: str, answers: Mapping[str, str], value: str) -> Mapping[str, str]:
        """The answers that the value brings, its canonical self under the step's name; or a refusal."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of an answer: a screen to show, unless the conversation is `finished`, `cancelled`, or leaves for
    another that was left open (`resumes`) or for the front page (`home`)."""

    progress: Progress
    screen: Screen | None = None
    finished: bool = False
    cancelled: bool = False
    home: bool = False
    resumes: int = 0


class Engine:
    """A book of conversations in one language, for somebody of whom the desk `knows` something."""

    def __init__(self, book: Mapping[str, Conversation], knows: Knows, language: str) -> None:
        self._book = book
        self._knows = knows
        self._language = language

    def begin(
        self, name: str, given: Mapping[str, str] | None = None, waiting: Mapping[str, str] | None = None, at: str = ""
    ) -> Turn:
        """Open a conversation at its first step, or at the step named. `given` is trusted; `waiting` was typed."""
        secret = {step.name for step in self._book[name].steps if step.secret}
        ahead = {step: words for step, words in (waiting or {}).items() if step not in secret}
        progress = Progress(name, given=given or {}, answers=given or {}, waiting=ahead)
        return self._arrive(progress, self._book[name].step(at)) if at else self._onward(progress)

    def hear(self, progress: Progress, screen: Screen, text: str) -> Turn:
        """Read what was typed against the screen that was shown, and go where it leads."""
        return self._go(progress, screen, read(screen, text))

    def picked(self, progress: Progress, screen: Screen, button: str) -> Turn:
        """The same for a button: an option's number, or a move's name."""
        return self._go(progress, screen, pick(screen, button))

    def _go(self, progress: Progress, screen: Screen, meant: Option | Move | Words | Unclear) -> Turn:
        if isinstance(meant, Unclear):
            return self._again(progress, screen, say(NOT_ON_LIST if screen.options else NOTHING_TYPED, self._language))
        if isinstance(meant, Move):
            return self._move(progress, screen, meant)
        step = self._book[progress.name].step(progress.step)
        if isinstance(meant, Words):
            return self._take_words(progress, step, meant.text, lambda note: self._again(progress, screen, note))
        return self._take(progress, step, meant)

    def show(self, progress: Progress, note: str = "") -> Turn:
        """The step where it stands, asked afresh: for somebody who comes back to it."""
        return self._arrive(progress, self._book[progress.name].step(progress.step), note, returning=True)

    def _move(self, progress: Progress, screen: Screen, move: Move) -> Turn:
        if move is Move.HOME:
            return Turn(progress, home=True)
        if move is Move.CANCEL:
            return Turn(progress, cancelled=True)
        if move is Move.MORE:
            return Turn(progress, replace(screen, page=screen.page + 1, note=""))
        return self._back(progress, screen)

    def _back(self, progress: Progress, screen: Screen) -> Turn:
        """To the page before, the step before, the conversation that led here, or home."""
        if screen.page:
            return Turn(progress, replace(screen, page=screen.page - 1, note=""))
        if not progress.trail and progress.opened_by is not None:
            return self.show(progress.opened_by)
        if not progress.trail:
            return Turn(progress, home=True)
        *trail, last = progress.trail
        back = replace(progress, trail=tuple(trail), waiting={})
        return self._arrive(back, self._book[progress.name].step(last), returning=True)

    def _take(self, progress: Progress, step: Step, option: Option) -> Turn:
        if option.cancels:
            return Turn(progress, cancelled=True)
        if option.resumes:
            return Turn(progress, resumes=option.resumes)
        if option.opens:
            kept = {"known": progress.answers["known"]} if "known" in progress.answers else {}
            given = {**kept, **option.presets}
            opener = progress if progress.name != HOME else None  # from the front page, back is home
            return self._onward(Progress(option.opens, given=given, answers=given, opened_by=opener))
        if option.visits:
            return self._arrive(self._leaving(progress, step), self._book[progress.name].step(option.visits))
        return self._answered(progress, step, {**option.presets, step.name: option.value})

    def _take_words(self, progress: Progress, step: Step, text: str, again: Callable[[str], Turn]) -> Turn:
        try:
            value = step.reads(text) if step.reads else text
            value = mask_secrets(value)[0]  # before anything looks it up, keeps it or repeats it
            found = self._knows.find(step.looks_up, progress.answers, value) if step.looks_up else {}
        except Refused as refusal:
            return again(say(refusal.text, self._language, **refusal.words))
        return self._answered(progress, step, dict(found) if step.secret else {step.name: value, **found})

    def _answered(self, progress: Progress, step: Step, answers: Mapping[str, str]) -> Turn:
        """Record it. Answers of later steps are forgotten (a changed mind may make them wrong); given ones return."""
        names = [each.name for each in self._book[progress.name].steps]
        asides = {each.name for each in self._book[progress.name].steps if each.on_request}
        later = set(names[names.index(step.name) + 1 :]) - asides if not step.on_request else set()
        kept = {name: value for name, value in progress.answers.items() if name not in later}
        given = {name: value for name, value in progress.given.items() if name in later}
        recorded = replace(progress, answers={**kept, **given, **answers})
        if step.on_request and progress.trail:  # back to the step that sent us here
            *trail, last = progress.trail
            return self._arrive(
                replace(recorded, trail=tuple(trail)), self._book[progress.name].step(last), returning=True
            )
        return self._onward(recorded if step.secret else self._leaving(recorded, step))

    @staticmethod
    def _leaving(progress: Progress, step: Step) -> Progress:
        return replace(progress, trail=(*progress.trail, step.name))

    def _onward(self, progress: Progress) -> Turn:
        """The next step that applies, or the end."""
        conversation = self._book[progress.name]
        begun = progress.step == ""
        for step in conversation.steps:
            if not begun:
                begun = step.name == progress.step
                continue
            if step.on_request or step.name in progress.answers or not step.when(progress.answers):
                continue
            turn = self._arrive(progress, step)
            if turn.screen is not None or turn.progress is not progress:
                return turn
        return Turn(progress, finished=True)

    def _arrive(self, progress: Progress, step: Step, note: str = "", *, returning: bool = False) -> Turn:
        """Stand at a step. Words typed ahead are heard at once; a step that offers nothing may be passed over."""
        typed = progress.waiting.get(step.name, "")
        if typed and not returning:
            heard = replace(
                progress, waiting={n: w for n, w in progress.waiting.items() if n != step.name}, step=step.name
            )
            if step.reads is None and not step.looks_up:
                return self._take_option_ahead(heard, step, typed)
            return self._take_words(heard, step, typed, lambda why: self._arrive(heard, step, why, returning=True))
        offer = self._knows.offer(step.offer, progress.answers) if step.offer else Offer()
        if step.if_any and not offer.options and not returning:
            return Turn(progress)
        here = replace(progress, step=step.name)
        return Turn(here, self.screen_of(here, step, offer, note))

    def _take_option_ahead(self, heard: Progress, step: Step, typed: str) -> Turn:
        """An option by its value or as people name it. What is on no list is passed over, and the step is asked."""
        asked = self._arrive(heard, step)
        if asked.screen is None:
            return asked
        option = next((each for each in asked.screen.options if each.value == typed), None) or read(asked.screen, typed)
        return self._take(asked.progress, step, option) if isinstance(option, Option) else asked

    def screen_of(self, progress: Progress, step: Step, offer: Offer, note: str = "") -> Screen:
        """The screen of a step. It needs nothing but what is passed: every screen can be listed without a desk."""
        choices = [choice.said(self._language) for choice in step.choices if choice.when(progress.answers)]
        moves = () if progress.name == HOME else (Move.BACK, Move.HOME, Move.CANCEL)
        return Screen(
            text=say(step.text, self._language, **offer.words),
            language=self._language,
            step=f"{progress.name}.{step.name}",
            options=(*offer.options, *choices),
            asks=step.reads is not None,
            moves=moves,
            note=note,
        )

    @staticmethod
    def _again(progress: Progress, screen: Screen, note: str) -> Turn:
        return Turn(progress, replace(screen, note=note))
