"""One person, three voices: the same story is told by USSD, by SMS and by Telegram, through the real hooks.

A voice chooses by words, as the person reads them: each channel finds out how that is said to it (a digit, a text, a
tap). `reads` is what the person last saw.
"""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from simulator.chat import Chat
from simulator.handset import Handset

PATIENCE = 15.0  # seconds for a message to come: a bound on failure, not a measurement
PAGES = 9


class Voice(ABC):
    """Somebody at one channel."""

    channel: str
    reads: str

    @abstractmethod
    def begin(self) -> str:
        """Turn to the desk: its front page, or what was left open."""

    @abstractmethod
    def choose(self, words: str) -> str:
        """Choose the option that is called so."""

    @abstractmethod
    def type(self, words: str) -> str:
        """Answer in words."""

    @abstractmethod
    def hears(self, words: str) -> str:
        """Wait until the desk has said so of its own accord."""

    @abstractmethod
    def hang_up(self) -> None:
        """Put the phone away."""

    def proves(self, other: "Voice") -> str:
        """Who they are, by the code that comes on their other line."""
        self.choose("SMS" if self.channel == "telegram" else "Telegram")
        (code,) = re.findall(r"\b\d{6}\b", other.hears("msimbo wako ni"))
        return self.type(code)

    def choose_all(self, *each: str) -> str:
        return [self.choose(words) for words in each][-1]


class OnUssd(Voice):
    """A basic phone. What the desk says of its own accord comes as an SMS, and the answer is dialled."""

    channel = "ussd"

    def __init__(self, handset: Handset) -> None:
        self.handset = handset

    def begin(self) -> str:
        return self._saw(self.handset.dial())

    def choose(self, words: str) -> str:
        return self._saw(self.handset.send(_number(words, self._page, lambda: self.type("98"))))

    def type(self, words: str) -> str:
        return self._saw(self.handset.send(words))

    def hears(self, words: str) -> str:
        return self.handset.wait_for_text(words, timeout=PATIENCE)

    def hang_up(self) -> None:
        self.handset.close()

    def _page(self) -> str:
        return self.reads

    def _saw(self, screen: str) -> str:
        assert not self.handset.faults, self.handset.faults
        assert self.handset.septets is not None
        assert self.handset.septets <= 160
        self.reads = screen
        return screen


class OnSms(Voice):
    """The same phone, texting."""

    channel = "sms"

    def __init__(self, handset: Handset) -> None:
        self.handset = handset

    def begin(self) -> str:
        return self.type("MENU")

    def choose(self, words: str) -> str:
        return self.type(_number(words, lambda: self.reads, lambda: self.type("ZAIDI")))

    def type(self, words: str) -> str:
        before = len(self.handset.inbox)
        assert self.handset.text_message(words) == 200
        self.reads = _awaited(lambda: self.handset.inbox[before:], "a reply")[-1]
        return self.reads

    def hears(self, words: str) -> str:
        self.reads = self.handset.wait_for_text(words, timeout=PATIENCE)
        return self.reads

    def hang_up(self) -> None:
        self.handset.close()


class OnTelegram(Voice):
    """A smartphone: the same conversation, with buttons."""

    channel = "telegram"

    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    def begin(self) -> str:
        return self._saw(self.chat.say("/start"))

    def choose(self, words: str) -> str:
        for _ in range(PAGES):
            for button in self.chat.last.buttons:
                if words.casefold() in button.label.casefold():
                    return self._saw(self.chat.tap(button.label))
            self._saw(self.chat.tap("Zaidi"))
        raise AssertionError(f"nothing called {words!r} is offered: {self.reads}")

    def type(self, words: str) -> str:
        return self._saw(self.chat.say(words))

    def hears(self, words: str) -> str:
        self.reads = self.chat.wait_for(words, timeout=PATIENCE).text
        return self.reads

    def hang_up(self) -> None:
        self.chat.close()

    def _saw(self, chat: Chat) -> str:
        self.reads = chat.answer(timeout=PATIENCE).text
        return self.reads


def _number(words: str, page: Callable[[], str], more: Callable[[], str]) -> str:
    """The digits before an option that holds the words, looked for on every page."""
    for _ in range(PAGES):
        for number, label in re.findall(r"(?:^|\n|[,;] )(\d{1,2})[. ](.+?)(?=[,;] \d{1,2} |\n|$)", page()):
            if words.casefold() in label.casefold():
                return str(number)
        more()
    raise AssertionError(f"nothing called {words!r} is offered: {page()}")


def _awaited(look: Callable[[], list[str]], what: str) -> list[str]:
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < until, f"{what} did not come"
        time.sleep(0.02)
    return found
