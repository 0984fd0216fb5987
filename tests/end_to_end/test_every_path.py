"""kill -9 at any point of everything that writes: nothing lost, nothing half, nothing twice.

A process counts its own steps and kills itself at one drawn by lot, so that short moments are met
as well as long ones; or Telegram holds what it has been told until the sender is dead. What was met
is counted, and too few are a failure. The oracle is a day on which nobody was killed.
`make faults` draws two hundred on each database (docs/reliability.md).
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from messaging.callbacks import Loss
from messaging.push import IN_FLIGHT
from programme.people import Role
from services import enrolment, sending
from services.booking import book
from storage import areas, families, memory
from tests.cast import AREA, local
from tests.colleagues import at_work
from tests.databases import ON_ONE
from tests.effort import tries
from tests.end_to_end.points import DiesAt, reached
from tests.end_to_end.processes import Command, WallClock
from tests.end_to_end.town import (
    BORN,
    DAY,
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

SEEDS = tries((8,), tuple(range(1, 11)))
WIRE = ("request", "held", "delivered", "answered")  # who is written to meets these
PLACES = {
    "request": "before messaging.push.Push.send",
    "answered": "after messaging.push.Push.send",
    "reply": "before bot.speaking.Speaker.speak",
    "said": "after bot.speaking.Speaker.speak",
}
DRAWN = (*WIRE, *tries((), ("statement", "reply", "said")))
KILLS = tries(len(WIRE), 20)  # at every change each once of those that meet messages
READERS = tries(8, 50)  # of tips, reminders and a notice
MOST_STATEMENTS = tries(250, 500)
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
AT_ONCE = 2  # of them before each kill
ACTORS = max(len(ACTS), AT_ONCE * KILLS)
OTHER_AREA, OTHERS_BORN = "Gårdsten", date(2026, 10, 20)  # nothing is due to them that day
SOON, LATER = local("2027-01-01T10:30"), local("2027-01-08T10:30")
HOLDS, ARRIVES = 20.0, 3.0  # seconds: longer than anybody lives, and what comes after a death
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
SENDING = "SELECT id, tries FROM outbox WHERE state = 'sending' AND guardian_id IS NOT NULL"
SAYS = {"tip": "A tip from", "day_before": "See you on", "notice": "Meeting"}
ROWS = """
    SELECT outbox.id, outbox.state, outbox.reason, guardian.chat_id,
        (SELECT min(kind) FROM item WHERE item.outbox_id = outbox.id) AS kind
    FROM outbox JOIN guardian ON guardian.id = outbox.guardian_id
"""
MESSAGES = f"""
    SELECT count(*) AS n FROM outbox JOIN guardian ON guardian.id = outbox.guardian_id
    WHERE guardian.language = 'en' AND outbox.state <> 'dropped' AND guardian.family_id IN
        (SELECT family.id FROM family JOIN area ON area.id = family.area_id WHERE name = '{AREA}')
