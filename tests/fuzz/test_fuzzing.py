"""Random and mutated updates: a few at every change, many with `make faults` (docs/security.md)."""

import asyncio
import os
import shutil

import pytest
from sqlalchemy import text

from storage import families, inbox
from storage.inbox import Arrived
from tests.effort import tries
from tests.fuzz.at_once import at_once
from tests.fuzz.running import Episode, settled
from tests.fuzz.town import NOW, label_of, name_of, words_of
from tests.fuzz.watching import Watch

UPDATES = tries(200, 1000)
EPISODES = tries(1, 20)


@pytest.fixture(scope="module")
def newest(empty_database, open_at, tmp_path_factory):
    """The town as everybody has just moved in."""
    file = tmp_path_factory.mktemp("town") / "town.sqlite3"
    shutil.copy(empty_database, file)

    async def settle():
        db = open_at(f"sqlite:///{file}")
        town = await settled(db)
        await db.close()
        return town

    with at_once():
        return file, asyncio.run(settle())


@pytest.fixture
async def town(newest, open_at, tmp_path):
    file, who = newest
    with at_once():
        db = open_at(f"sqlite:///{shutil.copy(file, tmp_path)}")
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


async def test_the_watch_sees_whose_rows_an_update_changed(town):
    db, who = town
    watch = Watch(db, who)
    for family, faults in ((1, 0), (2, 1)):
        await watch.begin()
        async with db.write() as tx:
            await inbox.keep(tx, 1, [Arrived(family, 700_001, "{}")], NOW)
            await families.set_family(tx, family, eligible=True)
            number = (await tx.execute(text("SELECT max(id) FROM inbox"))).scalar()
            await inbox.done(tx, number, None, NOW)
        await watch.end({700_001}, [])
        assert len(watch.faults) == faults
