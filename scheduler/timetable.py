"""The list: which nudge comes how often. The only place that sets APScheduler's limits.

Intervals only: cron times between 00:00 and 02:59 are wrong around the spring clock change, and
all hours that people feel are decided in `programme`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger


@dataclass(frozen=True)
class Nudge:
    """Something to be done every so often; each run must be harmless to repeat or to miss."""

    name: str
    every: timedelta
    act: Callable[[], Awaitable[None]]


def make_scheduler(nudges: list[Nudge]) -> AsyncIOScheduler:
    """A scheduler in memory that is never too late and never runs one nudge twice at once."""
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        # The default drops what is one second late, and a job store lost 601 of 1,000 at a kill.
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for nudge in nudges:
        seconds = int(nudge.every.total_seconds())
        scheduler.add_job(nudge.act, IntervalTrigger(seconds=seconds), id=nudge.name)
    return scheduler
