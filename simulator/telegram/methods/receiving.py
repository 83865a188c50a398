"""Methods by which a bot says how it wants its updates. getUpdates is in routes: it needs the request."""

import re
from typing import Any
from urllib.parse import urlsplit

from simulator.telegram.bot import Bot
from simulator.telegram.errors import bad_request
from simulator.telegram.params import Params
from simulator.telegram.updates import Webhook

Json = dict[str, Any]
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOCAL = ("127.0.0.1", "localhost", "::1")


async def set_webhook(bot: Bot, params: Params) -> bool:
    """Takes plain http for this machine only, as a Bot API server of one's own does."""
    url = params.text("url")
    secret = params.text("secret_token")
    if url:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    bot.updates.allow(params.json("allowed_updates"))
    if params.flag("drop_pending_updates"):
        bot.updates.pending.clear()
    hook = Webhook(url, secret or None, params.integer("max_connections", 40)) if url else None
    bot.updates.set_webhook(hook)
    return True


async def delete_webhook(bot: Bot, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        bot.updates.pending.clear()
    bot.updates.set_webhook(None)
    return True


async def get_webhook_info(bot: Bot, params: Params) -> Json:
    return bot.updates.info()


METHODS = {"setWebhook": set_webhook, "deleteWebhook": delete_webhook, "getWebhookInfo": get_webhook_info}
