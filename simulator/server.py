"""The server: Bot API, control interface, clock, stream and page in one aiohttp application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from simulator import botapi, control
from simulator.clock import ShiftedClock
from simulator.errors import Impossible
from simulator.shapes import Json
from simulator.webhooks import Courier
from simulator.world import World

HERE = Path(__file__).parent
TYPES = {".js": "text/javascript", ".css": "text/css"}
PAGE = {path.name: TYPES[path.suffix] for path in HERE.iterdir() if path.suffix in TYPES}
_DIRECTOR = (
    '<link rel="stylesheet" href="/director.css">'
    '<script type="module" src="/director.js" data-panel="{panel}"></script>'
)
UPLOAD = 60 * 1024 * 1024
CLOCK: web.AppKey[ShiftedClock] = web.AppKey("clock", ShiftedClock)
STOPPING: web.AppKey[asyncio.Event] = web.AppKey("stopping", asyncio.Event)


def make_app(
    world: World, panel: str | None = None, clock: ShiftedClock | None = None
) -> web.Application:
    """The application around `world`; with `clock`, the page and /control/clock may move it."""
    app = web.Application(client_max_size=UPLOAD)
    app[control.WORLD] = world
    app[botapi.WORLD] = world
    app[STOPPING] = asyncio.Event()
    if clock is not None:
        app[CLOCK] = clock
    app.add_routes(control.routes())
    app.add_routes(_routes(panel))
    app.cleanup_ctx.append(_courier)
    app.on_shutdown.append(_stop)
    return app


def _routes(panel: str | None) -> list[web.AbstractRouteDef]:
    files = [web.get(f"/{name}", partial(_file, name=name)) for name in PAGE]
    return [
        web.route("*", "/file/bot{token}/{path:.+}", botapi.file),
        web.route("*", "/bot{token}/{method}", botapi.method),
        web.route("*", "/bot{rest:.*}", botapi.elsewhere),
        web.get("/control/clock", control.served(_read_clock)),
        web.post("/control/clock", control.served(_move_clock)),
        web.get("/control/events", _stream),
        web.get("/", partial(_page, panel=panel)),
        *files,
    ]


async def start(
    world: World,
    host: str,
    port: int,
    panel: str | None = None,
    clock: ShiftedClock | None = None,
) -> tuple[web.AppRunner, int]:
    """A running server and its port (0: a free one); stop it with `await runner.cleanup()`."""
    runner = web.AppRunner(make_app(world, panel, clock), access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    return runner, int(runner.addresses[0][1])


def serve(
    host: str = "127.0.0.1",
    port: int = 8081,
    *,
    now: Callable[[], datetime] | None = None,
    tokens: frozenset[str] | None = None,
    username: str = "LotsenDemoBot",
    panel: str | None = None,
    started: Callable[[str], None] | None = None,
) -> None:
    """Run a new world until interrupted.

    Without `now` it has a clock of its own that the page can move. `started` is told the address
    once it answers.
    """
    clock = ShiftedClock() if now is None else None
    world = World(now or (clock or ShiftedClock()).now, tokens, username)

    async def run() -> None:
        runner, real_port = await start(world, host, port, panel, clock)
        if started:
            started(f"http://{host}:{real_port}")
        try:
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        return


async def _courier(app: web.Application) -> AsyncIterator[None]:
    world = app[control.WORLD]
    reply = partial(botapi.obey_webhook, world)
    courier = Courier(lambda: world.bots, world.now, reply, lambda: world.trusted)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(courier.run())
        yield
        task.cancel()


async def _stop(app: web.Application) -> None:
    app[STOPPING].set()
    app[control.WORLD].close()


def _clock_view(world: World, request: web.Request) -> dict[str, Any]:
    moment = world.now().isoformat()
    return {"now": moment, "movable": CLOCK in request.app, "zone": world.zone}


async def _read_clock(world: World, request: web.Request, body: dict[str, Any]) -> Json:
    return _clock_view(world, request)


async def _move_clock(world: World, request: web.Request, body: dict[str, Any]) -> Json:
    if CLOCK not in request.app:
        raise Impossible("This simulator's clock belongs to somebody else.")
    clock = request.app[CLOCK]
    if "to" in body:
        clock.set(datetime.fromisoformat(body["to"]))
    else:
        clock.advance(timedelta(seconds=float(body["advance"])))
    world.feed.tell(kind="clock")
    return _clock_view(world, request)


async def _stream(request: web.Request) -> web.StreamResponse:
    world = request.app[control.WORLD]
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    queue = world.feed.join()
    try:
        await response.write(b'data: {"kind": "hello"}\n\n')
        while not request.app[STOPPING].is_set():
            await response.write(await _next_event(queue))
    except ConnectionResetError:
        pass
    finally:
        world.feed.leave(queue)
    return response


async def _next_event(queue: asyncio.Queue[dict[str, Any]]) -> bytes:
    """The next thing to tell; a comment after a while, so that a closed page is noticed."""
    try:
        async with asyncio.timeout(15):
            first = await queue.get()
    except TimeoutError:
        return b": still here\n\n"
    events = {json.dumps(first)}
    while not queue.empty():
        events.add(json.dumps(queue.get_nowait()))
    return "".join(f"data: {event}\n\n" for event in events).encode()


async def _page(request: web.Request, panel: str | None) -> web.Response:
    frame = _DIRECTOR.format(panel=_quoted(panel)) if panel else ""
    text = (HERE / "page.html").read_text("utf-8").replace("<!-- panel -->", frame)
    return web.Response(text=text, content_type="text/html", headers=_headers())


async def _file(request: web.Request, name: str) -> web.Response:
    text = (HERE / name).read_text("utf-8")
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=text, content_type=PAGE[name], charset="utf-8", headers=headers)


def _headers() -> dict[str, str]:
    policy = "default-src 'self'; img-src 'self' data:; base-uri 'none'"
    return {"Content-Security-Policy": policy, "Cache-Control": "no-store"}


def _quoted(address: str) -> str:
    return address.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
