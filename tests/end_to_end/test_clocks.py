"""The clock is set, or the process slept: no reminder comes twice, at night, or too late."""

import asyncio
from datetime import datetime, timedelta

import pytest

from tests.cast import local
from tests.databases import ON_ONE
from tests.effort import tries
from tests.end_to_end.processes import Command, WallClock
from tests.end_to_end.town import EVE_HOUR, Installation, Telegram, neighbours

pytestmark = pytest.mark.slow

FAMILIES = 24
ROUND_TRIP_MS = 60
QUICKER = {"scheduler.runner.PLAN_EVERY": timedelta(seconds=1)}
NIGHT = "2027-01-01T03:00"
AGAIN = ("2026-12-31T16:00", "2026-12-31T17:00")  # the same hour comes a second time
STEPS = tries((NIGHT, "2026-12-31T17:00"), (*AGAIN, NIGHT, "2026-12-30T17:00", *AGAIN, NIGHT))
REMINDER = "See you on"


class Night:
    """A sender, the clock on its wall, and the phones of those whose visit is tomorrow."""

    def __init__(self, lotsen: Installation, telegram: Telegram, homes) -> None:
        self.lotsen, self.telegram, self.homes = lotsen, telegram, homes
        self.clock = WallClock(lotsen.folder / "clock", EVE_HOUR)
        telegram.world.now = self.clock
        telegram.world.faults.delay_ms = ROUND_TRIP_MS
        lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = "40"
        self.sender = self.start()

    def start(self) -> Command:
        return self.lotsen.start("run", "--only", "scheduler", quicker=QUICKER, clock=self.clock)

    @property
    def told(self) -> list[int]:
        """How often each phone was reminded."""
        return [
            sum(REMINDER in text for text in self.telegram.texts(home.phone)) for home in self.homes
        ]

    async def tried(self, many: int) -> None:
        await self.telegram.world.until(lambda: self.telegram.sends >= many, within=90)

    async def sleeps_until(self, at: datetime) -> int:
        """It stands still until it is `at`; how many had been tried when it woke."""
        self.sender.pause()
        await asyncio.sleep(3 * ROUND_TRIP_MS / 1000)  # what is on the wire still arrives
        tried = self.telegram.sends
        self.clock.set(at)
        self.sender.go_on()
        return tried

    async def looked(self) -> None:
        """It has looked at the clock again, and planned by it: that it does each second."""
        await asyncio.sleep(1.3)


@ON_ONE
async def test_who_slept_for_an_hour_sends_the_rest_and_who_slept_for_a_week_sends_nothing_stale(
    lotsen, telegram
):
    night = Night(lotsen, telegram, await neighbours(lotsen, FAMILIES, visit=True))
    await night.tried(5)
    await night.sleeps_until(EVE_HOUR + timedelta(hours=1))
    await night.tried(12)
    tried = await night.sleeps_until(local("2027-01-07T03:10"))
    await night.looked()  # at night nothing leaves, also not what was claimed

    assert telegram.sends == tried < FAMILIES
    night.clock.set(local("2027-01-07T11:00"))
    await telegram.world.until(lambda: "sending" not in str(lotsen.states()), within=90)
    await night.looked()
    ended = await night.sender.stop()

    assert (ended.code, "Traceback" in ended.err) == (0, False)
    assert sum(night.told) == tried  # of the others nobody hears of a visit that is past
    assert max(night.told) == 1
    reminders = "SELECT state, reason FROM item WHERE kind = 'day_before'"
    states = [tuple(row) for row in lotsen.look(reminders)]
    assert sorted(states, key=str) == sorted(
        [("sent", None)] * tried + [("dropped", "too late")] * (FAMILIES - tried), key=str
    )


@ON_ONE
async def test_a_clock_that_is_set_ahead_and_back_reminds_nobody_twice_and_nobody_at_night(
    lotsen, telegram
):
    homes = await neighbours(lotsen, 4, visit=True)
    night = Night(lotsen, telegram, homes)
    await telegram.world.until(lambda: night.told == [1] * 4, within=90)

    for at in STEPS:
        night.clock.set(local(at))
        await night.looked()
        assert night.told == [1] * 4
    ended = await night.sender.stop()

    assert (ended.code, night.told) == (0, [1] * 4)
    hours = [m.date for home in homes for m in telegram.world.from_bot(home.phone)]
    assert {at.replace(second=0, microsecond=0) for at in hours} == {EVE_HOUR}
