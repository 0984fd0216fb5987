import pytest

from messaging.busy_times import read
from programme.busy import CalendarFault, Unreadable
from programme.localtime import STOCKHOLM
from services import reading_apart
from services.reading_apart import read_apart
from tests.messaging.test_busy_times import NINE, NO_CALENDARS, SINCE, UNTIL, calendar


async def test_the_process_of_its_own_reads_the_same():
    content = calendar(NINE, f"{NINE}\nRRULE:FREQ=WEEKLY;COUNT=3")

    assert await read_apart(content, SINCE, UNTIL, STOCKHOLM) == read(
        content, SINCE, UNTIL, STOCKHOLM
    )


@pytest.mark.parametrize("what", ["nothing", "bytes", "a rule that is none"])
async def test_the_process_says_what_is_wrong(what):
    with pytest.raises(Unreadable) as caught:
        await read_apart(NO_CALENDARS[what], SINCE, UNTIL, STOCKHOLM)
    assert caught.value.fault is CalendarFault.NO_CALENDAR


async def test_a_rule_that_never_finds_a_day_is_stopped(monkeypatch):
    """The thirtieth of February: whoever looks for it in this process looks for ever."""
    monkeypatch.setattr(reading_apart, "SECONDS", 0.5)
    rule = f"{NINE}\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"

    with pytest.raises(Unreadable) as caught:
        await read_apart(calendar(rule), SINCE, UNTIL, STOCKHOLM)
    assert caught.value.fault is CalendarFault.TOO_MUCH


async def test_ten_megabytes_are_refused_unread():
    with pytest.raises(Unreadable) as caught:
        await read_apart(b"x" * 10_000_000, SINCE, UNTIL, STOCKHOLM)
    assert caught.value.fault is CalendarFault.TOO_LARGE
