"""A list in any order (stateful), beside a simple model: sign up, change, cancel, answer, run out.

After each step every sign-up is what the model says, and the counter is what they add up to.
"""

import asyncio
import random
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from programme.errors import FewerThanSignedUp
from programme.seats import held_until
from services import forgetting, loss, planning, signing_up, waiting_list
from services.access import reader_of
from storage import seats, signups
from tests.cast import JOINED, RULES, many_families
from tests.gatherings import STARTS, adds_up, gathering, press, states
from tests.services.test_waiting_list import sent

PARENTS = range(5)
CHATS = st.sampled_from([5000 + n for n in PARENTS])
PEOPLE = st.integers(0, 3)
STANDS = ("in", "offered", "waiting")
DATABASE = {}  # the empty file and how to open a copy of it; hypothesis makes the machines itself


@dataclass
class Entry:
    """One sign-up as it should be."""

    chat: int
    people: int
    state: str
    until: datetime | None = None


class TheList(RuleBasedStateMachine):
    """Five parents, one thing to sign up for."""

    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.mkdtemp()
        file = Path(self.folder) / "list.sqlite3"
        shutil.copy(DATABASE["file"], file)
        self.db = DATABASE["open"](file)
        self.now = JOINED + timedelta(days=1)
        self.model: dict[int, Entry] = {}

    def teardown(self):
        self.run(self.db.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def run(self, act):
        return self.loop.run_until_complete(act)

    # ---- the model

    @property
    def free(self) -> int:
        held = [e.people for e in self.model.values() if e.state in {"in", "offered"}]
        return 1000 if self.capacity is None else self.capacity - sum(held)

    def waiting(self) -> list[Entry]:
        return [self.model[n] for n in sorted(self.model) if self.model[n].state == "waiting"]

    def until(self):
        return held_until(self.now, STARTS, RULES)

    def room(self, people: int) -> bool:
        """For somebody who does not stand in line, or wants more."""
        first = any(each.people <= self.free for each in self.waiting())
        return people <= self.free and not (first and self.until())

    def of(self, chat: int) -> int:
        """The number of what that parent has, or 0."""
        standing = [n for n, e in self.model.items() if e.chat == chat and e.state in STANDS]
        return standing[0] if standing else 0

    # ---- what happens

    @initialize(capacity=st.sampled_from([4, 3, 2, 1, 7, None]))
    def begin(self, capacity):
        self.homes = self.run(many_families(self.db, len(PARENTS)))
        self.gone: set[int] = set()
        self.capacity = capacity
        self.activity, [self.place] = self.run(gathering(self.db, capacity=capacity))

    @rule(minutes=st.sampled_from([1, 60 * 5, 60 * 24, 60 * 24 * 2]))
    def time_passes(self, minutes):
        self.now = min(self.now + timedelta(minutes=minutes), STARTS - timedelta(minutes=30))
        if minutes > 1:
            self.move()

    @rule(chat=CHATS, children=PEOPLE)
    def sign_up(self, chat, children):
        if chat in self.gone:
            return
        met = self.run(press(self.db, chat, self.place, 1, children, self.now, wait=True))
        people, mine = 1 + children, self.model.get(self.of(chat))
        if mine:
            if mine.state == "waiting" and not self.until() and mine.people <= self.free:
                mine.state = "in"
        elif self.capacity is not None and people > self.capacity:
            assert met.outcome == "too_many"
        else:
            state = "in" if self.room(people) else "waiting"
            self.model[met.signup.id] = Entry(chat, people, state)

    @rule(chat=CHATS, children=PEOPLE)
    def change(self, chat, children):
        if not (number := self.of(chat)):
            return

        async def one():
            async with self.db.write() as tx:
                reader = await reader_of(tx, chat)
                await signing_up.change(tx, reader, number, 1, children, self.now, RULES)

        self.run(one())
        mine, people = self.model[number], 1 + children
        if self.capacity is not None and people > self.capacity:
            return
        more = people - mine.people
        if mine.state == "waiting" or more <= 0 or self.room(more):
            mine.people = people

    @rule(chat=CHATS, ticks=st.sampled_from([True, False]))
    def cancel(self, chat, ticks):
        if not (number := self.of(chat)):
            return

        async def one():
            async with self.db.write() as tx:
                await signing_up.cancel(tx, await reader_of(tx, chat), number, self.now, RULES)

        self.run(one())
        self.model[number].state = "left"
        if ticks:
            self.move()

    @rule()
    def the_list_moves(self):
        self.move()

    def move(self):
        self.run(waiting_list.offer_free(self.db, self.now, RULES))
        self.run(planning.plan(self.db, self.now, RULES))
        self.run(sent(self.db))
        for each in self.model.values():
            if each.state == "offered" and each.until <= self.now:
                each.state = "expired"
        while self.until() and (fit := [e for e in self.waiting() if e.people <= self.free]):
            fit[0].state, fit[0].until = "offered", self.until()

    @rule(chat=CHATS, yes=st.booleans())
    def answer(self, chat, yes):
        number = self.of(chat)
        if not number or self.model[number].state != "offered":
            return

        async def one():
            async with self.db.write() as tx:
                reader = await reader_of(tx, chat)
                stamp = signing_up.offer_stamp((await signups.one(tx, number))[1])
                await signing_up.answer_offer(tx, reader, number, stamp, yes, self.now, RULES)

        self.run(one())
        self.model[number].state = "in" if yes else "left"

    @rule(capacity=st.sampled_from([3, 1, 5, 0, 9, None]))
    def resize(self, capacity):
        async def one():
            async with self.db.write() as tx:
                await seats.set_capacity(tx, self.activity, capacity, self.now)

        held = sum(e.people for e in self.model.values() if e.state in {"in", "offered"})
        try:
            self.run(one())
        except FewerThanSignedUp as refused:
            assert capacity is not None
            assert (refused.taken, refused.capacity) == (held, capacity)
            assert held > capacity
        else:
            self.capacity = capacity

    @precondition(lambda self: len(self.gone) < 2)
    @rule(chat=CHATS, erased=st.booleans())
    def cannot_come_any_more(self, chat, erased):
        """Forgotten, without a trace; or a loss: nothing stands any more."""
        if chat in self.gone:
            return

        async def one():
            async with self.db.write() as tx:
                reader = await reader_of(tx, chat)
                if erased:
                    await forgetting.forget(tx, reader, False, self.now, RULES, "so")
                else:
                    whose = reader.family_id, reader.guardian.id
                    await loss.begin(tx, *whose, self.now, RULES)

        self.run(one())
        self.gone.add(chat)
        for number in [n for n, e in self.model.items() if e.chat == chat]:
            if erased:
                del self.model[number]
            elif self.model[number].state in STANDS:
                self.model[number].state = "left"

    @invariant()
    def everybody_stands_where_the_model_says(self):
        if hasattr(self, "place"):
            self.run(adds_up(self.db))
            found = self.run(states(self.db))
            assert found == {number: each.state for number, each in self.model.items()}


@pytest.fixture
def _database(empty_database, open_at):
    DATABASE["file"] = empty_database
    DATABASE["open"] = lambda file: open_at(f"sqlite:///{file}")


@pytest.mark.usefixtures("_database")
def test_whatever_happens_the_list_is_what_the_model_says():
    run_state_machine_as_test(
        TheList,
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.usefixtures("_database")
@pytest.mark.parametrize("seed", range(6))
def test_long_walks_end_where_the_model_does(seed):
    """Hypothesis likes short lives; these are long, and most things happen in each."""
    chance, life = random.Random(seed), TheList()
    life.begin(capacity=chance.choice([2, 3, 4]))
    for _ in range(50):
        _step(life, chance)
        life.everybody_stands_where_the_model_says()
    life.teardown()


def _step(life: TheList, chance: random.Random) -> None:
    chat, children, coin = 5000 + chance.choice(PARENTS), chance.randrange(3), chance.random()
    acts = [
        *[lambda: life.sign_up(chat=chat, children=children)] * 4,
        lambda: life.change(chat=chat, children=children),
        *[lambda: life.cancel(chat=chat, ticks=coin < 0.5)] * 2,
        *[lambda: life.answer(chat=chat, yes=coin < 0.7)] * 2,
        *[life.the_list_moves] * 2,
        lambda: life.time_passes(minutes=1 if coin < 0.5 else 60 * 20),
        lambda: life.resize(capacity=chance.choice([1, 3, 4, None])),
    ]
    if not life.gone:
        acts.append(lambda: life.cannot_come_any_more(chat=chat, erased=coin < 0.5))
    chance.choice(acts)()
