"""Blocks of the yearly follow-up: never over 600, cut where a person would, nothing lost."""

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.desks import Desk, due_to_desk
from programme.headings import Heading
from programme.kinds import Kind, Rules, may_leave
from programme.people import Role, StaffMember
from programme.yearly import MOST, blocks, counted, fit
from tests.cast import RULES, local

_WORDS = st.text(st.sampled_from("aåé e\u0301👩‍👧 .!?…\n\u0627"), max_size=400) | st.text(
    max_size=80
)
EVA = StaffMember(id=3, name="Eva", role=Role.COORDINATOR, in_chat=True)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Åtta pappor", 11),
        ("e\u0301", 1),  # a letter and its mark are one letter where there is one
        ("q\u0301", 2),  # and two where there is none
        ("👍", 2),
        ("👩‍👧", 5),  # two people and what joins them
        ("a\nb", 4),  # a form sends a line break as two signs
    ],
)
def test_a_text_is_counted_as_the_strictest_program_does(text, count):
    assert counted(text) == count


def _signs(lines) -> str:
    return "".join(unicodedata.normalize("NFC", "".join("".join(lines).split())).split())


@given(st.lists(_WORDS, max_size=8))
def test_a_block_is_never_too_long_and_nothing_is_lost(lines):
    block = fit(Heading.GAINS, lines)
    assert block.count <= MOST
    assert len(block.text.encode("utf-16-le")) // 2 <= MOST
    there = [*block.text.split("\n"), *block.left_out]
    assert _signs(there) == _signs([unicodedata.normalize("NFC", line) for line in lines])


@given(st.lists(_WORDS, max_size=8))
def test_a_block_ends_with_a_line_or_a_sentence(lines):
    block = fit(Heading.GAINS, lines)
    whole = [" ".join(unicodedata.normalize("NFC", line).split()) for line in lines]
    last = block.text.split("\n")[-1]
    assert not last or last in whole or last[-1] in ".!?…"


def test_a_line_that_does_not_fit_gives_its_first_sentences():
    begins, rest = "Först detta. Sedan det!", "Till sist: " + "å" * 600
    block = fit(Heading.OTHER, ["En rad.", f"{begins} {rest}", "En till."])
    assert block.text == f"En rad.\n{begins}"
    assert block.left_out == (rest, "En till.")


def test_exactly_six_hundred_fit_and_one_more_does_not():
    assert fit(Heading.OTHER, ["å" * 600]).left_out == ()
    assert fit(Heading.OTHER, ["å" * 601]).text == ""
    assert fit(Heading.OTHER, ["å" * 300, "å" * 298]).left_out == ()
    assert fit(Heading.OTHER, ["å" * 300, "å" * 299]).left_out == ("å" * 299,)


def test_every_heading_has_its_block_in_the_order_of_the_template():
    made = list(blocks([(Heading.OTHER, "b"), (Heading.STEERING, "a"), (Heading.OTHER, "c")]))
    assert [each.heading for each in made] == list(Heading)
    assert {each.heading: each.text for each in made if each.text} == {
        Heading.STEERING: "a",
        Heading.OTHER: "b\nc",
    }


def due(desk: Desk, since: str, until: str, rules: Rules = RULES):
    found = due_to_desk(desk, local(since), local(until), rules)
    return [(each.at, each.year, each.by) for each in found if each.kind is Kind.YEARLY]


def test_coordinators_are_reminded_twice_in_january_on_working_days():
    desk = Desk(member=EVA, areas=(1,))
    by = date(2028, 2, 1)
    # 8 January 2028 is a Saturday.
    assert due(desk, "2027-12-01T00:00", "2028-03-01T00:00") == [
        (local("2028-01-10T08:00"), 2027, by),
        (local("2028-01-25T08:00"), 2027, by),
    ]


def test_who_has_looked_at_it_is_not_reminded_again():
    opened = Desk(member=EVA, areas=(1,), yearly_opened=2027)
    assert [at for at, *_ in due(opened, "2028-01-01T00:00", "2028-02-01T00:00")] == [
        local("2028-01-10T08:00")
    ]
    before = Desk(member=EVA, areas=(1,), yearly_opened=2026)
    assert len(due(before, "2028-01-01T00:00", "2028-02-01T00:00")) == 2


def test_nurses_are_not_reminded():
    nurse = StaffMember(id=1, name="Anna", role=Role.NURSE, in_chat=True)
    assert due(Desk(member=nurse, areas=(1,)), "2027-01-01T00:00", "2028-01-01T00:00") == []


@settings(deadline=None, max_examples=30)
@given(st.integers(2026, 2060), st.lists(st.dates(), max_size=5), st.integers(1, 50))
def test_the_second_reminder_leaves_before_the_day_and_in_working_hours(year, red, hours):
    rules = Rules(is_red=lambda day: day.weekday() == 6 or day in red)
    begin, found = local(f"{year}-01-01T00:00"), []
    end = begin + timedelta(days=31)
    while begin < end:  # also when the planner looks in ragged pieces
        upto: datetime = begin + timedelta(hours=hours)
        found += due_to_desk(Desk(member=EVA, areas=(1,)), begin, upto, rules)
        begin = upto
    yearly = [each for each in found if each.kind is Kind.YEARLY]
    assert len(yearly) == 2
    assert all(may_leave(Kind.YEARLY, each.at, rules) for each in yearly)
    assert yearly[1].at.date() < yearly[1].by
