"""The floor: a plain ASGI function that parses the USSD form and answers. Nothing that does more can be faster.

Run as `python -m bench.bare PORT`.
"""

import sys
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

Message = dict[str, Any]


async def bare(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    if scope["type"] != "http":
        return
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    answer = f"CON {len(form.get('text', ''))}".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


def main(port: int) -> None:
    import uvicorn

    uvicorn.run(
        bare, host="127.0.0.1", port=port, loop="uvloop", http="httptools", lifespan="off", log_level="critical",
        access_log=False,
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
