import logging
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import lotsen as commands
from messaging.i18n import LOCALES
from tests.bot.conftest import TOKEN
from tests.bot.installed import INVITE, look, named


def test_check_of_a_sound_installation_finds_nothing(unset):
    ended = unset("check")

    assert (ended.code, ended.out) == (0, "No faults.\n")


def test_check_prints_one_line_per_fault_and_exits_1(typed):
    ended = typed("check", TYPO="1", ANOTHER="2")

    assert ended.code == 1
    assert ended.out.splitlines() == [
        "LOTSEN_ANOTHER is no setting of Lotsen's.",
        "LOTSEN_TYPO is no setting of Lotsen's.",
    ]


def test_check_reads_the_settings_file_and_the_token(unset, empty_folder):
    Path(".env").write_text("garbage\nmore garbage\n", "utf-8")
    ended = unset("check")
    assert (ended.code, len(ended.out.splitlines())) == (1, 2)
    Path(".env").write_text("LOTSEN_BOT_TOKEN=oops\n", "utf-8")
    ended = unset("check")
    assert (ended.code, ended.out.count("does not look like a token")) == (1, 1)


def test_check_finds_what_is_wrong_with_a_language(unset, tmp_path):
    shutil.copytree(LOCALES, tmp_path / "locales")
    po = tmp_path / "locales" / "so" / "LC_MESSAGES" / "lotsen.po"
    lines = po.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith('msgstr "') and n > 10)
    lines[at] = 'msgstr ""' if lines[at] != 'msgstr ""' else lines[at]
    po.write_text("\n".join(lines), "utf-8")

    ended = unset("check", "--locales", str(tmp_path / "locales"))

    assert ended.code == 1
    assert all(line.startswith("so: ") for line in ended.out.splitlines())


@pytest.mark.parametrize(
    "command", [("migrate",), ("tick",), ("run",), (*INVITE, "--born", "2026-10-31")]
)
def test_a_file_in_the_way_of_the_data_folder_is_a_sentence(typed, tmp_path, command):
    (tmp_path / "file").touch()
    for settings in ({}, {"SECRET_KEY": "A" * 43 + "="}):
        ended = typed(*command, DATA_DIR=str(tmp_path / "file"), **settings)

        assert ended.code == 1
        assert re.fullmatch(r"The data folder .*cannot be used: .*\.\n", ended.err)


def test_a_folder_in_the_way_of_the_sender_s_lock_is_a_sentence(typed, data):
    (data / "sender.lock").mkdir()

    ended = typed("tick")

    assert (ended.code, ended.err) == (1, "The data folder cannot be used: Is a directory.\n")


@pytest.mark.parametrize("command", ["migrate", "tick", "run"])
def test_a_database_that_is_none_is_a_sentence(typed, data, command):
    (data / "lotsen.sqlite3").write_bytes(b"this is no database at all " * 99)

    ended = typed(command)

    assert ended.code == 1
    assert ended.err == "The database cannot be opened: file is not a database.\n"


