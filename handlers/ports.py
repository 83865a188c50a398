"""How an asynchronous rim speaks to the synchronous desk. `dawati/rim.py` fills it."""

from typing import Any, Protocol

from models.commands import By


class AwaitedDesk(Protocol):
    async def do(self, command: object, by: By) -> Any:
        """Carry the command out; it is committed when this returns. Raises the desk's `Refused`, or the failure.

        Giving up the wait (a time-out, a caller that went away) does not undo the work: it is finished all the same.
        """
