"""Free time, compared with somebody who walks through the day minute by minute."""

from datetime import UTC, date, time, timedelta
from functools import cache
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from programme.free import (
    QUARTER,
    Diary,
    apart,
    footprint,
    free_quarters,
    free_starts,
    joined,
    spread,
    without,
    working,
)
from programme.kinds import Rules
from programme.localtime import STOCKHOLM, instant, on_the_clock
from programme.people import Place
from tests.cast import RULES, local

SPRING, AUTUMN, PLAIN = date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 3)  # clocks change
MONDAY = date(2026, 11, 2)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
_MONDAY_BEGINS = instant(MONDAY, time())


class _NoWeekend(Rules):
    """The clocks change on Sundays: here everybody works then."""

    def is_working_day(self, day):
        return True


ALWAYS = _NoWeekend()

PLAIN_TIMES = st.integers(0, 95).map(lambda n: local("2026-11-03 00:00") + n * QUARTER)

spans_of_day = st.lists(
    st.tuples(st.integers(0, 1440), st.integers(1, 600)).map(lambda s: (s[0], s[0] + s[1])),
    max_size=3,
)


def minutes_of(day, before=0, after=1):
    """Every minute around a day."""
    at = instant(day - before * DAY, time())
    end = instant(day + after * DAY, time())
    while at < end:
        yield at
        at += MINUTE


@cache
def clock_of(day):
    """When the clocks show each minute, counted from that day's midnight, for the last time.

    In autumn an hour comes twice: who begins at half past two begins the second time.
    """
    shown = {}
    for at in minutes_of(day, after=3):
        wall = on_the_clock(at)
        shown[(wall.date() - day).days * 1440 + wall.hour * 60 + wall.minute] = at
    return shown


def works(clock, at, span):
    """An hour that the clocks never show moves forward."""
    since, until = (clock.get(m) or clock[m + 60] for m in span)
    return since <= at < until


def within(spans, at):
    return any(since <= at < until for since, until in spans)


@settings(max_examples=60, deadline=None)
@given(spans_of_day, st.sampled_from([SPRING, AUTUMN, PLAIN]))
def test_working_hours_are_right_across_both_clock_changes_and_midnight(spans, day):
    found = working({day.weekday(): spans}, day, STOCKHOLM)
    clock = clock_of(day)
    for at in minutes_of(day, after=2):
        assert within(found, at) == any(works(clock, at, span) for span in spans), at


def test_a_day_of_the_clock_change_has_23_or_25_hours():
    def hours(day):
        [(since, until)] = working({6: [(0, 1440)]}, day, STOCKHOLM)
        return (until - since) / timedelta(hours=1)

    assert (hours(SPRING), hours(AUTUMN)) == (23, 25)


def test_hours_after_midnight_belong_to_the_day_before():
    [(since, until)] = working({0: [(1320, 1560)]}, MONDAY, STOCKHOLM)
    assert (since, until) == (local("2026-11-02 22:00"), local("2026-11-03 02:00"))


around = st.integers(-60 * 30, 60 * 54)  # minutes from midnight: the evening before, two days on
busy_times = st.lists(
    st.tuples(around, st.integers(0, 300)).map(lambda b: (b[0], b[0] + b[1])), max_size=6
)


@st.composite
def diaries(draw, day):
    """Somebody's time around a day: busy in any order, touching, of no length, over midnight."""
    begin = instant(day, time())
    busy = draw(busy_times)
    if busy and draw(st.booleans()):  # touching the one before
        busy.append((busy[0][1], busy[0][1] + draw(st.integers(0, 60))))
    taken = draw(st.sets(st.integers(-20, 150), max_size=10))
    return Diary(
        week={n: draw(spans_of_day) for n in range(7)},
        busy=tuple(
            (begin + a * MINUTE, begin + b * MINUTE) for a, b in draw(st.permutations(busy))
        ),
        taken=frozenset(begin + n * QUARTER for n in taken),
        travel=draw(st.sampled_from([0, 10, 15, 30, 45])),
        debrief=draw(st.sampled_from([0, 15, 20])),
    )


def has_quarter(diary, quarter, clocks):
    """The naive reading: somebody looks at each minute of it, hours of the evening before too."""
    if quarter in diary.taken:
        return False
    return all(
        any(
            works(clock, at, span)
            for day, clock in clocks.items()
            for span in diary.week[day.weekday()]
        )
        and not within(diary.busy, at)
        for at in (quarter + n * MINUTE for n in range(15))
    )


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from([SPRING, AUTUMN, PLAIN]))
def test_free_quarters_are_those_of_which_every_minute_is_free(data, day):
    diary = data.draw(diaries(day))
    found = free_quarters(diary, day, day, ALWAYS)
    clocks = {each: clock_of(each) for each in (day - DAY, day)}
    at, end = instant(day, time()), instant(day + DAY, time())
    while at < end:
        assert (at in found) == has_quarter(diary, at, clocks), at
        at += QUARTER


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from([SPRING, AUTUMN, PLAIN]), st.sampled_from(list(Place)))
def test_a_start_is_free_if_each_has_every_quarter_of_it(data, day, place):
    two = [data.draw(diaries(day)), data.draw(diaries(day))]
    now = instant(day, time(data.draw(st.integers(0, 23))))
    starts = free_starts(two, 60, place, day, day, now, ALWAYS)
    free = [free_quarters(each, day, day, ALWAYS) for each in two]
    assert starts == sorted(starts)
    at, end = instant(day, time()), instant(day + DAY, time())
    while at < end:
        wanted = at > now
        for diary, theirs in zip(two, free, strict=True):
            way = 0 if place is Place.PHONE else diary.travel
            minute = at - way * MINUTE
            wanted = wanted and minute >= now  # nobody can have left before
            while minute < at + (60 + diary.debrief) * MINUTE:
                wanted = wanted and any(q <= minute < q + QUARTER for q in theirs)
                minute += 5 * MINUTE
        assert (at in starts) == wanted, at
        at += QUARTER


