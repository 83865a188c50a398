"""What a Bot API request carries: query, form, multipart or JSON, all read as one."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from simulator.telegram.errors import ApiRefusal, bad_request

UPLOAD_LIMIT = 50 * 1024 * 1024  # bytes; what a bot may send


@dataclass(frozen=True)
class Upload:
    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True)
class Params:
    """Values as they came. JSON bodies bring numbers and objects, all others bring strings: both are read."""

    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int | None = None) -> int:
        value = self.values.get(name)
        if value in (None, "") and default is not None:
            return default
        try:
            return int(str(value))
        except ValueError:
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1", "yes")

    def json(self, name: str) -> Any:
        """The value itself, or read from its JSON text; None if it is not there."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def mapping(self, name: str) -> dict[str, Any]:
        """A JSON object; empty if it is not there."""
        value = self.json(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name}: expected an Object")
        return value

    def listing(self, name: str) -> list[dict[str, Any]] | None:
        """A JSON array of objects; None if it is not there."""
        value = self.json(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise bad_request(f"can't parse {name}: expected an Array of Objects")
        return value

    def upload(self, name: str) -> Upload | None:
        """A file sent under its own name, or named by `attach://`."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return self.files.get(name)


async def read(request: Request) -> Params:
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > UPLOAD_LIMIT + 65536:
        raise ApiRefusal(413, "Request Entity Too Large")
    values: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        body = await request.body()
        try:
            values |= json.loads(body or b"{}")
        except (ValueError, TypeError):
            raise bad_request("can't parse JSON object") from None
    elif kind:
        async with request.form(max_part_size=UPLOAD_LIMIT) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime = value.content_type or "application/octet-stream"
                    files[name] = Upload(value.filename or name, mime, await value.read())
                else:
                    values[name] = value
    return Params(values, files)
