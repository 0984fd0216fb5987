"""Is all well: what the health page, the figures, the doctor and the container ask."""

from dataclasses import dataclass
from datetime import datetime

from storage import backlog, inbox, memory, migrate
from storage.database import Damaged, Database


@dataclass(frozen=True)
class Standing:
    """How far the work is, in figures without anybody's name."""

    waiting: int  # messages
    due: int  # of those, whose hour has come
    sending: int
    oldest_due: datetime | None
    open_updates: int
    oldest_update: datetime | None
    watermark: datetime | None  # until then everything is planned
    backup: datetime | None  # when the newest was made


async def why_not_ready(db: Database) -> str | None:
    """None if the database answers and is in our form, or in that of a newer version beside us:
    changes only add, and until we are restarted somebody has to answer. Else a sentence for an
    operator."""
    try:
        form, wanted = await migrate.current(db), migrate.newest()
    except Damaged:
        return "The database does not answer."
    if form is None:
        return "There is nothing in the database yet. Run: lotsen migrate"
    if form == wanted or not migrate.known(form):
        return None
    return f"The database is in form {form}, and this Lotsen needs {wanted}. Run: lotsen migrate"


async def standing(db: Database, now: datetime) -> Standing | None:
    """How far the work is; None if the database does not answer. Cheap at any size."""
    try:
        async with db.read() as tx:
            found = await backlog.count(tx, now)
            updates, oldest = await inbox.backlog(tx)
            return Standing(
                waiting=found.waiting,
                due=found.due,
                sending=found.sending,
                oldest_due=found.oldest,
                open_updates=updates,
                oldest_update=oldest,
                watermark=await memory.recall_instant(tx, memory.WATERMARK),
                backup=await memory.recall_instant(tx, memory.BACKED_UP),
            )
    except Damaged:
        return None
