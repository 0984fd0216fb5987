"""`make bench`: what planning and delivery cost, as ratios that hold on any machine.

`python -m bench search` tells instead how well the search of the guide finds what is meant.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet

from bench import search
from messaging.i18n import load_languages
from messaging.keyboards import File
from messaging.push import Outcome, Sent
from programme.kinds import Rules
from services import planning
from services.delivery import Sender
from storage import memory, migrate
from storage.database import Database, open_database
from storage.tables import area, child, family, guardian

RULES = Rules()
SLOT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)  # ten in the morning in Stockholm
DUE_BORN = date(2027, 1, 1)  # two months old that day
DUE = 200  # families with a tip due at SLOT, whatever the size
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


@asynccontextmanager
async def fresh(size: int) -> AsyncIterator[Database]:
    """A database with so many children, DUE of whom have a tip at SLOT."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(f"sqlite:///{Path(folder) / 'b.db'}", [Fernet.generate_key().decode()])
        await migrate.migrate(db)
        await _fill(db, size)
        yield db
        await db.close()


async def _fill(db: Database, size: int) -> None:
    long_ago = SLOT - timedelta(days=400)
    ids = range(1, size + 1)
    births = [DUE_BORN if n <= DUE else date(2020, 1, 1) - timedelta(days=n % 3000) for n in ids]
    async with db.write() as tx:
        home = (await tx.execute(area.select())).first().id
        await tx.execute(
            family.insert(), [{"id": n, "area_id": home, "registered_at": long_ago} for n in ids]
        )
        await tx.execute(
            child.insert(),
            [
                {"family_id": n, "born": born, "tips_from": born, "corrected": False}
                for n, born in zip(ids, births, strict=True)
            ],
        )
        await tx.execute(
            guardian.insert(),
            [
                {
                    "family_id": n,
                    "chat_id": n,
                    "language": "sv",
                    "active_since": long_ago,
                    "fewer": False,
                }
                for n in ids
            ],
        )
        await memory.remember_instant(tx, memory.WATERMARK, SLOT - timedelta(seconds=5))


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
    print(f"{'what':55} {'ms':>9} {'ms':>9} {'ratio':>6}")
    for what, ours, other in rows:
        print(f"{what:55} {ours * 1000:9.2f} {other * 1000:9.2f} {ours / other:6.2f}")


if sys.argv[1:] == ["search"]:
    search.report()
else:
    asyncio.run(main())
