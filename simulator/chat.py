"""A person's Telegram for tests: over HTTP, so the simulator may run in another process. It only waits."""

import base64
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

Json = dict[str, Any]
_LOOK = 0.03  # seconds between looks


@dataclass(frozen=True)
class Button:
    """`data` of an inline button; empty on a reply keyboard."""

    label: str
    data: str = ""
    url: str = ""
    asks_contact: bool = False


@dataclass(frozen=True)
class Seen:
    """A message as the person sees it. `content` is the Bot API's object; `version` grows when it changes."""

    id: int
    text: str
    by_bot: bool
    version: int
    buttons: tuple[Button, ...]
    content: Json

    @classmethod
    def read(cls, content: Json) -> "Seen":
        rows = content.get("reply_markup", {}).get("inline_keyboard", [])
        text = content.get("text") or content.get("caption") or ""
        buttons = tuple(_button(button) for row in rows for button in row)
        return cls(content["message_id"], text, content["by_bot"], content["version"], buttons, content)

    def button(self, wanted: str) -> Button | None:
        """The button with this label or data, or whose label holds it."""
        exact = next((one for one in self.buttons if wanted in (one.label, one.data)), None)
        return exact or next((one for one in self.buttons if wanted in one.label), None)


class Chat:
    """One person in one chat: the private one with the bot, or a group (`inside`).

    What is done here is remembered, so that `answer()` waits for what the bot says *after* it.
    """

    def __init__(
        self, simulator_url: str, user_id: int, chat_id: int | None = None, http: httpx.Client | None = None
    ) -> None:
        self.simulator_url = simulator_url
        self.user_id = user_id
        self.chat_id = chat_id or user_id
        self._http = http or httpx.Client(timeout=10, trust_env=False)
        self._done_at = 0

    @classmethod
    def of(cls, simulator_url: str, first_name: str, phone: str = "", **more: Any) -> "Chat":
        """The private chat of a person, found by phone or made.

        `more`: `last_name`, `username`, `language_code`, `id`.
        """
        http = httpx.Client(timeout=10, trust_env=False)
        body = {"first_name": first_name, "phone": phone, **more}
        answer = http.post(f"{simulator_url}/control/telegram/users", json=body)
        return cls(simulator_url, answer.raise_for_status().json()["id"], http=http)

    def inside(self, group_id: int) -> "Chat":
        """The same person in a group."""
        return Chat(self.simulator_url, self.user_id, group_id, self._http)

    @property
    def messages(self) -> list[Seen]:
        return [Seen.read(one) for one in self._view()["messages"]]

    @property
    def last(self) -> Seen:
        """The newest message of the bot."""
        return [message for message in self.messages if message.by_bot][-1]

    @property
    def keyboard(self) -> tuple[Button, ...]:
        """The buttons under the input field; none if the bot has taken them away."""
        keyboard = self._view()["keyboard"] or {}
        return tuple(_button(button) for row in keyboard.get("keyboard", []) for button in row)

    @property
    def toasts(self) -> list[str]:
        """What the bot answered to taps, oldest first; empty texts are taps that were only acknowledged."""
        return [one["text"] for one in self._view()["callbacks"]]

    def say(self, text: str, *, reply_to: Seen | None = None) -> "Chat":
        return self._do("say", text=text, reply_to=reply_to.id if reply_to else None)

    def edit(self, message: Seen, text: str) -> "Chat":
        return self._do("edit", message_id=message.id, text=text)

    def tap(self, button: str, *, on: Seen | None = None) -> "Chat":
        """Presses the button with this label or data: on a card (`on`, else the newest that has it) or below.

        A button that `on` no longer has can still be pressed by its data, as on a phone left behind.
        """
        cards = [on] if on else [message for message in reversed(self.messages) if message.by_bot]
        for card in cards:
            found = card.button(button)
            if found is not None and found.data:
                return self._do("tap", message_id=card.id, data=found.data)
        for key in self.keyboard if on is None else ():
            if key.label == button:
                return self.share_contact() if key.asks_contact else self.say(key.label)
        if on is not None:
            return self._do("tap", message_id=on.id, data=button)
        labels = [one.label for card in cards for one in card.buttons]
        raise AssertionError(f"no button {button!r} among {labels}")

    def share_contact(self, *, own: bool = True, forwarded: bool = False, contact: Json | None = None) -> "Chat":
        """Own number by default; not `own`: another person's card; `forwarded`: one sent on."""
        if contact is None and not own:
            contact = {"phone_number": "255700000000", "first_name": "Mwingine", "user_id": self.user_id + 1}
        return self._do("contact", contact=contact, forwarded=forwarded)

    def send_photo(
        self, data: bytes, caption: str = "", media_group: str = "", claimed_size: int | None = None
    ) -> "Chat":
        encoded = base64.b64encode(data).decode()
        return self._do("photo", data=encoded, caption=caption, media_group_id=media_group, claimed_size=claimed_size)

    def send_document(
        self, data: bytes, name: str, mime_type: str, caption: str = "", claimed_size: int | None = None
    ) -> "Chat":
        encoded = base64.b64encode(data).decode()
        fields = {"name": name, "mime_type": mime_type, "caption": caption, "claimed_size": claimed_size}
        return self._do("document", data=encoded, **fields)

    def block(self, blocked: bool = True) -> "Chat":
        return self._do("users/block", blocked=blocked)

    def answer(self, *, timeout: float = 10.0) -> Seen:
        """Waits for what the bot says, or changes, after the last thing done here: the latest of it."""
        return self.wait_for(lambda message: message.version > self._done_at, timeout=timeout)

    def wait_for(self, wanted: str | Callable[[Seen], bool], *, timeout: float = 10.0) -> Seen:
        """The most recently changed message of the bot that fits; AssertionError if none comes."""
        fits = (lambda message: wanted in message.text) if isinstance(wanted, str) else wanted
        until = time.monotonic() + timeout
        while True:
            found = sorted((one for one in self.messages if one.by_bot), key=lambda one: one.version)
            for message in reversed(found):
                if fits(message):
                    return message
            if time.monotonic() > until:
                raise AssertionError(f"no such message among {[one.text for one in found]}")
            time.sleep(_LOOK)

    def wait_for_toast(self, *, timeout: float = 10.0) -> str:
        """What the bot answers to the last tap."""
        until = time.monotonic() + timeout
        while True:
            for one in self._view()["callbacks"]:
                if one["version"] > self._done_at:
                    return str(one["text"])
            if time.monotonic() > until:
                raise AssertionError("the tap was not answered")
            time.sleep(_LOOK)

    def close(self) -> None:
        self._http.close()

    def _view(self) -> Json:
        params = {"user_id": self.user_id, "chat_id": self.chat_id}
        answer = self._http.get(f"{self.simulator_url}/control/telegram/messages", params=params)
        found: Json = answer.raise_for_status().json()
        return found

    def _do(self, what: str, **fields: Any) -> "Chat":
        body = {"user_id": self.user_id, "chat_id": self.chat_id, **fields}
        answer = self._http.post(f"{self.simulator_url}/control/telegram/{what}", json=body)
        self._done_at = int(answer.raise_for_status().json()["version"])
        return self


def make_group(simulator_url: str, title: str, members: Sequence[Chat], kind: str = "group") -> int:
    """A group with the bot in it; its chat id."""
    body = {"title": title, "members": [member.user_id for member in members], "type": kind}
    answer = httpx.post(f"{simulator_url}/control/telegram/groups", json=body, trust_env=False)
    return int(answer.raise_for_status().json()["id"])


def upgrade_group(simulator_url: str, chat_id: int) -> int:
    """Turns a group into a supergroup; its new chat id."""
    body = {"chat_id": chat_id}
    answer = httpx.post(f"{simulator_url}/control/telegram/groups/upgrade", json=body, trust_env=False)
    return int(answer.raise_for_status().json()["id"])


def _button(button: Any) -> Button:
    if isinstance(button, str):
        return Button(button)
    return Button(
        button["text"],
        button.get("callback_data", ""),
        button.get("url", ""),
        bool(button.get("request_contact")),
    )
