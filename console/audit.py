"""The record of who did what, to be read, filtered and taken away."""

from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from console import wording
from console.inbound import asked, id_of
from console.render import GUARDED
from console.serving import Console, Page, Visit, shown
from database import Reading, Row
from locales import say
from models.refusals import Misread, NotFound
from models.values.ticket_number import TicketNumber
from queries import directory
from queries.audit import Mark, Wanted, audited, exported, last_seal
from queries.audit_file import ENCODING, lines_of

NOBODY = 0  # an id and a number that nothing has: what is looked for in vain is not left out of the filters
NAMES = ("ticket", "person", "event", "from", "to")


def routes(console: Console) -> list[BaseRoute]:
    def export(visit: Visit, reading: Reading) -> Response:
        last_seal(reading, visit.seat)  # refused before anything is said, to whoever may not
        wanted = _wanted(console, visit)
        this_moment = visit.now + timedelta(microseconds=1)  # what happens meanwhile is another file's
        until = min(wanted.until or this_moment, this_moment)
        headers = {**GUARDED, "Content-Disposition": f'attachment; filename="audit-{visit.now:%Y%m%d-%H%M%S}.csv"'}
        first = Wanted(wanted.person_id, wanted.number, wanted.event, wanted.since, until)
        return StreamingResponse(_lines(console, visit, first), media_type="text/csv", headers=headers)

    def view(visit: Visit, reading: Reading) -> Page:
        wanted = _wanted(console, visit)
        sought = asked(visit.request, "who")
        people = directory.people(reading, visit.seat, sought) if sought and visit.seat.audits else []
        rows, more = audited(reading, visit.seat, wanted)
        chosen = {name: asked(visit.request, name) for name in NAMES}
        return Page(
            "audit.html",
            {
                "rows": rows,
                "chosen": chosen,
                "person": rows[0].who if rows and wanted.person_id else "",
                "sought": sought,
                "people": [(each.name, each.place, _address({**chosen, "person": str(each.id)})) for each in people],
                "anybody": _address({**chosen, "person": ""}),
                "events": _events(visit.seat.language),
                "seal": last_seal(reading, visit.seat),
                "first": _address(chosen) if wanted.after else "",
                "more": _address({**chosen, "after": str(more)}) if more else "",
                "export": _address(chosen, "/audit.csv"),
            },
        )

    return [
        Route("/audit", shown(console, view), methods=["GET"]),
        Route("/audit.csv", shown(console, export), methods=["GET"]),
    ]


async def _lines(console: Console, visit: Visit, first: Wanted) -> AsyncIterator[bytes]:
    """A batch at a time, each a short reading of its own: nothing is held that grows with the record."""
    wanted: Wanted | None = first
    said = _events(visit.seat.language)
    heading = True

    def batch(reading: Reading, wanted: Wanted) -> tuple[str, Wanted | None]:
        rows, more = exported(reading, visit.seat, wanted)
        return lines_of(rows, console.rules.zone, [_said(row, said) for row in rows], heading=heading), more

    while wanted is not None:
        text, wanted = await console.in_thread(partial(batch, wanted=wanted))
        yield text.encode(ENCODING if heading else "utf-8")
        heading = False


def _said(row: Row, said: Mapping[str, str]) -> str:
    return said.get(row.event, row.event)


def _events(language: str) -> dict[str, str]:
    """What is done at the desk, in words, without the names that stand in them."""
    return {event: say(words, language, name="…", stars="…") for event, words in wording.EVENTS.items()}


def _wanted(console: Console, visit: Visit) -> Wanted:
    request = visit.request
    until = _day(console, asked(request, "to"), timedelta(days=1))
    event = asked(request, "event")
    return Wanted(
        person_id=_id(asked(request, "person")),
        number=_number(request),
        event=event if event in wording.EVENTS else "",
        since=_day(console, asked(request, "from"), timedelta()),
        until=until,
        after=Mark.parse(asked(request, "after")),
    )


def _id(text: str) -> int | None:
    try:
        return id_of(text) if text else None
    except NotFound:
        return NOBODY


def _number(request: Request) -> int | None:
    text = asked(request, "ticket")
    try:
        return TicketNumber.parse(text) if text else None
    except Misread:
        return NOBODY


def _day(console: Console, text: str, later: timedelta) -> datetime | None:
    """The beginning of a day here, `later` on; what is no day is no bound."""
    try:
        return datetime.combine(date.fromisoformat(text) + later, time(), console.rules.zone)
    except (ValueError, OverflowError):
        return None


def _address(chosen: Mapping[str, str], path: str = "/audit") -> str:
    kept = {name: value for name, value in chosen.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path
