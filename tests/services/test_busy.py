from datetime import timedelta

import pytest

from programme.busy import CalendarFault, Unreadable
from services import busy, reading_apart, staff_links
from services.fetching import clean_address
from storage import availability, calendars, staff
from tests.cast import AREA, RULES, local
from tests.colleagues import at_work
from tests.messaging.test_busy_times import calendar
from tests.rows import rows

NOW = local("2026-11-04T10:00")
ADDRESS = "https://calendar.example/secret/anna.ics"
ZONE = RULES.zone
MEETING = "DTSTART:20261105T090000Z\nDTEND:20261105T100000Z"
OTHER = "DTSTART:20261106T090000Z\nDTEND:20261106T100000Z"


class Internet:
    """What stands at the address; None: nothing answers."""

    def __init__(self, content: bytes | None) -> None:
        self.content, self.asked = content, []

    async def __call__(self, address: str) -> bytes:
        self.asked.append(address)
        if self.content is None:
            raise Unreadable(CalendarFault.NO_ANSWER)
        return self.content


@pytest.fixture
async def anna(db):
    return await at_work(db)


async def give_address(db, anna, address=ADDRESS):
    async with db.write() as tx:
        await busy.set_address(tx, anna, address)


async def taken(db) -> list[tuple[str, str]]:
    return [(f"{row.starts_at:%m-%d %H:%M}", row.source) for row in await rows(db, "busy")]


async def test_the_times_are_read_and_nothing_else(db, anna):
    await give_address(db, anna)

    await busy.read_all(db, Internet(calendar(MEETING)), NOW, ZONE)

    [row] = await rows(db, "busy")
    assert (row.staff_id, row.source) == (anna.member.id, "feed")
    for table in ("busy", "memory", "staff"):
        assert "Plantedtitle" not in str(await rows(db, table))


async def test_what_the_calendar_says_now_takes_the_place_of_what_it_said(db, anna):
    await give_address(db, anna)
    await busy.read_all(db, Internet(calendar(MEETING)), NOW, ZONE)
    await busy.read_all(db, Internet(calendar(OTHER)), NOW + timedelta(hours=1), ZONE)

    assert await taken(db) == [("11-06 09:00", "feed")]


async def test_it_is_read_once_an_hour(db, anna):
    await give_address(db, anna)
    internet = Internet(calendar(MEETING))

    for minutes in (0, 5, 55, 60, 65):
        await busy.read_all(db, internet, NOW + timedelta(minutes=minutes), ZONE)

    assert internet.asked == [ADDRESS] * 2


@pytest.mark.parametrize("content", [None, b"", b"<html>", calendar("DTSTART:soon")])
async def test_a_failure_keeps_the_times_and_is_told_once(db, anna, content):
    await give_address(db, anna)
    await busy.read_all(db, Internet(calendar(MEETING)), NOW, ZONE)

    for hours in (1, 2, 3):
        await busy.read_all(db, Internet(content), NOW + timedelta(hours=hours), ZONE)

    assert await taken(db) == [("11-05 09:00", "feed")]
    async with db.write() as tx:
        told = await busy.told_of_failure(tx, anna)
        assert told.since == NOW + timedelta(hours=1)
        assert await busy.told_of_failure(tx, anna) is None
    await busy.read_all(db, Internet(content), NOW + timedelta(hours=4), ZONE)
    async with db.write() as tx:
        assert await busy.told_of_failure(tx, anna) is None


async def test_a_calendar_that_never_ends_is_ended_changes_nothing_and_is_told_once(
    db, anna, monkeypatch
):
    monkeypatch.setattr(reading_apart, "SECONDS", 0.3)
    await give_address(db, anna)
    async with db.write() as tx:
        await availability.replace_busy(
            tx, anna.member.id, "feed", [(NOW + timedelta(days=1), NOW + timedelta(days=2))]
        )
    endless = Internet(calendar(f"{MEETING}\nRRULE:FREQ=DAILY;INTERVAL=0"))

    told = []
    for hours in (0, 1):
        await busy.read_all(db, endless, NOW + timedelta(hours=hours), ZONE)
        async with db.write() as tx:
            told.append(await busy.told_of_failure(tx, anna))

    assert await taken(db) == [("11-05 09:00", "feed")]
    assert (told[0].fault, told[1]) == (CalendarFault.TOO_MUCH, None)


