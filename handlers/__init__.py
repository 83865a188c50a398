"""What the desk does: one handler per command, one door, one commit. `handlers` are use cases, not a bot library's.

Importing this package registers every handler.
"""

from handlers import (
    cataloguing,
    deciding,
    delivering,
    delivery_reports,
    entering,
    fetching,
    freezing,
    handing_over,
    hearing_hops,
    hearing_messages,
    importing,
    leaving,
    officers,
    once,
    people,
    renumbering,
    reporting,
    requesting,
    sealing,
    sweeping,
    working,
)
from handlers.door import HANDLERS, Door, Stirred

__all__ = [
    "HANDLERS",
    "Door",
    "Stirred",
    "cataloguing",
    "deciding",
    "delivering",
    "delivery_reports",
    "entering",
    "fetching",
    "freezing",
    "handing_over",
    "hearing_hops",
    "hearing_messages",
    "importing",
    "leaving",
    "officers",
    "once",
    "people",
    "renumbering",
    "reporting",
    "requesting",
    "sealing",
    "sweeping",
    "working",
]
