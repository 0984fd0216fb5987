from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programme.activities import Occasion
from programme.localtime import STOCKHOLM, instant, on_the_clock
from programme.timetables import LISTED, Gap, Rhythm, ends_soon, meetings, rhythm, until
from services.red_days import is_feast, is_red
from tests.cast import RULES

TUESDAY = date(2027, 3, 2)
SWEDISH = replace(RULES, is_red=is_red, is_feast=is_feast)
_DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


def held(days, wall=time(10), minutes=90, off=frozenset()):
    return [
        Occasion(id=n, starts_at=instant(day, wall), minutes=minutes, cancelled=day in off)
        for n, day in enumerate(days)
    ]


def weeks(n, first=TUESDAY):
    return [first + timedelta(weeks=k) for k in range(n)]


def told_back(rhythm: Rhythm) -> set[tuple[date, time, int]]:
    """Every time that the words of a rhythm tell of."""
    found = set()
    for each in rhythm.weekly:
        day = each.first
        while day <= each.last:
            gone = any(gap.first <= day <= gap.last for gap in each.gaps)
            if day.weekday() in each.weekdays and not gone:
                found.add((day, each.begins, each.minutes))
            day += timedelta(days=1)
    for one in rhythm.single:
        shown = on_the_clock(one.starts_at)
        found.add((shown.date(), shown.time(), one.minutes))
    return found


def as_told(occasions):
    return {
        (on_the_clock(o.starts_at).date(), on_the_clock(o.starts_at).time(), o.minutes)
        for o in occasions
        if not o.cancelled
    }


def test_few_are_told_one_by_one():
    assert rhythm(held(weeks(LISTED)), STOCKHOLM).weekly == ()
    assert len(rhythm(held(weeks(LISTED + 1)), STOCKHOLM).weekly) == 1


def test_cancelled_weeks_in_a_row_are_one_gap():
    days = weeks(10)
    (weekly,) = rhythm(held(days, off={days[2], days[5], days[6]}), STOCKHOLM).weekly
    assert weekly.gaps == (Gap(days[2], days[2]), Gap(days[5], days[6]))


def test_two_weekdays_with_the_same_hours_are_one_rhythm():
    days = [*weeks(6), *weeks(6, TUESDAY + timedelta(days=2))]
    (weekly,) = rhythm(held(days), STOCKHOLM).weekly
    assert weekly.weekdays == (1, 3)
    assert weekly.gaps == ()


@given(
    rows=st.lists(
        st.tuples(
            st.dates(date(2027, 1, 1), date(2027, 12, 1)),
            st.integers(1, 30),  # weeks
            st.sampled_from([time(9), time(10), time(2, 30), time(18, 15)]),
            st.sampled_from([45, 90]),
            st.sets(st.integers(0, 29), max_size=6),  # cancelled ones
        ),
        max_size=4,
    )
)
def test_whatever_is_planned_is_told_neither_more_nor_less(rows):
    occasions: list[Occasion] = []
    for first, n, wall, minutes, off in rows:
        days = weeks(n, first)
        gone = {days[k] for k in off if k < n}
        for each in held(days, wall, minutes, gone):
            told = (each.starts_at, each.minutes)
            if told not in {(o.starts_at, o.minutes) for o in occasions}:
                occasions.append(
                    Occasion(
                        id=len(occasions),
                        starts_at=each.starts_at,
                        minutes=minutes,
                        cancelled=each.cancelled,
                    )
                )
    assert told_back(rhythm(occasions, STOCKHOLM)) == as_told(occasions)


def test_red_days_are_left_out_of_a_timetable_and_named():
    plan = until(date(2027, 5, 6), date(2027, 5, 20), SWEDISH)  # Ascension Day is a Thursday
    assert plan.left_out == (date(2027, 5, 6),)
    assert plan.days == (date(2027, 5, 13), date(2027, 5, 20))


def test_a_plain_sunday_is_a_day_like_others():
    plan = until(date(2027, 3, 7), date(2027, 4, 4), SWEDISH)
    assert plan.left_out == (date(2027, 3, 28),)  # Easter Day
    assert len(plan.days) == 4


def test_a_series_has_all_its_meetings_though_a_red_day_lies_within():
    plan = meetings(date(2026, 12, 11), 4, SWEDISH)  # Christmas Day and New Year's Day are Fridays
    assert plan.left_out == (date(2026, 12, 25), date(2027, 1, 1))
    assert plan.days == tuple(
        date.fromisoformat(day) for day in ("2026-12-11", "2026-12-18", "2027-01-08", "2027-01-15")
    )


@given(first=_DAYS, weeks_on=st.integers(0, 60), extra=st.integers(0, 6))
def test_a_timetable_is_every_week_of_the_span_once_held_or_left_out(first, weeks_on, extra):
    last = first + timedelta(weeks=weeks_on, days=extra)
    plan = until(first, last, SWEDISH)
    every = sorted((*plan.days, *plan.left_out))
    assert every == [first + timedelta(weeks=n) for n in range(weeks_on + 1)]
    assert not any(is_feast(day) for day in plan.days)
    assert all(is_red(day) for day in plan.left_out)


@given(first=_DAYS, count=st.integers(2, 12))
def test_a_series_is_as_long_as_was_asked_for(first, count):
    plan = meetings(first, count, SWEDISH)
    assert len(plan.days) == count
    assert {day.weekday() for day in plan.days} == {first.weekday()}
    assert not set(plan.days) & set(plan.left_out)


@given(first=_DAYS, n=st.integers(1, 60), wall=st.times().map(lambda t: t.replace(second=0)))
def test_the_hour_stays_on_the_wall_across_both_clock_changes(first, n, wall):
    wall = wall.replace(microsecond=0, hour=3 + wall.hour % 20)  # not the night of the change
    days = until(first, first + timedelta(weeks=n), SWEDISH).days
    assert {on_the_clock(instant(day, wall)).time() for day in days} <= {wall}


def test_only_what_comes_again_and_again_ends_soon():
    days = weeks(10)
    assert ends_soon(held(days), days[-1] - timedelta(days=30), STOCKHOLM) == days[-1]
    assert ends_soon(held(days), days[-1] - timedelta(days=31), STOCKHOLM) is None
    assert ends_soon(held(days), days[-1] + timedelta(days=1), STOCKHOLM) is None
    assert ends_soon(held(days[:4]), days[0], STOCKHOLM) is None
