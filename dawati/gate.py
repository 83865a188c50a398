"""What every request passes: keys of the hooks, sizes of bodies, headers of pages, one line of the log.

Pure ASGI, for a wrapped function costs nothing and a middleware class of the framework a fifth of the throughput.
"""

import hashlib
import hmac
import logging
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOOK_BODY = 64 * 1024  # bytes; Telegram's largest updates are a few kB
BODY = 10 * 1024 * 1024  # bytes; a list of staff to import, a photo
WRONG_KEYS = 20  # a minute from one client, then it is told to wait
MINUTE = 60.0
CLIENTS = 4096  # that are counted at once: bounds the memory of a flood from many addresses
AFRICASTALKING, TELEGRAM = "/hooks/africastalking/", "/hooks/telegram"
GONE = 499  # nginx's number for a client that left before it was answered
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
PAGE_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
SECURE = (b"strict-transport-security", b"max-age=31536000")

log = logging.getLogger("dawati.gate")
access = logging.getLogger("dawati.access")

Measure = Callable[[str, str, int, float], None]
"""Method, route template, status and seconds of a request that was answered."""


class Gate:
    """Stands before an application, and before the `hooks` if they are one of their own. A right key is never limited:
    a flood from behind the same proxy must not shut the gateway out."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        hooks: ASGIApp | None = None,
        hook_key: str,
        webhook_secret: str,
        secure: bool = False,
        measure: Measure = lambda *_: None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._hooks = hooks or app
        self._pages = GZipMiddleware(app, minimum_size=500)
        self._hook_key = _digest(hook_key) if hook_key else b""
        self._webhook_secret = _digest(webhook_secret) if webhook_secret else b""
        self._headers = (*PAGE_HEADERS, SECURE) if secure else PAGE_HEADERS
        self._measure = measure
        self._timer = timer
        self._wrong = WrongKeys(timer)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = self._timer()
        answer = Answer(send)
        try:
            if scope["path"].startswith("/hooks/"):
                await self._hook(scope, receive, answer)
            else:
                await self._page(scope, receive, answer)
        except ClientDisconnect:
            answer.status = answer.status or GONE
        except Exception as failure:  # noqa: BLE001  # a failure's message may hold a person's words: only its kind is told
            _log_failure(scope, failure)
            if not answer.status:
                await answer.say(500, "Sorry, something went wrong. It has been noted.")
            elif not answer.whole:
                raise ConnectionResetError("an answer broke off") from None
        route = template_of(scope)
        seconds = self._timer() - began
        if route == "/simulator":
            return  # the rehearsal talks to itself all day
        if access.isEnabledFor(logging.INFO):
            access.info("%s %s %d %.1f ms", scope["method"], route, answer.status, seconds * 1000)
        if not answer.streams:
            self._measure(scope["method"] if scope["method"] in METHODS else "other", route, answer.status, seconds)

    async def _hook(self, scope: Scope, receive: Receive, answer: "Answer") -> None:
        if not self._knows(scope):
            client = scope["client"][0] if scope.get("client") else ""
            if self._wrong.too_many(client):
                await answer.say(429, "Too many requests.", (b"retry-after", b"60"))
            else:
                await answer.say(403, "Forbidden.")
            return
        body = await _body(scope, receive, HOOK_BODY)
        if body is None:
            await answer.say(413, "Too large.", (b"connection", b"close"))
            return
        await self._hooks(scope, _replayed(body, receive), answer)

    def _knows(self, scope: Scope) -> bool:
        path: str = scope["path"]
        if path.startswith(AFRICASTALKING):
            key, wanted = path[len(AFRICASTALKING) :].partition("/")[0], self._hook_key
        elif path == TELEGRAM:
            key = Headers(scope=scope).get("x-telegram-bot-api-secret-token", "")
            wanted = self._webhook_secret
        else:
            return False
        return hmac.compare_digest(_digest(key), wanted)

    async def _page(self, scope: Scope, receive: Receive, answer: "Answer") -> None:
        answer.headers = self._headers
        limited = Limited(receive, BODY)
        answer.limited = limited
        if _announced(scope) > BODY:
            await answer.say(413, "Too large.", (b"connection", b"close"))
            return
        await self._pages(scope, limited, answer)


class Answer:
    """The way out: notes the status, and gives pages their headers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.whole = False
        self.streams = False
        self.headers: tuple[tuple[bytes, bytes], ...] = ()
        self.limited: Limited | None = None

    async def __call__(self, message: Message) -> None:
        if self.limited is not None and self.limited.exceeded and self.status in (0, 413):
            if not self.status:
                await self.say(413, "Too large.", (b"connection", b"close"))
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self.headers:
                given = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"], *(header for header in self.headers if header[0] not in given),
                ]  # fmt: skip
                self.streams = any(
                    name == b"content-type" and value.startswith(b"text/event-stream")
                    for name, value in message["headers"]
                )
        elif not message.get("more_body"):
            self.whole = True
        await self._send(message)

    async def say(self, status: int, words: str, *headers: tuple[bytes, bytes]) -> None:
        body = f"{words}\n".encode()
        self.status, self.whole = status, True
        standard = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
        await self._send({
            "type": "http.response.start", "status": status, "headers": [*standard, *self.headers, *headers],
        })  # fmt: skip
        await self._send({"type": "http.response.body", "body": body})


class Limited:
    """A body that ends, for whoever reads it, where it becomes too large."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._left = most
        self.exceeded = False

    async def __call__(self) -> Message:
        if self.exceeded:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.exceeded = True
            return {"type": "http.disconnect"}
        return message


class WrongKeys:
    """Counts wrong keys by client, in minutes that begin with a client's first. The oldest are forgotten first."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._seen)

    def too_many(self, client: str) -> bool:
        """Note one more; whether there were too many before."""
        now = self._timer()
        began, count = self._seen.get(client, (now, 0))
        if now - began >= MINUTE:
            began, count = now, 0
        self._seen[client] = (began, count + 1)
        self._seen.move_to_end(client)
        if len(self._seen) > CLIENTS:
            self._seen.popitem(last=False)
        return count >= WRONG_KEYS


def template_of(scope: Scope) -> str:
    """The route as it is declared: without numbers, keys or words of this one request."""
    if scope.get("root_path", "").startswith("/simulator"):
        return "/simulator"
    if "endpoint" not in scope:
        return "(no route)"
    path: str = scope["path"]
    for name, value in scope.get("path_params", {}).items():
        path = path.replace(f"/{value}", f"/{{{name}}}", 1)
    return path


async def _body(scope: Scope, receive: Receive, most: int) -> bytes | None:
    """The whole body; nothing if it is too large or the client went away."""
    if _announced(scope) > most:
        return None
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        most -= len(parts[-1])
        if most < 0:
            return None
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _digest(secret: str) -> bytes:
    """Of one length whatever is compared, so that no length is told by the time it takes."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()


def _log_failure(scope: Scope, failure: Exception) -> None:
    frames = traceback.extract_tb(failure.__traceback__)[-5:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    log.error("%s %s failed: %s at %s", scope["method"], template_of(scope), type(failure).__name__, where)
