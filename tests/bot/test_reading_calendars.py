from bot.clock import StoppedClock
from programme.busy import CalendarFault, Unreadable
from scheduler.runner import Clockwork
from services import busy
from services.types import Unavailable
from tests.cast import RULES, local
from tests.colleagues import at_work
from tests.messaging.test_busy_times import calendar
from tests.rows import rows

NOW = local("2026-11-04T10:00")


def clockwork(db, fetch) -> Clockwork:
    return Clockwork(db, None, RULES, StoppedClock(NOW).now, fetch)


async def test_the_clockwork_reads_the_calendars_of_staff(db):
    anna = await at_work(db)
    async with db.write() as tx:
        await busy.set_address(tx, anna, "https://calendar.example/a.ics")

    async def fetch(_address: str) -> bytes:
        return calendar("DTSTART:20261105T090000Z\nDTEND:20261105T100000Z")

    await clockwork(db, fetch).read_calendars()

    assert [row.source for row in await rows(db, "busy")] == ["feed"]


async def test_what_cannot_be_read_or_a_database_that_is_away_stops_no_clock(db, monkeypatch):
    anna = await at_work(db)
    async with db.write() as tx:
        await busy.set_address(tx, anna, "https://calendar.example/a.ics")

    async def fetch(_address: str) -> bytes:
        raise Unreadable(CalendarFault.NO_ANSWER)

    async def away(*_: object) -> None:
        raise Unavailable("BEGIN", None, Exception("database is locked"))

    await clockwork(db, fetch).read_calendars()
    monkeypatch.setattr(busy, "read_all", away)
    await clockwork(db, fetch).read_calendars()
    await clockwork(db, None).read_calendars()

    assert await rows(db, "busy") == []
