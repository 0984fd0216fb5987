"""`lotsen recordings`: what is missing, and a studio's files; `lotsen check` only tells of it."""

import pytest

from tests.bot.installed import look
from tests.sounds import tone

SO = ("--language", "so")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "studio"
    made.mkdir()
    (made / "day-5.wav").write_bytes(tone(kind="wav"))
    (made / "page-bvc.ogg").write_bytes(tone(seconds=2.0))
    (made / "notes.txt").write_text("not a sound", "utf-8")
    return made


def stands(data):
    return look(data, "SELECT key, language, stage, staff_id FROM recording ORDER BY key")


def test_a_folder_is_taken_in_and_its_texts_are_heard(typed, data, folder):
    looked = typed("recordings", "import", str(folder), *SO, "--dry-run")
    assert looked.out == "Nothing was imported, only looked at: 2 new, 0 replaced.\n"
    assert stands(data) == []
    assert typed("recordings", "import", str(folder), *SO).out == "2 new, 0 replaced.\n"
    assert typed("recordings", "import", str(folder), *SO).out == "0 new, 2 replaced.\n"
    kept = [("day:5", "so", "stands", None), ("page:bvc", "so", "stands", None)]
    assert [tuple(row) for row in stands(data)] == kept
    listed = typed("recordings", *SO).out.splitlines()
    assert "so\theard\tday-5\t5" in listed
    missing = typed("recordings", *SO, "--missing").out.splitlines()
    assert len(missing) == len(listed) - 2
    assert not any("\theard\t" in line for line in missing)


def test_every_bad_file_has_a_line_and_nothing_is_imported(typed, data, folder):
    (folder / "day-66.ogg").write_bytes(tone())
    (folder / "day-7.ogg").write_bytes(b"nothing to hear")
    ended = typed("recordings", "import", str(folder), *SO)
    assert (ended.code, ended.out) == (1, "")
    assert [line.split(":")[0] for line in ended.err.splitlines()[:2]] == [
        "day-66.ogg",
        "day-7.ogg",
    ]
    assert stands(data) == []


def test_a_folder_without_sounds_and_a_language_that_is_none_are_said(typed, data, tmp_path):
    empty = typed("recordings", "import", str(tmp_path), *SO)
    assert empty.code == 1
    assert "no sound files" in empty.err
    assert "xx" in typed("recordings", "--language", "xx").err


def test_what_nobody_has_read_aloud_is_a_note_of_the_check_and_no_fault(typed, data, folder):
    typed("recordings", "import", str(folder), *SO)
    ended = typed("check")
    assert ended.code == 0
    assert "Note: so: 2 of 191 texts can be heard. See: lotsen recordings" in ended.out
    assert ended.last == "No faults."
