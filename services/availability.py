"""When staff work: hours, days off, busy times, margins (D1); also of who has no chat (D15).

Setting them moves nothing that is booked: what collides from now on is told, and people decide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from programme.collisions import collides, merged
from programme.errors import NotYours
from programme.kinds import SATURDAY, Rules
from programme.localtime import instant, on_the_clock
from programme.people import BookingState, Family, ProposalState, StaffMember
from services.access import Colleague, meets_families
from storage import availability, families, overviews, staff
from storage.availability import Busy, Margins, Week
from storage.database import Tx
from storage.overviews import Name
from storage.turns import lock_staff

__all__ = ["WORKDAYS", "Busy", "Collision", "Margins", "Times", "Week"]

WORKDAYS = range(SATURDAY)  # nobody visits on weekends
EARLIEST, LATEST = 6 * 60, 22 * 60  # hours lie between these, in minutes since midnight
MARGINS = (0, 15, 30, 45, 60)
_AHEAD = timedelta(days=730)  # how far days off are looked up, and may be set
_OURS = frozenset(availability.SET_HERE)


@dataclass(frozen=True)
class Collision:
    """A visit that is booked, or a time that is proposed, which they cannot keep any more."""

    name: Name
    visit: int
    starts_at: datetime
    proposed: bool


@dataclass(frozen=True, kw_only=True)
class Times:
    """All that is known of somebody's time, and what has begun to collide just now."""

    member: StaffMember
    own: bool
    week: Week
    off: tuple[Busy, ...]  # whole days
    busy: tuple[Busy, ...]
    from_calendar: int  # so many times more
    margins: Margins
    collisions: tuple[Collision, ...] = ()


def last_day(now: datetime, rules: Rules) -> date:
    """The last day that may be set as a day off."""
    return on_the_clock(now + _AHEAD, rules.zone).date()


def visits(colleague: Colleague) -> bool:
    """Whether they come to families, and so have times of their own."""
    return colleague.member.role in staff.MEET_FAMILIES


async def without_chat(tx: Tx, colleague: Colleague) -> list[StaffMember]:
    """Who of the area comes to families and has no chat, so that others set their times."""
    if not meets_families(colleague):
        raise NotYours
    team = (await staff.of_areas(tx, [colleague.area_id])).get(colleague.area_id, ())
    return [each for each in team if not each.in_chat and each.id != colleague.member.id]


async def times(tx: Tx, colleague: Colleague, staff_id: int, now: datetime, rules: Rules) -> Times:
    """Somebody's times: one's own, or those of a colleague without chat. Raises NotYours."""
    member = await _whose(tx, colleague, staff_id)
    found = await availability.busy_of(tx, [staff_id], now, now + _AHEAD)
    ours = [each for each in found[staff_id] if each.source in _OURS]
    return Times(
        member=member,
        own=staff_id == colleague.member.id,
        week=(await availability.hours_of(tx, [staff_id]))[staff_id],
        off=tuple(each for each in ours if _whole_days(each, rules)),
        busy=tuple(each for each in ours if not _whole_days(each, rules)),
        from_calendar=len(found[staff_id]) - len(ours),
        margins=(await availability.margins_of(tx, [staff_id]))[staff_id],
    )


async def _whose(tx: Tx, colleague: Colleague, staff_id: int) -> StaffMember:
    """The one whose times may be set; raises NotYours."""
    if staff_id == colleague.member.id and visits(colleague):
        return colleague.member
    found = (each for each in await without_chat(tx, colleague) if each.id == staff_id)
    member = next(found, None)
    if member is None:
        raise NotYours
    return member


def _whole_days(each: Busy, rules: Rules) -> bool:
    ends = (on_the_clock(at, rules.zone).time() for at in (each.starts_at, each.ends_at))
    return all(wall == time() for wall in ends)


def days_of(each: Busy, rules: Rules) -> tuple[date, date]:
    """The first and the last of those whole days."""
    last = on_the_clock(each.ends_at, rules.zone).date() - timedelta(days=1)
    return on_the_clock(each.starts_at, rules.zone).date(), last


async def set_hours(
    tx: Tx,
    colleague: Colleague,
    staff_id: int,
    weekdays: Sequence[int],
    spans: Sequence[tuple[int, int]],
    now: datetime,
    rules: Rules,
) -> Times:
    """Those hours on those weekdays, in place of the ones before. Raises NotYours."""
    before = await _colliding(tx, colleague, staff_id, now, rules)
    if not all(day in WORKDAYS for day in weekdays):
        raise NotYours
    kept = merged((max(starts, EARLIEST), min(ends, LATEST)) for starts, ends in spans)
    for day in weekdays:
        await availability.set_hours(tx, staff_id, day, kept)
    return await _after(tx, colleague, staff_id, before, now, rules)


async def add_days_off(
    tx: Tx,
    colleague: Colleague,
    staff_id: int,
    first: date,
    last: date,
    now: datetime,
    rules: Rules,
) -> Times:
    """Not at work from the first to the last of these days. Raises NotYours."""
    starts_at = instant(first, time(), rules.zone)
    ends_at = instant(last + timedelta(days=1), time(), rules.zone)
    return await add_busy(tx, colleague, staff_id, starts_at, ends_at, now, rules)


