"""What a parent looks at before and after signing up: the times, the number, how it stands."""

from dataclasses import dataclass
from datetime import datetime

from programme.activities import Activity, ActivityState, Occasion, Signup, SignupState
from programme.errors import NotYours
from services.access import Reader, family_of
from storage import activities, seats, signups
from storage.database import Tx
from storage.seats import Seats

Time = tuple[int, Occasion]  # the number of its seats, and when it is


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An activity, and what one can sign up for: one series, or several times."""

    activity: Activity
    series: int = 0  # the seats of the series; 0: each time has its own
    times: tuple[Time, ...] = ()

    @property
    def only(self) -> int:
        """The seats, where there is nothing to choose; else 0."""
        return self.series or (self.times[0][0] if len(self.times) == 1 else 0)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One thing to sign up for, as this parent sees it."""

    activity: Activity
    occasions: tuple[Occasion, ...]  # that lie ahead
    seats: Seats
    coming: tuple[int, int]  # proposed: one grown-up, and the family's children
    mine: Signup | None = None
    number: int = 0  # in line


async def choice(tx: Tx, activity_id: int, now: datetime) -> Choice:
    """What one can sign up for there; raises NotYours for a draft, or nothing at all."""
    activity = await _public(tx, activity_id)
    await seats.ensure(tx, activity_id)
    ahead = await _ahead(tx, activity_id, now)
    known = {each.id: each for each in ahead}
    theirs = (await seats.of_activities(tx, [activity_id])).get(activity_id, [])
    series = next((each.id for each in theirs if each.occasion_id is None), 0)
    times = [(each.id, known[each.occasion_id]) for each in theirs if each.occasion_id in known]
    if activity.state is not ActivityState.OPEN or not ahead:
        return Choice(activity=activity)
    times.sort(key=lambda each: each[1].starts_at)
    return Choice(activity=activity, series=series, times=() if series else tuple(times))


async def page(tx: Tx, reader: Reader, seats_id: int, now: datetime) -> Page:
    """One of those, with what this parent has there. Raises NotYours."""
    place = await seats.one(tx, seats_id)
    if place is None:
        raise NotYours
    activity = await _public(tx, place.activity_id)
    ahead = await _ahead(tx, place.activity_id, now)
    mine = await signups.standing_of(tx, seats_id, reader.guardian.id)
    return Page(
        activity=activity,
        occasions=tuple(each for each in ahead if place.occasion_id in {None, each.id}),
        seats=place,
        coming=await _proposed(tx, reader),
        mine=mine,
        number=await number_of(tx, mine) if mine else 0,
    )


async def own(tx: Tx, reader: Reader, signup_id: int) -> Signup:
    """A sign-up of the reader's own, whatever has become of it; raises NotYours."""
    found = await signups.one(tx, signup_id)
    if found is None or found[1].guardian_id != reader.guardian.id:
        raise NotYours
    return found[1]


async def number_of(tx: Tx, mine: Signup) -> int:
    """Their number on the waiting list, or 0."""
    if mine.state is not SignupState.WAITING:
        return 0
    line = [each.id for each in await signups.waiting(tx, mine.seats_id)]
    return line.index(mine.id) + 1


async def _public(tx: Tx, activity_id: int) -> Activity:
    found = (await activities.load(tx, [activity_id])).get(activity_id)
    if found is None or found.state is ActivityState.DRAFT:
        raise NotYours
    return found


async def _ahead(tx: Tx, activity_id: int, now: datetime) -> list[Occasion]:
    every = (await activities.occasions(tx, [activity_id])).get(activity_id, ())
    return [each for each in every if not each.cancelled and each.starts_at > now]


async def _proposed(tx: Tx, reader: Reader) -> tuple[int, int]:
    """One grown-up with the children who are born; of a child of whom nothing is said, nothing."""
    family = await family_of(tx, reader)
    return 1, sum(1 for each in family.children if each.born and not each.silent)
