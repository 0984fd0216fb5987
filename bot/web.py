"""Health, figures, webhook and the private calendars of staff. No address is ever logged."""

import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.intake import Intake
from bot.metrics import CONTENT_TYPE
from bot.updates import LARGEST_UPDATE
from services import health
from services.calendar import Feed
from services.types import Database, Unavailable

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram"
CALENDAR_PATH = "/calendar/{name}"
_ICS = ".ics"
_SECRET = "X-Telegram-Bot-Api-Secret-Token"


Feeds = Callable[[str], Awaitable[Feed | None]]
Page = Callable[[], Awaitable[bytes]]


def make_app(
    db: Database,
    intake: Intake | None,
    secret: str | None,
    feeds: Feeds | None = None,
    figures: Page | None = None,
) -> web.Application:
    """The application; without an intake or a secret there is no webhook."""
    app = web.Application(client_max_size=LARGEST_UPDATE)

    async def healthz(_request: web.Request) -> web.Response:
        """Alive: the process answers."""
        return web.json_response({"ok": True})

    async def readyz(_request: web.Request) -> web.Response:
        """Ready: the database answers in its newest form."""
        if why := await health.why_not_ready(db):
            return web.json_response({"ready": False, "why": why}, status=503)
        return web.json_response({"ready": True})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    if intake and secret:
        app.router.add_post(WEBHOOK_PATH, _webhook(intake, secret))
    if figures:
        app.router.add_get("/metrics", _metrics(figures))
    if feeds:
        app.router.add_get(CALENDAR_PATH, _calendar(feeds))
    return app


def _metrics(figures: Page) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def metrics(_request: web.Request) -> web.Response:
        """Figures of this process and of the database."""
        return web.Response(body=await figures(), headers={"Content-Type": CONTENT_TYPE})

    return metrics


def _calendar(feeds: Feeds) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def calendar(request: web.Request) -> web.Response:
        """A private calendar; whatever is none is answered alike."""
        token, dot, rest = request.match_info["name"].partition(".")
        try:
            found = await feeds(token) if dot + rest == _ICS else None
        except Unavailable:
            return web.Response(status=503)
        if found is None:
            return web.Response(status=404, text="404: Not Found")
        return _calendar_of(found, request)

    return calendar


def _calendar_of(found: Feed, request: web.Request) -> web.Response:
    """Only the tag decides whether it is new: an erased family leaves no later date behind."""
    asked = request.if_none_match or ()
    same = any(each.value in {found.tag, "*"} for each in asked)
    response = web.Response(status=304) if same else web.Response(body=found.content)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.etag = found.tag
    response.last_modified = found.changed_at
    if not same:
        response.content_type, response.charset = "text/calendar", "utf-8"
    return response


def _webhook(intake: Intake, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    expected = secret.encode()

    async def webhook(request: web.Request) -> web.Response:
        """Telegram calls with an update: stored first, then answered 200."""
        said = request.headers.get(_SECRET, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(said, expected):
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
            await intake.keep([update])
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            log.error("a call to the webhook was no update")
            return web.Response(status=400)
        except Unavailable:
            return web.Response(status=503)  # Telegram tries again
        return web.Response(status=200)

    return webhook


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """The application listens on the port given, 0 for a free one; raises OSError if taken."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
