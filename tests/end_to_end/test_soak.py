"""Two senders, restarted in turn while messages fall due: each message once, or in doubt.

A few seconds at every change; with `make faults` an hour (docs/reliability.md). One sender stands
by. In turn each is told to stop, killed with -9, and, in the long form, paused until the other has
taken over; then it is started again.
"""

import asyncio
import itertools
import logging
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from messaging.push import IN_FLIGHT
from services.booking import book
from simulator.clock import ShiftedClock
from simulator.users import Person
from tests.cast import local
from tests.databases import ON_POSTGRESQL
from tests.effort import THOROUGH, tries
from tests.end_to_end.processes import Command
from tests.end_to_end.talking import STOPS_WITHIN, Talks
from tests.end_to_end.town import BORN, JOINED, RULES, Household, Installation, Telegram

pytestmark = [pytest.mark.slow, ON_POSTGRESQL]
log = logging.getLogger(__name__)

SECONDS = float(os.environ.get("SOAK_SECONDS") or tries(3, 3600))
EVERY = tries(1, 20)  # seconds between two restarts
PER_SECOND = tries(25, 5)
ROUND_TRIP_MS = tries(80, 3000)  # so that a kill meets several on their way
LEAVE = PER_SECOND / (1 + ROUND_TRIP_MS / 1000)  # a second: each place is free a second after
BOOKINGS_EVERY = tries(0.2, 3.0)
BOOKINGS = int(SECONDS / BOOKINGS_EVERY)
TIPS = int(SECONDS * LEAVE * tries(0.8, 0.5))  # a booked visit goes before them
WAYS = ("kill", "stop", "pause") if THOROUGH else ("kill", "stop")
CHAT_WAYS = ("kill", "stop", "pause")
PARENTS, ASK_EVERY = tries(0, 6), 8.0  # who ask meanwhile, and how often
PAUSED_SECONDS = 10  # longer than a sender may be silent
BEGINS = local("2026-12-31T10:00")  # the tips of families whose child is two months old
VISIT = local("2027-01-04T10:30")
OPEN = "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') LIMIT 1"


