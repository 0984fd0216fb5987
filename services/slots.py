"""Free times for a meeting with a family: when both are free, within the window (mission D2-D4).

What is found here may be gone a moment later: only `storage.quarters.take` decides.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product

from programme.ages import Span
from programme.by_age import unbooked
from programme.free import Diary, apart, footprint, free_quarters, free_starts, spread
from programme.kinds import Kind, Rules, first_leave
from programme.localtime import instant, on_the_clock
from programme.meetings import BOTH_COME, MINUTES, USUAL_PLACE
from programme.people import (
    BookingState,
    Child,
    Family,
    Meeting,
    Place,
    Role,
    Slot,
    StaffMember,
    Why,
)
from programme.visits import window
from storage import availability, quarters
from storage.database import Tx

AHEAD = timedelta(days=28)  # how far to look for what has no window of its own
NOTICE = timedelta(hours=24)  # between the message that proposes a time, and that time
_DAY = timedelta(days=1)
Team = tuple[StaffMember, ...]


@dataclass(frozen=True)
class _Wish:
    """What is looked for."""

    minutes: int
    place: Place
    days: Span
    evening: bool
    limit: int


async def free_slots(
    tx: Tx,
    family: Family,
    visit: int,
    now: datetime,
    rules: Rules,
    *,
    meeting: Meeting = Meeting.VISIT,
    child: Child | None = None,
    first: date | None = None,
    last: date | None = None,
    place: Place | None = None,
    minutes: int | None = None,
    evening: bool = False,
    limit: int = 3,
    but: Iterable[datetime] = (),
    ready: datetime | None = None,
    who: Collection[int] = (),
) -> list[Slot]:
    """Up to `limit` free times, spread over days; the two of last time first, then who else.

    Within the visit's window, unless `first` and `last` say otherwise; never at a time of `but`,
    and nothing that begins before `ready`. `who`: these people and no others come.
    """
    days = _days(family, visit, meeting, child, first, last, now, rules)
    if days is None:
        return []
    wish = _Wish(minutes or MINUTES[meeting], place or USUAL_PLACE[meeting], days, evening, limit)
    diaries = await diaries_of(tx, family.staff, days, now, rules)
    found: list[Slot] = []
    for team in teams(family, meeting, diaries, who):
        starts = [
            at
            for at in _starts(team, diaries, wish, now, rules)
            if at not in but and at >= (ready or now) and _may_be(family, at, rules)
        ]
        found = _add(found, starts, team, diaries, wish, rules)
        if len(found) == limit:
            break
    return found


def in_good_time(now: datetime, rules: Rules) -> datetime:
    """Before that no time is proposed to a family: they read it in the morning, then need a day."""
    return first_leave(Kind.TIMES_PROPOSED, now, rules) + NOTICE


def _add(
    found: list[Slot],
    starts: list[datetime],
    team: Team,
    diaries: dict[int, Diary],
    wish: _Wish,
    rules: Rules,
) -> list[Slot]:
    """What the next two can come to, beside what those before them can."""
    minutes, place = wish.minutes, wish.place
    room = _room(team, diaries, minutes, place)
    days = {on_the_clock(slot.starts_at, rules.zone).date() for slot in found}
    starts = [at for at in starts if fits_beside(found, at, team, diaries, minutes, place)]
    # A day on which nothing was found yet comes before one more time on the same day.
    fresh = [at for at in starts if on_the_clock(at, rules.zone).date() not in days]
    left = wish.limit - len(found)
    chosen = spread(fresh, left, room, rules) if fresh else []
    if len(chosen) < left:
        more = [at for at in starts if all(abs(at - each) >= room for each in chosen)]
        chosen += spread(more, left - len(chosen), room, rules)
    slots = [*found, *(Slot(starts_at=at, staff=team) for at in chosen)]
    return sorted(slots, key=lambda slot: slot.starts_at)


def fits_beside(
    others: Iterable[Slot],
    at: datetime,
    team: Team,
    diaries: dict[int, Diary],
    minutes: int,
    place: Place,
) -> bool:
    """Whether all those times can be held as well: who comes to both needs the talk and the way."""

    def room(other: Slot) -> timedelta:
        coming = {each.id for each in other.staff}
        return _room([each for each in team if each.id in coming], diaries, minutes, place)

    return all(abs(at - other.starts_at) >= room(other) for other in others)


def _room(
    who: Sequence[StaffMember], diaries: dict[int, Diary], minutes: int, place: Place
) -> timedelta:
    """Between the beginnings of two times, so that each of them can come to both."""
    theirs = [diaries[each.id] for each in who]
    needed = (apart(minutes, place, each.travel, each.debrief) for each in theirs)
    return max(needed, default=timedelta(minutes=minutes))


async def at_work(
    tx: Tx,
    staff: Sequence[StaffMember],
    starts_at: datetime,
    minutes: int,
    place: Place,
    now: datetime,
    rules: Rules,
) -> bool:
    """Whether these people work then and nothing else takes their time; not who has booked it."""
    day = on_the_clock(starts_at, rules.zone).date()
    diaries = await diaries_of(tx, staff, Span(day, day), now, rules, booked=False)
    return all(
        free_quarters(diary, day, day, rules).issuperset(
            footprint(starts_at, minutes, place, diary.travel, diary.debrief)
        )
        for diary in diaries.values()
    )


async def diaries_of(
    tx: Tx,
    staff: Sequence[StaffMember],
    days: Span,
    now: datetime,
    rules: Rules,
    booked: bool = True,
) -> dict[int, Diary]:
    """Their time on those days, by person; without what is booked or held if so asked."""
    ids = [each.id for each in staff]
    since = instant(days.first - _DAY, time(), rules.zone)
    until = instant(days.last + 2 * _DAY, time(), rules.zone)
    weeks = await availability.hours_of(tx, ids)
    busy = await availability.busy_of(tx, ids, since, until)
    margins = await availability.margins_of(tx, ids)
    taken = await quarters.taken(tx, ids, since, until, now) if booked else {}
    return {
        each: Diary(
            week=weeks[each],
            busy=tuple((one.starts_at, one.ends_at) for one in busy[each]),
            taken=taken.get(each, frozenset()),
            travel=margins[each].travel,
            debrief=margins[each].debrief,
        )
        for each in ids
    }


def _starts(
    team: Team, diaries: dict[int, Diary], wish: _Wish, now: datetime, rules: Rules
) -> list[datetime]:
    theirs = [diaries[member.id] for member in team]
    first, last = wish.days.first, wish.days.last
    return free_starts(theirs, wish.minutes, wish.place, first, last, now, rules, wish.evening)


def teams(
    family: Family, meeting: Meeting, diaries: dict[int, Diary], who: Collection[int] = ()
) -> Iterator[Team]:
    """Who could come, the best first: those of last time, then who has most time left.

    `who`: somebody has chosen these people, so no others.
    """
    for team in _all_teams(family, meeting, diaries):
        if not who or {each.id for each in team} == set(who):
            yield team


def _all_teams(family: Family, meeting: Meeting, diaries: dict[int, Diary]) -> Iterator[Team]:

    def load(member: StaffMember) -> tuple[int, int]:
        return len(diaries[member.id].taken), member.id

    works = sorted((each for each in family.staff if diaries[each.id].week), key=load)
    nurses = [each for each in works if each.role is Role.NURSE]
    supporters = [each for each in works if each.role is Role.PARENT_SUPPORTER]
    known = {each.id for each in last_time(family)}

    def strangers(team: Team) -> int:
        return sum(each.id not in known for each in team)

    if meeting in BOTH_COME:
        yield from sorted(product(nurses, supporters), key=strangers)
    else:
        yield from sorted(((each,) for each in (*supporters, *nurses)), key=strangers)


def last_time(family: Family) -> Team:
    """Who came, or is booked to come, to the family's latest visit."""
    came = {BookingState.BOOKED, BookingState.DONE, BookingState.MISSED}
    met = [each for each in family.bookings if each.state in came and each.staff]
    return max(met, key=lambda each: each.starts_at).staff if met else ()


