"""A small Telegram for each test, and installations of Lotsen beside it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from simulator import Limits, World, start
from tests.databases import copies
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
def database_kind() -> str:
    """What is seen from outside is the same on both: most tests here look once."""
    return "sqlite"


@pytest.fixture
def install(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path, telegram: Telegram
) -> Iterator[Callable[..., Installation]]:
    """Makes an installation with an empty database, in a folder of that name."""
    with ExitStack() as stack:
        server = None
        if database_kind == "postgresql":
            server = stack.enter_context(request.getfixturevalue("server").databases())

        def make(name: str = "lotsen", **settings: str) -> Installation:
            folder = tmp_path / name
            folder.mkdir()
            newest = request.getfixturevalue("empty_database")
            url = server() if server else copies(newest, folder)()
            key = Fernet.generate_key().decode()
            (folder / "secret.key").write_text(key, encoding="ascii")
            (folder / "secret.key").chmod(0o600)
            return Installation(folder, telegram, key, url, settings)

        yield make


@pytest.fixture
def lotsen(install: Callable[..., Installation]) -> Installation:
    """One installation."""
    return install()
