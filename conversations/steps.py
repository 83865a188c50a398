"""The words in which a conversation is declared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from conversations.screen import Option
from locales import say

Answers = Mapping[str, str]


def always(_: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that is always there. Texts are msgids; see `Option` for what choosing it does."""

    value: str
    label: str
    short: str = ""
    also: tuple[str, ...] = ()
    opens: str = ""
    visits: str = ""
    cancels: bool = False
    presets: Mapping[str, str] = field(default_factory=dict)
    when: Callable[[Answers], bool] = always

    def said(self, language: str) -> Option:
        return Option(
            value=self.value,
            label=say(self.label, language),
            short=say(self.short, language) if self.short else "",
            also=self.also,
            opens=self.opens,
            visits=self.visits,
            cancels=self.cancels,
            presets=self.presets,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question. Its answer is stored under `name` as a canonical value.

    `offer` names the query that brings options and the words for the text's placeholders; `choices` follow them.
    `reads` turns typed words into a value or raises `Misread`; without it only options answer.
    `looks_up` names the query that then finds the thing, or refuses.
    `when` says from the answers so far whether it is asked at all; `on_request` steps are asked only when an option
    visits them; `if_any` steps are passed over when the query offers nothing. What is typed into a `secret` step is
    tried by its look-up and stored nowhere; nobody goes back to one, nor types ahead for it.
    """

    name: str
    text: str
    offer: str = ""
    choices: tuple[Choice, ...] = ()
    reads: Callable[[str], str] | None = None
    looks_up: str = ""
    when: Callable[[Answers], bool] = always
    on_request: bool = False
    if_any: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What a query brings to a step: options, words for its text, and answers that go without asking (facts)."""

    options: tuple[Option, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A conversation come to its end: what the command is made from."""

    answers: Answers
    person_id: int | None
    caller: str
    conversation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Named steps, in order, that end in a command.

    `receipt` is said when the command was carried out, filled with its outcome's words, or where there is none, when
    the last step was; `then` names conversations, of which the first that has something to ask follows at once.
    `title` is what it is called when a person is offered to continue; without one it never is.
    """

    name: str
    steps: tuple[Step, ...]
    command: Callable[[Asked], object] | None = None
    receipt: str = ""
    then: tuple[str, ...] = ()
    title: str = ""

    def step(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)
