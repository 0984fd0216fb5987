"""When places, published pages and open activities were last checked, and whose they are."""

from collections import defaultdict

from sqlalchemy import func, select

from programme.activities import ActivityState
from programme.checking import Checked, Sort
from storage import editions, places
from storage.activities import STANDS
from storage.activity_tables import activity, activity_area, occasion
from storage.database import Tx
from storage.editions import What


async def listed(tx: Tx) -> list[Checked]:
    """All of them. Of a page that staff never wrote anew nothing is known here."""
    return [
        *(
            Checked(sort=Sort.PLACE, on=each.checked_on, areas=each.areas)
            for each in await places.listed(tx)
        ),
        *(
            Checked(sort=Sort.PAGE, on=each.published_at.date())
            for each in await editions.published(tx, What.PAGE)
            if each.published_at
        ),
        *await _activities(tx),
    ]


async def _activities(tx: Tx) -> list[Checked]:
    areas: defaultdict[int, list[int]] = defaultdict(list)
    for row in await tx.execute(select(activity_area)):
        areas[row.activity_id].append(row.area_id)
    last = (
        select(activity.c.id, activity.c.checked_on, func.max(occasion.c.starts_at).label("last"))
        .join(occasion, occasion.c.activity_id == activity.c.id)
        .where(activity.c.state == ActivityState.OPEN, occasion.c.state == STANDS)
        .group_by(activity.c.id)
    )
    return [
        Checked(
            sort=Sort.ACTIVITY,
            on=row.checked_on,
            areas=tuple(areas[row.id]),
            last=row.last.date(),
        )
        for row in await tx.execute(last)
    ]
