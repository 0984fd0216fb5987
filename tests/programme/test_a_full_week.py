"""Three tips and notices a week at most, never on a quiet day, and none lost without need (C4)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from programme import by_age
from programme.ages import Age
from programme.by_age import _capped, has_room
from programme.kinds import CAP, CAP_DAYS, KINDS
from programme.letters import Letter, TipLetter
from programme.localtime import on_the_clock
from programme.people import Child, Family, Guardian
from programme.plan import due
from programme.tips import Tip
from tests.cast import AMINA, CHILD, RULES, YUSUF, a_family, local
from tests.programme.diary import TIPS, diary

WEEK = timedelta(days=CAP_DAYS)
BIRTHS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
SINCE, UNTIL = local("2025-12-01T00:00"), local("2036-01-01T00:00")


@st.composite
def homes(draw):
    """Three siblings of different ages, perhaps a fourth on the way, and a parent's quiet days."""
    births = draw(st.lists(BIRTHS, min_size=3, max_size=3, unique=True))
    # Often near each other in their months, so that their weeks are full.
    if draw(st.booleans()):
        births = [births[0] + timedelta(days=n * 365 + draw(st.integers(0, 8))) for n in range(3)]
    children = [Child(id=11 + n, born=born) for n, born in enumerate(births)]
    if draw(st.booleans()):
        children.append(Child(id=14, born=None, due=draw(BIRTHS)))
    parent = Guardian(
        id=21,
        language="so",
        active_since=local(f"{draw(BIRTHS)}T12:00"),
        quiet_days=draw(st.frozensets(st.integers(0, 6), max_size=6)),
        fewer=draw(st.booleans()),
    )
    return Family(id=1, children=tuple(children), guardians=(parent,)), parent


def day(at: datetime) -> date:
    return on_the_clock(at).date()


def capped(family: Family, parent: Guardian, since=SINCE, until=UNTIL) -> list[Letter]:
    return [each for each in due(family, parent, since, until, RULES) if KINDS[each.kind].capped]


@settings(max_examples=15, deadline=None)
@given(home=homes())
def test_no_seven_days_ever_hold_more_than_three(home):
    days = sorted({day(each.at) for each in capped(*home)})
    for first, fourth in zip(days, days[CAP:], strict=False):
        assert fourth - first >= WEEK


@settings(max_examples=15, deadline=None)
@given(home=homes())
def test_what_is_lost_had_no_free_day_while_it_was_worth_saying(home):
    family, parent = home
    said = capped(family, parent)
    days = {day(each.at) for each in said}
    keys = {each.key for each in said}
    for letter in _capped(family, parent, None, RULES):
        if letter.key in keys or not parent.listens_at(letter.at):
            continue
        for n in range((day(letter.not_after) - day(letter.at)).days):
            free = day(letter.at) + timedelta(days=n)
            assert free.weekday() in parent.quiet_days or not fits(free, days), letter


def fits(wished: date, days: set[date]) -> bool:
    """Told apart from the rules: whether no seven days would hold a fourth day."""
    if wished in days:
        return True
    weeks = [wished - timedelta(days=n) for n in range(CAP_DAYS)]
    return all(
        sum(first <= each < first + WEEK for each in days | {wished}) <= CAP for first in weeks
    )


@settings(max_examples=80, deadline=None)
@given(
    wished=st.integers(0, 20),
    taken=st.lists(st.integers(0, 20), max_size=8, unique=True),
)
def test_room_is_what_it_sounds_like(wished, taken):
    days = [date(2027, 1, 1) + timedelta(days=n) for n in taken]
    day_wished = date(2027, 1, 1) + timedelta(days=wished)
    so_far = [each for n, each in enumerate(days) if fits(each, set(days[:n]))]
    if day_wished not in so_far:
        assert has_room(day_wished, so_far) is fits(day_wished, set(so_far))


@settings(max_examples=8, deadline=None)
@given(home=homes(), cuts=st.lists(BIRTHS, min_size=2, max_size=8))
def test_the_answer_does_not_depend_on_the_window_asked_for(home, cuts):
    hours = sorted(local(f"{each}T10:00") for each in cuts)
    times = [SINCE, *hours, UNTIL]
    pieces = [each for since, until in pairwise(times) for each in capped(*home, since, until)]
    by_key = {each.key: each for each in capped(*home)}
    assert {each.key: each for each in pieces} == by_key
    assert len(pieces) == len(by_key)


@settings(max_examples=15, deadline=None)
@given(home=homes())
def test_nothing_comes_on_a_quiet_day_nor_before_its_time_nor_too_late(home):
    _, parent = home
    for letter in capped(*home):
        assert day(letter.at).weekday() not in parent.quiet_days
        assert letter.due_at <= letter.at <= letter.not_after


# ---- as stories: three siblings, of whom one is five months old, one 13, one 17

SIBLINGS = (
    Child(id=11, born=date(2027, 1, 10)),
    Child(id=12, born=date(2026, 5, 9)),
    Child(id=13, born=date(2026, 1, 8)),
)
FROM_THEN = replace(AMINA, active_since=local("2026-01-08T09:00"))
JUNE = {"since": "2027-06-06", "until": "2027-07-06"}


