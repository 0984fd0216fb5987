"""When data goes by itself, and when its parents hear of it (mission B10)."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from programme.candidates import wanted
from programme.keeping import TOLD_BEFORE, erased_on, may_erase, notice
from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.people import Child, Rest, Why
from tests.cast import AMINA, BORN, CHILD, RULES, YUSUF, a_booking, a_family, local

SIX = Rules(keep_months=6)


def test_data_goes_so_many_months_after_the_child_is_a_year_and_a_half():
    assert erased_on(a_family(), SIX) == date(2028, 10, 31)
    assert erased_on(a_family(), RULES) == date(2029, 5, 31)


def test_the_last_tip_before_three_years_still_comes():
    assert erased_on(a_family(), RULES) > date(2029, 4, 30)  # thirty months: the last tip


def test_the_youngest_child_decides():
    twin = Child(id=12, born=date(2027, 6, 1))
    assert erased_on(a_family(children=(CHILD, twin)), SIX) == date(2029, 6, 1)


def test_a_child_of_whom_nothing_is_said_puts_nothing_off():
    silent = Child(id=12, born=date(2027, 6, 1), silent=True)
    assert erased_on(a_family(children=(CHILD, silent)), SIX) == date(2028, 10, 31)


def test_a_late_visit_and_a_late_yes_put_it_off():
    late = a_booking(local("2028-09-05T10:00"))
    assert erased_on(a_family(late), SIX) == date(2029, 3, 5)
    joined = replace(AMINA, active_since=local("2028-12-01T10:00"))
    assert erased_on(a_family(guardians=(joined,)), SIX) == date(2029, 6, 1)
    assert erased_on(a_family(registered_at=local("2029-01-10T10:00")), SIX) == date(2029, 7, 10)


def test_a_child_who_never_came_counts_from_the_due_date():
    expected = Child(id=12, born=None, due=date(2026, 12, 1))
    assert erased_on(a_family(children=(expected,)), SIX) == date(2028, 12, 1)
    assert erased_on(a_family(children=(Child(id=12, born=None),)), SIX) is None
    waiting = a_family(children=(expected,))
    assert list(notice(waiting, AMINA, SIX)) == []  # nothing is ever asked or told (A10)


def test_of_two_homes_each_is_told_a_day_that_says_nothing_of_the_other():
    his = replace(YUSUF, home=2)
    late = a_booking(local("2028-09-05T10:00"), home=1)
    joined = replace(AMINA, active_since=local("2028-12-01T10:00"))

    def two(*bookings, her=AMINA):
        return a_family(*bookings, guardians=(her, his), split_at=local("2027-01-01T10:00"))

    assert list(notice(two(late), his, SIX)) == list(notice(two(), his, SIX)) != []
    assert list(notice(two(her=joined), his, SIX)) == list(notice(two(), his, SIX))
    [hers] = notice(two(late), AMINA, SIX)
    assert hers.day == date(2029, 3, 5)
    assert erased_on(two(late), SIX) == date(2029, 3, 5)  # the family goes with the later of both
    both = a_booking(local("2028-09-05T10:00"))
    assert {each.day for g in (AMINA, his) for each in notice(two(both), g, SIX)} == {hers.day}


def test_each_parent_is_told_two_weeks_before():
    family = a_family()
    for guardian in family.guardians:
        [letter] = notice(family, guardian, SIX)
        assert letter.at == local("2028-10-17T10:00")
        assert letter.day == date(2028, 10, 31)


def test_who_stopped_is_not_told_and_after_a_loss_nobody_is():
    stopped = replace(AMINA, rests=(Rest(why=Why.STOPPED, since=local("2027-01-01T10:00")),))
    family = a_family(guardians=(stopped, YUSUF))
    assert list(notice(family, stopped, SIX)) == []
    assert len(list(notice(family, YUSUF, SIX))) == 1
    lost = a_family(rests=(Rest(why=Why.LOSS, since=local("2027-01-01T10:00")),))
    assert [letter for g in lost.guardians for letter in notice(lost, g, SIX)] == []


def test_who_is_away_is_told_later_and_named_a_later_day():
    away = Rest(why=Why.PAUSED, since=local("2028-10-01T10:00"), until=local("2028-10-25T00:00"))
    guardian = replace(AMINA, rests=(away,))
    [letter] = notice(a_family(guardians=(guardian,)), guardian, SIX)
    assert letter.day == date(2028, 11, 8)


def test_nothing_goes_before_everybody_who_reads_was_told_two_weeks_ago():
    day, now = date(2028, 10, 31), local("2028-10-31T12:00")
    told = local("2028-10-17T10:00")
    assert may_erase(day, [told, told], now, SIX)
    assert may_erase(day, [], now, SIX)  # nobody reads
    assert not may_erase(day, [told, None], now, SIX)
    assert not may_erase(day, [told + timedelta(days=1)], now, SIX)
    assert not may_erase(day, [told], now - timedelta(days=1), SIX)
    assert may_erase(day, [None], now + timedelta(days=30), SIX)


@settings(max_examples=300, deadline=None)
@given(
    born=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    keep=st.integers(1, 30),
    visit=st.none() | st.dates(date(2025, 1, 1), date(2033, 12, 31)),
    joined=st.dates(date(2024, 1, 1), date(2033, 12, 31)),
    hours=st.integers(1, 24 * 20),
    shift=st.integers(-3, 3),
)
def test_the_planner_finds_everybody_who_is_to_be_told(born, keep, visit, joined, hours, shift):
    rules = Rules(keep_months=keep)
    bookings = [a_booking(instant(visit, time(10)))] if visit else []
    guardian = replace(AMINA, active_since=instant(joined, time(9)))
    child = Child(id=11, born=born)
    family = a_family(*bookings, children=(child,), guardians=(guardian,))
    [letter] = notice(family, guardian, rules)
    since = letter.due_at - timedelta(hours=hours // 2, minutes=shift)
    until = since + timedelta(hours=hours)
    if not since <= letter.due_at < until:
        return
    looked = wanted(since, until, rules)
    found = any(span.first <= born <= span.last for span in looked.births)
    found |= any(a <= b.starts_at <= z for b in bookings for a, z in looked.visits)
    found |= any(a <= guardian.active_since <= z for a, z in looked.joined)
    found |= since <= guardian.active_since < until
    assert found


def test_the_notice_is_no_earlier_than_two_weeks_before_the_day():
    [letter] = notice(a_family(), AMINA, RULES)
    assert on_the_clock(letter.at, RULES.zone).date() + TOLD_BEFORE <= letter.day
    assert letter.day > BORN
    assert isinstance(letter.at, datetime)
