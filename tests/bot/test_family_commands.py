"""Staff at the command line: a family's links, people and dates."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.bot.installed import INVITE, look, named

NOW = "2026-11-02T09:00"
LINK = r"https://t\.me/LotsenTestBot\?start=[A-Za-z0-9_-]{22}"


@pytest.fixture
def type_in(typed):
    """Types a command on that Monday."""

    def run(*argv: str, at: str = NOW):
        return typed("family", *argv, NOW=at)

    return run


@pytest.fixture
def born(type_in, data) -> str:
    named(data)
    type_in(*INVITE[1:], "--born", "2026-10-31")
    return "1"


@pytest.fixture
def expecting(type_in, data) -> str:
    named(data)
    type_in(*INVITE[1:], "--due", "2026-12-20")
    return "1"


def joined(data, chat: int = 1001, **facts: object) -> None:
    """A parent has joined by the chat."""
    values = {"role": None, "spoken": None} | facts
    words = ", ".join(f"'{v}'" if v else "NULL" for v in values.values())
    run(
        data,
        "INSERT INTO guardian (family_id, chat_id, language, active_since, "
        f"{', '.join(values)}) VALUES (1, {chat}, 'so', '2026-11-02 08:00:00.000000', {words})",
    )


def run(data, statement: str) -> None:
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as file:
        file.execute(statement)
        file.commit()


# ---- registering


def test_a_family_without_the_chat_gets_no_link_and_is_the_same_record(type_in, data):
    ended = type_in(*INVITE[1:], "--born", "2026-10-31", "--no-chat", "--spoken", "ti")

    assert ended.code == 0, ended.err
    assert ended.out == "Family 1 is registered in Hjällbo, without the chat.\n"
    assert look(data, "SELECT born FROM child") == [("2026-10-31",)]
    assert look(data, "SELECT spoken FROM family") == [("ti",)]
    assert look(data, "SELECT * FROM invite") == []
    assert look(data, "SELECT what FROM tally") == [("registered",)]


@pytest.mark.parametrize("code", ["ti", "prs", "so", "mis"])
def test_the_language_an_interpreter_is_wanted_for_is_kept(type_in, data, code):
    named(data)

    ended = type_in(*INVITE[1:], "--born", "2026-10-31", "--spoken", code)

    assert re.fullmatch(LINK, ended.last)
    assert look(data, "SELECT spoken FROM family") == [(code,)]
    assert look(data, "SELECT what FROM tally") == [("registered",)]


@pytest.mark.parametrize("more", [(), ("--no-chat",)])
def test_a_language_nobody_knows_is_refused_with_those_there_are(type_in, data, more):
    named(data)

    ended = type_in(*INVITE[1:], "--born", "2026-10-31", "--spoken", "klingon", *more)

    assert (ended.code, ended.out) == (1, "")
    assert "There is no language 'klingon'. Languages: sv, ar, so, en, ti, fa" in ended.err
    assert look(data, "SELECT * FROM family") == []


# ---- links


def test_another_link_stands_alone_on_the_last_line(type_in, data, born):
    ended = type_in("link", born)

    assert ended.code == 0, ended.err
    assert re.fullmatch(LINK, ended.last)
    assert look(data, "SELECT role, made_by FROM invite") == [(None, None)] * 2


def test_a_link_may_carry_a_role(type_in, data, born):
    assert type_in("link", born, "--role", "other_parent").code == 0
    assert look(data, "SELECT role FROM invite ORDER BY id") == [(None,), ("other_parent",)]
    assert type_in("link", born, "--role", "uncle").code == 2


def test_before_the_first_start_there_is_no_link_for_a_family(type_in, data):
    type_in(*INVITE[1:], "--born", "2026-10-31", "--no-chat")
    for words in (("link", "1"), ("new-phone", "1", "1")):
        ended = type_in(*words)
        assert (ended.code, ended.out) == (1, "")
        assert "lotsen run" in ended.err


def test_a_new_phone_cuts_the_old_chat_off_and_prints_a_link(type_in, data, born):
    joined(data)

    ended = type_in("new-phone", born, "1")

    assert ended.code == 0, ended.err
    assert re.fullmatch(LINK, ended.last)
    assert look(data, "SELECT chat_id FROM guardian") == [(None,)]
    assert look(data, "SELECT renews_id FROM invite ORDER BY id") == [(None,), (1,)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("link", "9"), "There is no family 9."),
        (("new-phone", "9", "1"), "There is no family 9."),
        (("new-phone", "1", "7"), "Family 1 has no parent 7."),
        (("show", "9"), "There is no family 9."),
        (("born", "9", "--on", "2026-10-31"), "There is no family 9."),
        (("home", "9", "--on", "2026-11-01"), "There is no family 9."),
        (("correct", "9", "--born", "2026-10-31"), "There is no family 9."),
        (("corrected-age", "9", "on"), "There is no family 9."),
        (("add-child", "9", "--born", "2026-10-31"), "There is no family 9."),
    ],
)
def test_a_family_or_parent_that_is_not_there_is_named(type_in, data, born, words, said):
    ended = type_in(*words)

    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1


# ---- children


def test_staff_tell_a_birth_of_twins_and_hear_no_news_of_it(type_in, data, expecting):
    ended = type_in("born", expecting, "--on", "2026-11-01", "--children", "2")

    assert ended.code == 0, ended.err
    assert ended.out == "Family 1: 2 children born on 2026-11-01.\n"
    assert (
        look(data, "SELECT born, due, corrected FROM child")
        == [("2026-11-01", "2026-12-20", 0)] * 2
    )
    assert look(data, "SELECT * FROM event") == []


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-11-03", "is after today"),
        ("2026-07-01", "too far apart"),
        ("2020-01-01", "too long ago"),
    ],
)
def test_a_birth_on_a_wrong_day_is_refused(type_in, data, expecting, on, said):
    ended = type_in("born", expecting, "--on", on)

    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err
    assert look(data, "SELECT born FROM child") == [(None,)]


def test_a_birth_where_no_child_is_expected_is_refused(type_in, data, born):
    ended = type_in("born", born, "--on", "2026-11-01")

    assert ended.code == 1
    assert "expects no child" in ended.err
    assert look(data, "SELECT born FROM child") == [("2026-10-31",)]


def test_a_birth_date_is_corrected_and_the_due_date_too(type_in, data, born):
    ended = type_in("correct", born, "--born", "2026-10-30", "--due", "2026-12-10")

    assert ended.code == 0, ended.err
    assert ended.out == "Family 1: child 1: born 2026-10-30, due 2026-12-10\n"
    assert look(data, "SELECT born, due, tips_from FROM child") == [
        ("2026-10-30", "2026-12-10", "2026-10-30")
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--born", "2026-11-03"), "is after today"),
        (("--born", "2020-10-30"), "too long ago"),
        (("--due", "2027-10-30"), "too far apart"),
        (("--due", "2026-01-01"), "too far apart"),
        (("--child", "2", "--born", "2026-10-30"), "Family 1 has no child 2."),
    ],
)
def test_a_wrong_correction_is_refused_with_a_clear_sentence(type_in, data, born, words, said):
    ended = type_in("correct", born, *words)

    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err
    assert look(data, "SELECT born, due FROM child") == [("2026-10-31", None)]


def test_a_correction_of_nothing_explains_itself(type_in, born):
    assert type_in("correct", born).code == 2
    assert type_in("correct", born, "--child", "0", "--born", "2026-10-31").code == 2


def test_tips_follow_the_due_date_and_back(type_in, data, born):
    type_in("correct", born, "--due", "2026-12-10")

    assert type_in("corrected-age", born, "on").code == 0
    assert look(data, "SELECT tips_from, corrected FROM child") == [("2026-12-10", 1)]
    ended = type_in("corrected-age", born, "off")
    assert ended.out == "Family 1: tips for one child follow the birth date.\n"
    assert look(data, "SELECT tips_from, corrected FROM child") == [("2026-10-31", 0)]


def test_tips_cannot_follow_a_due_date_that_nobody_knows(type_in, data, born):
    ended = type_in("corrected-age", born, "on")

    assert ended.code == 1
    assert "Give the due date first" in ended.err


def test_the_day_of_coming_home_is_kept(type_in, data, born):
    assert type_in("home", born, "--on", "2026-11-01").code == 0
    assert look(data, "SELECT came_home FROM child") == [("2026-11-01",)]


@pytest.mark.parametrize("on", ["2026-10-30", "2026-11-03"])
def test_nobody_comes_home_before_the_birth_or_after_today(type_in, data, born, on):
    ended = type_in("home", born, "--on", on)

    assert (ended.code, ended.out) == (1, "")
    assert "cannot have come home" in ended.err
    assert look(data, "SELECT came_home FROM child") == [(None,)]


def test_who_is_not_born_has_not_come_home(type_in, data, expecting):
    ended = type_in("home", expecting, "--on", "2026-11-01")

    assert ended.code == 1
    assert "no child with a birth date" in ended.err


def test_a_corrected_birth_after_the_homecoming_takes_that_day_away(type_in, data, born):
    type_in("home", born, "--on", "2026-10-31")
    type_in("correct", born, "--born", "2026-11-01")

    assert look(data, "SELECT born, came_home FROM child") == [("2026-11-01", None)]


def test_a_late_twin_and_a_sibling_on_the_way_are_added(type_in, data, born):
    assert type_in("add-child", born, "--born", "2026-10-31").out == (
        "Family 1: child 2 is added.\n"
    )
    assert type_in("add-child", born, "--due", "2027-05-01").code == 0
    assert look(data, "SELECT born, due FROM child") == [
        ("2026-10-31", None),
        ("2026-10-31", None),
        (None, "2027-05-01"),
    ]
    assert type_in("add-child", born).code == 2
    assert type_in("add-child", born, "--born", "2026-11-03").code == 1


def test_a_family_is_shown_by_numbers_for_there_are_no_names(type_in, data, born):
    joined(data, role="birthing", spoken="ti")
    joined(data, 1002)
    run(data, "UPDATE guardian SET chat_id = NULL WHERE id = 2")
    run(
        data,
        "INSERT INTO rest (guardian_id, why, since) "
        "VALUES (2, 'stopped', '2026-11-02 07:30:00.000000')",
    )
    run(data, "UPDATE family SET spoken = 'ti', label = NULL")

    ended = type_in("show", born)

    assert ended.code == 0, ended.err
    assert ended.out.splitlines() == [
        "Family 1, Hjällbo. Interpreter: Tigrinya.",
        "  child 1: born 2026-10-31",
        "  parent 1: birthing parent, reads so, speaks Tigrinya, since 2026-11-02",
        "  parent 2: reads so, since 2026-11-02, no chat, stopped since 2026-11-02",
    ]


def test_who_waits_is_shown_without_a_name(type_in, data, born):
    joined(data)
    run(
        data,
        "INSERT INTO guardian (family_id, chat_id, language, asked_by, asked_at, asked_name) "
        "VALUES (1, 1002, 'ar', 1, '2026-11-02 07:30:00.000000', NULL)",
    )

    assert type_in("show", born).last == "  parent 2: reads ar, waits for the other parent's yes"


# ---- forgetting


def test_a_family_is_erased_at_once_and_a_second_time_there_is_none(type_in, data, born):
    joined(data)
    ended = type_in("forget", born)
    assert "erased" in ended.out
    assert look(data, "SELECT count(*) FROM family") == look(data, "SELECT 0")
    assert look(data, "SELECT count(*) FROM guardian") == look(data, "SELECT 0")
    again = type_in("forget", born)
    assert again.code == 1
    assert "There is no family 1." in again.err
