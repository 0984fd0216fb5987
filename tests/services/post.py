"""A post office for the delivery tests: one database, one scripted Telegram, one movable clock."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from messaging.i18n import Languages
from programme.kinds import Rules
from programme.people import Why
from services.delivery import Sender
from services.pacing import Gate
from services.planning import plan
from storage.database import Database
from storage.tables import item, outbox, rest, said
from tests.cast import RULES
from tests.fakes import FakePush, MovableClock

FAST = 1000  # a gate's second is a millisecond


class Post:
    """What the sender needs, and what a test asks afterwards."""

    def __init__(self, db: Database, languages: Languages, at: datetime) -> None:
        self.db, self.languages = db, languages
        self.clock, self.push = MovableClock(at), FakePush()
        self.rules: Rules = RULES
        self.sender = self.new_sender()

    def new_sender(
        self,
        per_second: float = 5000,
        fast_gate: bool = True,
        db: Database | None = None,
        together: bool = False,
    ) -> Sender:
        """Another sender, as after a restart; one that takes its messages one by one, as at the
        usual pace, or several `together`, as such a fast pace allows."""
        self.sender = Sender(
            db or self.db, self.push, self.languages, self.rules, per_second, self.clock
        )
        if not together:
            self.sender._pace.at_once = 1
        if fast_gate:
            self.open_gate()
        return self.sender

    def stop_after(self, count: int) -> None:
        """The sender takes so many messages and no more, however busy the machine is."""
        sender, claim, taken = self.sender, self.sender._claim, []

        async def counted(room: int = 1) -> list:
            claimed = await claim(room)
            taken.extend(claimed)
            if len(taken) >= count:
                sender.stop()
            return claimed

        sender._claim = counted

    def open_gate(self) -> None:
        """As if its time had passed."""
        self.sender._gate = Gate(lambda: time.monotonic() * FAST)

    async def plan(self) -> None:
        """Plan what is due by now."""
        await plan(self.db, self.clock(), self.rules)

    async def deliver(self) -> dict[str, int]:
        """Plan and send what may leave now; the figures of this sender so far."""
        await self.plan()
        return dict(+(await self.sender.drain()).counts)

    async def boxes(self) -> list[tuple[str, str | None]]:
        """State and reason of every message, in order."""
        async with self.db.read() as tx:
            rows = await tx.execute(select(outbox.c.state, outbox.c.reason).order_by(outbox.c.id))
            return [tuple(row) for row in rows]

    async def states(self) -> list[str]:
        """The state of every message, in order."""
        return [state for state, _ in await self.boxes()]

    async def items(self) -> dict[str, tuple[str, str | None]]:
        """State and reason of every promise."""
        async with self.db.read() as tx:
            rows = await tx.execute(select(item.c.key, item.c.state, item.c.reason))
            return {row.key: (row.state, row.reason) for row in rows}

    async def out_of_reach(self) -> dict[int, str]:
        """The guardians that are marked, and why."""
        async with self.db.read() as tx:
            rows = await tx.execute(
                select(rest.c.guardian_id, rest.c.detail).where(
                    rest.c.why == Why.UNREACHABLE, rest.c.until.is_(None)
                )
            )
            return {row.guardian_id: row.detail for row in rows}

    async def said(self) -> list[tuple[int, int]]:
        """Chat and message id of all that was said."""
        async with self.db.read() as tx:
            rows = await tx.execute(select(said.c.chat_id, said.c.message_id).order_by(said.c.id))
            return [tuple(row) for row in rows]


async def until(holds: Callable[[], bool]) -> None:
    """Come back when it holds; the test sets the limit."""
    while not holds():  # noqa: ASYNC110  # what is waited for is no event of ours
        await asyncio.sleep(0.005)


async def until_all_ended(post: Post) -> None:
    """Come back when no message is on its way any more."""
    while "sending" in await post.states():  # noqa: ASYNC110
        await asyncio.sleep(0.005)
