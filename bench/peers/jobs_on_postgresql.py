"""procrastinate: a job for each message of each child, in PostgreSQL; as installed.

It is locked apart (`bench/requirements.lock`), because only this needs it.
"""

import importlib.util
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procrastinate import App

EACH = 40  # messages to one child's parents
AT_ONCE = 10  # in flight, about as many as ours
_FILL = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at)
SELECT 'default', 'say', jsonb_build_object('chat', n / %s),
    CASE WHEN mod(n, %s) = 0 THEN now() - interval '1 minute' ELSE now() + interval '30 days' END
FROM generate_series(1, %s) AS n
"""


def here() -> bool:
    """Whether it is installed."""
    return all(importlib.util.find_spec(name) for name in ("procrastinate", "psycopg"))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator["App"]:
    """Its application on an empty database, with its tables."""
    import procrastinate

    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))

    @app.task(name="say")
    async def say(chat: int) -> None:
        """What every job would do."""

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        yield app


async def fill(app: "App", jobs: int, due: int) -> None:
    """So many jobs, of which some, spread over them, are due."""
    every = jobs // due if due else jobs + 1
    await app.connector.execute_query_async(_FILL % (EACH, every, jobs))
    await app.connector.execute_query_async("ANALYZE procrastinate_jobs")


async def work(app: "App") -> None:
    """Do all that is due."""
    await app.run_worker_async(
        concurrency=AT_ONCE, wait=False, install_signal_handlers=False, listen_notify=False
    )


async def look(app: "App") -> None:
    """One look with nothing due."""
    worker = await app.job_manager.register_worker()
    begun = await app.job_manager.fetch_job(queues=None, worker_id=worker)
    assert begun is None, begun


async def moved(app: "App", child: int) -> float:
    """Seconds until that child's jobs stand at other times: it has no call for it but to take
    each back and to put it in anew."""
    later = datetime.now(UTC) + timedelta(days=60)  # noqa: TID251 - the peer's clock is the system's
    begun = time.perf_counter()
    found = await app.connector.execute_query_all_async(
        "SELECT id FROM procrastinate_jobs"
        " WHERE args->>'chat' = %(chat)s AND status = 'todo' AND id BETWEEN %(low)s AND %(high)s",
        chat=str(child),
        low=child * EACH,
        high=child * EACH + EACH - 1,
    )
    for row in found:
        await app.job_manager.cancel_job_by_id_async(row["id"])
        await app.configure_task("say", schedule_at=later).defer_async(chat=child)
    took = time.perf_counter() - begun
    assert len(found) == EACH, len(found)
    return took
