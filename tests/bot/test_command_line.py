import asyncio
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import sender_lock
from bot.settings import Settings
from messaging.i18n import LOCALES, load_languages
from messaging.staff_texts import invitation
from services import installation
from storage.database import open_database
from tests.bot.conftest import NOBODY, TOKEN

COUNTED = {"planned", "sent", "postponed", "unreachable", "dropped", "failed"}
REAL = {"API_URL": "https://api.telegram.org"}
INVITE = ("family", "invite", "--area", "Hjällbo")
BOOK = ("visit", "book")
FAR_DATES = ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"]


def named(data: Path, name: str = "LotsenTestBot") -> None:
    """As after the first start: the bot's name is known."""
    key = Settings(_env_file=None, data_dir=data).keys()

    async def remember() -> None:
        db = open_database(f"sqlite:///{data / 'lotsen.sqlite3'}", key)
        await installation.remember_bot(db, name)
        await db.close()

    asyncio.run(remember())


def look(data: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as file:
        return file.execute(query).fetchall()


# check


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


# settings and folders that cannot be used


@pytest.mark.parametrize(
    "command", [("migrate",), ("tick",), ("run",), (*INVITE, "--born", "2026-10-31")]
)
def test_a_file_in_the_way_of_the_data_folder_is_a_sentence(typed, tmp_path, command):
    (tmp_path / "file").touch()
    for settings in ({}, {"SECRET_KEY": "A" * 43 + "="}):
        ended = typed(*command, DATA_DIR=str(tmp_path / "file"), **settings)

        assert ended.code == 1
        assert re.fullmatch(r"The data folder .*cannot be used: .*\.\n", ended.err)


def test_a_file_in_the_way_of_the_sender_s_lock_is_a_sentence(typed, data, tmp_path):
    (tmp_path / "file").touch()
    url = f"sqlite:///{data / 'lotsen.sqlite3'}"

    ended = typed(
        "tick", DATA_DIR=str(tmp_path / "file"), DATABASE_URL=url, SECRET_KEY="A" * 43 + "="
    )

    assert (ended.code, ended.err) == (1, "The data folder cannot be used: File exists.\n")


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


# migrate


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


# family invite


def test_before_the_first_start_there_is_no_link_and_no_family(typed, data):
    ended = typed(*INVITE, "--born", "2026-10-31", NOW="2026-11-02T09:00")

    assert (ended.code, ended.out) == (1, "")
    assert "lotsen run" in ended.err
    assert look(data, "SELECT * FROM family") == []


@pytest.mark.parametrize("language", [None, "sv", "ar", "so", "en"])
def test_the_link_stands_alone_on_the_last_line(typed, data, language):
    named(data)
    words = ("--language", language) if language else ()

    ended = typed(*INVITE, "--born", "2026-10-31", *words, NOW="2026-11-02T09:00")

    assert ended.code == 0, ended.err
    assert re.fullmatch(r"https://t\.me/LotsenTestBot\?start=[A-Za-z0-9_-]{22}", ended.last)
    said = invitation(load_languages().get(language)) if language else ""
    assert said in ended.out
    assert look(data, "SELECT born FROM child") == [("2026-10-31",)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--born", "2026-11-03"), "is after today"),
        (("--born", "1996-11-02"), "too long ago"),
        (
            ("--born", "2026-10-31", "--area", "Atlantis"),
            "There is no area 'Atlantis'. Areas: Angered",
        ),
        (("--born", "2026-10-31", "--language", "xx"), "There is no language 'xx'"),
        (("--born", "2026-10-31", "--language", ""), None),
    ],
)
def test_a_family_that_cannot_be_is_not_registered(typed, data, options, said):
    named(data)

    ended = typed(*INVITE, *options, NOW="2026-11-02T09:00")

    if said is None:
        return
    assert ended.code == 1
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1
    assert look(data, "SELECT * FROM family") == []


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--born", "31/10/2026"),
        ("--born", "2026-02-30"),
        ("--born", ""),
        *(("--born", day) for day in FAR_DATES),
        *(("--due", day) for day in FAR_DATES),
    ],
)
def test_an_invitation_typed_wrongly_explains_itself(typed, data, options):
    named(data)

    ended = typed(*INVITE, *options, NOW="2026-11-02T09:00")

    assert ended.code == 2
    assert "Error: " in ended.err
    assert look(data, "SELECT * FROM family") == []


def test_a_label_is_sealed_and_the_code_is_not_in_the_database(typed, data):
    named(data)

    ended = typed(
        *INVITE, "--born", "2026-10-31", "--label", "planted-label", NOW="2026-11-02T09:00"
    )

    code = ended.last.rpartition("=")[2]
    for file in data.glob("lotsen.sqlite3*"):
        assert b"planted-label" not in file.read_bytes()
        assert code.encode() not in file.read_bytes()


