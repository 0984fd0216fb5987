from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programme.activities import Occasion
from programme.localtime import STOCKHOLM, instant, on_the_clock
from programme.timetables import LISTED, Gap, Rhythm, rhythm

TUESDAY = date(2027, 3, 2)


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
