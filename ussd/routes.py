"""Africa's Talking calls here at every hop of a USSD session, and when one ends. It is always answered, and in time."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from handlers.ports import AwaitedDesk
from locales import DEFAULT, N_, say
from models.commands import By, HearHop, SendLate
from models.refusals import Refused
from models.tables.ticket import Channel
from ussd import inbound
from ussd.render import PAGE, page_of

DEADLINE = 7.0  # seconds; the phone company hangs up after 10, and the way back takes some of them
BY = By(Channel.USSD)
LABEL = "at-ussd-hop-metadata"

LATE = N_("We have received it. You will get an SMS.")
FAILED = N_("Sorry, the service is not available now. Please try again.")
NOT_UNDERSTOOD = N_("Sorry, this was not understood. Please dial again.")

log = logging.getLogger(__name__)

Answering = Callable[[bytes], Awaitable[Response]]


@dataclass(frozen=True)
class Posted:
    """An endpoint that reads what was posted and answers it. Plain ASGI, because a hop is what the desk does most:
    Starlette's wrapping of a function costs as much again as drawing the page."""

    answer: Answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        response = await self.answer(body)
        await response(scope, receive, send)


def routes(
    desk: AwaitedDesk, *, deadline: float = DEADLINE, limits: Mapping[str, int] | None = None
) -> list[BaseRoute]:
    """`limits`: septets of a page by networkCode, where a network shows fewer than 160."""
    at = "/hooks/africastalking/{key}"
    return [
        Route(f"{at}/ussd", Posted(_hop(desk, deadline, limits or {})), methods=["POST"]),
        Route(f"{at}/ussd-end", Posted(_end(desk)), methods=["POST"]),
    ]


def _hop(desk: AwaitedDesk, deadline: float, limits: Mapping[str, int]) -> Answering:
    unfinished: set[asyncio.Task[None]] = set()  # the loop alone would let go of them

    async def answer(body: bytes) -> Response:
        try:
            hop, code = inbound.hop(body)
        except inbound.Malformed as malformed:
            log.warning("a malformed hop: %s", malformed)
            return _end_with(NOT_UNDERSTOOD, 400, "ussd.malformed")
        hearing = asyncio.ensure_future(desk.do(hop, BY))
        try:
            async with asyncio.timeout(deadline):
                screen = await asyncio.shield(hearing)
        except TimeoutError:
            late = asyncio.create_task(_send_late(desk, hop, hearing))
            unfinished.add(late)
            late.add_done_callback(unfinished.discard)
            log.warning("a hop was answered late")
            return _end_with(LATE, 200, "ussd.late")
        except Refused as refused:
            return _end_with(refused.text, 200, "ussd.refused", **refused.words)
        except Exception as failure:  # noqa: BLE001  # whoever is on the line gets a sentence, whatever broke
            _log_failure("a hop", failure)
            return _end_with(FAILED, 200, "ussd.failed")
        page = page_of(screen, limits.get(code, PAGE))
        return PlainTextResponse(f"{'END' if screen.final else 'CON'} {page}", headers={LABEL: screen.step})

    return answer


async def _send_late(desk: AwaitedDesk, hop: HearHop, hearing: "asyncio.Future[object]") -> None:
    """The work is finished all the same; then the person gets by SMS what they were promised. If the work failed, that
    is the screen where they stood."""
    try:
        await hearing
    except Exception as failure:  # noqa: BLE001  # it has been answered; what is left is to say where they stand
        _log_failure("a late hop", failure)
    try:
        await desk.do(SendLate(hop.session), BY)
    except Exception as failure:  # noqa: BLE001  # nobody waits for this any more
        _log_failure("the SMS after a late hop", failure)


def _end(desk: AwaitedDesk) -> Answering:
    async def answer(body: bytes) -> Response:
        try:
            ended = inbound.hang_up(body)
        except inbound.Malformed as malformed:
            log.warning("a malformed end of a session: %s", malformed)
            return PlainTextResponse("", 400)
        try:
            await desk.do(ended, BY)
        except Exception as failure:  # noqa: BLE001  # the phone company can do nothing about it
            _log_failure("the end of a session", failure)
        return PlainTextResponse("")

    return answer


def _end_with(text: str, status: int, label: str, **words: str) -> Response:
    """A last word where there is no screen, so nothing is known of the person's language."""
    return PlainTextResponse(f"END {say(text, DEFAULT, **words)}", status, headers={LABEL: label})


def _log_failure(what: str, failure: Exception) -> None:
    """Its kind and where it happened. Its message may hold people's words and numbers, so it stays out."""
    frames = traceback.extract_tb(failure.__traceback__)[-4:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    log.error("%s failed: %s at %s", what, type(failure).__name__, where)