@pytest.mark.parametrize("command", ["migrate", "tick"])
def test_a_database_of_a_newer_lotsen_is_left_alone(typed, data, command):
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")

    ended = typed(command)

    assert (ended.code, "newer Lotsen" in ended.err) == (1, True)
    assert look(data, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_key_that_is_no_text_is_a_sentence(typed, data):
    (data / "secret.key").write_bytes(b"\xff\xfe\xfa")

    assert "is not text" in typed("migrate").err


def test_a_database_whose_driver_is_missing_is_a_sentence(typed, monkeypatch):
    monkeypatch.setitem(sys.modules, "asyncpg", None)

    ended = typed("migrate", DATABASE_URL="postgresql://localhost/x", SECRET_KEY="A" * 43 + "=")

    assert (ended.code, "driver" in ended.err) == (1, True)


@pytest.mark.parametrize("command", [("tick",), ("run",), ("run", "--only", "scheduler")])
@pytest.mark.parametrize("token", ["", "nonsense"])
def test_without_a_usable_token_nothing_runs(typed, command, token):
    ended = typed(*command, BOT_TOKEN=token)

    assert ended.code == 1
    assert "LOTSEN_BOT_TOKEN" in ended.err


def test_a_telegram_that_does_not_answer_at_start_is_a_sentence(typed):
    ended = typed("run")

    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith("Telegram cannot be reached")


def test_a_webhook_without_address_or_secret_is_refused(typed):
    for settings in ({}, {"WEBHOOK_URL": "https://x"}, {"WEBHOOK_SECRET": "s"}):
        ended = typed("run", "--webhook", **settings)
        assert ended.code == 1


@pytest.mark.parametrize(
    "command", [("check",), ("tick",), ("migrate",), ("timeline", "--born", "2026-10-31")]
)
def test_a_broken_setting_stops_every_command_with_one_line(typed, command):
    ended = typed(*command, HTTP_PORT="many")

    assert ended.code == 1
    assert (ended.err + ended.out).count("LOTSEN_HTTP_PORT: ") == 1


def test_migrating_twice_is_migrating_once(typed, tmp_path):
    new = tmp_path / "new"
    first = typed("migrate", DATA_DIR=str(new))
    second = typed("migrate", DATA_DIR=str(new))

    assert (first.code, first.out) == (second.code, second.out) == (0, first.out)
    areas = [name for (name,) in look(new, "SELECT name FROM area ORDER BY name")]
    assert areas == [
        "Angered Centrum",
        "Gårdsten",
        "Hammarkullen",
        "Hjällbo",
        "Lövgärdet",
        "Tynnered",
    ]


def test_every_command_explains_itself(unset):
    for words in (
        (),
        ("run",),
        ("tick",),
        ("timeline",),
        ("family", "invite"),
        ("visit", "book"),
        ("check",),
        ("migrate",),
    ):
        ended = unset(*words, "--help")
        assert (ended.code, ended.out.startswith("Usage: ")) == (0, True)


@pytest.mark.parametrize("words", [("nonsense",), ("run", "--onyl", "chat"), ("tick", "extra")])
def test_an_unknown_word_is_a_usage_error(unset, words):
    assert unset(*words).code == 2


@pytest.mark.slow
def test_python_m_bot_is_the_same_command(data, empty_folder):
    root = Path(__file__).parents[2]
    env = {
        "PYTHONPATH": str(root),
        "LOTSEN_DATA_DIR": str(data),
        "LOTSEN_TYPO": "1",
        "PATH": "/bin",
    }

    ended = subprocess.run(
        [sys.executable, "-m", "bot", "check"], env=env, capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stdout) == (1, "LOTSEN_TYPO is no setting of Lotsen's.\n")


@pytest.mark.slow
def test_a_database_that_another_process_holds_is_a_sentence(typed, data, monkeypatch):
    named(data)
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(data / "lotsen.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        ended = typed(*INVITE, "--born", "2026-10-31", NOW="2026-11-02T09:00")

    assert (ended.code, ended.out) == (1, "")
    assert "locked" in ended.err
    assert TOKEN not in ended.err


def test_another_key_than_the_databases_own_is_noticed_at_start(typed):
    assert typed("migrate").code == 0
    invite = (*INVITE, "--born", "2026-10-31")
    assert typed(*invite).code == 1  # the bot's name is not known yet, but the key has been kept

    ended = typed(*invite, SECRET_KEY="A" * 43 + "=")

    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith("LOTSEN_SECRET_KEY does not open this database")


def test_a_fault_that_nobody_foresaw_says_where_it_was_and_no_name(typed, monkeypatch):
    words = "planted words of Amina's"

    def fails() -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(commands.commands["check"], "callback", lambda **_: fails())
    monkeypatch.setattr(logging.root, "handlers", [])  # pytest's own would say all of it
    ended = typed("check")
    assert (ended.code, "Amina" in ended.err) == (1, False)
    assert "in fails" in ended.err
    assert "RuntimeError" in ended.err
