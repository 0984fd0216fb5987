import re

import pytest

from messaging.i18n import load_languages
from messaging.staff_texts import invitation
from tests.bot.installed import FAR_DATES, INVITE, look, named

BOOK = ("visit", "book")


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
    ],
)
def test_a_family_that_cannot_be_is_not_registered(typed, data, options, said):
    named(data)

    ended = typed(*INVITE, *options, NOW="2026-11-02T09:00")

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
