"""A visit's life in any order (stateful): propose, choose, expire, move, cancel, miss, decline…

After each step: a person has each quarter once, the quarters are exactly those of what stands and
of what is held, and one booking of a child's visit stands at most.
"""

import asyncio
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from programme.errors import Broken
from programme.localtime import on_the_clock
from programme.people import BookingState, Place, ProposalState
from programme.reasons import CancelReason, WindowReason
from services import away, choosing, looking, proposing, two_homes, visits
from services.access import reader_of
from services.booking import book_slot
from services.changing import change_people, change_place
from services.slots import free_slots
from services.taking import footprints
from storage import families
from storage.time_tables import quarter
from tests.cast import AMINA_CHAT, RULES, YUSUF_CHAT, local, move_in
from tests.colleagues import at_work
from tests.rows import rows
from tests.working_hours import team

START = local("2026-11-02 09:00")
BORN = date(2026, 9, 1)  # visit 2 until 15 December, visit 3 from 17 December
VISITS = st.sampled_from([2, 3])
CHATS = st.sampled_from([AMINA_CHAT, YUSUF_CHAT])
DATABASE = {}  # the empty file and how to open a copy of it; hypothesis makes the machines itself


class Life(RuleBasedStateMachine):
    """One family, three colleagues, two visits."""

    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.mkdtemp()
        file = Path(self.folder) / "life.sqlite3"
        shutil.copy(DATABASE["file"], file)
        self.db = DATABASE["open"](file)
        self.now = START

    def teardown(self):
        self.run(self.db.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def run(self, act):
        return self.loop.run_until_complete(act)

    def act(self, work):
        """In one transaction; a broken rule changes nothing."""

        async def one():
            async with self.db.write() as tx:
                [family] = await families.load(tx, [self.home.family_id])
                return await work(tx, family)

        try:
            return self.run(one())
        except Broken:
            return None

    def parents(self, chat, work):
        async def with_reader(tx, family):
            reader = await reader_of(tx, chat)
            return await work(tx, reader, family)

        return self.act(with_reader)

    @initialize()
    def move_in(self):
        self.home = self.run(move_in(self.db, born=BORN, chats=(AMINA_CHAT, YUSUF_CHAT)))
        self.staff = list(self.run(team(self.db)))
        self.colleague = self.run(at_work(self.db))

    @rule(minutes=st.sampled_from([1, 60, 60 * 24, 60 * 24 * 3]))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(visit=VISITS, evening=st.booleans())
    def propose(self, visit, evening):
        async def work(tx, family):
            slots = await free_slots(tx, family, visit, self.now, RULES)
            home = 1 if family.split_at else None
            times = proposing.Times(visit=visit, slots=slots, home=home)
            await proposing.propose(tx, None, family.id, times, self.now, RULES)

        self.act(work)

    @rule(chat=CHATS, n=st.integers(0, 30))
    def choose(self, chat, n):
        async def work(tx, reader, family):
            slots = [slot for each in family.proposals for slot in each.slots]
            if slots:
                await choosing.pick(tx, reader, slots[-1 - n % len(slots)].id, self.now, RULES)

        self.parents(chat, work)

    @rule(chat=CHATS, n=st.integers(0, 9), evening=st.booleans())
    def want_others(self, chat, n, evening):
        async def work(tx, reader, family):
            if family.proposals:
                each = family.proposals[-1 - n % len(family.proposals)]
                await choosing.other_times(tx, reader, each.id, evening, self.now, RULES)

        self.parents(chat, work)

    @rule(chat=CHATS, n=st.integers(0, 9))
    def want_none(self, chat, n):
        async def work(tx, reader, family):
            if family.proposals:
                each = family.proposals[-1 - n % len(family.proposals)]
                await choosing.none_of_them(tx, reader, each.id, self.now, RULES)

        self.parents(chat, work)

    @rule(chat=CHATS, visit=VISITS)
    def look(self, chat, visit):
        self.parents(chat, lambda tx, reader, _: looking.look(tx, reader, visit, self.now, RULES))

    @rule()
    def expire(self):
        self.act(lambda tx, _: proposing.expire(tx, self.now))

    @rule()
    def withdraw(self):
        async def work(tx, family):
            if family.proposals:
                number = family.proposals[-1].id
                await proposing.withdraw(tx, None, number, self.now, RULES)

        self.act(work)

    @rule(visit=VISITS, days=st.integers(0, 20))
    def staff_book_or_move(self, visit, days):
        async def work(tx, family):
            first = on_the_clock(self.now).date() + timedelta(days=days)
            slots = await free_slots(tx, family, visit, self.now, RULES, first=first, limit=1)
            why, home = WindowReason.WISH, 1 if family.split_at else None
            for slot in slots:
                await book_slot(
                    *(tx, self.colleague, family.id, visit, slot, self.now, RULES),
                    override=why,
                    home=home,
                )

        self.act(work)

    def _standing(self, family, n):
        booked = visits.coming(family, self.now)
        return booked[n % len(booked)] if booked else None

    @rule(n=st.integers(0, 3), place=st.sampled_from(list(Place)))
    def another_place(self, n, place):
        async def work(tx, family):
            if each := self._standing(family, n):
                await change_place(tx, None, family.id, each.id, place, self.now, RULES)

        self.act(work)

    @rule(n=st.integers(0, 3), only=st.integers(0, 1))
    def other_people(self, n, only):
        async def work(tx, family):
            if each := self._standing(family, n):
                who = [self.staff[only]]
                await change_people(tx, None, family.id, each.id, who, self.now, RULES)

        self.act(work)

    @rule(
        n=st.integers(0, 3),
        state=st.sampled_from([BookingState.CANCELLED, BookingState.MISSED, BookingState.DONE]),
    )
    def staff_settle(self, n, state):
        async def work(tx, family):
            if each := self._standing(family, n):
                await visits.settle(
                    *(tx, self.colleague, family.id, each.id, state, self.now, RULES),
                    why=CancelReason.ILL if state is BookingState.CANCELLED else None,
                )

        self.act(work)

    @rule(chat=CHATS, n=st.integers(0, 3))
    def decline(self, chat, n):
        async def work(tx, reader, family):
            if each := self._standing(family, n):
                await visits.decline(tx, reader, each.id, self.now, RULES)

        self.parents(chat, work)

    @rule(chat=CHATS, n=st.integers(0, 9))
    def take_back(self, chat, n):
        async def work(tx, reader, family):
            if family.bookings:
                each = family.bookings[n % len(family.bookings)]
                await visits.take_back(tx, reader, each.id, self.now, RULES)

        self.parents(chat, work)

    @rule(chat=CHATS)
    def no_more_visits(self, chat):
        self.parents(chat, lambda tx, reader, _: visits.end_all(tx, reader, self.now, RULES))

    @rule(chat=CHATS)
    def visits_after_all(self, chat):
        self.parents(chat, lambda tx, reader, _: visits.take_back_end(tx, reader, self.now, RULES))

    @rule(chat=CHATS, days=st.integers(1, 30))
    def go_away(self, chat, days):
        last = on_the_clock(self.now).date() + timedelta(days=days)
        self.parents(chat, lambda tx, reader, _: away.leave(tx, reader, last, self.now, RULES))

    @rule(chat=CHATS)
    def come_back(self, chat):
        self.parents(chat, lambda tx, reader, _: away.come_back(tx, reader, self.now, RULES))

    @rule(chat=CHATS, keeps=st.sampled_from(list(two_homes.Keeps)))
    def split(self, chat, keeps):
        self.parents(
            chat, lambda tx, reader, _: two_homes.split(tx, reader, keeps, self.now, RULES)
        )

    @invariant()
    def nothing_collides(self):
        if hasattr(self, "home"):
            self.run(self._check())

    async def _check(self):
        quarters = await rows(self.db, "quarter")
        assert len({(row.staff_id, row.starts_at) for row in quarters}) == len(quarters)
        async with self.db.read() as tx:
            [family] = await families.load(tx, [self.home.family_id])
            wanted = set()
            for booking in family.bookings:
                if booking.state is BookingState.BOOKED:
                    who = [member.id for member in booking.staff]
                    facts = (booking.starts_at, booking.minutes, booking.place)
                    taken = await footprints(tx, who, *facts)
                    wanted |= {(s, at, booking.id) for s, all_ in taken.items() for at in all_}
        assert {(q.staff_id, q.starts_at, q.booking_id) for q in quarters if q.booking_id} == wanted
        open_slots = {
            slot.id
            for each in family.proposals
            if each.state in {ProposalState.OPEN, ProposalState.SHOWN}
            for slot in each.slots
        }
        held = [row for row in quarters if row.slot_id]
        assert {row.slot_id for row in held} <= open_slots
        standing = [
            (each.child_id, each.visit)
            for each in family.bookings
            if each.state is BookingState.BOOKED
        ]
        assert len(standing) == len(set(standing))
        self._holds_stand(family, held)

    def _holds_stand(self, family, held):
        """What is open and has not run out is held, all of it."""
        kept = {row.slot_id for row in held}
        for each in family.proposals:
            if each.state is ProposalState.OPEN and self.now < each.expires_at:
                ahead = {slot.id for slot in each.slots if slot.starts_at > self.now}
                assert ahead <= kept


@pytest.fixture
def _database(empty_database, open_at):
    DATABASE["file"] = empty_database
    DATABASE["open"] = lambda file: open_at(f"sqlite:///{file}")


@pytest.mark.usefixtures("_database")
def test_whatever_happens_nothing_collides():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_table_is_keyed_by_person_and_quarter():
    assert [each.name for each in quarter.primary_key.columns] == ["staff_id", "starts_at"]
