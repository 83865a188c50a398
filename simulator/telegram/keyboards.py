"""`reply_markup`: what Telegram takes and refuses."""

from typing import Any

from simulator.telegram.errors import bad_request

Json = dict[str, Any]
_INLINE_ACTIONS = ("url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text", "pay")
_DATA = 64  # bytes of callback_data


def checked(markup: Any, *, private: bool) -> Json | None:
    """The markup as it is stored; None if there is none."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline keyboard")
        return {"inline_keyboard": [[_inline(button) for button in row] for row in rows]}
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], "reply keyboard")
        return {**markup, "keyboard": [[_reply(button, private=private) for button in row] for row in rows]}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def _rows(rows: Any, what: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'can\'t parse {what} markup: Field "keyboard" must be an Array of Arrays')
    kept = [row for row in rows if row]
    if sum(len(row) for row in kept) > 100:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return kept


def _label(button: Any, what: str) -> str:
    text = button.get("text") if isinstance(button, dict) else None
    if not isinstance(text, str):
        raise bad_request(f'can\'t parse {what} button: Field "text" must be of type String')
    if not text.strip():
        raise bad_request(f"can't parse {what} button: Button text must be non-empty")
    return text


def _inline(button: Any) -> Json:
    _label(button, "inline keyboard")
    if not any(name in button for name in _INLINE_ACTIONS):
        text = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {text}")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= _DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        url = str(button["url"])
        if not url.startswith(("http://", "https://", "tg://", "ton://")) or " " in url:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        host = url.split("://", 1)[1].split("/", 1)[0].split(":", 1)[0]
        if url.startswith("http") and (host == "localhost" or "." not in host):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return dict(button)


def _reply(button: Any, *, private: bool) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    _label(button, "reply keyboard")
    if button.get("request_contact") and not private:
        raise bad_request("phone number can be requested in private chats only")
    return dict(button)
