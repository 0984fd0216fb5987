"""`make bench`: what planning and delivery cost, as ratios that hold on any machine.

`python -m bench search` tells instead how well the search of the guide finds what is meant,
`python -m bench notices` what a parent's press costs while a notice leaves to 20,000 readers,
`python -m bench cost` what a message costs beside the bare client,
and `python -m bench outage` what becomes of one family's messages in a week without Lotsen.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bench import cost, notices, outage, reports, search
from bench.families import DUE, RULES, SLOT, fresh
from messaging.i18n import load_languages
from messaging.keyboards import File
from messaging.push import Outcome, Sent
from services import planning
from services.delivery import Sender
from storage import memory

SMALL, LARGE = 1_000, 50_000
RUNS = 5


class Nowhere:
    """Takes every message at once: what is left is our own cost."""

    def __init__(self) -> None:
        self.taken = 0

    async def send(
        self,
        chat_id: int,
        text: str,
        keyboard: Mapping[str, object] | None,
        silent: bool,
        file: File | None = None,
    ) -> Outcome:
        self.taken += 1
        return Sent(self.taken)


async def seconds(act: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()
    await act()
    return time.perf_counter() - begun


async def plan_due(size: int) -> float:
    async with fresh(size) as db:
        return await seconds(lambda: planning.plan(db, SLOT, RULES))


async def plan_idle(size: int) -> float:
    async with fresh(size) as db:
        quiet = SLOT - timedelta(seconds=2)
        await planning.plan(db, quiet, RULES)
        return await seconds(lambda: planning.plan(db, quiet + timedelta(seconds=1), RULES))


async def deliver() -> float:
    """Seconds per message: claim, re-check, render, hand over, record."""
    async with fresh(SMALL) as db:
        await planning.plan(db, SLOT, RULES)
        sender = Sender(db, Nowhere(), load_languages(), RULES, 1_000_000, lambda: SLOT)
        return await seconds(sender.drain) / DUE


async def bare_commit() -> float:
    """Seconds per commit of one changed row: the floor of any durable sender."""
    async with fresh(SMALL) as db:

        async def commits() -> None:
            for n in range(DUE):
                async with db.write() as tx:
                    await memory.remember(tx, "bench", str(n))

        return await seconds(commits) / DUE


async def median(measure: Callable[[], Awaitable[float]]) -> float:
    await measure()  # warm-up
    return statistics.median([await measure() for _ in range(RUNS)])


async def main() -> None:
    rows = [
        (
            f"plan {DUE} due among {LARGE:,} children / among {SMALL:,}",
            await median(lambda: plan_due(LARGE)),
            await median(lambda: plan_due(SMALL)),
        ),
        (
            f"idle plan with {LARGE:,} children / with {SMALL:,}",
            await median(lambda: plan_idle(LARGE)),
            await median(lambda: plan_idle(SMALL)),
        ),
        ("deliver one message / one bare commit", await median(deliver), await median(bare_commit)),
    ]
    async with reports.fresh() as db:
        name = f"report over {reports.FAMILIES:,} families / the same figures in plain SQL"
        beside = await reports.ours(db), await reports.plain(db)
        rows.append((name, *beside))
    print(f"{'what':55} {'ms':>9} {'ms':>9} {'ratio':>6}")
    for what, ours, other in rows:
        print(f"{what:55} {ours * 1000:9.2f} {other * 1000:9.2f} {ours / other:6.2f}")


if sys.argv[1:] == ["search"]:
    search.report()
elif sys.argv[1:] == ["notices"]:
    asyncio.run(notices.report())
elif sys.argv[1:] == ["cost"]:
    asyncio.run(cost.report())
elif sys.argv[1:] == ["telegram"]:
    cost.serve()
elif sys.argv[1:] == ["outage"]:
    asyncio.run(outage.tell())
else:
    asyncio.run(main())
