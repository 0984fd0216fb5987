"""What is on, for one parent: today, this week, for my child, near me; and what they follow.

A position is an argument and nothing else: it is not written anywhere (mission F8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.activities import Activity, ActivityKind, ActivityState, Occasion
from programme.errors import NotYours
from programme.kinds import Rules
from programme.places import Point
from programme.whats_on import On, Scope, looked_for, nearest, span
from services.access import Reader, family_of
from storage import activities, families, follows
from storage.database import Tx

__all__ = ["On", "Page", "Point", "Scope"]

MOST_NEAR = 2  # each has its button, and there is a way back


@dataclass(frozen=True)
class Page:
    """Some of what is on, and whether there is more."""

    shown: list[On]
    more: bool


async def page(
    tx: Tx, reader: Reader, scope: Scope, now: datetime, rules: Rules, number: int, size: int
) -> Page:
    """A page of what this parent asks for in their area, in order of time."""
    found = await _found(tx, reader, scope, now, rules)
    begin = max(number, 0) * size
    return Page(found[begin : begin + size], len(found) > begin + size)


async def _found(tx: Tx, reader: Reader, scope: Scope, now: datetime, rules: Rules) -> list[On]:
    area_id = (await families.home(tx, reader.family_id)).area_id
    since, until = span(scope, now, rules)
    rows = await activities.between(tx, [area_id], since, until)
    known = await activities.load(tx, list({number for number, _ in rows}))
    on = [On(known[number], occasion) for number, occasion in rows]
    family = await family_of(tx, reader)
    followed: frozenset[str] = await follows.of(tx, reader.guardian.id)
    return looked_for(on, scope, family, reader.guardian, followed, rules)


async def near(
    tx: Tx, reader: Reader, here: Point, now: datetime, rules: Rules
) -> list[tuple[On, float]]:
    """The nearest of what is on in the next seven days, and how many metres away."""
    return nearest(await _found(tx, reader, Scope.WEEK, now, rules), here, MOST_NEAR)


@dataclass(frozen=True)
class Card:
    """One activity as a parent sees it."""

    activity: Activity
    occasions: Sequence[Occasion]  # those that have not begun
    follows: bool


async def card(tx: Tx, reader: Reader, activity_id: int, now: datetime) -> Card:
    """All of one activity of the reader's area; raises NotYours for any other."""
    area_id = (await families.home(tx, reader.family_id)).area_id
    found = (await activities.load(tx, [activity_id])).get(activity_id)
    if found is None or found.state is ActivityState.DRAFT or area_id not in found.areas:
        raise NotYours
    times = (await activities.occasions(tx, [activity_id])).get(activity_id, ())
    ahead = [each for each in times if each.starts_at > now]
    return Card(found, ahead, found.kind in await follows.of(tx, reader.guardian.id))


async def followed(tx: Tx, reader: Reader) -> list[ActivityKind]:
    """What this parent follows, in the order parents see."""
    mine = await follows.of(tx, reader.guardian.id)
    return [kind for kind in ActivityKind if kind in mine]


async def follow(tx: Tx, reader: Reader, kind: ActivityKind, on: bool, now: datetime) -> None:
    """To hear of such activities from now on, or no longer."""
    if on:
        await follows.begin(tx, reader.guardian.id, kind, now)
    else:
        await follows.end(tx, reader.guardian.id, kind)
