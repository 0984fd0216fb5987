"""One day of somebody of the staff on paper: for who works without the chat (mission D15)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from programme import appointments
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.looks import LookWhy, Seen, own_reason
from programme.people import Booking, Family, StaffMember
from services import availability
from services.access import Colleague, meets_families, note_look, seen_by_operator
from storage import calendars, families, overviews, staff
from storage.database import Tx

DAYS_TO_CHOOSE = 6  # working days, today or the next one first


@dataclass(frozen=True)
class Line:
    """One visit of that day; the family by staff's own word for it."""

    family_id: int
    label: str | None
    booking: Booking
    phone: bool  # nobody of the family reads the chat


@dataclass(frozen=True)
class DayOf:
    """Whose day it is, and what is in it."""

    member: StaffMember
    day: date
    lines: tuple[Line, ...]


async def day_of(
    tx: Tx, by: Colleague | None, member: StaffMember, day: date, now: datetime, rules: Rules
) -> DayOf:
    """Where they are to be on that day; after a loss nobody is to go there.

    `by`: who prints it, None by the command line; that they have seen these families is kept.
    """
    ids = await calendars.families_of(tx, member.id, instant(day, time(), rules.zone))
    found = await families.load(tx, ids)
    on_that_day = appointments.on_day(found, member.id, day, now, rules.zone)
    for family, booking in on_that_day:
        await _seen(tx, by, family, booking.id, now)
    lines = [
        Line(
            family.id,
            await overviews.label(tx, family.id),
            booking,
            not family.reachable_at(now),
        )
        for family, booking in on_that_day
    ]
    return DayOf(member, day, tuple(lines))


async def _seen(
    tx: Tx, by: Colleague | None, family: Family, booking_id: int, now: datetime
) -> None:
    if by is None:
        await seen_by_operator(tx, family, now, Seen.PAPER, booking_id)
        return
    why = own_reason(family, by.member) or LookWhy.COVERING  # of who has no chat to print it in
    await note_look(tx, by, family, now, why, Seen.PAPER, booking_id)


async def choices(tx: Tx, colleague: Colleague) -> list[StaffMember]:
    """Whose day this colleague may print: their own, and of who has no chat. Raises NotYours."""
    if not meets_families(colleague):
        raise NotYours
    own = [colleague.member] if colleague.member.role in staff.MEET_FAMILIES else []
    return [*own, *await availability.without_chat(tx, colleague)]


async def chosen(tx: Tx, colleague: Colleague, staff_id: int) -> StaffMember:
    """One of those; raises NotYours for any other number."""
    found = next((each for each in await choices(tx, colleague) if each.id == staff_id), None)
    if found is None:
        raise NotYours
    return found


def days(now: datetime, rules: Rules) -> list[date]:
    """The next days on which staff work, today among them if it is one."""
    today = on_the_clock(now, rules.zone).date()
    ahead = (today + timedelta(days=n) for n in range(30))
    return [each for each in ahead if rules.is_working_day(each)][:DAYS_TO_CHOOSE]
