"""Who came, counted: a figure is taken back from where it was counted, and each stands once (E8).

A figure belongs to the area where the family lived when it was ticked: where that is stands beside
the tick, or beside the sign-up for a complete series.
"""

from collections.abc import Mapping
from datetime import date

from programme.activities import Occasion, SigningUp, Signup, SignupState
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from storage import attendance, families, seats, signups, tallies
from storage.attendance import Mark
from storage.database import Tx
from storage.turns import lock_family

Marks = Mapping[tuple[int, int], Mark]


async def settle(tx: Tx, family_id: int, signup: Signup, marks: Marks, rules: Rules) -> None:
    """A series is counted once, when they came to every meeting that takes place; else not.

    In the month of its last meeting. The family is held.
    """
    held = [each for each in signup.occasions if not each.cancelled]
    complete = len(held) > 1 and all(_came(marks, signup, each) for each in held)
    counted = await signups.series_of(tx, signup.id)
    kind = signup.activity.kind
    if complete and counted is None:
        area = (await families.home(tx, family_id)).area_id
        last = _day(held[-1], rules)
        await tallies.count(tx, area, last, Figure.SERIES_DONE, detail=kind)
        await signups.note_series(tx, signup.id, area, f"{last:%Y-%m}")
    if counted is not None and not complete:
        area, month = counted
        day = date.fromisoformat(f"{month}-01")
        await tallies.take_back(tx, area, day, Figure.SERIES_DONE, detail=kind)
        await signups.note_series(tx, signup.id, None, None)


def _came(marks: Marks, signup: Signup, occasion: Occasion) -> bool:
    found = marks.get((signup.id, occasion.id))
    return found is not None and found.came


def _day(occasion: Occasion, rules: Rules) -> date:
    return on_the_clock(occasion.starts_at, rules.zone).date()


async def came(tx: Tx, family_id: int, signup: Signup, occasion: Occasion, rules: Rules) -> int:
    """Count that they came, in the month of its day; the area in which that is."""
    area = (await families.home(tx, family_id)).area_id
    what = Figure.ATTENDED
    await tallies.count(tx, area, _day(occasion, rules), what, detail=signup.activity.kind)
    return area


async def did_not(tx: Tx, mark: Mark, signup: Signup, occasion: Occasion, rules: Rules) -> None:
    """They had been counted there, and did not come after all; or it does not take place."""
    if mark.came and mark.area_id is not None:
        day, kind = _day(occasion, rules), signup.activity.kind
        await tallies.take_back(tx, mark.area_id, day, Figure.ATTENDED, detail=kind)


async def recount(tx: Tx, activity_id: int, rules: Rules) -> None:
    """After meetings were added, moved or cancelled; every family that has signed up is held."""
    known = (await seats.of_activities(tx, [activity_id])).get(activity_id, [])
    inside = await signups.at_the_door(tx, [each.id for each in known], SignupState.IN)
    marks = await attendance.of(tx, [signup.id for _, signup in inside])
    for family_id, signup in inside:
        for each in signup.occasions:
            mark = marks.get((signup.id, each.id))
            if mark is not None and mark.area_id is not None and each.cancelled:
                await did_not(tx, mark, signup, each, rules)
                await attendance.uncount(tx, signup.id, each.id)
        if signup.activity.signing_up is SigningUp.ONCE:
            await settle(tx, family_id, signup, marks, rules)


async def begin_anew(tx: Tx, activity_id: int, occasion: Occasion, rules: Rules) -> None:
    """It takes place at another time: nobody has come to it yet. Holds who has signed up."""
    for family_id in await signups.families_in(tx, activity_id):
        await lock_family(tx, family_id)
    known = (await seats.of_activities(tx, [activity_id])).get(activity_id, [])
    inside = await signups.at_the_door(tx, [each.id for each in known], SignupState.IN)
    marks = await attendance.of(tx, [signup.id for _, signup in inside])
    for _, signup in inside:
        if mark := marks.get((signup.id, occasion.id)):
            await did_not(tx, mark, signup, occasion, rules)
    await attendance.forget(tx, occasion.id)