"""
TOTAL: Counter[str] = Counter()  # over all seeds of one database


@dataclass
class Town:
    """One installation, its readers and those who act, and everything that happens to it."""

    lotsen: Installation
    telegram: Telegram
    readers: list[Household] = field(default_factory=list)
    actors: list[list[tuple[object, str]]] = field(default_factory=list)  # updates still to come
    met: Counter[int] = field(default_factory=Counter)  # by outbox row: how often killed in flight
    drawn: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    on_the_wire: Counter[str] = field(default_factory=Counter)  # kills with any in flight
    most: int = 0
    seen: set[tuple[int, int]] = field(default_factory=set)  # outbox row, which try of it

    def __post_init__(self) -> None:
        self.clock = WallClock(self.lotsen.folder / "clock", TIP_HOUR)
        self.told = self.lotsen.folder / "point.told"

    async def settle(self) -> None:
        """People move in, and a coordinator presses *Send*."""
        phones = [self.telegram.phone(f"Reader {n}") for n in range(READERS)]
        self.readers = await self.lotsen.move_in([[each] for each in phones], BORN, JOINED, SOON)
        await self.actors_move_in()
        boss = self.telegram.phone("Eva")
        async with self.lotsen.database() as db:
            eva = await at_work(db, "Eva", Role.COORDINATOR, boss.id)
            number = await a_notice(db, TIP_HOUR, languages="en")
            async with db.write() as tx:
                await sending.schedule(tx, eva, number, None, TIP_HOUR, RULES)
                await memory.remember_instant(tx, memory.WATERMARK, DAY)
        self.telegram.world.bot.updates.waiting.clear()

    async def actors_move_in(self) -> None:
        async with self.lotsen.database() as db, db.write() as tx:
            area = await areas.find(tx, OTHER_AREA)
            for n in range(ACTORS):
                does = list(ACTS)[n % len(ACTS)]
                phone = self.telegram.phone(f"Actor {n}")
                if does == "joins":
                    new = await enrolment.register_family(
                        tx, OTHER_AREA, OTHERS_BORN, None, None, TIP_HOUR, RULES.zone
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

    async def lives_until(self, kind: str, chance: random.Random) -> None:
        """A process that dies at a point of that kind, and what it was sending then."""
        self.told.unlink(missing_ok=True)
        held = kind in ("held", "delivered")
        met = await (self._is_held if held else self._dies)(kind, chance)
        self.drawn[kind] += 1
        self.hits[kind] += met
        await asyncio.sleep(0.1)  # a server may still finish what it was told
        out = {(row["id"], row["tries"]) for row in self.lotsen.look(SENDING)} - self.seen
        self.seen |= out
        self.met.update(number for number, _ in out)
        self.on_the_wire[kind] += bool(out)
        self.most = max(self.most, len(out))

    async def _dies(self, kind: str, chance: random.Random) -> bool:
        """By its own hand; whether it came to that point."""
        many = {"statement": MOST_STATEMENTS, "request": 8, "answered": 8}.get(kind, 1)
        after = chance.choice((0.0, 0.004, 0.04)) if kind == "statement" else 0.0
        where = PLACES.get(kind, "statement")
        work = self._begins(DiesAt(where, chance.randint(1, many), self.told, after))
        await _until(lambda: not work.alive)
        await self._is_dead(work)
        return reached(self.told) > 0

    async def _is_held(self, kind: str, chance: random.Random) -> bool:
        """Telegram has it, done or not, and has not answered yet when the sender is killed.

        What is not done yet is done all the same, when nobody waits for it any more.
        """
        world, readers = self.telegram.world, {home.phone.id for home in self.readers}
        done, skip, many = kind == "delivered", chance.randint(0, 6), chance.randint(1, 8)
        since = world.journal.count
        seconds = HOLDS if done else ARRIVES
        fault = world.faults.hang("sendMessage", seconds, after=done, times=None, skip=skip)

        def held() -> int:
            calls = world.journal.calls("sendMessage", since=since)
            return sum(c.fault == "hang" and not c.seconds and c.chat in readers for c in calls)

        work = self._begins(None)
        await _until(lambda: held() >= many or not work.alive)
        alive, some = work.alive, held()
        await self._is_dead(work)
        world.faults.clear(fault.id)
        return alive and some > 0

    def _begins(self, dies: DiesAt | None) -> Command:
        return self.lotsen.start("run", quicker=QUICKER, clock=self.clock, first=dies)

    async def _is_dead(self, work: Command) -> None:
        ended = await (work.kill() if work.alive else work.end())
        assert "Traceback" not in ended.err, ended.err

    async def ends_well(self, messages: int) -> None:
        """Somebody who is not killed finishes what is left, so many to each reader in all."""
        within, wanted = tries(60, 3600), messages * READERS
        self.act(len(self.actors))
        work = self._begins(None)
        end = asyncio.get_running_loop().time() + within
        async with asyncio.timeout(within + 5):
            while self._is_left(wanted):
                await asyncio.sleep(0.1)
                late = asyncio.get_running_loop().time() > end
                assert not late, (work.logged[-2000:], list(map(tuple, self.lotsen.look(OPEN))))
        ended = await work.stop()
        assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err

    def _is_left(self, wanted: int) -> bool:
        [found] = self.lotsen.look(MESSAGES)  # first: what is planned after it is still open
        if found["n"] < wanted or self.telegram.world.bot.updates.waiting:
            return True
        return bool(self.lotsen.look(OPEN))

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


async def _until(come: Callable[[], bool]) -> None:
    """Until then, but no longer than a slow machine may need."""
    for _ in range(6000):
        if come():
            return
        await asyncio.sleep(0.01)


def ledger(town: Town) -> Counter[str]:
    """Each message to a reader beside their phone: once, unless a kill met it on its way."""
    readers = {home.phone.id: Counter() for home in town.readers}
    for home in town.readers:
        for text in town.telegram.texts(home.phone):
            [kind] = [kind for kind, words in SAYS.items() if words in text]
            readers[home.phone.id][kind] += 1
    found: Counter[str] = Counter()
    for row in town.lotsen.look(ROWS):
        if row["chat_id"] in readers:
            came = readers[row["chat_id"]].pop(row["kind"] or "notice", 0)
            found += _ended(row, came, town.met[row["id"]])
    assert not any(readers.values())  # nothing came of which no row knows
    return found


def _ended(row, came: int, kills: int) -> Counter[str]:
    """One message's end, from how often a kill met it in flight."""
    told = (dict(row), came, kills)
    if kills == 0:
        assert (row["state"], came) == ("sent", 1), told
    elif row["state"] == "sent":
        assert row["kind"] == "day_before", told  # all else is left in doubt
        assert 1 <= came <= 1 + kills, told
    else:
        assert row["state"] == "in_doubt", told
        assert came <= (kills if row["kind"] == "day_before" else 1), told
    doubt = row["state"] == "in_doubt"
    return Counter(
        messages=1,
        in_doubt=doubt,
        in_doubt_and_came=doubt and came > 0,
        twice=came > 1,
        met_and_once=kills > 0 and not doubt and came == 1,
    )


