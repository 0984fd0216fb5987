"""The third lock: has anything been committed since the claim that forbids a message?"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from messaging import push
from services.outcomes import Recalled
from storage import claims
from storage.database import Database, Tx, Unavailable
from storage.outbox import Waiting

Forbidden: TypeAlias = Recalled | push.NotSent | None
_Asked = list[tuple[Waiting, "asyncio.Future[Forbidden]"]]


class LastLook:
    """Messages that are about to leave in the same moment are looked at with one statement."""

    def __init__(self, db: Database, may_send: Callable[[Tx], Awaitable[bool]]) -> None:
        self._db, self._may_send = db, may_send
        self._asked: _Asked = []

    async def forbids(self, message: Waiting) -> Forbidden:
        """Why it must not leave after all; None if it may.

        Repeated if a recall was committed meanwhile: what is committed before this returns is
        heeded. Nobody can tell while the database is away: then it has not left, and waits.
        """
        while True:
            recalls = self._db.recalls
            found = await self._ask(message)
            if found or recalls == self._db.recalls:
                return found

    async def _ask(self, message: Waiting) -> Forbidden:
        """The first who asks waits for those who are as far as it is, and looks for all of them."""
        asked, mine = self._asked, asyncio.get_running_loop().create_future()
        asked.append((message, mine))
        if len(asked) == 1:
            await self._look(asked)
        found: Forbidden = await mine
        return found

    async def _look(self, asked: _Asked) -> None:
        try:
            await asyncio.sleep(0)
            self._asked = []
            found = await self._found([message for message, _ in asked])
        except Exception as error:  # whoever asked tells of it, as of all that ends one message
            for _, answer in _still(asked):
                answer.set_exception(error)
        else:
            for message, answer in _still(asked):
                answer.set_result(found.get(message.id))
        finally:  # told to stop in the midst of it: nobody of them has left
            self._asked = [] if self._asked is asked else self._asked
            for _, answer in _still(asked):
                answer.set_result(push.NotSent("stopped"))

    async def _found(self, messages: Sequence[Waiting]) -> dict[int, Recalled | push.NotSent]:
        try:
            async with self._db.glance() as tx:
                if not await self._may_send(tx):
                    return _all(messages, push.NotSent("another process sends"))
                reasons = await claims.last_look(tx, messages)
        except Unavailable:
            return _all(messages, push.NotSent("the database does not answer"))
        return {number: Recalled(why) for number, why in reasons.items()}


def _still(asked: _Asked) -> _Asked:
    """Those who still wait for the answer."""
    return [each for each in asked if not each[1].done()]


def _all(messages: Sequence[Waiting], why: push.NotSent) -> dict[int, Recalled | push.NotSent]:
    return {message.id: why for message in messages}
