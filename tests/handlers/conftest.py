"""Lotsen's chat on an empty database, on the day the cast joins."""

from pathlib import Path

import pytest

from bot.clock import StoppedClock
from bot.settings import Settings
from tests.cast import JOINED
from tests.handlers.phone import Lotsen, Phone
from tests.handlers.post_office import PostOffice, known_bot, open_office


@pytest.fixture
def database_kind() -> str:
    """The chat knows no database: one story is enough to see that it works on both."""
    return "sqlite"


@pytest.fixture
def lotsen(db, languages, tmp_path: Path) -> Lotsen:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    return Lotsen(db, languages, settings, StoppedClock(JOINED))


@pytest.fixture
async def office(lotsen, monkeypatch) -> PostOffice:
    await known_bot(lotsen)
    return open_office(lotsen, monkeypatch)


@pytest.fixture
async def amina(lotsen, office) -> Phone:
    phone = lotsen.phone()
    await phone.join("so")
    return phone