def test_an_expected_child_needs_no_birth_date(typed, data):
    named(data)

    assert typed(*INVITE, "--due", "2027-01-15", NOW="2026-11-02T09:00").code == 0
    assert look(data, "SELECT born, due FROM child") == [(None, "2027-01-15")]


# visit book


@pytest.fixture
def family(typed, data) -> str:
    named(data)
    typed(*INVITE, "--born", "2026-10-31", NOW="2026-11-02T09:00")
    return "1"


def test_a_visit_is_booked_and_moved(typed, data, family):
    for at in ("2026-11-09T10:30", "2026-11-10T13:00"):
        ended = typed(*BOOK, family, "1", "--at", at, "--staff", "Anna, Bo", NOW="2026-11-02T09:00")
        assert ended.code == 0, ended.err
        assert at[:10] in ended.out
    assert look(data, "SELECT visit, revision, starts_at FROM booking") == [
        (1, 1, "2026-11-10 12:00:00.000000")
    ]
    assert look(data, "SELECT name, role FROM staff") == [
        ("Anna", "nurse"),
        ("Bo", "parent_supporter"),
    ]


def test_the_same_name_twice_is_one_person(typed, data, family):
    for staff in ("Anna,Bo", "Anna,Anna", "Zed,Zed"):
        ended = typed(
            *BOOK, family, "1", "--at", "2026-11-09T10:30", "--staff", staff, NOW="2026-11-02T09:00"
        )
        assert ended.code == 0, ended.err
    assert [name for (name,) in look(data, "SELECT name FROM staff ORDER BY id")] == [
        "Anna",
        "Bo",
        "Zed",
    ]


@pytest.mark.parametrize(
    ("number", "visit", "at", "said"),
    [
        ("9", "1", "2026-11-09T10:30", "There is no family 9."),
        ("1", "7", "2026-11-09T10:30", "There is no visit 7"),
        ("1", "0", "2026-11-09T10:30", "There is no visit 0"),
        ("1", "1", "2026-11-02T09:00", "is not after now"),
        ("1", "1", "2020-01-01T00:00", "is not after now"),
        ("9223372036854775807", "1", "2026-11-09T10:30", "There is no family"),
    ],
)
def test_a_visit_that_cannot_be_is_not_booked(typed, data, family, number, visit, at, said):
    ended = typed(*BOOK, number, visit, "--at", at, "--staff", "Anna", NOW="2026-11-02T09:00")

    assert ended.code == 1
    assert said in ended.err
    assert look(data, "SELECT * FROM booking") == []
    assert look(data, "SELECT * FROM staff") == []


@pytest.mark.parametrize(
    "words",
    [
        ("1", "1", "--at", "soon", "--staff", "Anna"),
        ("1", "1", "--at", "0001-01-01T00:00", "--staff", "Anna"),
        ("1", "1", "--at", "9999-12-31T23:59", "--staff", "Anna"),
        ("1", "1", "--at", "2026-11-09T10:30", "--staff", " , "),
        ("1", "1", "--at", "2026-11-09T10:30"),
        ("one", "1", "--at", "2026-11-09T10:30", "--staff", "Anna"),
        ("0", "1", "--at", "2026-11-09T10:30", "--staff", "Anna"),
        ("9" * 30, "1", "--at", "2026-11-09T10:30", "--staff", "Anna"),
        ("1", "9" * 30, "--at", "2026-11-09T10:30", "--staff", "Anna"),
    ],
)
def test_a_booking_typed_wrongly_explains_itself(typed, data, family, words):
    ended = typed(*BOOK, *words, NOW="2026-11-02T09:00")

    assert ended.code in {1, 2}
    assert ended.err
    assert look(data, "SELECT * FROM booking") == []


# tick


def test_the_last_line_of_a_tick_is_one_json_object(typed):
    ended = typed("tick", "--at", "2026-11-04T10:00")

    counts = json.loads(ended.last)
    assert set(counts) >= COUNTED
    assert set(counts.values()) == {0}


def test_a_tick_before_what_is_planned_says_so(typed, data):
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as file, file:
        file.execute("INSERT INTO memory VALUES ('planned_until', '2027-03-01T09:00:00+00:00')")

    ended = typed("tick", "--at", "2027-02-01T09:00")

    assert (ended.code, len(ended.out.splitlines())) == (0, 2)
    assert "nothing is planned" in ended.out.splitlines()[0]
    assert json.loads(ended.last)["planned"] == 0


