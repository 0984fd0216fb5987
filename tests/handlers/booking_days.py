"""A nurse and a parent supporter at work, for the tests of booking by staff."""

from programme.people import Role
from services import availability
from tests.cast import JOINED, RULES, local
from tests.colleagues import at_work

ANNA, BO, EVA = 2001, 2002, 2003
AMINA = 1001
NOW = local("2026-12-28T09:00")  # a Monday; visit 2 is from 16 December to 14 February


def seen(shown) -> str:
    return shown.text.translate(dict.fromkeys(range(0x2066, 0x206A)))


async def with_hours(lotsen, who):
    async with lotsen.db.write() as tx:
        await availability.set_hours(tx, who, who.member.id, range(5), [(480, 960)], JOINED, RULES)


async def bookings(lotsen, **where):
    return [
        (row.visit, row.starts_at, row.state)
        for row in sorted(await lotsen.rows("booking", **where), key=lambda row: row.id)
    ]


async def at_work_from_eight(lotsen):
    """Anna and Bo, at work from eight to four."""
    anna = await at_work(lotsen.db)
    bo = await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO)
    for each in (anna, bo):
        await with_hours(lotsen, each)
    lotsen.clock.set(NOW)
    return anna, bo
