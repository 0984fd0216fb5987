"""A running simulator for the tests of the simulator itself, with a clock they can move."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from simulator import Limits, World, start

TOKEN = "4242:AAExampleExample"


@dataclass
class Clock:
    moment: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def advance(self, **step: float) -> None:
        self.moment += timedelta(**step)


@dataclass
class Rig:
    """The world, its address, and a bot's plain HTTP calls."""

    world: World
    clock: Clock
    url: str
    http: aiohttp.ClientSession
    token: str = TOKEN
    last_headers: Any = field(default=None)

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer as JSON."""
        address = f"{self.url}/bot{self.token}/{method}"
        async with self.http.post(address, json=params) as got:
            self.last_headers = got.headers
            answer: dict[str, Any] = await got.json()
            assert got.status == (200 if answer["ok"] else answer["error_code"])
            return answer

    async def ok(self, method: str, **params: Any) -> Any:
        """The result; a refusal fails the test."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """Code and description of the refusal."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return f"{answer['error_code']} {answer['description']}"

    async def control(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        address = f"{self.url}/control/{path}"
        async with self.http.request(method, address, json=body) as got:
            return got.status, await got.json()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def rig(clock: Clock) -> AsyncIterator[Rig]:
    world = World(clock.now, limits=Limits.off())
    runner, port = await start(world, "127.0.0.1", 0)
    async with aiohttp.ClientSession() as http:
        yield Rig(world, clock, f"http://127.0.0.1:{port}", http)
    await runner.cleanup()


@pytest.fixture
def amina(rig: Rig):
    """Amina, who has pressed Start."""
    person = rig.world.person("Amina", "so")
    rig.world.bot_for(TOKEN)
    rig.world.start(person)
    return person
