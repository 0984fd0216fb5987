"""kill -9 at any point of everything that writes: nothing lost, nothing half, nothing twice.

A process counts what it says to its database and kills itself at a point drawn by lot, so that
short moments are met as well as long ones. The oracle is a day on which nobody was killed.
`make faults` draws two hundred on each database (docs/reliability.md).
"""

import asyncio
import logging
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from messaging.callbacks import Loss
from messaging.push import IN_FLIGHT
from programme.people import Role
from services import enrolment, sending
from services.booking import book
from storage import areas, families, memory
from tests.cast import local
from tests.colleagues import at_work
from tests.databases import ON_ONE
from tests.effort import tries
from tests.end_to_end.processes import DiesAt, WallClock
from tests.end_to_end.town import (
    BORN,
    EVE_HOUR,
    JOINED,
    RULES,
    TIP_HOUR,
    Household,
    Installation,
    Telegram,
)
from tests.services.noticed import a_notice

pytestmark = pytest.mark.slow
log = logging.getLogger(__name__)

KILLS = tries(2, 200)
READERS = tries(4, 100)  # of tips, reminders and a notice
ACTS = {  # what a parent does, update by update; {} is their booking
    "answers": ["v:{}:0:yes"],
    "changes the language": ["l:ar"],
    "wants fewer": ["f:1"],
    "has a quiet day": ["q:4:1"],
    "pauses": ["p:0:2027-01-09"],
    "is away": ["p:1:2027-01-09"],
    "stops": ["s"],
    "has lost a child": [Loss().pack()],
    "is forgotten": ["Tf:0:0"],
    "clears the chat": ["Tx"],
    "wants a call": ["Tc"],
    "looks at the data": ["T:data"],
    "joins": ["l:so", "c:1", "e:1"],
}
ACTORS = max(len(ACTS), KILLS)
OTHER_AREA, OTHERS_BORN = "Gårdsten", date(2026, 10, 20)  # nothing is due to them that day
SOON, LATER = local("2027-01-01T10:30"), local("2027-01-08T10:30")
EVA = 900_001
QUICKER = {
    "scheduler.runner.PLAN_EVERY": timedelta(seconds=1),
    "scheduler.runner.PURGE_EVERY": timedelta(seconds=1),
    "bot.intake.RETRY_SECONDS": 0.1,
}
OPEN = """
    SELECT 'message' FROM outbox WHERE state IN ('waiting', 'sending') AND guardian_id IS NOT NULL
    UNION ALL SELECT 'update' FROM inbox WHERE state IN ('new', 'done')
    UNION ALL SELECT 'notice' FROM notice WHERE state <> 'done'
"""
ESSENCE = {  # what a day comes to, whatever the rows are numbered and when it was
    "answer": "choice",
    "booking": "visit, state, revision, change, why",
    "consent": "version, language",
    "event": "what, detail",
    "guardian": "language, fewer, quiet_days, active_since IS NULL",
    "family": "area_id, eligible",
    "rest": "why, detail, until IS NULL",
    "tally": "area_id, month, what, visit, detail",
    "notice": "state",
    "invite": "used_at IS NULL",
}
COUNTED = "SELECT {0}, count(*) AS n FROM {1} GROUP BY {0}"


