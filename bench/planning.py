"""Planning and resting: what a look costs when children grow in number and what is due does not."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bench.families import RULES, SLOT
from bench.measure import processor, seconds, side_by_side
from bench.phones import Nowhere
from bench.population import Populations
from bench.row import Row
from bench.sizes import Sizes
from messaging.i18n import load_languages
from scheduler.runner import Clockwork
from services import planning
from services.delivery import Sender
from storage.database import Database

PLANS = 720  # in an hour: one every five seconds
LOOKS = 3600  # of the sender, at notices, at what should vanish, at recordings


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    found = []
    for kind in made.kinds:
        found.append(await _due(sizes, made, kind))
    for kind in made.kinds:
        found.append(await _idle(sizes, made, kind))
    return found


async def _due(sizes: Sizes, made: Populations, kind: str) -> Row:
    few, *between, many = sizes.children

    async def plan(children: int) -> float:
        async with made.opened(children, sizes.due, kind) as db:
            return await seconds(_plan(db, sizes.due))

    first, last = await side_by_side(sizes.runs, lambda: plan(few), lambda: plan(many))
    once = [await plan(n) for n in between]  # for the picture
    times = [first, *once, last]
    middle = ", ".join(f"{n:,}: {t * 1000:.0f} ms" for n, t in zip(between, once, strict=True))
    return Row(
        what=f"plan {sizes.due:,} due among {many:,} children, {kind}",
        unit="ms",
        ours=times[-1] * 1000,
        beside=f"among {few:,}",
        peer=times[0] * 1000,
        limit=3,
        note=middle,
        over="children",
        curves=((kind, tuple((n, t * 1000) for n, t in zip(sizes.children, times, strict=True))),),
    )


async def _plan(db: Database, due: int) -> None:
    done = await planning.plan(db, SLOT, RULES)
    assert done.planned == due, done


async def _idle(sizes: Sizes, made: Populations, kind: str) -> Row:
    async def hour(children: int) -> float:
        async with made.opened(children, sizes.due, kind) as db:
            return await _hour(db, sizes.nudges, made.served)

    compared = (sizes.small, *sizes.children[1:])
    times = await side_by_side(
        min(2, sizes.runs), *(lambda n=n: hour(n) for n in compared), warm=False
    )
    small, large = times[0], times[-1]
    return Row(
        what=f"processor time of an idle hour with {sizes.children[-1]:,} children, {kind}",
        unit="s",
        ours=large,
        beside=f"with {sizes.small:,}",
        peer=small,
        limit=2,
        note=f"{sizes.nudges} of each nudge, and the hourly tidying once, scaled to an hour; "
        "with the database's own processor time",
        over="children",
        curves=((kind, tuple(zip(compared, times, strict=True))),),
    )


async def _hour(db: Database, some: int, served: Callable[[], float]) -> float:
    """Seconds of processor time: some of each nudge of the clockwork, times their number."""
    now = SLOT - timedelta(seconds=3)
    languages = load_languages()
    sender = Sender(db, Nowhere(), languages, RULES, 25, lambda: now)
    works = Clockwork(db, sender, RULES, lambda: now)
    for act in (works.plan, works.purge, works.start_notices, works.clear, works.record):
        await act()  # warm-up; the first plan also moves the watermark
    plans = looks = 0.0
    drain: Callable[[], Awaitable[object]] = sender.drain
    for n in range(some):
        now = SLOT - timedelta(seconds=2) + timedelta(milliseconds=n)
        plans += await processor(works.plan(), served)
        for look in (works.start_notices, works.clear, works.record, drain):
            looks += await processor(look(), served)
    purge = await processor(works.purge(), served)
    return plans / some * PLANS + looks / some * LOOKS + purge
