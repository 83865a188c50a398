"""What the desk answers to a person's situation. Each is no error in the log; each channel says it its own way."""

from typing import ClassVar


class Refused(Exception):
    """A person's situation, not an error: it has a text in both languages and a way on."""

    text: ClassVar[str]
    """The English msgid, marked with `locales.N_`; may have {placeholders}, which `words` fill."""

    def __init__(self, **words: str) -> None:
        super().__init__(type(self).__name__)
        self.words = words


class Misread(Refused):
    """What was typed cannot be read as what was asked."""
