"""A job for each message, in PostgreSQL, as procrastinate keeps them; beside an outbox that is
planned. Nothing is on the other end of the line."""

import itertools

from bench.families import RULES, SLOT
from bench.measure import processor, seconds, side_by_side
from bench.peers import jobs_on_postgresql as jobs
from bench.phones import WIDE_OPEN, Nowhere
from bench.population import Populations
from bench.replanning import moved
from bench.row import Row, missing
from bench.sizes import Sizes
from messaging.i18n import load_languages
from services import planning
from services.delivery import Sender

KIND = "PostgreSQL"
LOOKS = 20
_WHAT = "beside procrastinate on PostgreSQL"


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    """What is due is done; a look with nothing due; one family moved."""
    if KIND not in made.kinds:
        return [missing(_WHAT, "no PostgreSQL here")]
    if not jobs.here():
        how = "`make bench` installs it from bench/requirements.lock"
        return [missing(_WHAT, f"procrastinate is not installed; {how}")]
    return [await _done(sizes, made), *await _resting(sizes, made)]


def _compared(sizes: Sizes) -> tuple[int, ...]:
    return sizes.refilled // 10, sizes.refilled


async def _done(sizes: Sizes, made: Populations) -> Row:
    async def ours(children: int) -> float:
        async with made.opened(children, sizes.due, KIND) as db:
            sender = Sender(db, Nowhere(), load_languages(), RULES, WIDE_OPEN, lambda: SLOT)

            async def both() -> None:
                await planning.plan(db, SLOT, RULES)
                await sender.drain()

            took = await seconds(both())
            assert sender.tally.counts["sent"] == sizes.due
            return took / sizes.due

    async def theirs(count: int) -> float:
        address = made.bare()
        async with jobs.opened(address) as app:
            await jobs.fill(app, count, sizes.due)
            took = await seconds(jobs.work(app)) / sizes.due
        made.drop(address)
        return took

    few, many = _compared(sizes)
    mine = {n: await ours(n) for n in (sizes.children[0], sizes.children[-1])}
    peer = {n: await theirs(n) for n in (few, many)}
    return Row(
        what=f"planned and handed over, {sizes.due:,} due among {sizes.children[-1]:,} children, "
        f"each, {KIND}",
        unit="ms",
        ours=mine[sizes.children[-1]] * 1000,
        beside=f"procrastinate, {sizes.due:,} due among {many:,} jobs",
        peer=peer[many] * 1000,
        note="once, without warm-up; ours decides, checks again and renders, the peer calls an "
        "empty function",
        over="children; jobs for procrastinate",
        curves=(("ours", _in_ms(mine)), ("procrastinate", _in_ms(peer))),
    )


def _in_ms(times: dict[int, float]) -> tuple[tuple[float, float], ...]:
    return tuple((n, took * 1000) for n, took in times.items())


async def _resting(sizes: Sizes, made: Populations) -> list[Row]:
    children, (_, count) = sizes.children[-1], _compared(sizes)
    numbers = itertools.count(1)
    address = made.bare()
    async with made.opened(children, sizes.due, KIND) as db, jobs.opened(address) as app:
        await jobs.fill(app, count, 0)
        await planning.plan(db, SLOT, RULES)

        async def ours() -> float:
            async def looks() -> None:
                for _ in range(LOOKS):
                    await planning.plan(db, SLOT, RULES)

            return await processor(looks(), made.served) / LOOKS

        async def theirs() -> float:
            async def looks() -> None:
                for _ in range(LOOKS):
                    await jobs.look(app)

            return await processor(looks(), made.served) / LOOKS

        look, fetch = await side_by_side(sizes.runs, ours, theirs)
        replan, move = await side_by_side(
            sizes.runs,
            lambda: moved(db, sizes.due),
            lambda: jobs.moved(app, next(numbers)),
        )
    made.drop(address)
    return [
        Row(
            what=f"processor time of one look with nothing due, {children:,} children, {KIND}",
            unit="ms",
            ours=look * 1000,
            beside=f"procrastinate, {count:,} jobs to come",
            peer=fetch * 1000,
            note="with the database's own",
        ),
        Row(
            what=f"re-plan one family, {children:,} children, {KIND}",
            unit="ms",
            ours=replan * 1000,
            beside=f"procrastinate, 40 of its {count:,} jobs taken back and put in anew",
            peer=move * 1000,
        ),
    ]
