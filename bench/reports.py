"""What a report over many families costs, beside the same figures in plain SQL."""

import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import text

from bench.measure import side_by_side
from bench.population import Populations
from bench.row import Row
from bench.sizes import Sizes
from programme import periods
from programme.periods import Period, written
from services import reports
from storage import areas, migrate
from storage.database import Database, open_database

FAMILIES = 100_000
TODAY = date(2027, 7, 20)
MONTHS = 48
_EACH = ("registered", "family_yes", "family_visited")
_VISITS = ("visit_done", "visit_both_staff", "visit_chat")


@asynccontextmanager
async def fresh(families: int = FAMILIES) -> AsyncIterator[Database]:
    """A database with the figures of so many families: of each, three and those of four visits."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(f"sqlite:///{Path(folder) / 'b.db'}", [Fernet.generate_key().decode()])
        await migrate.migrate(db)
        async with db.write() as tx:
            homes = [row.id for row in await areas.listed(tx)]
            closed = periods.settled(TODAY)
            await tx.execute(text("CREATE TEMP TABLE n (n INTEGER, area INTEGER, month TEXT)"))
            await tx.execute(
                text("INSERT INTO n VALUES (:n, :area, :month)"),
                [
                    {
                        "n": n,
                        "area": homes[n % len(homes)],
                        "month": written(closed - n % MONTHS),
                    }
                    for n in range(families)
                ],
            )
            for what in _EACH:
                await tx.execute(
                    text(
                        "INSERT INTO tally (area_id, month, what, detail)"
                        " SELECT area, month, :what, :detail FROM n"
                    ),
                    {"what": what, "detail": "chat" if what == "family_visited" else None},
                )
            for what in _VISITS:
                for visit in range(1, 5):
                    await tx.execute(
                        text(
                            "INSERT INTO tally (area_id, month, what, visit)"
                            " SELECT area, month, :what, :visit FROM n WHERE n % 9 OR :all"
                        ),
                        {"what": what, "visit": visit, "all": what == "visit_done"},
                    )
        yield db
        await db.close()


async def ours(db: Database, families: int = FAMILIES) -> float:
    """Seconds for every number of every area and half-year, small ones hidden."""
    begun = time.perf_counter()
    async with db.read() as tx:
        report = await reports.read(tx, TODAY)
    months = Period(report.since, report.closed)
    lines = [*report.pages(report.places, months, together=True)]
    assert lines[0].count == families, lines[0]
    return time.perf_counter() - begun


async def plain(db: Database) -> float:
    """Seconds for the same figures, each counted by a statement of its own; nothing is hidden."""
    begun = time.perf_counter()
    async with db.read() as tx:
        for what in (*_EACH, *_VISITS):
            rows = await tx.execute(
                text(
                    "SELECT area_id, month, visit, detail, count(*) FROM tally"
                    " WHERE what = :what GROUP BY area_id, month, visit, detail"
                ),
                {"what": what},
            )
            rows.all()
    return time.perf_counter() - begun


async def rows(sizes: Sizes, _made: Populations) -> list[Row]:
    """Every number of every area and half-year, beside the same out of plain statements."""
    async with fresh(sizes.families) as db:
        mine, other = await side_by_side(
            min(2, sizes.runs), lambda: ours(db, sizes.families), lambda: plain(db), warm=False
        )
    return [
        Row(
            what=f"report over {sizes.families:,} families",
            unit="ms",
            ours=mine * 1000,
            beside="the same figures in plain SQL, nothing hidden",
            peer=other * 1000,
            limit=3,
        )
    ]
