"""Coming in and going out."""

import asyncio
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.inbound import Form, asked, form_of, from_elsewhere, inside, spoken
from console.passwords import Checker
from console.render import page
from console.serving import Console, Visit, acted, away, problem, session_here
from locales import LANGUAGES, N_, say
from models.commands import By, Entered, LogIn, LogOut, SetLanguage
from models.tables.ticket import Channel
from queries.sessions import password_of

LONGEST = 200  # characters of a password: argon2 would take any length
YEAR = timedelta(days=365)
WRONG = N_("That log-in and password do not fit. After 5 wrong tries a log-in rests for 15 minutes.")
BUSY = N_("Too many log-ins at once. Please try again in a minute.")


def routes(console: Console) -> list[BaseRoute]:
    checker = Checker()

    def login_page(request: Request, status: int = 200, login: str = "", refusal: str = "", to: str = "") -> Response:
        language = spoken(request)
        text = console.pages.text(
            "login.html", language, console.clock(), seat=None, next=inside(to or asked(request, "next", 300)),
            login=login, refused=say(refusal, language) if refusal else "", ended=False, written=[],
        )  # fmt: skip
        return page(text, status)

    async def asks(request: Request) -> Response:
        return login_page(request)

    async def enters(request: Request) -> Response:
        form = await form_of(request)
        if form is None or from_elsewhere(request):
            return problem(console, spoken(request), N_("The form could not be read."), 403)
        login, to = form.get("login", "").strip().casefold()[:40], inside(form.get("next", ""))
        officer_id, kept = await console.in_thread(lambda reading: password_of(reading, login))
        fits = await checker.fits(form.get("password", "")[:LONGEST], kept)
        if fits is None:
            return login_page(request, 503, login, BUSY, to)
        agent = request.headers.get("user-agent", "")
        entered: Entered | None = await console.desk.do(LogIn(officer_id, fits, agent), By(Channel.WEB))
        if entered is None:
            return login_page(request, 401, login, WRONG, to)
        response = away(to)
        response.set_cookie(
            console.cookie, entered.token, path="/", secure=console.secure, httponly=True, samesite="lax"
        )
        return response

    async def leaves(visit: Visit, _: Form) -> Response:
        await console.desk.do(LogOut(visit.session.id), visit.by)
        response = away("/login")
        response.delete_cookie(console.cookie, path="/", secure=console.secure, httponly=True, samesite="lax")
        return response

    async def speaks(visit: Visit, form: Form) -> Response:
        """In the language of the person from now on, wherever they meet the desk."""
        language = visit.request.path_params["language"]
        by = By(Channel.WEB, person_id=visit.seat.person_id)
        await console.desk.do(SetLanguage(language), by)
        return _speaking(console, language, form.get("back", ""))

    known = acted(console, speaks)

    async def language(request: Request) -> Response:
        if request.path_params["language"] not in LANGUAGES:
            return problem(console, spoken(request), N_("There is no such page."), 404)
        if await asyncio.to_thread(session_here, console, request):
            return await known(request)
        form = await form_of(request)
        return _speaking(console, request.path_params["language"], (form or {}).get("back", "/login"))

    return [
        Route("/login", asks, methods=["GET"]),
        Route("/login", enters, methods=["POST"]),
        Route("/logout", acted(console, leaves), methods=["POST"]),
        Route("/language/{language}", language, methods=["POST"]),
    ]


def _speaking(console: Console, language: str, back: str) -> Response:
    response = away(inside(back))
    response.set_cookie(
        "language", language, path="/", max_age=int(YEAR.total_seconds()), secure=console.secure, httponly=True,
        samesite="lax",
    )  # fmt: skip
    return response
