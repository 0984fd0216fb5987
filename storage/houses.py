"""In which house a booking is: the one of its kind in the family's area (mission D16)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from programme.houses import HOUSES, house_of
from programme.people import BookingState, Place
from storage import places
from storage.database import Tx
from storage.tables import family


async def of_bookings(tx: Tx, rows: Sequence[Row[Any]]) -> dict[int, int]:
    """The number of the house, by booking: of those that stand, where there is one on the map."""
    standing = [row for row in rows if row.state == BookingState.BOOKED and row.place in HOUSES]
    if not standing:  # nearly always: visits are at home
        return {}
    venues, areas = await places.listed(tx), await _areas(tx, {row.family_id for row in standing})
    found = {
        row.id: house_of(Place(row.place), venues, areas[row.family_id], row.starts_at.date())
        for row in standing
    }
    return {booking: house for booking, house in found.items() if house is not None}


async def _areas(tx: Tx, families: set[int]) -> dict[int, int]:
    rows = await tx.execute(select(family.c.id, family.c.area_id).where(family.c.id.in_(families)))
    return {row.id: row.area_id for row in rows}