def _may_be(family: Family, at: datetime, rules: Rules) -> bool:
    """Whether the family is there and its area has visits then."""
    day = on_the_clock(at, rules.zone).date()
    paused = any(rest.covers(at) for rest in family.area.rests)
    summer = any(weeks.first <= day <= weeks.last for weeks in family.area.summers)
    return not (paused or summer or family.resting(Why.AWAY, at) or family.resting(Why.LOSS, at))


def _days(
    family: Family,
    visit: int,
    meeting: Meeting,
    child: Child | None,
    first: date | None,
    last: date | None,
    now: datetime,
    rules: Rules,
) -> Span | None:
    """The days to look at, none of them past; None: there are none."""
    today = on_the_clock(now, rules.zone).date()
    if not family.area.running:
        return None
    usual = Span(today, today + AHEAD)
    if meeting is Meeting.VISIT:
        child = child or child_for_visit(family, visit, today)
        if child is None or child.born is None:
            return None
        usual = window(visit, child.born, child.came_home, family.area.summers)
    days = Span(max(first or usual.first, today), last or max(usual.last, first or usual.last))
    return days if days.first <= days.last else None


def child_for_visit(family: Family, visit: int, day: date) -> Child | None:
    """The child whose turn that visit is: not booked, its window open or next; None: no child."""
    born = [child for child in family.children if child.born and not child.silent]
    waiting = [child for child, each in unbooked(family) if each.number == visit]

    def closes(child: Child) -> date:
        assert child.born is not None
        return window(visit, child.born, child.came_home, family.area.summers).last

    ahead = [child for child in waiting if closes(child) >= day]
    return next(iter(sorted(ahead, key=closes) or waiting or born), None)
