"""Acts that must not meet wait for each other, on both databases; the others do not."""

import asyncio

import pytest

from storage import inbox
from storage.database import Database, Unavailable
from storage.inbox import Arrived
from storage.turns import after_the_acts, before_the_planner, lock_families, lock_family
from tests.cast import JOINED, move_in
from tests.databases import ON_POSTGRESQL
from tests.statements import counted

SHORT = 0.2


class Holder:
    """Somebody in the middle of an act, until told to go on."""

    def __init__(self, db: Database, begin) -> None:
        self._db, self._begin = db, begin
        self.inside, self.go_on = asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        async with self._db.write() as tx:
            await self._begin(tx)
            self.inside.set()
            await self.go_on.wait()


async def _waits(db: Database, first, second) -> bool:
    """Whether an act that begins with `second` waits for one that has begun with `first`."""
    one, other = Holder(db, first), Holder(db, second)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(one.run())
        await one.inside.wait()
        tasks.create_task(other.run())
        await asyncio.wait({tasks.create_task(other.inside.wait())}, timeout=SHORT)
        waited = not other.inside.is_set()
        one.go_on.set()
        other.go_on.set()
    return waited


def _family(number: int):
    return lambda tx: lock_family(tx, number)


async def test_two_acts_on_one_family_wait_for_each_other(db):
    home = await move_in(db)
    assert await _waits(db, _family(home.family_id), _family(home.family_id))


def _locked_in_a_savepoint_that_is_undone(number: int):
    async def begin(tx):
        async with tx.begin_nested() as savepoint:
            await lock_family(tx, number)
            await savepoint.rollback()
        await lock_families(tx, [number])

    return begin


async def test_a_lock_that_a_savepoint_took_with_it_is_taken_again(db):
    home = await move_in(db)
    again = _locked_in_a_savepoint_that_is_undone(home.family_id)
    assert await _waits(db, again, _family(home.family_id))


@ON_POSTGRESQL
async def test_a_family_that_is_held_is_not_asked_for_again_in_the_same_act(db):
    home = await move_in(db)
    alone = [home.family_id]
    # The second act, on the same connection, holds nothing yet.
    for first in (lambda tx: lock_family(tx, home.family_id), lambda tx: lock_families(tx, alone)):
        async with db.write() as tx:
            with counted(db) as sent:
                await first(tx)
                await lock_families(tx, alone)
        assert len(sent) == 1


@ON_POSTGRESQL
async def test_acts_on_two_families_do_not(db):
    here, there = await move_in(db), await move_in(db, chats=(2001, None))
    assert not await _waits(db, _family(here.family_id), _family(there.family_id))


@ON_POSTGRESQL
async def test_what_refers_to_a_family_can_be_written_while_an_act_is_at_it(db):
    home = await move_in(db)

    async def promise(tx):
        await inbox.keep(tx, 7, [Arrived(1, 1, "x")], JOINED)
        await tx.exec_driver_sql(
            "INSERT INTO item (key, kind, family_id, guardian_id, due_at, state)"
            f" VALUES ('k', 'tip', {home.family_id}, {home.amina}, now(), 'planned')"
        )

    assert not await _waits(db, _family(home.family_id), promise)


async def test_the_planner_waits_for_acts_that_asked_before_it(db):
    assert await _waits(db, before_the_planner, after_the_acts)


async def test_an_act_waits_for_the_planners_note(db):
    assert await _waits(db, after_the_acts, before_the_planner)


@ON_POSTGRESQL
async def test_acts_do_not_wait_for_each_other_because_of_the_planner(db):
    assert not await _waits(db, before_the_planner, before_the_planner)


async def test_what_arrives_is_numbered_in_the_order_in_which_it_can_be_seen(db):
    # Who reads on from the newest number seen would pass over a lower one that is seen later.
    one = Holder(db, lambda tx: inbox.keep(tx, 7, [Arrived(1, 1, "first")], JOINED))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(one.run())
        await one.inside.wait()

        async def second() -> None:
            async with db.write() as tx:
                await inbox.keep(tx, 7, [Arrived(2, 2, "second")], JOINED)

        other = tasks.create_task(second())
        await asyncio.wait({other}, timeout=SHORT)
        async with db.read() as tx:
            assert await inbox.unfinished(tx, 7) == []
        one.go_on.set()
    async with db.read() as tx:
        assert [row.raw for row in await inbox.unfinished(tx, 7)] == ["first", "second"]


@ON_POSTGRESQL
async def test_two_acts_that_wait_for_each_other_end_with_one_that_may_be_tried_again(db):
    here, there = await move_in(db), await move_in(db, chats=(2001, None))
    ready = asyncio.Barrier(2)

    async def both(first: int, second: int) -> None:
        async with db.write() as tx:
            await lock_family(tx, first)
            await ready.wait()
            await lock_family(tx, second)

    ended = await asyncio.gather(
        both(here.family_id, there.family_id),
        both(there.family_id, here.family_id),
        return_exceptions=True,
    )
    assert [type(each) for each in ended if each] == [Unavailable]


async def test_who_locks_a_family_learns_whether_there_is_one_and_so_does_who_only_looks(db):
    home = await move_in(db)
    for opened in (db.write, db.read):
        async with opened() as tx:
            assert await lock_family(tx, home.family_id)
            assert not await lock_family(tx, 999)


@pytest.mark.parametrize("turn", [before_the_planner, after_the_acts])
async def test_a_turn_ends_with_its_act_however_that_ends(db, turn):
    with pytest.raises(RuntimeError):
        async with db.write() as tx:
            await turn(tx)
            raise RuntimeError
    assert not await _blocked(db)


async def _blocked(db: Database) -> bool:
    holder = Holder(db, after_the_acts)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(holder.run())
        await asyncio.wait({tasks.create_task(holder.inside.wait())}, timeout=1)
        blocked = not holder.inside.is_set()
        holder.go_on.set()
    return blocked
