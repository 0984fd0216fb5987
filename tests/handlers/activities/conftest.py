"""Carla, a coordinator, and a place where families meet."""

import pytest

from programme.people import Role
from programme.places import Venue, VenueKind
from storage import areas, places
from tests.cast import AREA, JOINED
from tests.colleagues import at_work
from tests.handlers.by_buttons import CARLA
from tests.handlers.phone import Phone


@pytest.fixture
async def carla(lotsen) -> Phone:
    await at_work(lotsen.db, "Carla", Role.COORDINATOR, CARLA)
    return lotsen.phone(CARLA)


@pytest.fixture
async def place(lotsen) -> int:
    async with lotsen.db.write() as tx:
        number = await places.add(tx, [await areas.find(tx, AREA)])
        venue = Venue(name="Boklada", kind=VenueKind.LIBRARY, id=number)
        await places.stand(tx, venue, JOINED)
    return number
