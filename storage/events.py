"""What staff should hear of a family, until it is said and forgotten."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from programme.news import Event, News
from storage.database import Tx, note_due
from storage.tables import event
from storage.written_once import IDS, among


async def note(
    tx: Tx,
    family_id: int,
    what: News,
    now: datetime,
    booking_id: int | None = None,
    detail: str | None = None,
) -> None:
    """Keep something that happened; `detail` is one of our own words, never a person's."""
    note_due(tx)
    await tx.execute(
        event.insert().values(
            family_id=family_id, what=what, at=now, booking_id=booking_id, detail=detail
        )
    )


_OF_FAMILIES = select(event).where(event.c.family_id.in_(IDS)).order_by(event.c.at, event.c.id)


async def of_families(tx: Tx, ids: Sequence[int]) -> dict[int, list[Event]]:
    """The events of those families, by family, in order of time."""
    rows = await tx.execute(_OF_FAMILIES, among(ids))
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for row in rows:
        each = Event(
            id=row.id,
            what=News(row.what),
            at=row.at,
            booking_id=row.booking_id,
            detail=row.detail,
        )
        found[row.family_id].append(each)
    return found


async def take_back(tx: Tx, family_id: int, what: News, since: datetime) -> None:
    """Undo: events of that kind since then have never been."""
    await tx.execute(
        delete(event).where(
            event.c.family_id == family_id, event.c.what == what, event.c.at >= since
        )
    )


async def purge(tx: Tx, before: datetime) -> int:
    """Forget what happened before that; how many.

    That one of two homes has left is no news but a fact: without it they would be asked again.
    """
    old = (event.c.at < before, event.c.what != News.LEFT)
    return (await tx.execute(delete(event).where(*old))).rowcount
