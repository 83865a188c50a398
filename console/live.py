"""Word to open pages that something changed: server-sent events, fed by one look a second for the whole process."""

import asyncio
import logging
from collections.abc import AsyncGenerator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from console.inbound import asked
from console.render import GUARDED
from console.serving import Console, session_here
from queries.changes import newest

log = logging.getLogger(__name__)

MOST = 400  # open pages of one process
EACH = 8  # of one session
LOOK_EVERY = 1.0  # seconds
BEAT_EVERY = 20.0  # seconds: proxies and phone networks drop a line that is silent for longer
LASTS = 600.0  # seconds; then the browser comes back, and its session is looked at again


class Watch:
    """Looks at the desk while anybody watches, and only then. It polls, because a change may be another process's."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._watchers: dict[asyncio.Event, int] = {}
        self._looking: asyncio.Task[None] | None = None
        self.mark = ""

    def full(self, session_id: int) -> bool:
        return len(self._watchers) >= MOST or list(self._watchers.values()).count(session_id) >= EACH

    async def changes(self, session_id: int, seen: str) -> AsyncGenerator[str, None]:
        """`changed` events, each with the mark that it changed to; comments as a heart-beat. Ends after a while."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + LASTS
        stirred = asyncio.Event()
        self._watchers[stirred] = session_id
        try:
            self._noticed(await self._console.in_thread(newest))
            if self._looking is None:
                self._looking = asyncio.create_task(self._look())
            yield "retry: 3000\n\n"
            while (left := ends - loop.time()) > 0:
                if seen != self.mark:
                    seen = self.mark
                    yield f"event: changed\nid: {seen}\ndata: {seen}\n\n"
                stirred.clear()
                try:
                    await asyncio.wait_for(stirred.wait(), min(BEAT_EVERY, left))
                except TimeoutError:
                    yield ": here\n\n"
        finally:
            del self._watchers[stirred]

    async def _look(self) -> None:
        """Until nobody watches any more."""
        try:
            while self._watchers:
                await asyncio.sleep(LOOK_EVERY)
                try:
                    self._noticed(await self._console.in_thread(newest))
                except Exception:  # the database may be away for a while; pages go on watching
                    log.exception("could not look for changes")
        finally:
            self._looking = None

    def _noticed(self, mark: str) -> None:
        if mark != self.mark:
            self.mark = mark
            for stirred in self._watchers:
                stirred.set()


def routes(console: Console) -> list[BaseRoute]:
    watch = Watch(console)

    async def live(request: Request) -> Response:
        session = await asyncio.to_thread(session_here, console, request)
        if session is None:
            return Response(status_code=204)  # tells the browser not to come back
        if watch.full(session.id):
            return Response(status_code=503, headers={"Retry-After": "60"})
        seen = request.headers.get("last-event-id") or asked(request, "since")
        headers = {**GUARDED, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
        return StreamingResponse(watch.changes(session.id, seen), headers=headers)

    return [Route("/live", live, methods=["GET"])]
