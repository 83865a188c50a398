"""What the control endpoints share: JSON in, JSON out, and nothing that a foreign web page could send."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]


async def asked(request: Request) -> Json:
    """The JSON object of a control request.

    Refuses other content types: a page of another origin cannot send JSON without being asked first.
    """
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise HTTPException(415, "application/json, please")
    try:
        body = await request.json()
    except ValueError as error:
        raise HTTPException(400, "this is not JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "a JSON object, please")
    return body


def needed(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise HTTPException(400, f"{name} is missing")
    return value


def needed_number(body: Json, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int):
        raise HTTPException(400, f"{name} is missing")
    return value


def said(endpoint: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    """Turns a function that returns a JSON object into a Starlette endpoint."""

    async def answer(request: Request) -> Response:
        return JSONResponse(await endpoint(request))

    return answer