@dataclass
class Town:
    """One installation, its readers and those who act, and everything that happens to it."""

    lotsen: Installation
    telegram: Telegram
    readers: list[Household] = field(default_factory=list)
    actors: list[list[tuple[object, str]]] = field(default_factory=list)  # updates still to come
    in_flight: int = 0
    hits: int = 0

    def __post_init__(self) -> None:
        self.clock = WallClock(self.lotsen.folder / "clock", EVE_HOUR)
        self.counted = self.lotsen.folder / "points"

    async def settle(self) -> None:
        """People move in, and a coordinator presses *Send*."""
        phones = [self.telegram.phone(f"Reader {n}") for n in range(READERS)]
        self.readers = await self.lotsen.move_in([[each] for each in phones], BORN, JOINED, SOON)
        await self.actors_move_in()
        boss = self.telegram.phone("Eva")
        async with self.lotsen.database() as db:
            eva = await at_work(db, "Eva", Role.COORDINATOR, boss.id)
            number = await a_notice(db, EVE_HOUR, languages="en")
            async with db.write() as tx:
                await sending.schedule(tx, eva, number, None, EVE_HOUR, RULES)
                await memory.remember_instant(tx, memory.WATERMARK, TIP_HOUR)
        self.telegram.world.bot.updates.waiting.clear()

    async def actors_move_in(self) -> None:
        async with self.lotsen.database() as db, db.write() as tx:
            area = await areas.find(tx, OTHER_AREA)
            for n in range(ACTORS):
                does = list(ACTS)[n % len(ACTS)]
                phone = self.telegram.phone(f"Actor {n}")
                if does == "joins":
                    new = await enrolment.register_family(
                        tx, OTHER_AREA, OTHERS_BORN, None, None, EVE_HOUR, RULES.zone
                    )
                    steps = [(phone, f"/start {new.code}")]
                    booking = 0
                else:
                    self.telegram.world.start(phone, "long-ago")
                    family = await families.register(tx, area, None, JOINED)
                    await families.add_child(tx, family, OTHERS_BORN, None)
                    await families.add_guardian(tx, family, phone.id, "en", JOINED)
                    who = [f"Cilla{n}", f"Dan{n}"]
                    booking = (
                        await book(tx, family, 2, LATER, who, JOINED, RULES)
                        if does == "answers"
                        else 0
                    )
                    steps = []
                steps += [(phone, data.format(booking)) for data in ACTS[does]]
                self.actors.append(steps)

    def act(self, many: int) -> None:
        """So many more of them do what they do, all updates of one at once."""
        for steps in self.actors[:many]:
            for phone, what in steps:
                if what.startswith("/start "):
                    self.telegram.world.start(phone, what.split()[1])
                else:
                    first = self.telegram.world.messages(phone)[0]
                    self.telegram.world.press(phone, message_id=first.id, data=what)
        del self.actors[:many]

    async def lives_until(self, point: int, after: float) -> None:
        """A process that is killed there; one that finds too little to do is killed at rest."""
        dies = DiesAt(point, self.counted, after)
        work = self.lotsen.start("run", quicker=QUICKER, clock=self.clock, first=dies)
        for _ in range(3000):  # also where it is given little of a processor
            if not work.alive:
                break
            await asyncio.sleep(0.02)
        self.hits += not work.alive
        ended = await (work.end() if not work.alive else work.kill())
        assert "Traceback" not in ended.err, ended.err
        self.in_flight += len(self.lotsen.look("SELECT 1 FROM outbox WHERE state = 'sending'"))

    async def ends_well(self, within: float) -> None:
        """Somebody who is not killed finishes what is left."""
        self.act(len(self.actors))
        work = self.lotsen.start("run", quicker=QUICKER, clock=self.clock)
        end = asyncio.get_running_loop().time() + within
        async with asyncio.timeout(within + 5):
            while self.telegram.world.bot.updates.waiting or self.lotsen.look(OPEN):
                await asyncio.sleep(0.1)
                late = asyncio.get_running_loop().time() > end
                assert not late, (work.logged[-2000:], list(map(tuple, self.lotsen.look(OPEN))))
        ended = await work.stop()
        assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err

    def essence(self) -> dict[str, Counter]:
        """What it came to."""
        return {
            table: Counter(
                {
                    tuple(row.values())[:-1]: row["n"]
                    for row in map(dict, self._counted(table, what))
                }
            )
            for table, what in ESSENCE.items()
        }

    def _counted(self, table: str, what: str):
        return self.lotsen.look(COUNTED.format(what, table))


def doubts(town: Town) -> Counter[str]:
    """Each message to a reader beside their phone: once, or in doubt and nothing else."""
    rows = town.lotsen.look(
        "SELECT outbox.id, outbox.state, outbox.tries, guardian.chat_id FROM outbox "
        "JOIN guardian ON guardian.id = outbox.guardian_id"
    )
    readers = {home.phone.id for home in town.readers}
    rows = [row for row in rows if row["chat_id"] in readers]
    assert {row["state"] for row in rows} <= {"sent", "in_doubt"}
    found: Counter[str] = Counter(messages=len(rows))
    for home in town.readers:
        own = [row for row in rows if row["chat_id"] == home.phone.id]
        sure = sum(row["state"] == "sent" for row in own)
        left = len(own) - sure
        again = sum(row["tries"] - 1 for row in own if row["state"] == "sent")
        came = len(town.telegram.texts(home.phone))
        assert sure <= came <= sure + again + left, [dict(row) for row in own]
        found += Counter(left=left, again=again, twice=max(0, came - sure - left))
    return found


@ON_ONE
async def test_killed_at_any_point_of_a_day_on_which_everything_happens(
    empty_database, install, telegram
):
    chance = random.Random(8)
    telegram.world.faults.delay_ms = 30
    quiet = Town(install("quiet"), telegram)
    quiet.lotsen.settings = {"LOTSEN_PUSH_PER_SECOND": "100"}
    await quiet.settle()
    await quiet.ends_well(within=tries(60, 3600))

    town = Town(install("killed"), telegram)
    town.lotsen.settings = {"LOTSEN_PUSH_PER_SECOND": "30"}
    await town.settle()
    each = -(-ACTORS // KILLS)
    for _ in range(KILLS):
        town.act(each)
        await town.lives_until(chance.randint(20, 500), chance.choice((0.0, 0.004, 0.04)))
    await town.ends_well(within=tries(60, 3600))

    found = doubts(town)
    log.info(
        "%d kills, %d in the middle; in flight %d: %s", KILLS, town.hits, town.in_flight, found
    )
    assert town.essence() == quiet.essence()
    assert found["messages"] == doubts(quiet)["messages"]
    assert found["left"] + found["twice"] <= town.in_flight <= KILLS * IN_FLIGHT
