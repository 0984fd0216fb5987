"""The third lock: has anything been committed since the claim that forbids a message?"""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from messaging import push
from services.outcomes import Recalled
from services.together import Take, Together
from storage import claims
from storage.database import Database, Tx, Unavailable
from storage.outbox import Waiting

Forbidden: TypeAlias = Recalled | push.NotSent | None


class LastLook:
    """Messages that are about to leave in the same moment are looked at with one statement."""

    def __init__(self, db: Database, may_send: Callable[[Tx], Awaitable[bool]]) -> None:
        self._db, self._may_send = db, may_send
        self._together = Together[Waiting, Forbidden](self._look)

    async def forbids(self, message: Waiting) -> Forbidden:
        """Why it must not leave after all; None if it may.

        Repeated if a recall was committed meanwhile: what is committed before this returns is
        heeded. Nobody can tell while the database is away: then it has not left, and waits.
        """
        while True:
            recalls = self._db.recalls
            try:
                found = await self._together.ask(message)
            except Unavailable:
                return push.NotSent("the database does not answer")
            if found or recalls == self._db.recalls:
                return found

    async def _look(self, take: Take[Waiting]) -> list[Forbidden]:
        async with self._db.glance() as tx:
            asked = take()
            if not await self._may_send(tx):
                return [push.NotSent("another process sends") for _ in asked]
            reasons = await claims.last_look(tx, asked)
        return [Recalled(reasons[each.id]) if each.id in reasons else None for each in asked]
