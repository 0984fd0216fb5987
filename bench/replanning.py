"""A changed birth date: one family is planned anew, beside forty jobs that are moved."""

import itertools
from contextlib import AsyncExitStack
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench.families import RULES, SLOT
from bench.measure import Measure, median, seconds, side_by_side
from bench.peers import job_store
from bench.population import Populations, quiet_births
from bench.row import Row
from bench.sizes import Sizes
from services import born
from storage.database import Database

FAMILIES = 25  # one after the other


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    """With the most children, and with the fewest; procrastinate's share is in `queues`."""
    compared = (sizes.small, *sizes.children[1:])
    times = {kind: await _times(sizes, made, kind, compared) for kind in made.kinds}
    with job_store.filled(sizes.jobs // 10) as few, job_store.filled(sizes.jobs) as many:
        jobs = {
            count: await median(sizes.runs, _jobs(scheduler, count))
            for scheduler, count in ((few, sizes.jobs // 10), (many, sizes.jobs))
        }
    return [row for kind in made.kinds for row in _rows(sizes, kind, times[kind], jobs)]


def _rows(sizes: Sizes, kind: str, ours: dict[int, float], jobs: dict[int, float]) -> list[Row]:
    many = sizes.children[-1]
    what = f"re-plan one family after a changed birth date, {many:,} children, {kind}"
    store = "APScheduler's job store"
    return [
        Row(
            what=what,
            unit="ms",
            ours=ours[many] * 1000,
            beside="APScheduler 3, SQLAlchemyJobStore on SQLite, "
            f"40 of its {sizes.jobs:,} jobs moved",
            peer=jobs[sizes.jobs] * 1000,
            limit=1 / 20,
            over="children; jobs for APScheduler",
            curves=((kind, _in_ms(ours)), (store, _in_ms(jobs))),
        ),
        Row(
            what=what,
            unit="ms",
            ours=ours[many] * 1000,
            beside=f"among {sizes.small:,}",
            peer=ours[sizes.small] * 1000,
        ),
    ]


def _in_ms(times: dict[int, float]) -> tuple[tuple[float, float], ...]:
    return tuple((n, took * 1000) for n, took in times.items())


def _jobs(scheduler: AsyncIOScheduler, jobs: int) -> Measure:
    numbers = itertools.count()

    async def measure() -> float:
        return await job_store.moved(scheduler, next(numbers) % (jobs // job_store.EACH))

    return measure


async def _times(
    sizes: Sizes, made: Populations, kind: str, compared: tuple[int, ...]
) -> dict[int, float]:
    async with AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(made.opened(n, sizes.due, kind)) for n in compared
        ]
        times = await side_by_side(
            sizes.runs, *(lambda db=db: moved(db, sizes.due) for db in opened)
        )
    return dict(zip(compared, times, strict=True))


_ROUND = [0]


async def moved(db: Database, due: int) -> float:
    """Seconds for one family, committed."""
    _ROUND[0] += 1
    day = quiet_births()[100] + timedelta(days=_ROUND[0] % 2)

    async def all_of_them() -> None:
        first = due // 2 + 1  # those before it have something due
        for number in range(first, first + FAMILIES):
            async with db.write() as tx:
                await born.correct(tx, number, 1, day, None, SLOT, RULES)

    return await seconds(all_of_them()) / FAMILIES
