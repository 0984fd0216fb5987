"""A small Telegram for each test, and installations of Lotsen beside it."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from simulator import Limits, World, start
from tests.end_to_end.town import BOT, DAY, TOKEN, Installation, Telegram
from tests.fakes import MovableClock


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """It listens on this machine, knows one token, and its clock stands still until it is set."""
    clock = MovableClock(DAY)
    world = World(clock, frozenset({TOKEN}), BOT, limits=Limits.off())
    runner, port = await start(world, "127.0.0.1", 0)
    yield Telegram(world, f"http://127.0.0.1:{port}", clock.set)
    await runner.cleanup()


@pytest.fixture
def install(
    empty_database: Path, tmp_path: Path, telegram: Telegram
) -> Callable[..., Installation]:
    """Makes an installation with an empty database, in a folder of that name."""

    def make(name: str = "lotsen", **settings: str) -> Installation:
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(empty_database, folder / "lotsen.sqlite3")
        key = Fernet.generate_key().decode()
        (folder / "secret.key").write_text(key, encoding="ascii")
        return Installation(folder, telegram, key, settings)

    return make


@pytest.fixture
def lotsen(install: Callable[..., Installation]) -> Installation:
    """One installation."""
    return install()