@given(st.permutations([(1, 4), (4, 6), (9, 9), (8, 12), (5, 6)]))
def test_busy_times_may_come_in_any_order_touch_and_be_empty(busy):
    begin = instant(MONDAY, time())
    spans = [(begin + a * MINUTE, begin + b * MINUTE) for a, b in busy]
    assert [(a - begin, b - begin) for a, b in joined(spans)] == [
        (1 * MINUTE, 6 * MINUTE),
        (8 * MINUTE, 12 * MINUTE),
    ]
    left = without([(begin, begin + 10 * MINUTE)], spans)
    assert [(a - begin, b - begin) for a, b in left] == [
        (0 * MINUTE, 1 * MINUTE),
        (6 * MINUTE, 8 * MINUTE),
    ]


def span(begin, end):
    return _MONDAY_BEGINS + begin * MINUTE, _MONDAY_BEGINS + end * MINUTE


some_spans = st.lists(
    st.tuples(st.integers(0, 34), st.integers(0, 6)).map(lambda s: span(s[0], sum(s))), max_size=9
)


@example([span(0, 5), span(6, 10)], [span(4, 8)])  # one that reaches into both
@given(some_spans, some_spans)
def test_what_is_left_of_some_times_is_each_minute_of_them_that_no_busy_time_holds(spans, busy):
    minutes = [_MONDAY_BEGINS + n * MINUTE for n in range(41)]
    wanted = {at for at in minutes if within(spans, at) and not within(busy, at)}
    left = without(spans, busy)
    assert {at for at in minutes if within(left, at)} == wanted
    assert all(since < until for since, until in left)
    assert all(one[1] < other[0] for one, other in pairwise(left))  # in order, each whole


def test_a_visit_takes_the_way_the_visit_and_the_talk_and_the_phone_has_no_way():
    at = local("2026-11-03 10:00")
    taken = footprint(at, 60, Place.HOME, 30, 15)
    assert (taken[0], taken[-1]) == (local("2026-11-03 09:30"), local("2026-11-03 11:00"))
    assert footprint(at, 60, Place.PHONE, 30, 15)[0] == at
    assert footprint(at, 60, Place.HOME, 20, 0)[0] == local("2026-11-03 09:30")  # whole quarters
    assert all(each.tzinfo is UTC for each in taken)


def test_weekends_red_days_and_the_past_are_never_free():
    week = {n: [(480, 1020)] for n in range(7)}
    friday = MONDAY + 4 * DAY
    now = local("2026-11-06 12:00")
    starts = free_starts([Diary(week=week)], 60, Place.HOME, friday, friday + 3 * DAY, now, RULES)
    days = {on_the_clock(at).date() for at in starts}
    assert days == {friday, friday + 3 * DAY}
    assert min(starts) == local("2026-11-06 12:30")  # the way there is still ahead
    assert on_the_clock(max(starts)).time() == time(15, 45)  # and the talk ends with the work


def test_a_quarter_that_is_taken_is_not_free_and_its_neighbours_are():
    at = local("2026-11-03 10:00")
    diary = Diary(week={1: [(480, 1020)]}, taken=frozenset({at}))
    found = free_quarters(diary, PLAIN, PLAIN, RULES)
    assert at not in found and {at - QUARTER, at + QUARTER} <= found


@given(
    st.integers(1, 180),
    st.sampled_from(Place),
    st.integers(0, 120),
    st.integers(0, 60),
    PLAIN_TIMES,
)
def test_two_meetings_that_far_apart_share_no_quarter_and_one_less_they_do(
    minutes, place, travel, debrief, first
):
    how = (minutes, place, travel, debrief)
    room, mine = apart(*how), set(footprint(first, *how))
    assert not mine & set(footprint(first + room, *how))
    assert mine & set(footprint(first + room - QUARTER, *how))


def test_times_are_spread_over_days_mornings_and_afternoons_by_turns():
    starts = [
        local(f"2026-11-0{day} {hour:02}:00") for day in (2, 3, 4, 5) for hour in (9, 10, 13, 15)
    ]
    assert [f"{on_the_clock(at):%d %H}" for at in spread(starts, 3, timedelta(hours=1), RULES)] == [
        "02 09",
        "03 13",
        "04 09",
    ]


@given(st.lists(st.integers(0, 400), unique=True), st.integers(1, 4))
@example([157, 160], 2)  # a quarter past eleven at night, and midnight
def test_what_is_spread_was_free_never_overlaps_and_is_as_much_as_there_is(numbers, most):
    starts = sorted(local("2026-11-02 08:00") + n * QUARTER for n in numbers)
    found = spread(starts, most, timedelta(hours=1), RULES)
    assert set(found) <= set(starts) and len(found) <= most
    assert all(b - a >= timedelta(hours=1) for a, b in pairwise(found))
    if len(found) < most:  # nothing more fits
        assert all(any(abs(at - f) < timedelta(hours=1) for f in found) for at in starts)


def test_evening_begins_at_four():
    week = {1: [(480, 1200)]}
    starts = free_starts(
        [Diary(week=week)], 60, Place.HOME, PLAIN, PLAIN, local("2026-11-02 00:00"), RULES, True
    )
    assert on_the_clock(min(starts)).time() == time(16)
