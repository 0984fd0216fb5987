"""A process that is paused, stuck or cut off keeps its connections, and with them its locks.

So who holds locks for long says its name on their connection each second, and whoever would go on
without it ends all connections of one that has been silent. What it was writing is undone; what it
begins when it wakes begins on a new connection, with no lock.
"""

import logging

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import server

log = logging.getLogger(__name__)

HEARD_EVERY = 1.0  # seconds
SENDS, SERVES = " sends", " serves"  # what is behind the name of such a connection
_NAME = "application_name"


async def be_heard(line: AsyncConnection, does: str) -> None:
    """Others count on hearing this each second."""
    await line.execute(select(func.set_config(_NAME, f"{server.this_process()}{does}", False)))


async def end_silent_servers(line: AsyncConnection, seconds: float) -> None:
    """End the connections of each process that serves chats and was not heard of for so long."""
    facts = {"serves": SERVES, "sends": SENDS, "silent": seconds}
    if (await line.execute(_END_SILENT, facts)).first():
        log.warning(
            "a process that serves chats was silent for too long; its connections are ended"
        )


_END_SILENT = text(
    """
    WITH silent AS (
      SELECT left(application_name, -length(:serves)) AS name FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'idle'
        AND application_name LIKE 'lotsen %' || :serves
        AND state_change < now() - make_interval(secs => :silent)
    )
    SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN silent s
      ON a.application_name IN (s.name, s.name || :serves, s.name || :sends)
    WHERE a.datname = current_database()
    """
)
