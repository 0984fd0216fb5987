"""The demo's own addresses beside the phones: clock, guided demo, scenes, the programme's view."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.behind import behind
from bot.guided import Guide
from bot.guided_words import AGAIN
from bot.scenes import SCENES
from bot.theatre import NotReady, Theatre
from programme.errors import NoSuchFamily
from programme.localtime import on_the_clock

log = logging.getLogger(__name__)

PATH = "/panel"
SPANS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}
Answer = dict[str, object]


class Panel:
    """A small web application: what it answers, the page draws."""

    def __init__(self, theatre: Theatre, zone: ZoneInfo) -> None:
        self._theatre, self._zone = theatre, zone
        self._guide = Guide(theatre)
        self._one = asyncio.Lock()  # one thing is played at a time

    def app(self) -> web.Application:
        """The application, to be mounted at PATH."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/clock", _said(self._time)),
                web.post("/wind/{span}", _said(self._alone(self._wind))),
                web.post("/family", _said(self._alone(self._family))),
                web.get("/guide", _said(self._guide_now)),
                web.post("/guide/{number}", _said(self._alone(self._click))),
                web.get("/scenes", _said(self._scenes)),
                web.post("/scenes/{key}", _said(self._alone(self._play))),
                web.get("/behind", _said(self._behind)),
                web.get("/lotsen.pdf", self._paper),
            ]
        )
        return app

    def _alone(
        self, act: Callable[[web.Request], Awaitable[Answer]]
    ) -> Callable[[web.Request], Awaitable[Answer]]:
        async def alone(request: web.Request) -> Answer:
            async with self._one:
                try:
                    return await act(request)
                finally:
                    self._theatre.world.feed.tell(kind="clock")

        return alone

    async def _time(self, _request: web.Request) -> Answer:
        return self._shown()

    def _shown(self) -> Answer:
        at = on_the_clock(self._theatre.clock.now(), self._zone)
        ready = self._theatre.ready
        return {
            "time": f"{at:%A %-d %B %Y, %H:%M}",
            "ready": ready,
            "play": self._theatre.play.key,
            "phones": self._theatre.numbers(self._theatre.play.phones),
        }

    async def _wind(self, request: web.Request) -> Answer:
        span, winder = request.match_info["span"], self._theatre.stage.winder
        if span == "next":
            found = await winder.to_next()
            return {**self._shown(), "found": found}
        if span not in SPANS:
            raise web.HTTPNotFound(text="Det steget finns inte.")
        await winder.by(SPANS[span])
        return self._shown()

    async def _family(self, request: web.Request) -> Answer:
        expecting = request.query.get("child") == "expected"
        return {"link": await self._theatre.stage.story.newcomer(expecting)}

    async def _guide_now(self, _request: web.Request) -> Answer:
        return self._guide.shown()

    async def _click(self, request: web.Request) -> Answer:
        number = int(request.match_info["number"])
        await (self._guide.go_on(number) if number else self._guide.begin())
        return self._guide.shown()

    async def _scenes(self, _request: web.Request) -> Answer:
        shown = [{"key": e.play.key, "title": e.title, "text": e.text} for e in SCENES]
        playing = self._theatre.play.key if self._theatre.ready else None
        return {"scenes": shown, "playing": playing}

    async def _play(self, request: web.Request) -> Answer:
        key = request.match_info["key"]
        found = next((each for each in SCENES if each.play.key == key), None)
        if found is None:
            raise web.HTTPNotFound(text="Den scenen finns inte.")
        await self._theatre.show(replace(found.play, size=int(request.query.get("size", 0))))
        return self._shown()

    async def _behind(self, request: web.Request) -> Answer:
        chosen = request.query.get("family")
        return await behind(self._theatre, int(chosen) if chosen else None)

    async def _paper(self, _request: web.Request) -> web.Response:
        from bot import one_page  # noqa: PLC0415 - its library, only for who wants paper

        content = await asyncio.to_thread(one_page.pdf)
        headers = {"Content-Disposition": 'inline; filename="lotsen.pdf"'}
        return web.Response(body=content, content_type="application/pdf", headers=headers)


def _said(
    act: Callable[[web.Request], Awaitable[Answer]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The answer as JSON; what cannot be done, as a sentence."""

    async def handler(request: web.Request) -> web.Response:
        try:
            return web.json_response(await act(request))
        except NotReady as error:
            return web.json_response({"error": str(error)}, status=409)
        except web.HTTPNotFound as error:
            return web.json_response({"error": error.text}, status=404)
        except NoSuchFamily as error:
            return web.json_response({"error": str(error)}, status=404)
        except ValueError as error:
            return web.json_response({"error": str(error)}, status=400)
        except Exception:  # whoever shows the demo reads a sentence, never a traceback
            log.exception("the demo could not do it", extra={"path": request.path})
            return web.json_response({"error": AGAIN}, status=500)

    return handler
