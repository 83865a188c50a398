"""Updates on their way to the bot: fetched by getUpdates or brought to its webhook, never both."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from simulator.telegram.errors import conflict
from simulator.world import World

Json = dict[str, Any]
KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "poll",
    "poll_answer",
)
_NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
_KEPT = 5000
_SLICE = 0.5  # seconds between looks at whether a waiting client has gone


@dataclass
class Webhook:
    url: str
    secret: str | None
    max_connections: int = 40
    last_error: str = ""
    last_error_at: int = 0


class Updates:
    """`update_id` grows by one and is never used twice. Order is kept: the webhook gets one at a time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pending: deque[Json] = deque(maxlen=_KEPT)
        self.allowed: tuple[str, ...] | None = None
        self.webhook: Webhook | None = None
        # Begun anew, it goes on above all it gave before: the desk remembers what it heard yesterday.
        self.next_id = 100_000_001 + int(world.clock())
        self._arrived = asyncio.Event()
        self._poll = 0
        self._pumping = False
        settings = world.settings
        if settings.telegram_webhook_secret is not None:
            address = f"{settings.desk_url}/hooks/telegram"
            self.webhook = Webhook(address, settings.telegram_webhook_secret or None)

    def add(self, kind: str, content: Json) -> None:
        """Drops what the bot did not ask for, as Telegram does."""
        wanted = kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT
        if not wanted:
            return
        self.pending.append({"update_id": self.next_id, kind: content})
        self.next_id += 1
        self._arrived.set()
        self.pump()

    def allow(self, kinds: Any) -> None:
        """Takes allowed_updates of a request; None leaves what was asked for, [] means the usual ones."""
        if isinstance(kinds, list):
            self.allowed = tuple(kind for kind in kinds if kind in KINDS) or None

    def set_webhook(self, webhook: Webhook | None) -> None:
        self.webhook = webhook
        self._arrived.set()
        self.pump()

    async def get(self, offset: int, limit: int, seconds: float, gone: Callable[[], Awaitable[bool]]) -> list[Json]:
        """Long poll. Confirms what is below `offset`; a later poll ends this one, as does a webhook."""
        self._refuse_if_webhook()
        self._poll += 1
        mine = self._poll
        self._arrived.set()  # wakes an earlier poller, so that it finds itself replaced
        self._confirm(offset)
        until = self.world.clock() + seconds
        while not self.pending and self.world.clock() < until and not self.world.closing:
            self._arrived.clear()
            pause = min(_SLICE, max(0.01, until - self.world.clock()))
            try:
                await asyncio.wait_for(self._arrived.wait(), pause)
            except TimeoutError:
                if await gone():
                    return []
            self._refuse_if_webhook()
            if self._poll != mine:
                raise conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
        return list(self.pending)[:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        else:
            while self.pending and self.pending[0]["update_id"] < offset:
                self.pending.popleft()

    def _refuse_if_webhook(self) -> None:
        if self.webhook is not None:
            text = "can't use getUpdates method while webhook is active"
            raise conflict(f"{text}; use deleteWebhook to delete the webhook first")

    def pump(self) -> None:
        """Begins to bring what waits to the webhook, unless that is going on."""
        if self.webhook is not None and self.pending and not self._pumping:
            self._pumping = True
            self.world.begin(self._bring_all())

    async def _bring_all(self) -> None:
        pause = self.world.settings.webhook_retry
        try:
            while self.webhook is not None and self.pending:
                hook, update = self.webhook, self.pending[0]
                error = await self._bring(hook, update)
                if not error:
                    if self.pending and self.pending[0] is update:
                        self.pending.popleft()
                    pause = self.world.settings.webhook_retry
                    continue
                hook.last_error, hook.last_error_at = error, int(self.world.clock())
                await asyncio.sleep(pause)
                pause = min(30.0, pause * 2)
        finally:
            self._pumping = False

    async def _bring(self, hook: Webhook, update: Json) -> str:
        """Empty if the webhook took it, else Telegram's words for why not."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            answer = await self.world.http.post(hook.url, json=update, headers=headers, timeout=60)
        except httpx.TimeoutException:
            return "Read timeout expired"
        except httpx.HTTPError:
            return "Connection refused"
        if answer.is_success:
            return ""
        return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"

    def info(self) -> Json:
        hook = self.webhook
        found: Json = {
            "url": hook.url if hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }
        if hook:
            found["max_connections"] = hook.max_connections
            found["ip_address"] = "127.0.0.1"
            if hook.last_error:
                found |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
        if self.allowed:
            found["allowed_updates"] = list(self.allowed)
        return found
