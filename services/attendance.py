"""The list for the door, and who came: for the staff of the activity's areas (mission E7, E8).

Lotsen knows no name: a family is staff's own word for it, or its number; of another area's family
only the number. Which parent it is stands nowhere (C10, B14).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.activities import (
    Activity,
    ActivityState,
    Occasion,
    SigningUp,
    Signup,
    SignupState,
)
from programme.errors import NotYours
from programme.kinds import Rules
from programme.people import Family
from services import attendance_figures as figures
from services.access import Colleague, meets_families, open_lists
from services.attendance_figures import Marks
from storage import activities, attendance, families, overviews, seats, signups
from storage.attendance import Mark
from storage.database import Tx
from storage.seats import Seats
from storage.turns import lock_family

TICKS_FROM = timedelta(hours=1)  # before it begins: who comes early is let in
PAST, AHEAD = timedelta(days=14), timedelta(days=31)  # which occasions are offered to look at


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One sign-up at the door; the family by staff's own word, or by its number."""

    signup_id: int
    family: str | int
    language: str
    adults: int
    children: int
    came: bool | None  # None: nobody has said
    times: int = 0  # of a series: how often they came
    of: int = 1


@dataclass(frozen=True, kw_only=True)
class Door:
    """The list of one occasion."""

    activity: Activity
    occasion: Occasion
    guests: tuple[Guest, ...]
    waiting: int
    offered: int
    capacity: int | None
    ticks: bool  # from an hour before it begins

    @property
    def adults(self) -> int:
        """How many grown-ups have a place."""
        return sum(each.adults for each in self.guests)

    @property
    def children(self) -> int:
        """How many children."""
        return sum(each.children for each in self.guests)


async def doors(
    tx: Tx, colleague: Colleague, now: datetime, only: int = 0
) -> list[tuple[Activity, Occasion]]:
    """What one signs up for in this colleague's areas, some days ago and the next weeks.

    `only`: of that activity.
    """
    _meets(colleague)
    found = await activities.between(tx, list(colleague.areas), now - PAST, now + AHEAD)
    known = await activities.load(tx, list({number for number, _ in found}))
    return [
        (known[number], each)
        for number, each in found
        if known[number].signing_up is not SigningUp.DROP_IN
        and not each.cancelled
        and only in {0, number}
    ]


async def door(
    tx: Tx, colleague: Colleague, activity_id: int, occasion_id: int, now: datetime
) -> Door:
    """Who has a place at that occasion; raises NotYours."""
    activity, occasion = await _theirs(tx, colleague, activity_id, occasion_id)
    if meets_families(colleague):
        await open_lists(tx, colleague, now)
    place = await _place(tx, activity_id, occasion_id)
    inside = await signups.at_the_door(tx, [place.id] if place else [], SignupState.IN)
    many = (await signups.counted(tx, [place.id])).get(place.id, {}) if place else {}
    return Door(
        activity=activity,
        occasion=occasion,
        guests=await _guests(tx, colleague, inside, occasion),
        waiting=many.get(SignupState.WAITING, 0),
        offered=many.get(SignupState.OFFERED, 0),
        capacity=place.capacity if place else None,
        ticks=now >= occasion.starts_at - TICKS_FROM,
    )


async def tick(
    tx: Tx,
    colleague: Colleague,
    signup_id: int,
    occasion_id: int,
    came: bool,
    now: datetime,
    rules: Rules,
) -> int:
    """They came, or did not; twice is once. Comes back: the activity. Raises NotYours."""
    found = await signups.one(tx, signup_id)
    if found is None:
        raise NotYours
    family_id, signup = found
    activity, occasion = await _theirs(tx, colleague, signup.activity.id, occasion_id)
    await lock_family(tx, family_id)
    found = await signups.one(tx, signup_id)  # as it is now: the parent may have cancelled
    if found is None or found[1].state is not SignupState.IN:
        raise NotYours
    signup = found[1]
    covers = {each.id for each in signup.occasions if not each.cancelled}
    if occasion_id not in covers:
        raise NotYours
    if now >= occasion.starts_at - TICKS_FROM:
        await _mark(tx, family_id, signup, occasion, came, now, rules)
    return activity.id


async def _mark(
    tx: Tx,
    family_id: int,
    signup: Signup,
    occasion: Occasion,
    came: bool,
    now: datetime,
    rules: Rules,
) -> None:
    before = (await attendance.of(tx, [signup.id])).get((signup.id, occasion.id), Mark(False))
    if came == before.came and came:
        return
    area = await figures.came(tx, family_id, signup, occasion, rules) if came else None
    await attendance.mark(tx, signup.id, occasion.id, Mark(came, area), now)
    if not came:
        await figures.did_not(tx, before, signup, occasion, rules)
    marks = await attendance.of(tx, [signup.id])
    await figures.settle(tx, family_id, signup, marks, rules)


async def _theirs(
    tx: Tx, colleague: Colleague, activity_id: int, occasion_id: int
) -> tuple[Activity, Occasion]:
    """An occasion of an activity in the colleague's areas; raises NotYours for any other."""
    _meets(colleague)
    activity = (await activities.load(tx, [activity_id])).get(activity_id)
    every = (await activities.occasions(tx, [activity_id])).get(activity_id, ())
    occasion = next((each for each in every if each.id == occasion_id), None)
    if activity is None or occasion is None or activity.state is ActivityState.DRAFT:
        raise NotYours
    if not set(activity.areas) & set(colleague.areas):
        raise NotYours
    return activity, occasion


def _meets(colleague: Colleague) -> None:
    if not meets_families(colleague):
        raise NotYours


async def _place(tx: Tx, activity_id: int, occasion_id: int) -> Seats | None:
    theirs = (await seats.of_activities(tx, [activity_id])).get(activity_id, [])
    return next((each for each in theirs if each.occasion_id in {None, occasion_id}), None)


async def _guests(
    tx: Tx, colleague: Colleague, inside: Sequence[tuple[int, Signup]], occasion: Occasion
) -> tuple[Guest, ...]:
    known = {
        each.id: each for each in await families.load(tx, sorted({number for number, _ in inside}))
    }
    marks = await attendance.of(tx, [each.id for _, each in inside])
    return tuple(
        [
            await _guest(tx, colleague, known[number], each, marks, occasion)
            for number, each in inside
        ]
    )


async def _guest(
    tx: Tx,
    colleague: Colleague,
    family: Family,
    signup: Signup,
    marks: Marks,
    occasion: Occasion,
) -> Guest:
    ours = family.area.id in colleague.areas
    guardian = family.guardian(signup.guardian_id)
    held = [each.id for each in signup.occasions if not each.cancelled]
    return Guest(
        signup_id=signup.id,
        family=(await overviews.label(tx, family.id) if ours else None) or family.id,
        language=guardian.language if guardian else "",
        adults=signup.adults,
        children=signup.children,
        came=mark.came if (mark := marks.get((signup.id, occasion.id))) else None,
        times=sum(mark.came for each in held if (mark := marks.get((signup.id, each)))),
        of=len(held),
    )
