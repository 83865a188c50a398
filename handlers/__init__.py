"""What the desk does: one handler per command, one door, one commit. `handlers` are use cases, not a bot library's.

Importing this package registers every handler.
"""

from handlers import (
    deciding,
    entering,
    hearing_hops,
    hearing_messages,
    importing,
    officers,
    once,
    people,
    reporting,
    requesting,
    working,
)
from handlers.door import HANDLERS, Door, Stirred

__all__ = [
    "HANDLERS",
    "Door",
    "Stirred",
    "deciding",
    "entering",
    "hearing_hops",
    "hearing_messages",
    "importing",
    "officers",
    "once",
    "people",
    "reporting",
    "requesting",
    "working",
]
