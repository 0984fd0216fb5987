import asyncio
import json
import re
import sqlite3
from contextlib import closing

import pytest

from bot.settings import Settings
from storage.locks import sender_lock
from tests.bot.conftest import NOBODY
from tests.bot.installed import FAR_DATES

COUNTED = {"planned", "sent", "postponed", "unreachable", "dropped", "failed"}
REAL = {"API_URL": "https://api.telegram.org"}


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

    assert ended.code == 2


def test_while_a_sender_lives_a_tick_says_so_and_sends_nothing(typed, data):
    lock = sender_lock(Settings(_env_file=None, data_dir=data).database, data)
    asyncio.run(lock.take())
    try:
        for command in (("tick",), ("run", "--only", "scheduler")):
            ended = typed(*command)
            assert (ended.code, ended.out) == (1, "")
            assert "Another process is sending" in ended.err
    finally:
        asyncio.run(lock.give_back())
    assert typed("tick").code == 0


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
    assert all(set(each) == {"at", "kind", "key", "keys", "text", "buttons"} for each in entries)
    assert all(
        re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00", each["at"]) for each in entries
    )
    assert [each["at"] for each in entries] == sorted(each["at"] for each in entries)
    assert all(each["key"] == each["keys"][0] for each in entries)
    assert {each["kind"] for each in entries} == {
        "tip",
        "erasure",
        "strength",
        "day_before",
        "same_morning",
        "visit_offer",
    }


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


def test_a_timeline_is_printed_for_who_signs_it(typed, tmp_path):
    sheets = tmp_path / "sheets.pdf"
    words = ("--born", "2026-10-31", "--until", "2026-11-15", "--print", str(sheets))
    ended = typed("timeline", *words)

    assert (ended.code, ended.out) == (0, ""), ended.err
    assert sheets.read_bytes().startswith(b"%PDF")  # what stands in it: test_review


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
        ("--born", "2026-10-31", "--whole"),
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
