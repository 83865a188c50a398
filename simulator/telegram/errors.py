"""How the Bot API says no. The texts are Telegram's own: clients compare them."""

from typing import Any


class ApiRefusal(Exception):
    """Becomes `{"ok": false, "error_code": code, "description": …}` with the same HTTP status."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(text: str) -> ApiRefusal:
    return ApiRefusal(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiRefusal:
    return ApiRefusal(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiRefusal:
    return ApiRefusal(409, f"Conflict: {text}")


def too_many(seconds: int) -> ApiRefusal:
    return ApiRefusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(chat_id: int) -> ApiRefusal:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiRefusal(400, text, {"migrate_to_chat_id": chat_id})