def test_the_fourth_tip_of_a_week_waits_for_the_first_day_with_room():
    day_by_day = Child(id=14, born=date(2027, 1, 11))
    assert diary(a_family(children=SIBLINGS), FROM_THEN, *TIPS, **JUNE) == [
        "2027-06-08 10:00 tip learn_swedish",
        "2027-06-09 10:00 tip meet_others",
        "2027-06-10 10:00 tip library_card",
        "2027-06-28 10:00 strength own_stories",
        "2027-06-29 10:00 strength small_words",
        "2027-06-30 10:00 strength what_it_likes",
    ]
    four = a_family(children=(*SIBLINGS, day_by_day))  # has an idea on the 4th besides
    assert diary(four, FROM_THEN, *TIPS, **JUNE) == [
        "2027-06-08 10:00 tip learn_swedish",
        "2027-06-09 10:00 tip meet_others",
        "2027-06-11 10:00 tip library_card",  # not on the 10th: the week from the 4th is full
        "2027-06-11 10:00 tip library_card",
        "2027-06-28 10:00 strength own_stories",
        "2027-06-29 10:00 strength small_words",
        "2027-06-30 10:00 strength what_it_likes",
        "2027-07-05 10:00 strength what_it_likes",
    ]


def test_a_child_that_is_expected_counts_in_the_week_of_its_sibling(monkeypatch):
    tips = tuple(Tip(code=f"day_{n}", age=Age(6, n), sources="K1") for n in (17, 19))
    monkeypatch.setattr(by_age, "_SERIES", (by_age.Series(TipLetter, tips),))
    children = (
        Child(id=11, born=date(2026, 9, 10)),
        Child(id=12, born=None, due=date(2027, 5, 7)),
    )
    parent = replace(AMINA, active_since=local("2027-03-24T12:00"))
    assert diary(a_family(children=children), parent, *TIPS) == [
        "2027-03-25 10:00 digest first_tooth, library_card, open_preschool",
        "2027-03-26 10:00 early_tip expecting_welcome",
        "2027-03-27 10:00 tip day_17",
        "2027-04-01 10:00 tip day_19",  # not on 29 March
    ]


def test_visits_are_never_held_back_by_a_full_week():
    home = a_family(children=(*SIBLINGS, Child(id=14, born=date(2027, 1, 11))))
    offers = diary(home, FROM_THEN, "visit_offer", since="2027-05-01", until="2027-05-20")
    assert offers == [
        "2027-05-11 10:00 visit_offer 5",
        "2027-05-12 10:00 visit_offer 3",
        "2027-05-13 10:00 visit_offer 3",
    ]


# ---- quiet days and fewer

ONE = a_family(children=(replace(CHILD, born=date(2026, 10, 10)),))
SPRING = {"since": "2027-04-01", "until": "2027-07-01"}


def test_without_quiet_days_this_is_their_spring():
    assert diary(ONE, AMINA, *TIPS, **SPRING) == [
        "2027-04-10 10:00 tip first_tooth",  # a Saturday
        "2027-04-24 10:00 tip bokstart",  # a Saturday
        "2027-04-30 10:00 strength walk_and_tell",  # a Friday
        "2027-05-10 10:00 tip apply_preschool",  # a Monday
        "2027-05-30 10:00 strength peekaboo",  # a Sunday
        "2027-06-10 10:00 tip safe_home",  # a Thursday
        "2027-06-30 10:00 strength look_together",  # a Wednesday
    ]


def test_what_falls_on_a_quiet_day_comes_on_the_next_that_is_not():
    weekends = replace(AMINA, quiet_days=frozenset({4, 5, 6}))
    assert diary(ONE, weekends, *TIPS, **SPRING) == [
        "2027-04-12 10:00 tip first_tooth",
        "2027-04-26 10:00 tip bokstart",
        "2027-05-03 10:00 strength walk_and_tell",
        "2027-05-10 10:00 tip apply_preschool",
        "2027-05-31 10:00 strength peekaboo",
        "2027-06-10 10:00 tip safe_home",
        "2027-06-30 10:00 strength look_together",
    ]
    assert diary(ONE, YUSUF, *TIPS, **SPRING) == diary(ONE, AMINA, *TIPS, **SPRING)


def test_visits_and_their_offers_know_no_quiet_days():
    always_quiet = replace(AMINA, quiet_days=frozenset(range(7)))
    assert diary(ONE, always_quiet, *TIPS) == []
    assert diary(ONE, always_quiet) == diary(ONE, AMINA, "visit", "erasure")


def test_fewer_rests_the_ideas_and_keeps_the_tips():
    fewer = replace(AMINA, fewer=True)
    assert diary(ONE, fewer, *TIPS, **SPRING) == [
        line for line in diary(ONE, AMINA, *TIPS, **SPRING) if " tip " in line
    ]


def test_a_skipped_tip_leaves_its_place_in_the_week_to_another():
    home = a_family(children=(*SIBLINGS, Child(id=14, born=date(2027, 1, 11))))
    skipped = replace(home, skipped=frozenset({"tip:12:meet_others:21"}))
    assert diary(skipped, FROM_THEN, *TIPS, since="2027-06-06", until="2027-06-20") == [
        "2027-06-08 10:00 tip learn_swedish",
        "2027-06-10 10:00 tip library_card",
        "2027-06-11 10:00 tip library_card",
    ]
