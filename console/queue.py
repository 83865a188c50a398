"""The queue."""

from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.inbound import asked, id_of
from console.serving import Console, Page, Visit, away, shown
from database import Reading
from models.priority import Priority
from models.refusals import Misread
from models.tables.ticket import Kind
from models.values.ticket_number import TicketNumber
from queries.queue import Mark, Tab, Wanted, queue

E = TypeVar("E", bound=StrEnum)


def routes(console: Console) -> list[BaseRoute]:
    return [
        Route("/", lambda _: away("/tickets"), methods=["GET"]),
        Route("/tickets", shown(console, queue_page), methods=["GET"]),
        Route("/search", shown(console, search), methods=["GET"]),
    ]


def queue_page(visit: Visit, reading: Reading) -> Page | Response:
    request = visit.request
    if not visit.seat.reads:
        return away("/approvals")
    wanted = Wanted(
        tab=_one_of(Tab, asked(request, "tab")) or Tab.ALL,
        place_id=id_of(place) if (place := asked(request, "place")) else None,
        kind=_one_of(Kind, asked(request, "kind")),
        priority=_one_of(Priority, asked(request, "priority")),
        after=Mark.parse(asked(request, "after")),
    )
    listing = queue(reading, visit.seat, wanted, visit.now)
    chosen = _chosen(request)
    return Page(
        "queue.html",
        {
            "listing": listing,
            "wanted": wanted,
            "filtered": any((wanted.place_id, wanted.kind, wanted.priority)),
            "tabs": [(tab, _address({**chosen, "tab": tab, "after": ""})) for tab in Tab],
            "first": _address({**chosen, "after": ""}) if wanted.after else "",
            "more": _address({**chosen, "after": str(listing.more)}) if listing.more else "",
            "kinds": Kind,
            "priorities": Priority,
        },
        "live",
    )


def search(visit: Visit, _: Reading) -> Response:
    """One field for all: a ticket's number, a device's tag or serial, a person's name or phone."""
    words = asked(visit.request, "q")
    try:
        return away(f"/tickets/{TicketNumber.parse(words).shown}")
    except Misread:
        letters = any(map(str.isalpha, words))
        device = any(map(str.isdigit, words)) and (letters or len(words) < 7)
        return away(f"/{'assets' if device else 'people'}?{urlencode({'q': words})}")


def _one_of(words: type[E], text: str) -> E | None:
    return words(text) if text in set(words) else None


def _chosen(request: Request) -> dict[str, str]:
    return {name: asked(request, name) for name in ("tab", "place", "kind", "priority", "after")}


def _address(chosen: dict[str, str]) -> str:
    kept = {name: str(value) for name, value in chosen.items() if value and (name, value) != ("tab", Tab.ALL)}
    return f"/tickets?{urlencode(kept)}" if kept else "/tickets"
