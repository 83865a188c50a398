"""How a page is served: who asks, one consistent reading, the page said in their language; and how a form is taken."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.inbound import Form, digest_of, form_id, form_of, from_elsewhere, spoken
from console.render import GUARDED, Pages, page
from database import Database, Reading
from handlers.ports import AwaitedDesk
from handlers.work import Dice
from locales import N_, say
from models.commands import By, KeepSession, Once, Outcome
from models.refusals import Misread, NotFound, NotYours, Refused
from models.rules import Rules
from models.tables.ticket import Channel
from queries.changes import newest
from queries.scope import Seat
from queries.sessions import Session, session_of

R = TypeVar("R")

KEPT_EVERY = timedelta(minutes=5)  # a session's idle time is begun anew no more often than this
LIVE = "x-live"


@dataclass(frozen=True, slots=True)
class Console:
    """What the console is given. `secure`: its address is https."""

    desk: AwaitedDesk
    database: Database
    rules: Rules
    clock: Callable[[], datetime]
    dice: Dice
    pages: Pages
    secure: bool

    @property
    def cookie(self) -> str:
        return "__Host-dawati" if self.secure else "dawati"

    async def in_thread(self, query: Callable[[Reading], R]) -> R:
        """What a query says, read off the event loop."""

        def read() -> R:
            with self.database.reading() as reading:
                return query(reading)

        return await asyncio.to_thread(read)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of an officer who is logged in. `typed` and `refused` come back with a form that was refused:
    `at` names the form."""

    request: Request
    session: Session
    now: datetime
    typed: Form = field(default_factory=dict)
    refused: str = ""
    at: str = ""

    @property
    def seat(self) -> Seat:
        return self.session.seat

    @property
    def by(self) -> By:
        return By(Channel.WEB, officer_id=self.seat.officer_id)


@dataclass(frozen=True, slots=True)
class Page:
    """A template and its words. `part` is the block that an open page fetches anew when something changed."""

    template: str
    words: Mapping[str, Any]
    part: str = ""


View = Callable[[Visit, Reading], Page | Response]
Act = Callable[[Visit, Form], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def shown(console: Console, view: View) -> Endpoint:
    """A page for whoever is logged in; the others are led to the log-in and come back."""

    async def endpoint(request: Request) -> Response:
        session, response = await asyncio.to_thread(_look, console, request, view)
        if session is not None and LIVE not in request.headers:
            await _keep(console, session)
        return response

    return endpoint


def acted(console: Console, act: Act) -> Endpoint:
    """A form of whoever is logged in, sent from a page of ours."""

    async def endpoint(request: Request) -> Response:
        form = await form_of(request)
        session = await asyncio.to_thread(session_here, console, request)
        language = session.seat.language if session else spoken(request)
        if form is None:
            return problem(console, language, N_("The form could not be read."), 413)
        if session is None:
            return _ended(console, language, request, form)
        if from_elsewhere(request) or not compare_digest(form.get("csrf", "").encode(), session.csrf.encode()):
            return problem(console, language, N_("This form did not come from your own page. Open it anew."), 403)
        await _keep(console, session)
        try:
            return await act(Visit(request, session, console.clock()), form)
        except Refused as refusal:
            return refused(console, language, refusal)

    return endpoint


async def once(console: Console, visit: Visit, form: Form, command: object, by: By | None = None) -> Outcome:
    """Carry a form's command out, however often the form is sent."""
    outcome: Outcome = await console.desk.do(Once(form_id(form), command), by or visit.by)
    return outcome


async def again(console: Console, visit: Visit, view: View, form: Form, refusal: Refused, *, at: str) -> Response:
    """The page once more, with the reason at its form and what was typed still in it."""
    words = say(refusal.text, visit.seat.language, **refusal.words)
    typed = {name: value for name, value in form.items() if name != "csrf"}
    back = Visit(visit.request, visit.session, visit.now, typed, words, at)
    try:
        return await asyncio.to_thread(_answer, console, back, view, _status(refusal))
    except Refused as gone:
        return refused(console, visit.seat.language, gone)


def away(path: str) -> Response:
    return RedirectResponse(path, 303, headers=GUARDED)


def refused(console: Console, language: str, refusal: Refused) -> Response:
    return problem(console, language, refusal.text, _status(refusal), **refusal.words)


def problem(console: Console, language: str, msgid: str, status: int, **words: str) -> Response:
    """One sentence, and the way back."""
    text = console.pages.text(
        "problem.html", language, console.clock(), sentence=say(msgid, language, **words), seat=None
    )  # fmt: skip
    return page(text, status)


def _status(refusal: Refused) -> int:
    if isinstance(refusal, NotFound):
        return 404
    if isinstance(refusal, NotYours):
        return 403
    return 422 if isinstance(refusal, Misread) else 409


def _look(console: Console, request: Request, view: View) -> tuple[Session | None, Response]:
    session = session_here(console, request)
    if session is None:
        if LIVE in request.headers:
            return None, Response(status_code=401)
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return None, away("/login" if path in ("/", "/tickets") else f"/login?next={quote(path)}")
    try:
        return session, _answer(console, Visit(request, session, console.clock()), view, 200)
    except Refused as refusal:
        return session, refused(console, session.seat.language, refusal)


def session_here(console: Console, request: Request) -> Session | None:
    token = request.cookies.get(console.cookie)
    if not token:
        return None
    with console.database.reading() as reading:
        return session_of(reading, digest_of(token), console.clock())


def _answer(console: Console, visit: Visit, view: View, status: int) -> Response:
    """Read first and say it after: a reading is kept short."""
    with console.database.reading() as reading:
        found = view(visit, reading)
        mark = newest(reading)
    if isinstance(found, Response):
        return found
    live = LIVE in visit.request.headers and bool(found.part)
    text = console.pages.text(
        found.template,
        visit.seat.language,
        visit.now,
        part=found.part if live else "",
        seat=visit.seat,
        csrf=visit.session.csrf,
        form_id="" if live else console.dice(16).hex(),  # an open page keeps the one that it has
        mark=mark,
        here=visit.request.url.path + (f"?{visit.request.url.query}" if visit.request.url.query else ""),
        refused=visit.refused,
        refused_at=visit.at,
        typed=visit.typed,
        **found.words,
    )
    if not live:
        return page(text, status)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
    if visit.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={**GUARDED, "ETag": tag})
    return page(text, status, {"ETag": tag})


async def _keep(console: Console, session: Session) -> None:
    if console.clock() - session.seen_at > KEPT_EVERY:
        await console.desk.do(KeepSession(session.id), By(Channel.WEB, officer_id=session.seat.officer_id))


def _ended(console: Console, language: str, request: Request, form: Form) -> Response:
    """The session ended under a form that was being filled in: what was written is shown, to be sent again."""
    written = [value for name, value in form.items() if name in ("words", "reference") and value.strip()]
    text = console.pages.text(
        "login.html", language, console.clock(), seat=None, next=request.url.path, login="", refused="", ended=True,
        written=written,
    )  # fmt: skip
    return page(text, 401)
