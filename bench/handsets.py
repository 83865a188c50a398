"""Many handsets at once: each dials, sends its keys one after the other, and dials again."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode, urlsplit


class Line(asyncio.Protocol):
    """One kept-open HTTP connection, one request at a time. A library would cost more than what it measures."""

    def __init__(self) -> None:
        self._buffer = b""
        self._waiting: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        lower = head.lower()
        begin = lower.index(b"content-length:") + len(b"content-length:")
        end = lower.find(b"\r\n", begin)
        length = int(lower[begin : end if end > 0 else None])
        if len(rest) >= length and self._waiting is not None:
            waiting, self._waiting, self._buffer = self._waiting, None, rest[length:]
            waiting.set_result(rest[:length] if head.startswith(b"HTTP/1.1 200") else b"!" + head[:40])

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError())

    async def ask(self, request: bytes) -> bytes:
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiting

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


@dataclass
class Heard:
    """What the handsets saw. Times are seconds."""

    hops: list[float] = field(default_factory=list)
    sessions: int = 0
    strange: int = 0  # sessions that did not end as they must, and hops that ended one too early
    lasted: float = 0.0

    @property
    def hops_a_second(self) -> float:
        return len(self.hops) / self.lasted

    def quantile(self, share: float) -> float:
        ordered = sorted(self.hops)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass(frozen=True)
class Load:
    """`keys` are what each session sends after dialling; `ends` is how its last answer must begin."""

    url: str
    phones: Sequence[str]
    keys: Sequence[str]
    handsets: int
    seconds: float
    ends: bytes


def put_on(load: Load) -> Heard:
    """Carry the load, and come back with what was heard."""
    try:
        import uvloop
    except ImportError:  # Windows: the generator is slower, for the floor and the desk alike
        return asyncio.run(_put_on(load))
    return uvloop.run(_put_on(load))


async def _put_on(load: Load) -> Heard:
    heard = Heard()
    begun = time.perf_counter()
    stop = begun + load.seconds
    await asyncio.gather(*(_handset(load, heard, stop, number) for number in range(load.handsets)))
    heard.lasted = time.perf_counter() - begun
    return heard


async def _handset(load: Load, heard: Heard, stop: float, number: int) -> None:
    parts = urlsplit(load.url)
    _, line = await asyncio.get_running_loop().create_connection(Line, parts.hostname or "", parts.port or 80)
    dice = random.SystemRandom()  # a session that was seen before would only be answered what it was answered then
    phones = load.phones[number :: load.handsets]  # nobody holds two handsets: the second would find the first's draft
    head = (
        f"POST {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\n"
        "content-type: application/x-www-form-urlencoded\r\ncontent-length: "
    )
    while time.perf_counter() < stop:
        session, phone = f"ATUid_{dice.getrandbits(128):032x}", phones[dice.randrange(len(phones))]
        answer = b""
        for sent in range(len(load.keys) + 1):
            form = {
                "sessionId": session, "phoneNumber": phone, "networkCode": "64004", "serviceCode": "*384*123#",
                "text": "*".join(load.keys[:sent]),
            }  # fmt: skip
            body = urlencode(form)
            at = time.perf_counter()
            answer = await line.ask(f"{head}{len(body)}\r\n\r\n{body}".encode())
            heard.hops.append(time.perf_counter() - at)
            if sent < len(load.keys) and not answer.startswith(b"CON"):
                heard.strange += 1
        heard.sessions += 1
        heard.strange += not answer.startswith(load.ends)
    line.close()
