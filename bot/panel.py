"""The demo's panel above the phones: the time, buttons to wind it, a link for a new family."""

from datetime import timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.clock import Clock
from programme.localtime import on_the_clock

PATH = "/panel"
PAGE = Path(__file__).with_name("panel.html")
SPANS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}


class Winds(Protocol):
    """Whoever moves the clock."""

    async def by(self, span: timedelta) -> None:
        """So much later."""

    async def to_next(self) -> bool:
        """To the next message."""
        ...


class Registers(Protocol):
    """Whoever registers families."""

    async def newcomer(self, expecting: bool = False) -> str:
        """The link of a new family, with a newborn child or one that is expected."""
        ...


class Panel:
    """A small web application; `connect` gives it what it controls."""

    def __init__(self, clock: Clock, zone: ZoneInfo, bot_name: str) -> None:
        self._clock, self._zone, self._bot_name = clock, zone, bot_name
        self._winder: Winds | None = None
        self._story: Registers | None = None

    def connect(self, winder: Winds, story: Registers) -> None:
        """From now on the buttons work."""
        self._winder, self._story = winder, story

    def app(self) -> web.Application:
        """The application, to be mounted at PATH."""
        app = web.Application()
        app.router.add_get("/", self._page)
        app.router.add_get("/clock", self._time)
        app.router.add_post("/wind/{span}", self._wind)
        app.router.add_post("/family", self._family)
        return app

    async def _page(self, _request: web.Request) -> web.Response:
        return web.Response(text=PAGE.read_text(encoding="utf-8"), content_type="text/html")

    async def _time(self, _request: web.Request) -> web.Response:
        return web.json_response(self._shown())

    def _shown(self) -> dict[str, object]:
        at = on_the_clock(self._clock.now(), self._zone)
        return {"time": f"{at:%A %-d %B %Y, %H:%M}", "ready": self._winder is not None}

    async def _wind(self, request: web.Request) -> web.Response:
        if self._winder is None:
            return web.json_response({"error": "The demo is still starting."}, status=409)
        span = request.match_info["span"]
        if span == "next":
            found = await self._winder.to_next()
            return web.json_response({**self._shown(), "found": found})
        if span not in SPANS:
            return web.json_response({"error": "There is no such step."}, status=404)
        await self._winder.by(SPANS[span])
        return web.json_response(self._shown())

    async def _family(self, request: web.Request) -> web.Response:
        if self._story is None:
            return web.json_response({"error": "The demo is still starting."}, status=409)
        expecting = request.query.get("child") == "expected"
        return web.json_response({"link": await self._story.newcomer(expecting)})
