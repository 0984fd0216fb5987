"""Runs the nudges and owns the one delivery task; stops at a message's end."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from programme.kinds import Rules
from scheduler.timetable import Nudge, make_scheduler
from services import busy, housekeeping, planning, sending, waiting_list
from services.delivery import Sender, Superseded, WrongToken
from services.fetching import Fetch
from services.types import Database, Unavailable

log = logging.getLogger(__name__)

PLAN_EVERY = timedelta(seconds=5)  # where no act asks for it
APART_SECONDS = 0.5  # between looks that acts ask for: a hundred acts a second make two
NOTICES_EVERY = timedelta(seconds=1)  # whoever has pressed *Send* is looking at it
CLEAR_EVERY = timedelta(seconds=1)  # somebody may stand behind the person
RECORD_EVERY = timedelta(seconds=1)  # somebody holds the telephone, and reads aloud
RECOVER_EVERY = 0.5  # seconds: a parent waits
PURGE_EVERY = timedelta(hours=1)
CALENDARS_EVERY = timedelta(minutes=5)  # who gives a new address does not wait an hour
STOP_SECONDS = 20.0  # what is in flight at a stop may take so long


class Clockwork:
    """Plans, purges and delivers until stopped."""

    def __init__(
        self,
        db: Database,
        sender: Sender,
        rules: Rules,
        now: Callable[[], datetime],
        fetch: Fetch | None = None,
    ) -> None:
        self._db, self._sender, self._rules, self._now = db, sender, rules, now
        self._fetch = fetch  # None: nobody's calendar is read
        self._refused = False
        self._planning = asyncio.Lock()
        self._asked = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then let what is in flight finish; raises WrongToken."""
        await self._recover(stop)
        scheduler = make_scheduler(
            [
                Nudge("plan", PLAN_EVERY, self.plan),
                Nudge("notices", NOTICES_EVERY, self.start_notices),
                Nudge("clear", CLEAR_EVERY, self.clear),
                Nudge("record", RECORD_EVERY, self.record),
                Nudge("purge", PURGE_EVERY, self.purge),
                Nudge("calendars", CALENDARS_EVERY, self.read_calendars),
            ]
        )
        scheduler.start()
        try:
            await self._deliver(stop)
        finally:
            scheduler.shutdown(wait=False)
        if self._refused:
            raise WrongToken

    async def _recover(self, stop: asyncio.Event) -> None:
        """What the sender before us left behind; what it held when it died may be held a moment."""
        while not stop.is_set():
            try:
                await self._sender.recover()
                return
            except (Unavailable, Superseded):
                log.warning("the database does not answer; trying again")
            with suppress(TimeoutError):
                async with asyncio.timeout(RECOVER_EVERY):
                    await stop.wait()

    async def _deliver(self, stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as tasks:
            # Thousands may have to be planned: what waits already leaves meanwhile.
            first = tasks.create_task(self.plan())
            looking = tasks.create_task(self._look_when_asked())
            delivery = tasks.create_task(self._send())
            watch = tasks.create_task(stop.wait())
            await asyncio.wait({delivery, watch}, return_when=asyncio.FIRST_COMPLETED)
            self._sender.stop()
            watch.cancel()
            looking.cancel()
            first.cancel()  # between two chunks or within one: whoever comes next goes on
            await asyncio.wait({delivery}, timeout=STOP_SECONDS)
            delivery.cancel()  # nothing, if it has ended; else what is left is in doubt

    async def _send(self) -> None:
        try:
            await self._sender.run()
        except WrongToken:
            self._refused = True

    def look(self) -> None:
        """An act may have made something due: the planner and the sender look at once.

        However often it is said while the planner looks or rests, one more look follows.
        """
        self._asked.set()
        self._sender.wake()

    async def _look_when_asked(self) -> None:
        while True:
            await self._asked.wait()
            try:
                await self.plan()
            except Exception:  # as for every nudge: told, and the next one comes
                log.exception("the planner failed")
            await asyncio.sleep(APART_SECONDS)

    async def plan(self) -> None:
        """Waiting lists move, what is due goes to the outbox, and the sender is woken for each
        part of it: after a night without us thousands may be due."""
        try:
            async with self._planning:
                self._asked.clear()  # what is asked for from now on, this look may not see
                await waiting_list.offer_free(self._db, self._now(), self._rules)
                wake = self._sender.wake
                done = await planning.plan(self._db, self._now(), self._rules, wake)
        except Unavailable:
            log.warning("planning waits: the database does not answer")
            return
        if done.planned:
            log.info("planned", extra={"planned": done.planned, "dropped": done.dropped})

    async def start_notices(self) -> None:
        """Notices whose hour has come begin to leave; those that everybody has are done.

        Between two pieces of a long list others are looked at, and the coordinators told.
        """
        try:
            more = True
            while more:
                done = await sending.start_some(self._db, self._now(), self._rules)
                if done.written:
                    self._sender.wake()
                await sending.finish(self._db, self._now())
                if await self._sender.sends():
                    await self._sender.progress.show()
                more = done.more
        except Unavailable:
            log.warning("notices wait: the database does not answer")

    async def clear(self) -> None:
        """What was asked to vanish from phones vanishes."""
        if await self._sender.sends():
            await self._sender.clearer.clear()

    async def record(self) -> None:
        """What staff have read aloud is fetched."""
        if await self._sender.sends():
            await self._sender.recorder.work()

    async def purge(self) -> None:
        """What nobody needs any more is forgotten."""
        try:
            await housekeeping.purge(self._db, self._now(), self._rules)
        except Unavailable:
            log.warning("purging waits: the database does not answer")

    async def read_calendars(self) -> None:
        """Busy times out of the calendars of staff, each once an hour."""
        if self._fetch is None:
            return
        try:
            await busy.read_all(self._db, self._fetch, self._now(), self._rules.zone)
            await busy.forget_ended(self._db, self._now())
        except Unavailable:
            log.warning("reading calendars waits: the database does not answer")
