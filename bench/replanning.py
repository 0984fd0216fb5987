"""A changed birth date: one family is planned anew, beside forty jobs that are moved."""

from datetime import timedelta

from bench.families import RULES, SLOT
from bench.measure import seconds, side_by_side
from bench.peers import job_store
from bench.population import Populations, quiet_births
from bench.row import Row
from bench.sizes import Sizes
from services import born
from storage.database import Database

FAMILIES = 25  # one after the other


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    """With the most children, and with the fewest."""
    many = sizes.children[-1]
    async with made.opened(many, sizes.due) as db, made.opened(sizes.small, sizes.due) as small:
        with job_store.filled(sizes.jobs) as scheduler:
            numbers = iter(range(sizes.due, 10**9))
            ours, few, theirs = await side_by_side(
                sizes.runs,
                lambda: _moved(db, sizes.due),
                lambda: _moved(small, sizes.due),
                lambda: job_store.moved(scheduler, next(numbers) % (sizes.jobs // 40)),
            )
    what = f"re-plan one family after a changed birth date, {many:,} children"
    return [
        Row(
            what=what,
            unit="ms",
            ours=ours * 1000,
            beside="APScheduler 3, SQLAlchemyJobStore on SQLite, "
            f"40 of its {sizes.jobs:,} jobs moved",
            peer=theirs * 1000,
            limit=1 / 20,
        ),
        Row(
            what=what, unit="ms", ours=ours * 1000, beside=f"among {sizes.small:,}", peer=few * 1000
        ),
    ]


_ROUND = [0]


async def _moved(db: Database, due: int) -> float:
    """Seconds for one family, committed."""
    _ROUND[0] += 1
    day = quiet_births()[100] + timedelta(days=_ROUND[0] % 2)

    async def all_of_them() -> None:
        first = due // 2 + 1  # those before it have something due
        for number in range(first, first + FAMILIES):
            async with db.write() as tx:
                await born.correct(tx, number, 1, day, None, SLOT, RULES)

    return await seconds(all_of_them()) / FAMILIES
