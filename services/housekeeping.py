"""What nobody needs any more is forgotten: updates, links, who waited too long, old events."""

from datetime import datetime, timedelta

from programme.kinds import Rules
from services import forgetting, inbox, links
from storage import events
from storage.database import Database

EVENTS_KEPT = timedelta(days=60)  # staff have heard of them long ago


async def purge(db: Database, now: datetime, rules: Rules) -> None:
    """All of it; harmless to repeat or to miss."""
    await inbox.purge(db, now)
    async with db.write() as tx:
        await forgetting.finish(tx, now, rules)
        await links.purge(tx, now, rules)
        await events.purge(tx, now - EVENTS_KEPT)
    await db.scrub()
