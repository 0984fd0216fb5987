"""The command line as typed in a terminal, and the small Telegram of the end-to-end tests."""

import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.clock import StoppedClock
from bot.settings import Settings
from tests.cast import JOINED
from tests.end_to_end.conftest import database_kind, install, lotsen, telegram
from tests.handlers.phone import Lotsen as Chat

__all__ = ["database_kind", "install", "lotsen", "telegram"]

TOKEN = "123456:a-token-for-these-tests"
NOBODY = "http://127.0.0.1:9"  # where no Telegram listens


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return self.out.splitlines()[-1]


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is typed; nothing of this machine's own settings is seen there."""
    here = tmp_path / "typed"
    here.mkdir()
    monkeypatch.chdir(here)
    for name in [name for name in os.environ if name.startswith("LOTSEN_")]:
        monkeypatch.delenv(name)
    return here


@pytest.fixture
def unset(empty_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> Iterator[Callable]:
    """Types a command without any setting; no fault may ever show a traceback."""
    handlers, level = list(logging.root.handlers), logging.root.level

    def typed(*argv: str, **settings: str) -> Ended:
        with monkeypatch.context() as during:
            for name, value in settings.items():
                during.setenv(f"LOTSEN_{name}", value)
            during.setattr(sys, "argv", ["lotsen", *argv])
            with pytest.raises(SystemExit) as end:
                main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Ended(int(end.value.code or 0), said.out, said.err)

    yield typed
    logging.basicConfig(level=level, handlers=handlers, force=True)


@pytest.fixture
def data(empty_database: Path, tmp_path: Path) -> Path:
    """A data folder with an empty database in its newest form."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(empty_database, folder / "lotsen.sqlite3")
    return folder


@pytest.fixture
def typed(unset: Callable[..., Ended], data: Path) -> Callable[..., Ended]:
    """Types a command in an installation that is set up."""

    def run(*argv: str, **settings: str) -> Ended:
        usual = {"DATA_DIR": str(data), "BOT_TOKEN": TOKEN, "API_URL": NOBODY, "HTTP_PORT": "0"}
        return unset(*argv, **{**usual, **settings})

    return run


@pytest.fixture
def chat(db, languages, tmp_path: Path) -> Chat:
    """The chat on an empty database, with phones that need no network."""
    return Chat(db, languages, Settings(_env_file=None, data_dir=tmp_path), StoppedClock(JOINED))
