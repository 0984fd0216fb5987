"""What nobody needs any more is forgotten: updates, links, who waited too long, old events,
times that nobody chose."""

from datetime import datetime, timedelta

from programme.kinds import Rules
<<<<<<< HEAD
from services import forgetting, inbox, links
from storage import events
=======
from services import inbox, links, proposing
from storage import events, proposals
>>>>>>> 0ead83c (services: Propose times, take them by their quarters, and tell everybody of each change.)
from storage.database import Database

EVENTS_KEPT = timedelta(days=60)  # staff have heard of them long ago
TIMES_KEPT = timedelta(days=30)  # an old button on one of them still gets a clear answer


async def purge(db: Database, now: datetime, rules: Rules) -> None:
    """All of it; harmless to repeat or to miss."""
    await inbox.purge(db, now)
    async with db.write() as tx:
        await forgetting.finish(tx, now, rules)
        await links.purge(tx, now, rules)
        await events.purge(tx, now - EVENTS_KEPT)
<<<<<<< HEAD
    await db.scrub()
=======
        await proposing.expire(tx, now)
        await proposals.purge(tx, now - TIMES_KEPT)
>>>>>>> 0ead83c (services: Propose times, take them by their quarters, and tell everybody of each change.)
