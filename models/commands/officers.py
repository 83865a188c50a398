"""Commands about log-ins and rules, for whoever runs the installation."""

from dataclasses import dataclass, field
from typing import Any

from models.tables.officer import Role


@dataclass(frozen=True, slots=True)
class AddOfficer:
    """A log-in for somebody on record, known by phone (E.164), over the part of the tree below a place's code."""

    phone: str
    login: str
    role: Role
    place: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SetOfficerPassword:
    """A new password ends every open session of the log-in, and its lock."""

    login: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RetireOfficer:
    """The log-in is closed for good; what the officer did stays under their name."""

    login: str


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """A rule of the institution, by its name; `dawati/opening.py` lists them."""

    name: str
    value: Any
