"""Passwords of the console: kept as argon2id at OWASP's floor, which costs an old machine 40 ms and not 350."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

WAITING = 50  # log-ins being checked or waiting for it; more are turned away at once

_hasher = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1),))


def hash_password(password: str) -> str:
    return _hasher.hash(password)


@cache
def _nobodys() -> str:
    """What a log-in that does not exist is checked against, so that it takes as long."""
    return hash_password("nobody has this password")


class Checker:
    """Checks one password at a time, off the event loop: a burst of log-ins takes one processor and no more."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "passwords")
        self._waiting = 0

    async def fits(self, password: str, kept: str) -> bool | None:
        """Whether it is the password that was kept; nothing if too many are waiting. Takes as long for none."""
        if self._waiting >= WAITING:
            return None
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, _fits, password, kept)
        finally:
            self._waiting -= 1


def _fits(password: str, kept: str) -> bool:
    try:
        return _hasher.verify(password, kept or _nobodys()) and bool(kept)
    except UnknownHashError:  # a log-in for which no password was set
        return _hasher.verify(password, _nobodys()) and False