async def test_a_failure_after_it_had_worked_again_is_told_anew(db, anna):
    await give_address(db, anna)
    for hours, content in enumerate([None, calendar(MEETING), None]):
        await busy.read_all(db, Internet(content), NOW + timedelta(hours=hours), ZONE)
        async with db.write() as tx:
            told = await busy.told_of_failure(tx, anna)
        assert (told is None) == (content is not None)


async def test_an_address_that_is_changed_while_it_is_read_is_not_overwritten(db, anna):
    await give_address(db, anna)

    class Slow(Internet):
        async def __call__(self, address: str) -> bytes:
            await give_address(db, anna, "https://calendar.example/other.ics")
            return await super().__call__(address)

    await busy.read_all(db, Slow(calendar(MEETING)), NOW, ZONE)

    assert await taken(db) == []


async def test_who_stops_it_is_free_again_and_own_busy_times_stay(db, anna):
    await give_address(db, anna)
    await busy.read_all(db, Internet(calendar(MEETING)), NOW, ZONE)
    async with db.write() as tx:
        await availability.add_busy(tx, anna.member.id, NOW, NOW + timedelta(hours=1))
        await busy.end_address(tx, anna)

    assert [source for _, source in await taken(db)] == ["own"]
    internet = Internet(calendar(MEETING))
    await busy.read_all(db, internet, NOW + timedelta(hours=2), ZONE)
    assert internet.asked == []


async def test_one_bad_calendar_stops_nobody_else_s(db, anna):
    bo = await at_work(db, "Bo", chat_id=2002)
    await give_address(db, anna)
    await give_address(db, bo, "https://calendar.example/bo.ics")

    async def fetch(address: str) -> bytes:
        if address == ADDRESS:
            raise Unreadable(CalendarFault.NO_ANSWER)
        return calendar(MEETING)

    await busy.read_all(db, fetch, NOW, ZONE)

    assert [row.staff_id for row in await rows(db, "busy")] == [bo.member.id]


async def test_a_file_takes_the_place_of_the_file_before(db, anna):
    for event in (MEETING, OTHER):
        spans = await busy.times_in(calendar(event), NOW, ZONE)
        async with db.write() as tx:
            assert await busy.take_file(tx, anna, spans) == 1

    assert await taken(db) == [("11-06 09:00", "file")]


async def test_who_has_ended_is_read_no_more_and_after_a_day_nothing_is_kept(db, anna):
    await give_address(db, anna)
    await busy.read_all(db, Internet(calendar(MEETING)), NOW, ZONE)
    async with db.write() as tx:
        await staff.end(tx, anna.member.id, NOW)

    internet = Internet(calendar(OTHER))
    await busy.read_all(db, internet, NOW + timedelta(hours=2), ZONE)
    await busy.forget_ended(db, NOW + timedelta(hours=23))
    [kept] = await rows(db, "staff")
    assert internet.asked == []
    assert kept.busy_url == ADDRESS  # an end can be undone

    await busy.forget_ended(db, NOW + timedelta(hours=25))
    [row] = await rows(db, "staff")
    assert (row.busy_url, row.feed_hash) == (None, None)
    assert await taken(db) == []


async def test_the_address_is_sealed(db, anna):
    from sqlalchemy import text

    await give_address(db, anna)

    async with db.read() as tx:
        stored = (await tx.execute(text("SELECT busy_url FROM staff"))).scalar_one()
        assert await calendars.address_of(tx, anna.member.id) == ADDRESS
    assert "secret" not in stored


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (ADDRESS, ADDRESS),
        (f"  {ADDRESS}\n", ADDRESS),
        ("webcal://calendar.example/a.ics", "https://calendar.example/a.ics"),
        ("HTTPS://calendar.example/a.ics#x", "https://calendar.example/a.ics"),
    ],
)
def test_an_address_is_kept_as_it_is_called(typed, kept):
    assert clean_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "hello", "http://calendar.example/a.ics", "ftp://x/y", "file:///etc/passwd"),
        *("https://", "https:///a.ics", "two https://calendar.example/a.ics", "https://[::1"),
        *("https://user:pass@calendar.example/a.ics", "javascript:alert(1)", "https://x:99999/"),
        "https://calendar.example/" + "x" * 2000,
    ],
)
async def test_anything_else_is_refused(db, anna, typed):
    with pytest.raises(Unreadable):
        await give_address(db, anna, typed)
    async with db.read() as tx:
        assert (await staff_links.find(tx, AREA, "Anna")).member.id
        assert await calendars.address_of(tx, anna.member.id) is None
