"""An act and the planner at the same time: whoever commits last, no letter is lost."""

import asyncio
from datetime import timedelta

from services import planning
from services.booking import book
from services.enrolment import new_link
from services.joining import join
from services.planning import plan
from storage import families
from storage.database import Database
from tests.cast import AMINA_CHAT, BORN, JOINED, RULES, local, move_in
from tests.rows import rows

NOW = JOINED + timedelta(hours=5)
SECOND = timedelta(seconds=1)
VISIT = local("2026-11-20T10:00")
LONG = 0.3  # longer than a planner takes that waits for nobody


class SlowAct:
    """An act that has done everything and not committed, while the planner begins."""

    def __init__(self, db: Database, what) -> None:
        self._db, self._what = db, what

    async def beside_the_planner(self, now) -> bool:
        """Whether the planner had finished before the act was committed."""
        done, go_on = asyncio.Event(), asyncio.Event()

        async def act() -> None:
            async with self._db.write() as tx:
                await self._what(tx)
                done.set()
                await go_on.wait()

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(act())
            await done.wait()
            planner = tasks.create_task(plan(self._db, now, RULES))
            finished, _ = await asyncio.wait({planner}, timeout=LONG)
            go_on.set()
        return bool(finished)


async def _keys(db: Database) -> set[str]:
    return {row.key for row in await rows(db, "item")}


async def test_what_is_booked_while_the_planner_passes_is_told(db):
    home = await move_in(db)
    await plan(db, JOINED, RULES)

    async def books(tx):
        await book(tx, home.family_id, 1, VISIT, ["Anna"], NOW - SECOND, RULES)

    planner_was_first = await SlowAct(db, books).beside_the_planner(NOW)
    await plan(db, NOW + timedelta(hours=2), RULES)
    assert "visit:1:0:booked:1" in await _keys(db)
    assert not planner_was_first


async def test_what_is_booked_after_the_planners_note_is_told_by_the_act_itself(db, monkeypatch):
    home = await move_in(db)
    await plan(db, JOINED, RULES)
    real, looked = planning._find, 0

    async def find_and_then(tx, *args):
        nonlocal looked
        found = await real(tx, *args)
        looked += 1
        if looked == 1:
            async with db.write() as other:
                await book(other, home.family_id, 1, VISIT, ["Anna"], NOW - SECOND, RULES)
        return found

    monkeypatch.setattr(planning, "_find", find_and_then)
    await plan(db, NOW, RULES)
    assert "visit:1:0:booked:1" in await _keys(db)


async def test_the_very_first_parent_who_joins_while_the_planner_begins_gets_the_first_tip(db):
    async with db.write() as tx:
        family = await families.register(tx, 1, None, JOINED)
        await families.add_child(tx, family, BORN, None)
        code = await new_link(tx, family, JOINED)

    async def joins(tx):
        await join(tx, code, AMINA_CHAT, "so", JOINED, RULES)

    tip_day = local("2026-11-04T10:00")
    planner_was_first = await SlowAct(db, joins).beside_the_planner(tip_day)
    await plan(db, tip_day + timedelta(hours=2), RULES)
    assert await _keys(db) == {"tip:1:gift_book:1"}
    assert not planner_was_first
