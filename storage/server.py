"""PostgreSQL, the only server: its connections, and which of its errors mean *try again*."""

import os
import socket

from sqlalchemy import NullPool, event, func, select
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

WRITERS, READERS = 12, 4  # connections of one process; the server allows a hundred
WAIT_SECONDS = 10  # for a connection, or for somebody else's lock
STATEMENT_SECONDS = 30  # for one statement of an act
LINE_SECONDS = 5  # for a word on a connection that holds locks: later, the line is dead
IDLE_SECONDS = 60  # an act that says nothing so long is stuck, and others wait for it

# Said at a commit to whoever listens, on another machine too: no more than that it was.
DUE = "lotsen_due"
SOMETHING_DUE = select(func.pg_notify(DUE, ""))

# What passes by itself: no connection, no room, locked or cancelled, shut down, lost a deadlock.
PASSING = ("08", "53", "57", "58", "40", "55P03", "25P03")


def engines(url: URL) -> tuple[AsyncEngine, AsyncEngine, AsyncEngine]:
    """For acts, for looking (one state of the database, read only), and for migrations."""
    limits = {
        "statement_timeout": f"{STATEMENT_SECONDS}s",
        "lock_timeout": f"{WAIT_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
    }
    # The server's own limits cannot help when the line to it is dead.
    patience = {"command_timeout": STATEMENT_SECONDS + WAIT_SECONDS}
    writer = _pool(url, WRITERS, "READ COMMITTED", limits, patience)
    reader = _pool(url, READERS, "REPEATABLE READ", limits, patience)
    return writer, reader.execution_options(postgresql_readonly=True), alone(url)


# A machine that vanished says no goodbye: half a minute later the server frees its locks.
NOTICED_WHEN_GONE = {
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
# For connections that hold locks: who cannot be heard on one must not believe that it holds them.
SOON = {"command_timeout": LINE_SECONDS}


def alone(
    url: URL,
    isolation: str = "READ COMMITTED",
    patience: dict[str, int] | None = None,
    **settings: str,
) -> AsyncEngine:
    """Connections outside the pools, with all the time in the world, or as much as `patience`."""
    return _engine(url, settings, patience or {}, isolation_level=isolation, poolclass=NullPool)


def this_process() -> str:
    """What the server calls each connection of this process, so that all can be ended at once."""
    return f"lotsen {socket.gethostname()[:30]}:{os.getpid()}"


def _pool(
    url: URL, size: int, isolation: str, limits: dict[str, str], patience: dict[str, int]
) -> AsyncEngine:
    return _engine(
        url,
        limits,
        patience,
        isolation_level=isolation,
        pool_size=size,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,  # the server may have been restarted since
    )


def _engine(
    url: URL, limits: dict[str, str], patience: dict[str, int], **how: object
) -> AsyncEngine:
    made = create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        hide_parameters=True,  # an error names a statement, never whom it was about
        connect_args={
            "timeout": WAIT_SECONDS,
            "server_settings": {"application_name": this_process(), **limits},
            **patience,
        },
        **how,
    )
    event.listen(made.sync_engine, "handle_error", _name)
    return made


def _name(found: ExceptionContext) -> Exception | None:
    """The driver's many errors of that kind under one name, as SQLite's driver has it."""
    error = found.original_exception
    if not isinstance(error, Exception):  # a task was told to end: that is no error of the server's
        return None
    if found.is_pre_ping:  # whatever is wrong with a connection at rest, a new one takes its place
        found.is_disconnect = True
        return None
    if isinstance(error, OSError):  # the line to the server, or nobody at its end
        found.is_disconnect = True
    code = getattr(error, "sqlstate", None) or ""
    if found.is_disconnect or code.startswith(PASSING):
        lost = found.is_disconnect
        return OperationalError(found.statement, None, error, connection_invalidated=lost)
    return None
