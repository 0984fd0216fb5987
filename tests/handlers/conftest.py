"""Lotsen's chat on an empty database, on the day the cast joins."""

from pathlib import Path

import pytest

from bot.clock import StoppedClock
from bot.settings import Settings
from tests.cast import JOINED
from tests.handlers.phone import Lotsen


@pytest.fixture
def lotsen(db, languages, tmp_path: Path) -> Lotsen:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    return Lotsen(db, languages, settings, StoppedClock(JOINED))
