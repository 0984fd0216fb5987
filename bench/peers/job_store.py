"""APScheduler 3 with its SQLAlchemyJobStore on SQLite: a job for each message of each child."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

EACH = 40  # messages to one child's parents
_FIRST = datetime(2040, 1, 1, 9, tzinfo=UTC)


def say() -> None:
    """What every job would do."""


@contextmanager
def filled(jobs: int) -> Iterator[AsyncIOScheduler]:
    """A scheduler at work, with so many jobs to come; as installed, nothing tuned."""
    with tempfile.TemporaryDirectory() as folder:
        store = SQLAlchemyJobStore(f"sqlite:///{Path(folder) / 'jobs.db'}")
        scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
        for number in range(jobs):
            at = _FIRST + timedelta(hours=number)
            name = f"{number // EACH}:{number % EACH}"
            scheduler.add_job(say, "date", run_date=at, id=name, misfire_grace_time=None)
        scheduler.start()
        yield scheduler
        scheduler.shutdown(wait=False)
        store.engine.dispose()


async def moved(scheduler: AsyncIOScheduler, child: int) -> float:
    """Seconds until that child's jobs stand at other times; it blocks, as it does in a bot."""
    begun = time.perf_counter()
    for number in range(EACH):
        at = _FIRST + timedelta(days=30, hours=child * EACH + number)
        scheduler.reschedule_job(f"{child}:{number}", trigger="date", run_date=at)
    return time.perf_counter() - begun
