"""Staff by command: invited, listed, ended; families that move; a visit's slip."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.bot.installed import INVITE, look, named

NOW = "2026-11-02T09:00"
ANNA = ("staff", "invite", "--role", "nurse", "--area", "Hjällbo", "--name", "Anna")


def test_before_the_first_start_there_is_no_link_and_no_colleague(typed, data):
    ended = typed(*ANNA, NOW=NOW)
    assert (ended.code, ended.out) == (1, "")
    assert "lotsen run" in ended.err
    assert look(data, "SELECT * FROM staff") == []


@pytest.mark.parametrize(
    "role", ["nurse", "parent_supporter", "coordinator", "translator", "administrator"]
)
def test_the_link_stands_alone_on_the_last_line(typed, data, role):
    named(data)
    ended = typed(
        *("staff", "invite", "--role", role, "--area", "Hjällbo", "--name", "Bo"),
        *("--language", "so"),
        NOW=NOW,
    )
    assert ended.code == 0, ended.err
    assert re.fullmatch(r"https://t\.me/LotsenTestBot\?start=[A-Za-z0-9_-]{22}", ended.last)
    assert look(data, "SELECT role, language FROM staff") == [(role, "so")]
    code = ended.last.rpartition("=")[2]
    for file in data.glob("lotsen.sqlite3*"):
        assert code.encode() not in file.read_bytes()


def test_one_link_is_for_several_areas(typed, data):
    named(data)
    for _ in range(2):
        assert typed(*ANNA, "--area", "Gårdsten", "--area", "Hjällbo", NOW=NOW).code == 0
    [(own, other)] = look(
        data,
        "SELECT a.name, b.name FROM staff JOIN area a ON a.id = staff.area_id "
        "JOIN staff_area ON staff_id = staff.id JOIN area b ON b.id = staff_area.area_id",
    )
    assert (own, other) == ("Hjällbo", "Gårdsten")


def test_the_same_name_again_is_the_same_person_with_a_new_link(typed, data):
    named(data)
    first, second = typed(*ANNA, NOW=NOW), typed(*ANNA, NOW=NOW)
    assert first.last != second.last
    assert look(data, "SELECT count(*) FROM staff") == [(1,)]


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("--role", "king", "--area", "Hjällbo", "--name", "Bo"), "king", 2),
        (("--role", "nurse", "--area", "Atlantis", "--name", "Bo"), "There is no area", 1),
        (
            ("--role", "nurse", "--area", "Hjällbo", "--name", "  "),
            "nothing in it that can be read",
            2,
        ),
        (
            ("--role", "nurse", "--area", "Hjällbo", "--name", "Bo", "--language", "xx"),
            "no language 'xx'",
            1,
        ),
    ],
)
def test_an_invitation_typed_wrongly_explains_itself(typed, data, words, said, code):
    named(data)
    ended = typed("staff", "invite", *words, NOW=NOW)
    assert ended.code == code
    assert said in ended.err
    assert look(data, "SELECT * FROM staff") == []


def test_staff_are_listed_and_change_language(typed, data):
    named(data)
    assert "Nobody is invited yet" in typed("staff", "list", NOW=NOW).out
    typed(*ANNA, NOW=NOW)
    assert typed("staff", "list", NOW=NOW).last == "Hjällbo: Anna, nurse, sv, not in the chat"
    ended = typed("staff", "language", "Anna", "ar", "--area", "Hjällbo", NOW=NOW)
    assert "العربية" in ended.out
    assert "Nobody" in typed("staff", "list", "--area", "Gårdsten", NOW=NOW).out


@pytest.fixture
def family(typed, data) -> str:
    named(data)
    typed(*INVITE, "--born", "2026-10-31", NOW=NOW)
    typed(*("visit", "book", "1", "1", "--at", "2026-11-09T10:30", "--staff", "Anna,Bo"), NOW=NOW)
    return "1"


def test_who_ends_is_cut_off_and_the_coming_visits_are_listed(typed, data, family):
    ended = typed("staff", "end", "Anna", "--area", "Hjällbo", NOW=NOW)
    assert ended.code == 0, ended.err
    assert ended.last == "Monday 2026-11-09 10:30: visit 1 of family 1"
    again = typed("staff", "end", "Anna", "--area", "Hjällbo", NOW=NOW)
    assert (again.code, "Nobody called 'Anna'" in again.err) == (1, True)


def test_a_family_is_asked_moves_and_leaves(typed, data, family):
    asked = typed("family", "move", family, "--area", "Gårdsten", NOW=NOW)
    assert "Nothing changes before a yes" in asked.out
    assert look(data, "SELECT move_to IS NULL FROM family") == [(0,)]
    typed("family", "move", family, "--area", "Gårdsten", "--agreed", NOW=NOW)
    [(area,)] = look(data, "SELECT a.name FROM area a JOIN family f ON f.area_id = a.id")
    assert area == "Gårdsten"
    assert look(data, "SELECT state FROM booking") == [("freed",)]
    assert "has left" in typed("family", "leave", family, NOW=NOW).out
    assert "had left before" in typed("family", "leave", family, "--home", "2", NOW=NOW).out
    assert typed("family", "move", "9", "--area", "Gårdsten", NOW=NOW).code == 1


def test_who_moves_a_family_of_two_homes_is_told_that_both_go(typed, data, family):
    one = typed("family", "move", family, "--area", "Gårdsten", "--agreed", NOW=NOW)
    assert one.out == f"Family {family} belongs to Gårdsten now.\n"
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as db:
        db.execute("UPDATE family SET split_at = registered_at")
        db.commit()
    both = typed("family", "move", family, "--area", "Hjällbo", "--agreed", NOW=NOW)
    assert "belongs to Hjällbo now" in both.out
    assert "two homes" in both.last


@pytest.mark.parametrize("language", ["sv", "ar", "so", "en"])
def test_a_slip_says_what_the_reminder_says(typed, data, family, tmp_path, language):
    page = tmp_path / "slip.pdf"
    ended = typed(
        *("visit", "slip", family, "1", "--language", language, "--pdf", str(page)), NOW=NOW
    )
    assert ended.code == 0, ended.err
    assert all(value in ended.out for value in ("10:30", "Anna", "Bo"))
    assert page.read_bytes().startswith(b"%PDF")  # what stands in it: test_slips


@pytest.mark.parametrize("language", ["sv", "ar", "so", "en"])
def test_paper_is_made_for_who_has_no_chat(typed, family, tmp_path, language):
    link = "https://t.me/lotsen_bot?start=AbCdEfGhIjKlMnOpQrStUv"
    made = {
        "card": ("card", link, str(tmp_path / "card.pdf"), "--language", language),
        "letter": ("letter", family, str(tmp_path / "letter.pdf"), "--language", language),
        "guide": ("guide", str(tmp_path / "guide.pdf"), "--language", language),
    }
    for name, words in made.items():
        ended = typed("paper", *words, NOW=NOW)
        assert (ended.code, ended.out) == (0, ""), ended.err
        assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_there_is_no_slip_without_a_visit(typed, data, family):
    for words in (("1", "2"), ("9", "1")):
        ended = typed("visit", "slip", *words, "--language", "so", NOW=NOW)
        assert ended.code == 1
    assert typed("visit", "slip", "1", "1", "--language", "xx", NOW=NOW).code == 1
