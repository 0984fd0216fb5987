"""Tags, marks of direction, names of files and links at the command line: cleaned, refused, or not
followed."""

import inspect
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import click
import pytest

from bot.__main__ import lotsen as commands
from bot.app import CannotRun
from bot.cli_words import Words
from bot.paper_files import put
from messaging.isolates import MARKS
from tests.bot.installed import look, named
from tests.door.ways import verbs

ODD = "Zq<b>&\u202e\u2067\u200b\r\nBEGIN:VEVENT\x1b[31m"
CLEAN = "Zq<b>& BEGIN:VEVENT [31m"
AT = {"NOW": "2026-11-02T09:00"}
BAD = MARKS | set("\u200b\x1b\r")


def soundly(ended) -> str:
    """What a command said, in which nothing turns a line round or steers the terminal."""
    said = ended.out + ended.err
    assert not set(said) & BAD, said
    return said


def test_every_word_of_every_verb_is_cleaned_before_it_is_used():
    takes = {name: param.type for name, each in verbs().items() for param in each.params}
    assert len(takes) > 40
    raw = [
        f"{name} {param.name}"
        for name, each in verbs().items()
        for param in each.params
        if isinstance(param.type, click.types.StringParamType)
    ]
    assert raw == []
    assert isinstance(commands.commands["area"].commands["pause"].params[0].type, Words)


def test_what_is_kept_is_clean_and_what_is_said_is_too(typed, data):
    named(data)
    soundly(typed("area", "add", ODD, "--employer", ODD))
    soundly(typed("staff", "invite", "--role", "nurse", "--area", CLEAN, "--name", ODD))
    born = ("--born", "2026-10-31", "--label", ODD, "--no-chat")
    soundly(typed("family", "invite", "--area", CLEAN, *born, **AT))
    assert f"{CLEAN}: running, {CLEAN}" in soundly(typed("area", "list"))
    assert look(data, "SELECT name FROM staff") == [(CLEAN,)]
    assert typed("area", "add", "x" * 81).code == 2
    assert typed("area", "add", "\u202e\u200b").code == 2


def test_a_list_s_cells_are_cleaned_and_its_faults_said_so(typed, data, tmp_path):
    odd = ODD[:40].replace("\r\n", "\u2028")
    file = tmp_path / "families.csv"
    file.write_text(f'area;born;label\n"{odd}";"{odd}";x\n', "utf-8")
    assert "row 2" in soundly(typed("import", "families", str(file), **AT))
    places = tmp_path / "places.csv"
    places.write_text(f'name;kind;monday\n"{odd}";library;9-12\n', "utf-8")
    assert "1 new" in soundly(typed("import", "places", str(places), **AT))
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as opened:
        bodies = str(opened.execute("SELECT body FROM edition").fetchall())
    assert "Zq" in bodies
    assert not any(sign in bodies or f"\\u{ord(sign):04x}" in bodies for sign in MARKS)


def test_the_name_of_a_file_is_only_a_name(typed, tmp_path):
    name = "\u202egpj.exe\n../../x<b>".replace("/", "\u2215")
    large = tmp_path / f"{name}.csv"
    large.write_bytes(b"x" * 2_100_000)
    assert "larger than 2 MB" in soundly(typed("import", "families", str(large)))
    folder = tmp_path / "sounds"
    folder.mkdir()
    (folder / f"{name}.ogg").write_bytes(b"OggS")
    (folder / "tip-faces.ogg").symlink_to("/etc/passwd")
    ended = typed("recordings", "import", str(folder), "--language", "so")
    assert "no text has this name" in soundly(ended)
    assert "root:" not in soundly(ended)


def test_names_of_files_that_come_by_chat_are_never_read():
    here = Path(inspect.getfile(put)).parents[1]
    files = [f for at in ("bot", "handlers", "services") for f in (here / at).glob("*.py")]
    assert len(files) > 100
    assert [f.name for f in files if ".file_name" in f.read_text("utf-8")] == []


@pytest.mark.parametrize("verb", ["yearly", "backup"])
def test_no_command_writes_through_a_link(typed, tmp_path, verb):
    ours, link = tmp_path / "ours.txt", tmp_path / "link.pdf"
    ours.write_text("ours", "utf-8")
    link.symlink_to(ours)
    argv = {
        "yearly": ("yearly", "--out", str(link)),
        "backup": ("backup", str(link)),
    }[verb]
    ended = typed(*argv, **AT)
    assert (ended.code, ours.read_text("utf-8"), link.is_symlink()) == (1, "ours", True)
    assert str(link) in soundly(ended)


def test_a_file_that_is_there_is_replaced_and_a_new_one_is_its_owner_s_only(tmp_path):
    file = tmp_path / "new.html"
    put(file, b"longer before")
    put(file, b"now")
    assert file.read_bytes() == b"now"
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    (tmp_path / "folder").mkdir()
    for where in (tmp_path / "folder", tmp_path / "none" / "x", file / "x"):
        with pytest.raises(CannotRun, match="cannot be written"):
            put(where, b"x")


def test_no_verb_writes_a_file_in_another_way():
    here = Path(inspect.getfile(put)).parent
    others = [f.name for f in here.glob("cli_*.py") if ".write_" in f.read_text("utf-8")]
    assert others == []
