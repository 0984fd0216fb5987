"""Ids that stand in keys of promises are never given out twice, on either database."""

import pytest

from programme.news import News
from programme.people import Why
from storage import areas, events, families, rests
from storage.rests import Whose
from tests.cast import AREA, BORN, JOINED, move_in
from tests.rows import rows


async def _event(tx, home):
    await events.note(tx, home.family_id, News.LOSS, JOINED)


async def _rest(tx, home):
    await rests.begin(tx, Whose(family_id=home.family_id), Why.AWAY, JOINED)


async def _child(tx, home):
    await families.add_child(tx, home.family_id, BORN, None)


async def _guardian(tx, home):
    await families.add_guardian(tx, home.family_id, None, "so", JOINED)


async def _family(tx, home):
    await families.register(tx, await areas.find(tx, AREA), None, JOINED)


@pytest.mark.parametrize(
    ("table", "add"),
    [
        ("event", _event),
        ("rest", _rest),
        ("child", _child),
        ("guardian", _guardian),
        ("family", _family),
    ],
)
async def test_an_id_that_was_taken_back_is_not_given_out_again(db, table, add):
    home = await move_in(db)
    seen = set()
    for _ in range(3):
        async with db.write() as tx:
            await add(tx, home)
        last = max(row.id for row in await rows(db, table))
        assert last not in seen
        seen.add(last)
        async with db.write() as tx:
            await tx.exec_driver_sql(f"DELETE FROM {table} WHERE id = {last}")
