"""Research at the command line: tables for everybody, rows for who has an approval and a yes."""

import sqlite3
import stat
from contextlib import closing

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from tests.bot.installed import look

NOW = "2027-02-01T10:00"
APPROVAL = "2026-01234-01"


@pytest.fixture
def type_in(typed):
    def run(*argv: str, **settings: str):
        return typed(*argv, NOW=NOW, **settings)

    return run


def family_says_yes(data, number: int, said: bool = True) -> None:
    yes = "'2026-12-01 08:00:00.000000'" if said else "NULL"
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as file:
        for statement in (
            "INSERT INTO family (id, area_id, registered_at) "
            f"VALUES ({number}, 1, '2026-11-02 08:00:00.000000')",
            f"INSERT INTO child (family_id, born) VALUES ({number}, '2026-10-{number + 10}')",
            "INSERT INTO guardian (family_id, chat_id, language, active_since, research_since) "
            f"VALUES ({number}, {number}, 'so', '2026-11-02 08:00:00.000000', {yes})",
        ):
            file.execute(statement)
        file.commit()


def test_rows_are_refused_without_an_approval_and_without_enough_families(type_in, data, tmp_path):
    file = tmp_path / "rows.csv"
    ended = type_in("research", "rows", str(file))
    assert (ended.code, "LOTSEN_ETHICS_APPROVAL" in ended.err) == (1, True)
    for number in range(1, 5):
        family_says_yes(data, number)
    family_says_yes(data, 5, said=False)
    ended = type_in("research", "rows", str(file), ETHICS_APPROVAL=APPROVAL)
    assert (ended.code, "No file is written." in ended.err) == (1, True)
    assert not file.exists()
    assert look(data, "SELECT * FROM research_export") == []


def test_rows_are_written_once_for_their_owner_only_and_every_export_is_listed(
    type_in, data, tmp_path
):
    for number in range(1, 8):
        family_says_yes(data, number)
    file = tmp_path / "rows.csv"
    ended = type_in("research", "rows", str(file), ETHICS_APPROVAL=APPROVAL)
    assert ended.code == 0, ended.err
    assert ended.out.startswith("7 rows are in ")
    assert APPROVAL in ended.out
    head, *lines = file.read_text("utf-8").splitlines()
    assert head.startswith("area,born,languages,parents,visits")
    assert len(lines) == 7
    assert all(",2026-10,so,1,0," in line for line in lines)  # a month, never a day
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = type_in("research", "rows", str(file), ETHICS_APPROVAL=APPROVAL)
    assert (again.code, "cannot be written" in again.err) == (1, True)
    [listed] = type_in("research", "exports").out.splitlines()  # what failed is not noted
    assert f"approval {APPROVAL}: 7 rows, 0 left out" in listed


def test_tables_need_no_approval_and_hide_small_counts(type_in, data):
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as file:
        row = "INSERT INTO tally (area_id, month, what) VALUES (1, '2026-08', ?)"
        file.executemany(row, [("registered",)] * 31 + [("visits_ended",)] * 3)
        file.commit()
    ended = type_in("research", "tables")
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    assert lines[0] == "area,from,to,figure,visit,detail,part,count,of"
    assert "all areas,2026-07,2026-12,offered,,,,31," in lines
    assert not [each for each in lines if each.endswith(",3,")]
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as file:
        file.execute("UPDATE area SET name = '=1+1' WHERE id = 1")
        file.commit()
    assert "\n'=1+1," in type_in("research", "tables").out  # no spreadsheet runs it


@pytest.mark.parametrize("number", ["yes", "x", "12 34; rm"])
def test_an_approval_without_a_number_is_no_approval(number):
    with pytest.raises(ValidationError, match="the number of an approval"):
        Settings(_env_file=None, ethics_approval=number)


def test_a_quarter_is_written_as_one(type_in):
    ended = type_in("quarter", "--of", "2026-Q5")
    assert "is no quarter. Write it like 2026-Q3." in ended.err
    later = type_in("quarter", "--of", "2027-Q1")
    assert "There are no figures of 2027-Q1." in later.err


def test_quarter_and_yearly_say_their_page(type_in, tmp_path):
    page = type_in("quarter", "--of", "2026-Q3", "--area", "Hjällbo")
    assert page.out.startswith("Utökade hembesök, kvartal 3 år 2026\nOmråden: Hjällbo\n")
    file = tmp_path / "out.txt"
    assert type_in("yearly", "--out", str(file)).out == f"Written to {file}.\n"
    assert file.read_text("utf-8").startswith("Uppföljning av 2026\n")
