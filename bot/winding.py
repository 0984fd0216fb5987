"""The demo's clock. Winding walks from one moment at which something happens to the next.

Plan, deliver until nothing may leave, go on. Nothing is faked but the calendar.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.app import House
from bot.stories import Story
from services import delivery_state, planning, waiting_list
from services.delivery import Sender

FAR = timedelta(days=90)  # how far "to the next message" looks
SETTLE_SECONDS = 0.02


class Winder:
    """Moves the demo's clock, never past a moment at which something is to happen."""

    def __init__(self, house: House, story: Story) -> None:
        self._house, self._story = house, story
        self._one = asyncio.Lock()
        self._wake: Callable[[], None] = lambda: None

    def meet(self, sender: Sender) -> None:
        """From now on the sender hears at once of what is planned here."""
        self._wake = sender.wake

    async def by(self, span: timedelta) -> None:
        """So much later, with everything that happens on the way."""
        async with self._one:
            await self._arrive(self._house.clock.now())  # what was just done is told first
            await self._to(self._house.clock.now() + span)

    async def to(self, moment: datetime) -> None:
        """Until that moment, if it is not over."""
        async with self._one:
            await self._arrive(self._house.clock.now())
            await self._to(max(moment, self._house.clock.now()))

    async def settle(self) -> None:
        """What was just done is told; the clock only runs on."""
        async with self._one:
            await self._arrive(self._house.clock.now())

    async def to_next(self) -> bool:
        """To the next message; False if there is none for a long time."""
        async with self._one:
            await self._arrive(self._house.clock.now())
            end = self._house.clock.now() + FAR
            before = await delivery_state.sent(self._house.db)
            while (moment := await self._next(end)) is not None:
                await self._arrive(moment)
                if await delivery_state.sent(self._house.db) > before:
                    return True
            return False

    async def _to(self, end: datetime) -> None:
        while (moment := await self._next(end)) is not None:
            await self._arrive(moment)
        await self._arrive(end)

    async def _next(self, end: datetime) -> datetime | None:
        """The next moment before `end` at which something is due, or None."""
        house, now = self._house, self._house.clock.now()
        moments = [
            await planning.next_letter(house.db, now, end, house.settings.rules),
            await delivery_state.next_try(house.db),
            await waiting_list.next_end(house.db),
            self._story.next_act(now),
        ]
        ahead = [moment for moment in moments if moment is not None and now < moment < end]
        return min(ahead, default=None)

    async def _arrive(self, moment: datetime) -> None:
        """It is that time now: staff act, what is due is planned and delivered."""
        house, rules = self._house, self._house.settings.rules
        house.clock.set(max(moment, house.clock.now()))
        await self._story.act(house.clock.now())
        await waiting_list.offer_free(house.db, house.clock.now(), rules)
        await planning.plan(house.db, house.clock.now(), rules)
        self._wake()
        # The outbox is asked, not the sender: that one only knows what it does at the moment,
        # so there is no event to wait for.
        while await delivery_state.busy(house.db, house.clock.now(), rules):  # noqa: ASYNC110 - no event
            await asyncio.sleep(SETTLE_SECONDS)
