"""Eva, a coordinator, and a family to whom she writes."""

import pytest

from programme.people import Role
from tests.handlers.noticing import EVA, NOW, two_parents, working
from tests.handlers.phone import Lotsen, Phone


@pytest.fixture
def lotsen(lotsen) -> Lotsen:
    lotsen.clock.set(NOW)
    return lotsen


@pytest.fixture
async def eva(lotsen, office) -> Phone:
    return await working(lotsen, "Eva", Role.COORDINATOR, EVA)


@pytest.fixture
async def home(lotsen):
    return await two_parents(lotsen)
