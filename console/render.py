"""Pages as text: templates, the files they need, and what every answer carries."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from console import wording
from locales import N_, say, say_many
from locales.clock_text import shown_span
from models.rules import Rules
from models.values.phone import PhoneNumber
from models.values.ticket_number import TicketNumber
from queries.offers.calls import call_code

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
GUARDED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


def _files() -> dict[str, tuple[str, bytes]]:
    """The files of `static/` by name, each with the name under which it is served: it changes with the content."""
    found = {}
    for path in sorted((HERE / "static").iterdir()):
        content = path.read_bytes()
        if path.suffix == ".css":
            content = re.sub(
                rb"\s*\n\s*|(?<=[;:,{]) | (?=[{}])|;(?= ?})", b"", content
            )  # a tenth of it is for our eyes
        digest = hashlib.sha256(content).hexdigest()[:10]
        found[path.name] = (f"/static/{path.stem}.{digest}{path.suffix}", content)
    return found


FILES = _files()
_SERVED = {address: (name.rpartition(".")[2], content) for name, (address, content) in FILES.items()}


async def static_file(request: Request) -> Response:
    kind, content = _SERVED.get(request.url.path, ("", b""))
    if not kind:
        return Response(status_code=404)
    return Response(content, media_type=KINDS[kind], headers=FOREVER)


STATIC: tuple[BaseRoute, ...] = (Route("/static/{name}", static_file),)


class Pages:
    """The console's templates, said in one of the two languages."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self._templates.globals |= {
            "files": {name: address for name, (address, _) in FILES.items()},
            "w": wording,
            "desk_name": rules.desk_name,
            "call_code": lambda call: call_code(rules.key, call.id, call.salt),
        }
        self._templates.filters |= {
            "number": lambda number: TicketNumber(number).shown,
            "local_phone": local_phone,
            "caller": caller_shown,
        }

    def text(self, template: str, language: str, now: datetime, *, part: str = "", **words: Any) -> str:
        """A page; or, of a page, the block `part` alone."""
        said = {
            "_": lambda msgid, **filled: say(msgid, language, **filled),
            "_n": lambda one, many, n, **filled: say_many(one, many, n, language, **filled),
            "language": language,
            "time": partial(self._time, now, language),
            "due": partial(self._due, now, language),
            "told": lambda swahili, english: english if language == "en" and english else swahili,
            "state_words": lambda row: wording.state_words(row.state, row.waiting_on, language),
            **words,
        }
        found = self._templates.get_template(template)
        if part:
            return "".join(found.blocks[part](found.new_context(said)))
        return found.render(said)

    def _time(self, now: datetime, language: str, at: datetime) -> str:
        """`14:30` today, `yesterday 14:30`, `05/03 14:30`, with the year if it is another."""
        local, today = self._rules.local(at), self._rules.local(now)
        clock = f"{local:%H:%M}"
        match (local.date() - today.date()).days:
            case 0:
                return clock
            case -1:
                return say(N_("yesterday {clock}"), language, clock=clock)
            case 1:
                return say(N_("tomorrow {clock}"), language, clock=clock)
        return f"{local:%d/%m %H:%M}" if local.year == today.year else f"{local:%d/%m/%Y %H:%M}"

    def _due(self, now: datetime, language: str, at: datetime) -> tuple[bool, str]:
        """Whether it is late, and the words for it: by when, or how long ago that was."""
        if at >= now:
            return False, say(N_("by {time}"), language, time=self._time(now, language, at))
        late = max(now - at, timedelta(minutes=1))
        for whole in (timedelta(days=1), timedelta(hours=1)):  # how many of the greatest unit is enough in a list
            if late >= whole:
                late -= late % whole
                break
        return True, say(N_("{span} late"), language, span=shown_span(late, language))


def local_phone(value: str) -> str:
    """`0712 345 678`, as it is dialled here."""
    number = PhoneNumber(value).local()
    return f"{number[:4]} {number[4:7]} {number[7:]}" if len(number) == 10 else number


def caller_shown(address: str) -> str:
    """All there is of somebody not on record: their phone, or that they wrote on Telegram."""
    kind, _, value = address.partition(":")
    return local_phone(value) if kind == "phone" else kind.capitalize()


def page(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(text, status, {**GUARDED, **(headers or {})})