def test_a_tick_later_than_now_is_for_a_telegram_on_this_machine_only(typed):
    later = ("tick", "--at", "2190-03-01T09:00")
    for url in (
        "https://api.telegram.org",
        "http://10.0.0.1:8081",
        "http://localhost.evil.org",
        "nonsense",
    ):
        ended = typed(*later, API_URL=url)
        assert (ended.code, ended.out) == (1, "")
        assert "--force" in ended.err
    for url in (NOBODY, "http://localhost:1", "http://[::1]:1", "http://127.8.8.8"):
        assert typed(*later, API_URL=url).code == 0


def test_a_tick_later_than_now_can_be_forced(typed):
    ended = typed("tick", "--at", "2190-03-01T09:00", "--force", **REAL)

    assert ended.code == 0
    assert json.loads(ended.last)["sent"] == 0


def test_a_tick_at_a_later_now_of_the_settings_is_refused_too(typed):
    ended = typed("tick", NOW="2190-03-01T09:00", **REAL)

    assert (ended.code, "--force" in ended.err) == (1, True)
    assert "None" not in ended.err


@pytest.mark.parametrize("at", ["soon", "", "2027-13-01", *(f"{day}T12:00" for day in FAR_DATES)])
def test_a_tick_at_no_time_explains_itself(typed, at):
    ended = typed("tick", "--at", at)

    assert ended.code in {0, 2} if at == "" else ended.code == 2


def test_while_a_sender_lives_a_tick_says_so_and_sends_nothing(typed, data):
    lock = sender_lock(Settings(_env_file=None, data_dir=data))
    lock.take()
    try:
        for command in (("tick",), ("run", "--only", "scheduler")):
            ended = typed(*command)
            assert (ended.code, ended.out) == (1, "")
            assert "Another process is sending" in ended.err
    finally:
        lock.give_back()
    assert typed("tick").code == 0


# timeline


def test_a_timeline_in_json_is_a_list_of_what_comes_when(typed):
    ended = typed(
        "timeline",
        "--born",
        "2026-08-31",
        "--visit",
        "2=2026-11-03T10:00",
        "--language",
        "so",
        "--format",
        "json",
    )

    entries = json.loads(ended.out)
    assert all(set(each) == {"at", "kind", "key", "keys", "text"} for each in entries)
    assert all(
        re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00", each["at"]) for each in entries
    )
    assert [each["at"] for each in entries] == sorted(each["at"] for each in entries)
    assert all(each["key"] == each["keys"][0] for each in entries)
    assert {each["kind"] for each in entries} == {"tip", "strength", "day_before", "same_morning"}


def test_a_timeline_as_text_tells_the_same(typed):
    words = ("timeline", "--born", "2026-08-31", "--language", "ar")

    shown = typed(*words).out
    entries = json.loads(typed(*words, "--format", "json").out)

    for each in entries:
        assert each["text"] in shown
        assert f"{each['at'][:10]} {each['at'][11:16]}  {each['kind']}" in shown


def test_a_timeline_needs_no_database_no_token_and_no_clock(unset, empty_folder, monkeypatch):
    monkeypatch.setattr("bot.clock.real_now", None)
    monkeypatch.setattr("bot.clock.Clock.now", None)

    ended = unset("timeline", "--born", "1990-02-28")

    assert ended.code == 0
    assert list(empty_folder.iterdir()) == []


def test_a_timeline_of_no_days_is_empty(typed):
    ended = typed("timeline", "--born", "2026-10-31", "--until", "2020-01-01", "--format", "json")

    assert json.loads(ended.out) == []


@pytest.mark.parametrize(
    "words",
    [
        *(("--born", day) for day in FAR_DATES),
        *(
            ("--born", "2026-10-31", option, day)
            for option in ("--due", "--joined", "--until")
            for day in FAR_DATES
        ),
        ("--born", "2026-10-31", "--visit", "1"),
        ("--born", "2026-10-31", "--visit", "7=2027-01-12T10:00"),
        ("--born", "2026-10-31", "--visit", "1=soon"),
        ("--born", "2026-10-31", "--visit", "1=9999-12-31T23:59"),
        ("--born", "2026-10-31", "--children", "0"),
        ("--born", "2026-10-31", "--children", "99"),
        ("--born", "2026-10-31", "--format", "xml"),
        ("--born", "2026-10-31", "--language", "xx"),
        (),
    ],
    ids=" ".join,
)
def test_a_timeline_typed_wrongly_explains_itself(typed, words):
    ended = typed("timeline", *words)

    assert ended.code in {1, 2}
    assert (ended.out, bool(ended.err)) == ("", True)


# the command itself


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
