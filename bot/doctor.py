"""Is this installation well? Everything that can be looked at from here, secrets never shown."""

import email.utils
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot import web
from bot.clock import real_now
from bot.settings import BadSettings, Settings, read_settings, unknown_names
from messaging import checks
from messaging.i18n import LOCALES
from services import checkup, health, installation
from services.checkup import Finding
from services.installation import NotReady

PATIENCE = ClientTimeout(total=10)
CLOCKS_APART = timedelta(seconds=30)


async def look(locales: Path = LOCALES) -> AsyncIterator[Finding]:
    """One finding after the other; what cannot be looked at is a finding too."""
    try:
        settings = read_settings()
        keys = settings.keys()
    except BadSettings as error:
        for line in str(error).splitlines():
            yield Finding(False, "Settings", line)
        return
    for name in unknown_names():
        yield Finding(False, "Settings", f"{name} is no setting of Lotsen's.")
    yield Finding(True, "Settings", "read.")
    for weak in checkup.weak_keys(keys):
        yield weak
    if settings.key_file and (finding := checkup.secret_file(settings.key_file)):
        yield finding
    yield _clock(settings)
    yield checkup.disk(settings.data_dir)
    async for finding in _database(settings, keys):
        yield finding
    async for finding in _telegram(settings):
        yield finding
    yield _languages(locales)


def _clock(settings: Settings) -> Finding:
    if settings.now is not None:
        return Finding(False, "Clock", "LOTSEN_NOW is set: it is not the real time.")
    here = real_now().astimezone(settings.timezone)
    return Finding(True, "Clock", f"{here:%Y-%m-%d %H:%M} in {settings.timezone.key}.")


async def _database(settings: Settings, keys: list[str]) -> AsyncIterator[Finding]:
    if settings.embedded and not installation.exists(settings.database):
        yield Finding(False, "Database", "there is none yet. Start: lotsen run")
        return
    try:
        db = installation.open_at(settings.database, keys)
    except NotReady as error:
        yield Finding(False, "Database", str(error))
        return
    try:
        for finding in await checkup.database(db):
            yield finding
        found = await health.standing(db, now := real_now())
        if found is not None:
            lock = installation.sender_lock(settings.database, settings.data_dir)
            yield await checkup.sender(lock, found.watermark is not None)
            for finding in (*checkup.work(found, now), checkup.backup(found, now)):
                yield finding
    finally:
        await db.close()


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    """Who the bot is, and where Telegram believes that updates should go."""
    try:
        base = f"{settings.api_url.rstrip('/')}/bot{settings.token()}"
    except BadSettings as error:
        yield Finding(False, "Token", str(error))
        return
    async with ClientSession(timeout=PATIENCE) as session:
        try:
            async with session.post(f"{base}/getMe") as response:
                me, said_at = await response.json(content_type=None), response.headers.get("Date")
            async with session.post(f"{base}/getWebhookInfo") as response:
                hook = await response.json(content_type=None)
        except (ClientError, TimeoutError, ValueError) as error:
            yield Finding(False, "Telegram", f"cannot be reached: {type(error).__name__}.")
            return
    if not isinstance(me, dict) or not me.get("ok"):
        yield Finding(False, "Telegram", "does not know this token.")
        return
    yield Finding(True, "Telegram", f"knows the bot as @{me['result'].get('username')}.")
    if (apart := _apart(said_at)) is not None:
        says = f"{apart} apart from Telegram's." if apart else "the same as Telegram's."
        yield Finding(apart <= CLOCKS_APART, "Clock", says)
    result = hook.get("result") if isinstance(hook, dict) else None
    yield _webhook(settings, result if isinstance(result, dict) else {})


def _apart(said_at: str | None) -> timedelta | None:
    try:
        there = email.utils.parsedate_to_datetime(said_at or "")
    except ValueError:
        return None
    return abs(_seconds(real_now()) - there.astimezone(UTC))


def _seconds(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _webhook(settings: Settings, hook: dict[str, Any]) -> Finding:
    there = hook.get("url") or ""
    waiting = hook.get("pending_update_count", 0)
    if not settings.webhook_url:
        if there:
            says = "one is set, and LOTSEN_WEBHOOK_URL is not: polling takes it away at its start."
            return Finding(False, "Webhook", says)
        return Finding(True, "Webhook", f"none is set: Lotsen asks for updates; {waiting} wait.")
    if there != settings.webhook_url.rstrip("/") + web.WEBHOOK_PATH:
        says = "Telegram calls another address. Start: lotsen run --webhook"
        return Finding(False, "Webhook", says)
    failed = hook.get("last_error_date")
    if waiting and failed:
        last = datetime.fromtimestamp(int(failed), UTC)
        why = hook.get("last_error_message") or "no reason is given"
        says = f"{waiting} updates wait; the last call failed at {last:%Y-%m-%d %H:%M} UTC: {why}."
        return Finding(False, "Webhook", says)
    return Finding(True, "Webhook", f"Telegram calls the right address; {waiting} wait.")


def _languages(locales: Path) -> Finding:
    found = checks.faults(locales)
    if found:
        return Finding(False, "Languages", f"{len(found)} faults. Run: lotsen check")
    return Finding(True, "Languages", "complete.")
