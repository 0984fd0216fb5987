"""Random and mutated updates: a few at every change, many with `make faults` (docs/security.md)."""

import asyncio
import os

import pytest
from sqlalchemy import text

from storage import inbox
from storage.inbox import Arrived
from tests import postgres
from tests.databases import KINDS
from tests.effort import tries
from tests.fuzz.alive import alive
from tests.fuzz.at_once import at_once
from tests.fuzz.grounds import Files, Served
from tests.fuzz.running import Episode, settled
from tests.fuzz.town import NOW, label_of, name_of, words_of
from tests.fuzz.watching import Watch

UPDATES = tries(200, 1000)
EPISODES = tries(1, 20)
AGAIN = tries(30, 400)


@pytest.fixture(scope="module", params=tries(["sqlite"], list(KINDS)))
def settled_town(request, open_at, tmp_path_factory):
    """The town as everybody has just moved in; on PostgreSQL too when there is a night for it."""
    if request.param == "sqlite":
        newest = request.getfixturevalue("empty_database")
        ground = Files(tmp_path_factory.mktemp("town"), newest)
    else:
        ground = Served(request.getfixturevalue("server"), postgres.TEMPLATE)

    async def settle():
        db = open_at(ground.first())
        town = await settled(db)
        await db.close()
        return town

    with at_once():
        return ground, asyncio.run(settle())


@pytest.fixture
async def town(settled_town, open_at):
    ground, who = settled_town
    with at_once(), ground.another() as address:
        db = open_at(address)
        yield db, who
        await db.close()


@pytest.mark.slow
@pytest.mark.parametrize("number", range(EPISODES))
async def test_whatever_comes_in_fails_nowhere_leaks_nothing_and_changes_nobody_else(
    town, languages, tmp_path, number
):
    db, who = town
    seed = f"{os.environ.get('LOTSEN_FUZZ_SEED', 'ci')}.{number}"
    found = await Episode(db, languages, tmp_path, who, seed).run(UPDATES)

    assert found.faults == []
    assert found.counts["handled"] > UPDATES // 2
    assert found.counts["unreadable"] > 0


async def test_the_watch_sees_what_is_told_of_others(town):
    db, who = town
    watch = Watch(db, who)
    mine, other, anna, far = 700_001, 700_011, 800_001, 800_101
    told = [
        (mine, f"{words_of(mine)} {name_of(mine)} {label_of(1)}"),
        (anna, f"{label_of(1)} {words_of(mine)}"),
        (mine, label_of(2)),
        (mine, words_of(other)),
        (other, words_of(other + 1)),  # the other parent's own words
        (far, label_of(1)),
        (anna, words_of(other)),
    ]
    for each in told:
        await watch.begin()
        await watch.end({each[0]}, [each])
        assert bool(watch.faults) == (each in told[2:]), each
        watch.faults.clear()
    await watch.begin()
    await watch.end({mine}, [(other, "hello")])
    assert [each[:14] for each in watch.faults] == ["said to 700011"]


PARENT, OPERATOR = 700_001, 800_105  # of the first family; administrator of the other area
RETOLD = "UPDATE event SET what = what WHERE family_id = :family"
WRITTEN = "UPDATE family SET eligible = true WHERE id = :family"


async def test_the_watch_sees_whose_rows_an_update_changed(town):
    db, who = town
    watch = Watch(db, who)
    acts = [
        (PARENT, WRITTEN, 1),
        (PARENT, WRITTEN, 2),
        (OPERATOR, RETOLD, 1),
        (OPERATOR, WRITTEN, 1),
    ]
    for number, (chat, act, family) in enumerate(acts, 1):
        await watch.begin()
        async with db.write() as tx:
            await inbox.keep(tx, 1, [Arrived(number, chat, "{}")], NOW)
            assert (await tx.execute(text(act), {"family": family})).rowcount
            row = (await tx.execute(text("SELECT max(id) FROM inbox"))).scalar()
            await inbox.done(tx, row, None, NOW)
        await watch.end({chat}, [])
        assert bool(watch.faults) == (number in {2, 4}), (chat, act)
        watch.faults.clear()


async def test_what_is_done_once_more_leaves_nothing_more_in_memory(
    settled_town, open_at, languages, tmp_path
):
    ground, who = settled_town

    async def once() -> None:
        with at_once(), ground.another() as address:
            db = open_at(address)
            await Episode(db, languages, tmp_path, who, "again").run(AGAIN)
            await db.close()

    await once()  # what is read and written once is there after it
    await once()
    before = alive()
    await once()
    assert alive() - before == {}
