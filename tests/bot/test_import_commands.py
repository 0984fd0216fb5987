"""`lotsen import`: dry run, one line for each bad row, links, templates."""

import pytest

from tests.bot.installed import look, named

AT = {"NOW": "2026-11-02T09:00"}


@pytest.fixture
def families(tmp_path):
    file = tmp_path / "families.csv"
    file.write_bytes("Område;Född;Etikett\nHjällbo;2026-10-31;röd\n".encode("cp1252"))
    return file


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(typed, data, families):
    ended = typed("import", "families", str(families), "--dry-run", **AT)
    assert (ended.code, ended.out.splitlines()) == (
        0,
        ["Nothing was imported, only looked at: 1 family registered."],
    )
    assert look(data, "SELECT * FROM family") == []


def test_families_are_registered_and_links_printed_only_when_asked_for(typed, data, families):
    ended = typed("import", "families", str(families), **AT)
    assert ended.out.splitlines() == ["1 family registered.", "row 2: family 1"]
    families.write_text("area;born;label\nHjällbo;2026-10-31;blå\n", "utf-8")
    before = typed("import", "families", str(families), "--links", **AT)
    assert (before.code, before.out) == (1, "")
    assert "lotsen run" in before.err
    assert len(look(data, "SELECT * FROM family")) == 1
    named(data)
    ended = typed("import", "families", str(families), "--links", **AT)
    assert "https://t.me/LotsenTestBot?start=" in ended.last


def test_every_bad_row_has_a_line_and_nothing_is_imported(typed, data, tmp_path):
    file = tmp_path / "places.csv"
    file.write_text("name;kind;monday\nA;library;9-12\nB;castle;9-12\nC;library;x\n", "utf-8")
    ended = typed("import", "places", str(file), **AT)
    assert (ended.code, ended.out) == (1, "")
    lines = ended.err.splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["row 3, kind", "row 4, monday"]
    assert lines[-1] == "2 faults: nothing was imported. Mend the list and try again."
    assert look(data, "SELECT * FROM edition WHERE body LIKE '%\"A\"%'") == []


@pytest.mark.parametrize("what", ["places", "families"])
def test_the_template_is_printed_and_can_be_imported(typed, data, tmp_path, what):
    ended = typed("import", what, "--template", **AT)
    assert ended.code == 0
    file = tmp_path / "list.csv"
    file.write_text(ended.out, "utf-8")
    ended = typed("import", what, str(file), "--dry-run", **AT)
    assert ended.code == 0, ended.err


def test_no_file_a_missing_one_and_one_that_is_no_list_end_in_a_sentence(typed, data, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\x00\x00")
    for argv, said in (
        ((), "Give the file, or --template"),
        ((str(tmp_path / "none.csv"),), "does not exist"),
        ((str(picture),), "This is no list"),
    ):
        ended = typed("import", "places", *argv, **AT)
        assert ended.code != 0
        assert said in ended.err
