"""A Telegram of a few lines in a process of its own: takes everything, remembers when it came.

Only the client's processor time is counted then. `GET /arrivals` tells [moment, chat] of each
message on the clock that all processes of a machine share, and forgets them.
"""

import asyncio
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

TOKEN = "4242:a-token-that-opens-nothing"
ME = {"id": 4242, "is_bot": True, "first_name": "Lotsen", "username": "test_bot"}
_CHAT = re.compile(rb'chat_id(?:=|"\s+|"\s*:\s*)(-?\d+)')

Arrival = tuple[float, int]


async def _serve() -> None:
    arrived: list[tuple[float, bytes]] = []

    async def take(request: web.Request) -> web.Response:
        method = request.path.rsplit("/", 1)[-1].lower()
        body = await request.read()
        if method == "getme":
            return web.json_response({"ok": True, "result": ME})
        if not method.startswith("send"):
            return web.json_response({"ok": True, "result": True})
        arrived.append((time.monotonic(), body))
        said = {
            "message_id": len(arrived),
            "date": 0,
            "chat": {"id": 1, "type": "private"},
            "text": "-",
        }
        return web.json_response({"ok": True, "result": said})

    async def tell(_request: web.Request) -> web.Response:
        found = [(at, int(chat[1])) for at, body in arrived if (chat := _CHAT.search(body))]
        assert len(found) == len(arrived), "a message without a chat"
        arrived.clear()
        return web.json_response(found)

    app = web.Application()
    app.router.add_get("/arrivals", tell)
    app.router.add_post("/{rest:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


@asynccontextmanager
async def telegram() -> AsyncIterator[str]:
    """Its address, for as long as the block takes."""
    pipe = asyncio.subprocess.PIPE
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.loopback", stdin=pipe, stdout=pipe
    )
    assert server.stdin and server.stdout
    try:
        yield f"http://127.0.0.1:{int(await server.stdout.readline())}"
    finally:
        server.stdin.close()
        await server.wait()


async def arrivals(url: str) -> list[Arrival]:
    """What came since it was asked last."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/arrivals") as answer:
        return [(at, chat) for at, chat in await answer.json()]


if __name__ == "__main__":
    asyncio.run(_serve())