@dataclass
class Soak:
    """What happens in that hour, as it was seen from outside."""

    lotsen: Installation
    telegram: Telegram
    with_tips: list[Household]
    with_visits: list[Household]
    clock: ShiftedClock
    senders: list[Command] = field(default_factory=list)
    restarts: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0  # at the kills and pauses
    faults: list[str] = field(default_factory=list)  # what a sender said that did not end well
    done: bool = False
    talks: Talks | None = None
    fault: str = "none"  # the last one
    silent: dict[str, list[float]] = field(default_factory=dict)  # seconds without a message

    def start(self) -> Command:
        return self.lotsen.start("run", "--only", "scheduler", now=self.clock.now())

    async def restart(self, which: int, way: str) -> None:
        """End one of them in that way, and start it again."""
        old = self.senders[which]
        if not old.alive:  # too slow for the other one, which took it for dead: it ended itself
            way = "gone"
        self.fault = way
        if way == "pause":
            old.pause()
            self.in_flight += self.sending(old)
            await asyncio.sleep(PAUSED_SECONDS)
            old.go_on()
            await asyncio.sleep(2)
        elif way == "kill":
            old.pause()  # else the other may have taken over before they are counted
            self.in_flight += self.sending(old)
            await old.kill()
        if old.alive:  # told to stop, or it stood by all the while
            ended = await old.stop(STOPS_WITHIN)
            superseded = way == "pause" and ended.code == 1  # it was just about to end itself
            self.faults += [ended.err] if ended.code and not superseded else []
        self.faults += [old.logged] if "Traceback" in old.logged else []
        self.restarts[way] += 1
        self.senders[which] = self.start()

    def sending(self, by: Command) -> int:
        """How many messages it has in flight; whoever stood by has none."""
        if '"sending"' not in by.logged:
            return 0
        return len(self.lotsen.look("SELECT 1 FROM outbox WHERE state = 'sending'"))

    async def restart_in_turn(self, until: float) -> None:
        """Always the one that sends: the other takes over, and then it is its turn."""
        turns = zip(itertools.cycle((0, 1)), itertools.cycle(w for w in WAYS for _ in "ab"))
        for which, way in turns:
            before = self.telegram.arrived
            await asyncio.sleep(EVERY)
            if time.monotonic() > until and self.restarts["kill"] > 1:
                return
            await self.telegram.world.until(
                lambda n=before: self.telegram.arrived > n + 2, within=600
            )
            await self.restart(which, way)

    async def book_on_and_on(self, until: float) -> None:
        """Staff book visits all the while: each is told at once, before the tips."""
        async with self.lotsen.database() as db:
            for n, home in enumerate(self.with_visits):
                if time.monotonic() > until:
                    return
                who = [f"Anna{n}", f"Bo{n}"]  # nobody comes to two families at once
                async with db.write() as tx:
                    await book(tx, home.family_id, 2, VISIT, who, self.clock.now(), RULES)
                await asyncio.sleep(BOOKINGS_EVERY)

    async def watch(self) -> None:
        """How long nothing came at all."""
        last, seen = time.monotonic(), 0
        while not self.done:
            await asyncio.sleep(0.05)
            newest, sent = self.sent_since(seen)
            if sent:
                now = time.monotonic()
                self.silent.setdefault(self.fault, []).append(now - last)
                last = now
            seen = newest

    def sent_since(self, seen: int) -> tuple[int, bool]:
        """The newest call, and whether any since `seen` was a sender's message."""
        journal = self.telegram.world.journal
        answered = {each.id for each in self.talks.parents} if self.talks else set()
        new = itertools.takewhile(lambda call: call.n > seen, reversed(journal.entries))
        sent = any(call.method == "sendMessage" and call.chat not in answered for call in new)
        return journal.count, sent

    def talk(self, parents: list[Person]) -> Talks:
        """Parents who ask meanwhile, and two processes that answer."""

        def start() -> Command:
            return self.lotsen.start("run", "--only", "chat", now=self.clock.now())

        return Talks(self.telegram, start, parents, ASK_EVERY)


async def moved_in(lotsen: Installation, telegram: Telegram, many: int, born: date):
    phones = [telegram.phone(f"Parent {born} {n}") for n in range(many)]
    return await lotsen.move_in([[phone] for phone in phones], born, JOINED)


async def nothing_left(lotsen: Installation, within: float) -> None:
    async with asyncio.timeout(within):
        while lotsen.look(OPEN):  # noqa: ASYNC110 - other processes tell nobody's event
            await asyncio.sleep(0.2)


async def all_begin(lotsen: Installation, telegram: Telegram) -> Soak:
    """Families, one sender at work and one that stands by, and who answers questions."""
    with_tips = await moved_in(lotsen, telegram, TIPS, BORN)
    # A day older: their tip was yesterday's.
    with_visits = await moved_in(lotsen, telegram, BOOKINGS, BORN - timedelta(days=1))
    await lotsen.planned_until(BEGINS - timedelta(hours=1))
    clock = ShiftedClock(BEGINS)
    telegram.world.now = clock.now
    soak = Soak(lotsen, telegram, with_tips, with_visits, clock)
    talkative = await moved_in(lotsen, telegram, PARENTS, BORN - timedelta(days=1))
    soak.talks = soak.talk([home.phone for home in talkative])
    if talkative:
        await soak.talks.begin()
    soak.senders = [soak.start()]
    await telegram.world.until(lambda: soak.sent_since(0)[1], within=tries(60, 900))
    soak.senders.append(soak.start())
    return soak


