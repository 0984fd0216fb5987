"""Where the outbox stands, for whoever waits for it: the demo's clock, the health page."""

from datetime import datetime

from programme.kinds import Rules, open_lanes
from storage import backlog, claims, outbox
from storage.database import Database


async def busy(db: Database, now: datetime, rules: Rules) -> bool:
    """Whether something is being sent, or could be sent now."""
    async with db.read() as tx:
        if await claims.left_sending(tx):
            return True
        return bool(await claims.next_waiting(tx, now, open_lanes(now, rules), ()))


async def next_try(db: Database) -> datetime | None:
    """When the next waiting message may be tried, quiet hours aside; None if none waits."""
    async with db.read() as tx:
        return await outbox.next_moment(tx)


async def sent(db: Database) -> int:
    """How many messages have been sent so far."""
    async with db.read() as tx:
        return await backlog.sent(tx)
