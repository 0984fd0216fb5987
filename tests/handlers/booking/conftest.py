"""Anna and Bo at work from eight, and a family that waits for its second visit."""

import pytest

from tests.cast import move_in
from tests.handlers.booking_days import AMINA, ANNA, at_work_from_eight


@pytest.fixture
async def team(lotsen):
    return await at_work_from_eight(lotsen)


@pytest.fixture
async def anna(lotsen, team):
    return lotsen.phone(ANNA)


@pytest.fixture
async def home(lotsen, team):
    return await move_in(lotsen.db, chats=(AMINA, None))
