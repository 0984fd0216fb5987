"""kill -9 in the middle of delivery: nothing is lost, and twice comes only what was in flight."""

import asyncio
import logging
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from messaging.push import IN_FLIGHT
from tests.cast import local
from tests.end_to_end.processes import Command
from tests.end_to_end.town import (
    BORN,
    DAY,
    EVE_HOUR,
    JOINED,
    TIP_HOUR,
    Household,
    Installation,
    Telegram,
)

pytestmark = pytest.mark.slow
log = logging.getLogger(__name__)

FAMILIES = 90
ROUND_TRIP_MS = 60
VISIT = local("2027-01-01T10:30")
# First only tips are due, later reminders as well, which go before what is left of the tips.
HALVES = (TIP_HOUR, EVE_HOUR)
KILLS_IN_A_HALF = 8
BETWEEN_STARTS = timedelta(seconds=10)  # more than the pause before what is in doubt goes again
STARTS = (("tick",), ("run", "--only", "scheduler"))
FIRST_WORDS = {"day_before": "See you on", "tip": "A tip from"}


@dataclass
class Story:
    """What was seen from outside while processes came and went."""

    lotsen: Installation
    telegram: Telegram
    homes: list[Household]
    chance: random.Random
    hour: datetime = TIP_HOUR
    starts: int = 0
    kills: int = 0
    in_flight: set[tuple[int, int]] = field(default_factory=set)  # outbox row, which try of it
    most_in_flight: int = 0
    hits: int = 0

    def start(self) -> Command:
        """The next process, by turns one tick and the scheduler that stays."""
        now = self.hour + self.starts * BETWEEN_STARTS
        argv = STARTS[self.starts % len(STARTS)]
        self.starts += 1
        self.telegram.set_clock(now)
        return self.lotsen.start(*argv, now=now)

    async def kill_during_delivery(self) -> None:
        """Start, let a random few be tried, kill at a random moment of a round trip."""
        wanted = self.telegram.sends + self.chance.randint(1, 14)
        process = self.start()
        with suppress(TimeoutError):  # fewer than wanted may be left: then it idles, and is killed
            await self.telegram.world.until(
                lambda: not process.alive or self.telegram.sends >= wanted, within=4
            )
        await asyncio.sleep(self.chance.uniform(0, ROUND_TRIP_MS / 1000))
        await self.killed(process)

    async def kill_at_any_time(self) -> None:
        """Start, and kill while it is still opening, planning or recovering."""
        process = self.start()
        await asyncio.sleep(self.chance.uniform(0.05, 0.4))
        await self.killed(process)

    async def killed(self, process: Command) -> None:
        """It is dead now: which messages was it sending?"""
        await process.kill()
        await asyncio.sleep(2 * ROUND_TRIP_MS / 1000)  # what was on the wire still arrives
        rows = self.lotsen.look("SELECT id, tries FROM outbox WHERE state = 'sending'")
        out = {(row["id"], row["tries"]) for row in rows} - self.in_flight
        self.in_flight |= out
        self.most_in_flight = max(self.most_in_flight, len(rows))
        self.kills += 1
        self.hits += bool(out)

    async def drain(self) -> None:
        """Ticks, until nothing waits any more."""
        for _ in range(20):
            self.starts += self.starts % len(STARTS)
            ended = await self.start().end()
            assert ended.code == 0, ended.err
            if not self.lotsen.look("SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending')"):
                return
        raise AssertionError("it never ends")

    def arrivals(self) -> dict[int, int]:
        """How often each outbox row stands on its phone."""
        shown = Counter(
            (home.phone.id, kind)
            for home in self.homes
            for text in self.telegram.texts(home.phone)
            for kind, words in FIRST_WORDS.items()
            if words in text
        )
        rows = self.lotsen.look(
            "SELECT outbox.id, guardian.chat_id, item.kind FROM outbox "
            "JOIN item ON item.outbox_id = outbox.id "
            "JOIN guardian ON guardian.id = outbox.guardian_id"
        )
        return {row["id"]: shown[row["chat_id"], row["kind"]] for row in rows}


@pytest.mark.parametrize(("database_kind", "seed"), [("sqlite", 2026), ("postgresql", 31)])
async def test_thirty_kills_lose_nothing_and_double_only_what_was_in_flight(
    lotsen: Installation, telegram: Telegram, seed: int
):
    telegram.world.faults.delay_ms = ROUND_TRIP_MS
    lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = "300"
    phones = [telegram.phone(f"Parent {n}") for n in range(FAMILIES)]
    homes = await lotsen.move_in([[phone] for phone in phones], BORN, JOINED, VISIT)
    await lotsen.planned_until(DAY)
    story = Story(lotsen, telegram, homes, random.Random(seed))

    for story.hour in HALVES:
        for kill in range(KILLS_IN_A_HALF):
            await (story.kill_at_any_time() if kill % 4 == 0 else story.kill_during_delivery())
    await story.drain()

    rows = {row["id"]: row for row in lotsen.look("SELECT * FROM outbox")}
    kinds = {r["outbox_id"]: r["kind"] for r in lotsen.look("SELECT outbox_id, kind FROM item")}
    came = story.arrivals()
    assert len(rows) == len(came) == 2 * FAMILIES
    assert story.hits >= 8  # else the kills missed the delivery, and nothing is shown by this
    assert story.most_in_flight <= IN_FLIGHT
    assert {kinds[number] for number, _ in story.in_flight} == {"tip", "day_before"}

    met = Counter(number for number, _ in story.in_flight)
    for number, row in rows.items():
        _check(row, kinds[number], came[number], met[number])
    texts = sum(len(telegram.texts(phone)) for phone in phones)
    assert texts == sum(came.values())

    doubles = sum(count - 1 for count in came.values() if count > 1)
    unknown = sum(row["state"] == "in_doubt" for row in rows.values())
    log.info(
        "%d kills, %d of them with messages in flight (%d in all, %d at most); %d sent twice, "
        "%d left in doubt, %d of those arrived",
        story.kills,
        story.hits,
        len(story.in_flight),
        story.most_in_flight,
        doubles,
        unknown,
        sum(came[n] for n, row in rows.items() if row["state"] == "in_doubt"),
    )


def _check(row, kind: str, came: int, kills: int) -> None:
    """One message's end, from how often a kill met it on its way."""
    assert row["state"] in {"sent", "in_doubt"}, dict(row)
    if kills == 0:
        assert (row["state"], row["reason"], came) == ("sent", None, 1), dict(row)
    elif kind == "tip" or kills > 1:
        assert (row["state"], row["reason"]) == ("in_doubt", "stopped while sending"), dict(row)
        assert came <= min(kills, 1 if kind == "tip" else 2)
    else:
        assert row["state"] == "sent", dict(row)
        assert came in {1, 2}