async def add_busy(
    tx: Tx,
    colleague: Colleague,
    staff_id: int,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    rules: Rules,
) -> Times:
    """Something else takes that time; a second tap adds nothing. Raises NotYours."""
    before = await _colliding(tx, colleague, staff_id, now, rules)
    if not now < ends_at <= now + _AHEAD + timedelta(days=1) or starts_at >= ends_at:
        raise NotYours  # a button can only say so if it is forged, or very old
    known = (await availability.busy_of(tx, [staff_id], starts_at, ends_at))[staff_id]
    if not any((each.starts_at, each.ends_at) == (starts_at, ends_at) for each in known):
        await availability.add_busy(tx, staff_id, starts_at, ends_at)
    return await _after(tx, colleague, staff_id, before, now, rules)


async def free_again(
    tx: Tx, colleague: Colleague, staff_id: int, busy_id: int, now: datetime, rules: Rules
) -> Times:
    """A day off, or a busy time, is none; what came from a calendar stays. Raises NotYours."""
    shown = await times(tx, colleague, staff_id, now, rules)
    if any(each.id == busy_id for each in (*shown.off, *shown.busy)):
        await availability.remove_busy(tx, staff_id, busy_id)
    return await times(tx, colleague, staff_id, now, rules)


async def set_margins(
    tx: Tx,
    colleague: Colleague,
    staff_id: int,
    now: datetime,
    rules: Rules,
    *,
    travel: int | None = None,
    debrief: int | None = None,
) -> Times:
    """So many minutes for the way, or for the talk afterwards. Raises NotYours."""
    await _whose(tx, colleague, staff_id)
    await lock_staff(tx, [staff_id])
    old = (await availability.margins_of(tx, [staff_id]))[staff_id]
    wanted = (old.travel if travel is None else travel, old.debrief if debrief is None else debrief)
    if any(each not in MARGINS for each in (travel, debrief) if each is not None):
        raise NotYours
    await availability.set_margins(tx, staff_id, *wanted)
    return await times(tx, colleague, staff_id, now, rules)


async def _after(
    tx: Tx,
    colleague: Colleague,
    staff_id: int,
    before: list[Collision],
    now: datetime,
    rules: Rules,
) -> Times:
    found = await times(tx, colleague, staff_id, now, rules)
    colliding = await _colliding(tx, colleague, staff_id, now, rules)
    fresh = tuple(each for each in colliding if each not in before)
    return replace(found, collisions=fresh)


async def _colliding(
    tx: Tx, colleague: Colleague, staff_id: int, now: datetime, rules: Rules
) -> list[Collision]:
    """What they cannot keep as their times are now, in order of time. Raises NotYours."""
    await _whose(tx, colleague, staff_id)
    await lock_staff(tx, [staff_id])  # two taps at once: one after the other
    week = (await availability.hours_of(tx, [staff_id]))[staff_id]
    busy = (await availability.busy_of(tx, [staff_id], now, now + _AHEAD))[staff_id]
    taken = [(each.starts_at, each.ends_at) for each in busy]
    names = await _families(tx, colleague, staff_id, now)
    found = [
        Collision(names[family.id], each.visit, each.starts_at, each.proposed)
        for family in await families.load(tx, list(names))
        for each in _meetings(family, staff_id, now)
        if collides((each.starts_at, each.ends_at), week, taken, rules.zone)
    ]
    return sorted(found, key=lambda each: each.starts_at)


async def _families(tx: Tx, colleague: Colleague, staff_id: int, now: datetime) -> dict[int, Name]:
    """Whom they may be booked or proposed for: the area's families, and whoever else they visit."""
    names = {each.family_id: each for each in await overviews.of_area(tx, colleague.area_id)}
    for coming in await staff.coming(tx, staff_id, now):
        if coming.family_id not in names:
            label = await overviews.label(tx, coming.family_id)
            names[coming.family_id] = Name(coming.family_id, label)
    return names


@dataclass(frozen=True)
class _Meeting:
    visit: int
    starts_at: datetime
    ends_at: datetime
    proposed: bool


def _meetings(family: Family, staff_id: int, now: datetime) -> Iterator[_Meeting]:
    """What of this family's lies ahead of them: booked, or proposed and not answered."""

    def theirs(people: tuple[StaffMember, ...], starts_at: datetime) -> bool:
        return starts_at > now and any(each.id == staff_id for each in people)

    for each in family.bookings:
        if each.state is BookingState.BOOKED and theirs(each.staff, each.starts_at):
            yield _Meeting(each.visit, each.starts_at, each.ends_at, proposed=False)
    for proposal in family.proposals:
        if proposal.state is ProposalState.OPEN and proposal.expires_at > now:
            length = timedelta(minutes=proposal.minutes)
            for slot in proposal.slots:
                if theirs(slot.staff, slot.starts_at):
                    ends_at = slot.starts_at + length
                    yield _Meeting(proposal.visit, slot.starts_at, ends_at, proposed=True)