@ON_ONE
@pytest.mark.parametrize("seed", SEEDS)
async def test_killed_at_any_point_of_a_day_on_which_everything_happens(
    empty_database, install, telegram, database_kind, seed
):
    chance = random.Random(seed)
    telegram.world.faults.delay_ms = 60
    quiet = Town(install("quiet"), telegram)
    quiet.lotsen.settings = {"LOTSEN_PUSH_PER_SECOND": "100"}
    await quiet.settle()
    for messages, hour in ((2, TIP_HOUR), (3, EVE_HOUR)):
        quiet.clock.set(hour)
        await quiet.ends_well(messages)

    town = Town(install("killed"), telegram)
    town.lotsen.settings = {"LOTSEN_PUSH_PER_SECOND": "60"}
    await town.settle()
    points = [DRAWN[n % len(DRAWN)] for n in range(KILLS)]
    chance.shuffle(points)
    for number, kind in enumerate(points):
        if number == KILLS // 2:  # reminders go before what is left of tips and the notice
            town.clock.set(EVE_HOUR)
        town.act(AT_ONCE)
        await town.lives_until(kind, chance)
    await town.ends_well(3)
    await _until(lambda: all(c.seconds or c.fault != "hang" for c in _calls(telegram)))

    found = ledger(town)
    _tell(database_kind, seed, town, found)
    assert town.essence() == quiet.essence()
    assert found["messages"] == ledger(quiet)["messages"]
    assert town.most <= IN_FLIGHT
    assert found["in_doubt"] + found["twice"] <= town.met.total()
    # Else the kills missed their points, and nothing is shown by this.
    assert KILLS - town.hits.total() <= KILLS // 20
    assert all(town.on_the_wire[kind] for kind in WIRE)


def _tell(database_kind: str, seed: int, town: Town, found: Counter[str]) -> None:
    told = Counter(kills=KILLS, hits=town.hits.total(), in_flight=town.met.total()) + found
    for counted, kinds in (("drawn", town.drawn), ("met", town.hits), ("wire", town.on_the_wire)):
        TOTAL.update({f"{database_kind} {counted} {kind}": many for kind, many in kinds.items()})
    TOTAL.update({f"{database_kind} {what}": many for what, many in told.items()})
    log.info("seed %d: %s", seed, dict(told))
    log.info("of drawn %s were met %s", dict(town.drawn), dict(town.hits))
    log.info("with messages in flight %s, at most %d", dict(town.on_the_wire), town.most)
    log.info("up to here: %s", dict(sorted(TOTAL.items())))


def _calls(telegram: Telegram):
    return telegram.world.journal.calls("sendMessage")
