"""A family's way through the programme, counted once at each turn (mission I1; domain.md D2, D3).

Yes or no to visits, and how many were held when the time for the last was over.
Each is counted in the month in which it happened, so a month that is over does not change.
"""

from datetime import date, datetime, timedelta

from programme.ages import Span, births_reaching
from programme.figures import Figure
from programme.follow_up import Held
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, BookingState, Child, Family, Meeting, Why
from programme.visits import VISITS, window
from services.counting import count
from storage import families, tallies, unfollowed
from storage.database import Database, Tx
from storage.turns import lock_family

LATE_TICKS = timedelta(days=14)  # what became of the last visit may be ticked until then
_AT_ONCE = 20  # families in one act: a press never waits long for them
_LONG_AGO = timedelta(days=40 * 365)


def _six(family: Family) -> list[Booking]:
    return [each for each in family.bookings if each.meeting is Meeting.VISIT]


async def first_booking(tx: Tx, family: Family, now: datetime, rules: Rules) -> None:
    """A visit is about to be booked: if it is the first of the six, they have said yes."""
    if _six(family):
        return
    await _no_longer_no(tx, family, rules)
    await count(tx, family.id, None, Figure.FAMILY_YES, now, rules)


async def ended(tx: Tx, family: Family, now: datetime, rules: Rules) -> None:
    """No thanks to all visits: a no, if none was ever booked."""
    if not _six(family) and family.split_at is None:
        await count(tx, family.id, None, Figure.FAMILY_NO, now, rules)


async def wanted_again(tx: Tx, family: Family, rules: Rules) -> None:
    """They have taken their no back; `family` as it was before."""
    if not _six(family):
        await _no_longer_no(tx, family, rules)


async def _no_longer_no(tx: Tx, family: Family, rules: Rules) -> None:
    if family.visits_ended_at and not family.left_at:
        day = on_the_clock(family.visits_ended_at, rules.zone).date()
        area, centre = family.area.id, family.centre_id
        await tallies.take_back(tx, area, day, Figure.FAMILY_NO, centre_id=centre)


async def count_last_windows(db: Database, now: datetime, rules: Rules) -> int:
    """Children whose last visit's time is over are counted, each once; how many now."""
    today = on_the_clock(now, rules.zone).date()
    born = births_reaching(VISITS[-1].closes, Span(today - _LONG_AGO, today - LATE_TICKS))
    counted = 0
    async with db.read() as tx:
        found = await unfollowed.families(tx, born.last) if born else []
    for start in range(0, len(found), _AT_ONCE):
        async with db.write() as tx:
            for family_id in found[start : start + _AT_ONCE]:
                counted += await _count_children(tx, family_id, today, now, rules)
    return counted


async def _count_children(tx: Tx, family_id: int, today: date, now: datetime, rules: Rules) -> int:
    if not await lock_family(tx, family_id):
        return 0
    [family] = await families.load(tx, [family_id])
    counted = 0
    for child in family.children:
        day = _over_on(family, child)
        if day is None or day > today or not await unfollowed.mark(tx, child.id, now):
            continue
        numbers = _held(family, child)
        if _counts(family, child, now) and (numbers or _offered(family, child, rules)):
            row = (Figure.LAST_WINDOW, None, Held.of(numbers))
            await tallies.count(tx, family.area.id, day, *row, centre_id=family.centre_id)
            counted += 1
    return counted


def _over_on(family: Family, child: Child) -> date | None:
    last = _last_day(family, child)
    return last and last + LATE_TICKS


def _last_day(family: Family, child: Child) -> date | None:
    if child.born is None:
        return None
    return window(VISITS[-1].number, child.born, child.came_home, family.area.summers).last


def _twins(family: Family, child: Child) -> list[Child]:
    return [each for each in family.children if each.born == child.born and not each.silent]


def _counts(family: Family, child: Child, now: datetime) -> bool:
    """Twins, who have their visits together, are one; after a loss nothing is counted (A11)."""
    if child.silent or family.waits_since or family.left_at or family.resting(Why.LOSS, now):
        return False
    return child.id == min(each.id for each in _twins(family, child))


def _offered(family: Family, child: Child, rules: Rules) -> bool:
    """Whether any of the six could be: not to who is not meant, nor to who came afterwards."""
    came, last = family.registered_at, _last_day(family, child)
    too_late = came and last and on_the_clock(came, rules.zone).date() > last
    return family.eligible is not False and not too_late


def _held(family: Family, child: Child) -> set[int]:
    mine = {each.id for each in _twins(family, child)}
    return {
        each.visit
        for each in _six(family)
        if each.state is BookingState.DONE and each.child_id in mine
    }
