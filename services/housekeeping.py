"""What nobody needs any more is forgotten: updates, links, who waited too long, old events,
times that nobody chose, recordings that nobody kept, notes for a follow-up that is sent."""

from datetime import datetime, timedelta

from programme.kinds import Rules
from services import (
    forgetting,
    guesses,
    inbox,
    keeping,
    links,
    looks,
    milestones,
    notes,
    posters,
    proposing,
    staff_life,
    threads,
)
from storage import events, outbox, proposals, recordings
from storage.database import Database

EVENTS_KEPT = timedelta(days=60)  # staff have heard of them long ago
TRIES_KEPT = timedelta(days=7)  # recordings that nobody kept
LETTERS_KEPT = timedelta(days=90)  # to staff about their work; longer than any grace
TIMES_KEPT = timedelta(days=30)  # an old button on one of them still gets a clear answer


async def purge(db: Database, now: datetime, rules: Rules) -> None:
    """All of it; harmless to repeat or to miss."""
    await inbox.purge(db, now)
    async with db.write() as tx:
        await forgetting.finish(tx, now, rules)
        await threads.close_old(tx, now)
        await links.purge(tx, now, rules)
        await posters.purge(tx, now, rules)
        await events.purge(tx, now - EVENTS_KEPT)
        await outbox.forget_about_work(tx, now - LETTERS_KEPT)
        await proposing.expire(tx, now)
        await proposals.purge(tx, now - TIMES_KEPT)
        await recordings.purge(tx, now - TRIES_KEPT)
        await notes.purge(tx, now, rules)
        await looks.purge(tx, now)
        await guesses.purge(tx, now)
        await staff_life.rest_unconfirmed(tx, now, rules)
    await milestones.count_last_windows(db, now, rules)
    await keeping.erase_due(db, now, rules)
    await db.scrub()
