"""The demo: Lotsen as it is, a local Telegram beside it, and a clock that can be wound."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack

from pydantic import SecretStr

from bot import panel, web
from bot.clock import Clock
from bot.settings import Settings
from bot.theatre import Theatre
from simulator import Limits, World, make_app

TOKEN = "1000000001:a-demo-token-that-opens-nothing"
BOT_NAME = "LotsenDemoBot"


async def run_demo(settings: Settings, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve the page until stopped; raises OSError if the port is taken."""
    clock = Clock(settings.now)
    world = World(clock.now, tokens=frozenset({TOKEN}), username=BOT_NAME, limits=Limits.off())
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with AsyncExitStack() as stack:
        pages = make_app(world, panel=panel.PATH)
        theatre = Theatre(clock, world)
        pages.add_subapp(panel.PATH, panel.Panel(theatre, settings.timezone).app())
        listening = await stack.enter_async_context(web.serving(pages, host, port))
        address = f"http://{host}:{listening}"
        own = settings.model_copy(update={"api_url": address, "bot_token": SecretStr(TOKEN)})
        begun = f"The phones are at {address}/ (stop with Ctrl-C)"
        await theatre.run(own, stop, lambda: tell(begun))