async def test_two_senders_restarted_in_turn_send_each_message_once_or_leave_it_in_doubt(
    lotsen: Installation, telegram: Telegram
):
    telegram.world.faults.delay_ms = ROUND_TRIP_MS
    lotsen.settings |= {"LOTSEN_PUSH_PER_SECOND": str(PER_SECOND), "LOTSEN_LOG_FORMAT": "json"}
    soak = await all_begin(lotsen, telegram)
    talks = soak.talks
    assert talks is not None
    until = time.monotonic() + SECONDS

    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(talks.ask_on_and_on(until))
        if talks.parents:
            tasks.create_task(talks.restart_in_turn(until, EVERY, CHAT_WAYS))
        watch = tasks.create_task(soak.watch())
        booking = tasks.create_task(soak.book_on_and_on(until))
        await soak.restart_in_turn(until)
        await booking
        await asking
        await nothing_left(lotsen, within=tries(60, 3600))
        soak.done = True
        await watch
    for sender in soak.senders:
        assert (await sender.stop(STOPS_WITHIN)).code == 0
    await talks.end()

    judge(talks)
    report(soak, ledger(soak))


@dataclass(frozen=True)
class Line:
    """One message: its end in the outbox, and how often it came."""

    kind: str
    state: str
    reason: str | None
    tries: int
    came: int


def ledger(soak: Soak) -> list[Line]:
    """Each row of the outbox beside its phone."""
    came = Counter(
        home.phone.id
        for home in (*soak.with_tips, *soak.with_visits)
        for _ in soak.telegram.texts(home.phone)
    )
    rows = soak.lotsen.look(
        "SELECT outbox.state, outbox.reason, outbox.tries, guardian.chat_id, item.kind FROM outbox "
        "JOIN item ON item.outbox_id = outbox.id "
        "JOIN guardian ON guardian.id = outbox.guardian_id"
    )
    lines = [Line(r["kind"], r["state"], r["reason"], r["tries"], came[r["chat_id"]]) for r in rows]
    assert sum(came.values()) == sum(line.came for line in lines)
    return lines


def report(soak: Soak, lines: list[Line]) -> None:
    """Each once, or in doubt; never more of those than were in flight."""
    once = [each for each in lines if (each.state, each.tries, each.came) == ("sent", 1, 1)]
    again = [each for each in lines if each.state == "sent" and each.tries > 1]
    left = [each for each in lines if each.state == "in_doubt"]
    doubles = [each for each in lines if each.came > 1]
    longest = {fault: round(max(gaps), 1) for fault, gaps in soak.silent.items()}
    log.info(
        "%d messages in %.0f s; senders: %s; longest time without a message, after each: %s; "
        "sent at the first try %d; in flight at kills and pauses %d; tried again %d, twice on the "
        "phone %d; left in doubt %d, of which came %d",
        *(len(lines), SECONDS, dict(soak.restarts), longest, len(once), soak.in_flight),
        *(len(again), len(doubles), len(left), sum(each.came for each in left)),
    )
    assert soak.faults == []
    assert {each.kind for each in lines} == {"tip", "visit_booked"}
    assert len(once) + len(again) + len(left) == len(lines)  # none lost
    assert all(1 <= each.came <= 2 for each in again)
    # A tip is left at once, a booked visit once it was tried again and met a second time.
    assert all(each.tries == (1 if each.kind == "tip" else 2) >= each.came for each in left)
    hard = soak.restarts.total() - soak.restarts["stop"]
    most = IN_FLIGHT * hard if soak.restarts["gone"] else soak.in_flight
    assert sum(each.tries for each in left) + len(again) <= most
    assert hard


def judge(talks: Talks) -> None:
    """Each question answered, in order; twice only what was being said when a replica ended."""
    if talks.parents:
        waited = sorted(talks.waited)
        log.info(
            "%d times two questions; replicas: %s; answers twice %d; waited for both: half %.1f s, "
            "longest %.1f s",
            *(talks.asked.total(), dict(talks.restarts), talks.twice),
            *(waited[len(waited) // 2], waited[-1]),
        )
    assert talks.faults == []
    assert all(map(talks.in_order, talks.parents))
    assert talks.twice <= talks.restarts.total() * PARENTS
