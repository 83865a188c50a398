"""Serves the page, its style sheet and its script, and what is new for the person on it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from simulator.africastalking.messages import SmsCentre
from simulator.page.texts import IN_SCRIPT, TEXTS
from simulator.settings import CastMember
from simulator.telegram.control import TelegramControl
from simulator.telegram.state import User
from simulator.world import World

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_STRANGER = CastMember("Mgeni", "+255754000000", "")  # for a simulator without a cast
_KEYS = (
    ("1", ""),
    ("2", "abc"),
    ("3", "def"),
    ("4", "ghi"),
    ("5", "jkl"),
    ("6", "mno"),
    ("7", "pqrs"),
    ("8", "tuv"),
    ("9", "wxyz"),
    ("*", "+"),
    ("0", "_"),
    ("#", ""),
)


class Page:
    def __init__(self, world: World, centre: SmsCentre, chats: TelegramControl) -> None:
        self.world = world
        self.centre = centre
        self.chats = chats
        self.cast = world.settings.cast or (_STRANGER,)
        loader = FileSystemLoader(_HERE)
        self.template = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        ).get_template("page.html")

    def routes(self) -> list[Route]:
        return [
            Route("/", self.show, methods=["GET"]),
            Route("/style.css", _file("style.css", "text/css"), methods=["GET"]),
            Route("/icon.svg", _file("icon.svg", "image/svg+xml"), methods=["GET"]),
            Route("/script.js", _file("script.js", "text/javascript"), methods=["GET"]),
        ]

    def control_routes(self) -> list[Route]:
        return [Route("/person", self.person, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        language = "en" if request.query_params.get("lang") == "en" else "sw"
        wanted = request.query_params.get("who", "")
        person = next((one for one in self.cast if one.phone == wanted), self.cast[0])
        page = self.template.render(
            t=TEXTS[language],
            in_script=IN_SCRIPT,
            language=language,
            other="sw" if language == "en" else "en",
            cast=self.cast,
            person=person,
            user=self._user(person),
            settings=self.world.settings,
            keys=_KEYS,
            start=request.query_params.get("start", "")[:64],
        )
        return HTMLResponse(page, headers=_HEADERS)

    async def person(self, request: Request) -> Response:
        """All that a person sees now; 204 if that is what `since` was."""
        phone = request.query_params.get("phone", "")
        person = next((one for one in self.cast if one.phone == phone), None)
        if person is None:
            raise HTTPException(404, "not of the cast")
        if request.query_params.get("since") == str(self.world.version):
            return Response(status_code=204)
        user = self._user(person)
        chat = self.chats.people.chat(user.id, user.id)
        seen = self.chats.seen(user.id, chat)
        sms = [message.shown() for message in self.centre.of(phone)]
        return JSONResponse({"version": self.world.version, "sms": sms, "chat": seen})

    def _user(self, person: CastMember) -> User:
        first, _, last = person.name.partition(" ")
        wanted = User(
            id=person.telegram_id or 0,
            first_name=first,
            last_name=last,
            phone=person.phone,
            language_code=person.language,
        )
        return self.chats.people.join(wanted)


def _file(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    """A response of its own for each request: whoever compresses one rewrites its headers."""

    async def show(_: Request) -> Response:
        return FileResponse(_HERE / name, media_type=media_type, headers=_HEADERS)

    return show
