"""Wall time in Stockholm, over both clock changes of three years."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from programme.localtime import STOCKHOLM, days_touched, instant, on_the_clock

SPRING = [date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26)]
AUTUMN = [date(2026, 10, 25), date(2027, 10, 31), date(2028, 10, 29)]
HALF_HOURS = [time(n // 2, n % 2 * 30) for n in range(48)]


@pytest.mark.parametrize("day", SPRING)
def test_the_missing_hour_moves_forward(day):
    assert on_the_clock(instant(day, time(2, 30))).time() == time(3, 30)
    assert instant(day, time(2)) == instant(day, time(3))
    assert instant(day, time(2, 30)) == datetime.combine(day, time(1, 30), tzinfo=UTC)


@pytest.mark.parametrize("day", AUTUMN)
def test_the_hour_that_comes_twice_is_its_second_occurrence(day):
    at = instant(day, time(2, 30))
    assert at == datetime.combine(day, time(1, 30), tzinfo=UTC)
    assert on_the_clock(at).utcoffset() == timedelta(hours=1)
    assert on_the_clock(at - timedelta(hours=1)).time() == time(2, 30)


@pytest.mark.parametrize("change", SPRING + AUTUMN)
def test_every_half_hour_has_one_slot_on_every_day_around_a_change(change):
    days = [change + timedelta(days=n) for n in range(-2, 3)]
    for wall in HALF_HOURS:
        slots = [instant(day, wall) for day in days]
        assert len(set(slots)) == len(days)
        assert slots == sorted(slots)
        assert [on_the_clock(slot).date() for slot in slots] == days
        for day, slot in zip(days, slots, strict=True):
            missing = day in SPRING and wall.hour == 2
            shown = on_the_clock(slot).time()
            assert shown == (wall.replace(hour=3) if missing else wall)


@pytest.mark.parametrize("change", SPRING + AUTUMN)
def test_every_quarter_of_an_hour_belongs_to_at_most_one_slot(change):
    start = instant(change - timedelta(days=1), time())
    until = instant(change + timedelta(days=2), time())
    slots = {instant(day, wall) for day in days_touched(start, until) for wall in HALF_HOURS}
    quarters = int((until - start) / timedelta(minutes=15))
    hit = [start + n * timedelta(minutes=15) for n in range(quarters)]
    hit = [at for at in hit if at in slots]
    # 144 half hours in three days; on the spring Sunday 02:00 and 03:00 are the same instant.
    assert len(hit) == (142 if change in SPRING else 144)


def test_a_time_without_zone_is_refused():
    naive = datetime.fromisoformat("2026-11-22T09:00")
    with pytest.raises(ValueError, match="zone"):
        on_the_clock(naive)
    with pytest.raises(ValueError, match="zone"):
        days_touched(naive, naive + timedelta(hours=1))


def test_a_span_touches_the_days_it_has_a_moment_in():
    midnight = instant(date(2026, 11, 23), time())
    day, next_day = date(2026, 11, 22), date(2026, 11, 23)
    assert days_touched(midnight - timedelta(seconds=1), midnight) == [day]
    assert days_touched(midnight, midnight + timedelta(microseconds=1)) == [next_day]
    assert days_touched(midnight - timedelta(microseconds=1), midnight + timedelta(seconds=1)) == [
        day,
        next_day,
    ]
    assert days_touched(midnight, midnight) == []
    assert days_touched(midnight, midnight - timedelta(days=1)) == []


@pytest.mark.parametrize("change", SPRING + AUTUMN)
def test_a_day_of_23_or_25_hours_is_one_day(change):
    start = instant(change, time())
    end = instant(change + timedelta(days=1), time())
    assert end - start == timedelta(hours=23 if change in SPRING else 25)
    assert days_touched(start, end) == [change]


def test_another_zone_is_heeded():
    day = date(2026, 7, 1)
    assert instant(day, time(12), ZoneInfo("UTC")) == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert instant(day, time(12), STOCKHOLM) == datetime(2026, 7, 1, 10, tzinfo=UTC)
