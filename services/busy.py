"""Busy times out of a colleague's own calendar: a file once, or an address every hour (D15).

Times only: no title is kept. What cannot be read changes nothing, and is told once.
"""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from programme.busy import HORIZON, READ_EVERY, Unreadable
from programme.desks import unread_key
from services.access import Colleague
from services.fetching import Fetch, clean_address
from services.reading_apart import read_apart
from storage import availability, calendars, items
from storage.calendars import Reading
from storage.database import Database, Tx

__all__ = ["Reading", "Unreadable"]

log = logging.getLogger(__name__)

FILE, FEED = "file", "feed"  # where a busy time comes from
AFTER_THE_END = timedelta(days=1)  # so long can an end be undone; then nothing of it is kept


async def times_in(
    content: bytes, now: datetime, zone: ZoneInfo
) -> list[tuple[datetime, datetime]]:
    """The busy times in a file from now on; raises Unreadable. Nothing is written yet."""
    return await read_apart(content, now, now + HORIZON, zone)


async def take_file(tx: Tx, colleague: Colleague, spans: list[tuple[datetime, datetime]]) -> int:
    """These times, in place of those of the file before; how many."""
    return await availability.replace_busy(tx, colleague.member.id, FILE, spans)


async def set_address(tx: Tx, colleague: Colleague, typed: str) -> None:
    """Their own calendar is read there from now on; raises Unreadable for no such address."""
    await calendars.set_address(tx, colleague.member.id, clean_address(typed))


async def end_address(tx: Tx, colleague: Colleague) -> None:
    """It is read no more, and what was read from it is forgotten."""
    await calendars.set_address(tx, colleague.member.id, None)
    await availability.replace_busy(tx, colleague.member.id, FEED, [])


async def reading(tx: Tx, colleague: Colleague) -> Reading | None:
    """How the last reading went; None if nothing has been read yet."""
    return await calendars.reading(tx, colleague.member.id)


async def told_of_failure(tx: Tx, colleague: Colleague) -> Reading | None:
    """A failure this colleague has not been told of, once; None if there is none."""
    found = await calendars.reading(tx, colleague.member.id)
    if found is None or found.fault is None or found.told:
        return None
    await calendars.note_told(tx, colleague.member.id)
    by_letter = await items.arrived_at(tx, unread_key(colleague.member.id, found.since))
    return None if by_letter else found


async def read_all(db: Database, fetch: Fetch, now: datetime, zone: ZoneInfo) -> int:
    """Read every calendar whose hour has passed, one after the other; how many were read."""
    async with db.read() as tx:
        waiting = await calendars.to_read(tx, now - READ_EVERY)
    for staff_id, address in waiting:
        await _read_one(db, fetch, staff_id, address, now, zone)
    return len(waiting)


async def _read_one(
    db: Database, fetch: Fetch, staff_id: int, address: str, now: datetime, zone: ZoneInfo
) -> None:
    """No transaction is open while the network answers, or does not."""
    fault, spans = None, None
    try:
        spans = await times_in(await fetch(address), now, zone)
    except Unreadable as error:
        fault = error.fault
        log.warning("a calendar was not read", extra={"staff": staff_id, "why": str(fault)})
    async with db.write() as tx:
        if await calendars.address_of(tx, staff_id) != address:
            return  # it was changed meanwhile
        await calendars.note_reading(tx, staff_id, now, fault)
        if spans is not None:
            await availability.replace_busy(tx, staff_id, FEED, spans)


async def forget_ended(db: Database, now: datetime) -> None:
    """Nothing about the calendars of who has ended a day ago is kept."""
    async with db.read() as tx:
        ended = await calendars.ended_before(tx, now - AFTER_THE_END)
    if ended:
        async with db.write() as tx:
            for staff_id in ended:
                await calendars.forget(tx, staff_id)
                for source in (FILE, FEED):
                    await availability.replace_busy(tx, staff_id, source, [])
