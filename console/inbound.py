"""What a browser sends, made fit to use: forms, addresses, cookies. Nothing here decides."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl

from starlette.requests import Request

from locales import DEFAULT, LANGUAGES, N_
from models.refusals import Misread, NotFound
from models.values.ticket_number import NotATicketNumber, TicketNumber

LARGEST = 64 * 1024  # bytes of a form
FIELDS = 60
WORDS = 1000  # characters of one text: six SMS
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

Form = Mapping[str, str]


class NothingWritten(Misread):
    """The words are what matters, and there are none."""

    text = N_("Please write a few words first.")


class TooLong(Misread):
    """More than a text may hold."""

    text = N_("That is too long: {most} characters at most.")


class StaleForm(Misread):
    """The form lost what it carried, or was made up: it is shown anew."""

    text = N_("This form was out of date. Please look at it and send it again.")


async def form_of(request: Request) -> Form | None:
    """The fields of a posted form, without control characters; nothing if it is too large or is none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS)
    except (UnicodeDecodeError, ValueError):
        return None
    return {name: tidy(value) for name, value in pairs}


def tidy(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def asked(request: Request, name: str, most: int = 80) -> str:
    """A parameter of the address."""
    return tidy(request.query_params.get(name, ""))[:most].strip()


def words_of(form: Form, name: str = "words", *, needed: bool = True) -> str:
    words = form.get(name, "").strip()
    if needed and not words:
        raise NothingWritten
    if len(words) > WORDS:
        raise TooLong(most=str(WORDS))
    return words


class NotADay(Misread):
    """A browser without a calendar sends whatever was typed."""

    text = N_("Please write the day as in 2026-03-31.")


def day_of(form: Form, name: str) -> date | None:
    typed = form.get(name, "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise NotADay from None


def form_id(form: Form) -> str:
    found = form.get("form", "")
    if not re.fullmatch(r"[0-9a-f]{32}", found):
        raise StaleForm
    return found


def id_of(text: str) -> int:
    """A row's id in an address or a form. What cannot be one is not there."""
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise NotFound
    return int(text)


def number_of(request: Request) -> TicketNumber:
    try:
        return TicketNumber.parse(request.path_params["number"])
    except NotATicketNumber:
        raise NotFound from None


def digest_of(token: str) -> str:
    """How a session's token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def inside(path: str) -> str:
    """A path of this console to go back to; anything else leads to the front."""
    return path if re.fullmatch(r"/(?![/\\])[\w\-./?=&%+]*", path, re.ASCII) else "/tickets"


def spoken(request: Request) -> str:
    """The language of somebody who has not logged in."""
    language = request.cookies.get("language", "")
    return language if language in LANGUAGES else DEFAULT


def from_elsewhere(request: Request) -> bool:
    """Whether another site made the browser send this."""
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
