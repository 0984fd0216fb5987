"""The methods by which a bot gets its updates: long polling or a webhook, never both."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from simulator.errors import ApiError, bad
from simulator.params import Params
from simulator.shapes import Json
from simulator.state import State
from simulator.updates import WEBHOOK_SET
from simulator.users import Bot, Webhook

WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
SECRET_LIMIT = 256
_PORTS = (443, 80, 88, 8443)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Described(dict[str, Any]):
    """A result that Telegram sends together with a sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(ok=True, result=True, description=sentence)


def _remember_kinds(bot: Bot, params: Params) -> None:
    kinds = params.json("allowed_updates", "allowed_updates")
    if isinstance(kinds, list):
        bot.updates.allowed = [str(kind) for kind in kinds]


async def get_updates(state: State, bot: Bot, params: Params) -> Json:
    """getUpdates."""
    if bot.webhook is not None:
        raise ApiError(409, WEBHOOK_ACTIVE)
    _remember_kinds(bot, params)
    limit = min(max(params.number("limit", 100), 1), 100)
    offset, timeout = params.number("offset"), params.number("timeout")
    slow = state.limits.slow_repeats
    found = await bot.updates.fetch(offset, limit, timeout, slow=slow)
    return [update.for_bot() for update in found]


def set_webhook(state: State, bot: Bot, params: Params) -> Json:
    """setWebhook; plain http is taken for this machine only."""
    url = params.text("url")
    if not url:
        return delete_webhook(state, bot, params)
    secret = params.text("secret_token")
    _check_address(url)
    if not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    if len(secret) > SECRET_LIMIT:
        raise bad("secret token is too long")
    connections = params.number("max_connections", 40)
    _remember_kinds(bot, params)
    if params.flag("drop_pending_updates"):
        bot.updates.waiting.clear()
    bot.updates.end_poll(WEBHOOK_SET)
    before, bot.webhook = bot.webhook, Webhook(url, secret, min(max(connections, 1), 100))
    if bot.updates.stirred:
        bot.updates.stirred.set()
    same = before is not None and (before.url, before.secret) == (url, secret)
    return Described("Webhook is already set" if same else "Webhook was set")


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad("bad webhook: invalid webhook URL specified") from None
    if parts.hostname in _LOOPBACK and parts.scheme in ("http", "https"):
        return
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in _PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(state: State, bot: Bot, params: Params) -> Json:
    """deleteWebhook."""
    before, bot.webhook = bot.webhook, None
    if params.flag("drop_pending_updates"):
        bot.updates.waiting.clear()
    return Described("Webhook was deleted" if before else "Webhook is already deleted")


def webhook_info(state: State, bot: Bot, params: Params) -> Json:
    """getWebhookInfo."""
    hook = bot.webhook
    info: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates.current()),
    }
    if hook:
        info["max_connections"] = hook.max_connections
        info["ip_address"] = "127.0.0.1"
    if hook and hook.error_at:
        info["last_error_date"] = int(hook.error_at.timestamp())
        info["last_error_message"] = hook.error
    if bot.updates.allowed:
        info["allowed_updates"] = bot.updates.allowed
    return info


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
}
