"""A ticket's number, `2600123-9`: two digits of the year, a serial of at least five, a Damm check digit."""

import re

from locales import N_
from models.refusals import Misread

_TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip  # Damm (2004), the quasigroup of order 10 that everybody uses
_TYPED = re.compile(r"#?([1-9][0-9](?:[0-9]{5}|[1-9][0-9]{5,14}))([0-9])")  # 18 digits fit a 64-bit column
_FILLING = re.compile(r"[\s\-.\u00a0\u2010-\u2015\u2212]+")


class NotATicketNumber(Misread):
    text = N_("Wrong ticket number. Example: 2600123-9")


def damm(digits: str) -> int:
    """The check digit; over digits with their check digit it is 0."""
    interim = 0
    for digit in digits:
        interim = int(_TABLE[interim][int(digit)])
    return interim


class TicketNumber(int):
    """The digits as one number, check digit included. Stored as the plain integer."""

    __slots__ = ()

    @classmethod
    def made(cls, year: int, serial: int) -> "TicketNumber":
        """`year` in full or as two digits, 10 to 99; `serial` counts from 1 within the year."""
        if year % 100 < 10 or serial < 1:
            raise ValueError(f"no ticket number for year {year}, serial {serial}")
        body = f"{year % 100}{serial:05d}"
        return cls(int(body) * 10 + damm(body))

    @classmethod
    def parse(cls, text: str) -> "TicketNumber":
        """As typed: with or without the dash, spaces, a leading `#`. A wrong check digit is refused."""
        typed = _TYPED.fullmatch(_FILLING.sub("", text))
        if not typed or int(typed[1][2:]) == 0 or damm(typed[1] + typed[2]) != 0:
            raise NotATicketNumber
        return cls(int(typed[1] + typed[2]))

    @property
    def shown(self) -> str:
        return f"{self // 10}-{self % 10}"

    @property
    def serial(self) -> int:
        return int(str(int(self))[2:-1])
