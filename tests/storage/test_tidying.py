"""What is looked for at every start and every hour is found by an index, and nobody is missed."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage import consents, erasing, families
from storage.tables import child, family, guardian
from tests.cast import BORN, JOINED, book_visit, local, many_families, move_in
from tests.databases import ON_SQLITE
from tests.storage.explaining import explained

DAY = timedelta(days=1)
VISIT = local("2026-11-20T10:00")


@ON_SQLITE  # PostgreSQL decides by what is in the tables: docs/decisions/0047
@pytest.mark.parametrize(
    ("act", "index"),
    [
        (lambda tx: consents.outdated(tx, 2), "ix_consent_version"),
        (lambda tx: erasing.grown(tx, BORN - 400 * DAY, VISIT), "ix_child_born"),
    ],
    ids=["outdated", "grown"],
)
async def test_no_table_is_read_whole(db, act, index):
    await many_families(db, 30)
    [plan] = await explained(db, act)
    assert index in plan
    assert "SCAN " not in plan  # an index read from end to end is the whole table as well


async def test_whoever_said_yes_to_older_words_only_is_asked(db):
    homes = [await move_in(db, chats=(4000 + n, None)) for n in range(4)]
    parents = [home.amina for home in homes]
    yeses = [(1,), (1, 2), (2,), (1, 1)]
    async with db.write() as tx:
        for parent, versions in zip(parents, yeses, strict=True):
            for version in versions:
                await consents.note(tx, parent, version, "sv", JOINED)
        assert await consents.outdated(tx, 2) == [parents[0], parents[3]]
        await consents.ask(tx, parents[:1], JOINED)
        assert await consents.outdated(tx, 2) == [parents[3]]
        stopped = update(guardian).where(guardian.c.id == parents[3])
        await tx.execute(stopped.values(active_since=None))
        assert await consents.outdated(tx, 2) == []


OLD, YOUNG = BORN - 10 * DAY, BORN + 10 * DAY
NONE = (None, None, False)
CHILDREN = [  # born, due, whether nothing is said of it
    NONE,
    (OLD, None, False),
    (YOUNG, None, False),
    (None, OLD, False),
    (None, YOUNG, False),
    (YOUNG, OLD, False),  # late: the day it was born counts
    (OLD, YOUNG, False),
    (YOUNG, None, True),
    (OLD, None, True),
]


def over(some) -> bool:
    """The rule read plainly: every child of whom something is said, or else every child."""
    known = [each for each in some if each[0] or each[1]]
    told = [each for each in known if not each[2]] or known
    return bool(told) and all((born or due) <= BORN for born, due, _ in told)


async def test_families_whose_every_child_is_grown_are_found_and_no_others(db):
    pairs = [(one, other) for one in CHILDREN for other in CHILDREN]
    homes = await many_families(db, len(pairs))
    async with db.write() as tx:
        for home, some in zip(homes, pairs, strict=True):
            await families.add_child(tx, home.family_id, BORN, None)
            rows = await tx.execute(select(child.c.id).where(child.c.family_id == home.family_id))
            for number, (born, due, silent) in zip(rows.scalars().all(), some, strict=True):
                facts = {"born": born, "due": due, "silent": silent}
                await tx.execute(update(child).where(child.c.id == number).values(facts))
        found = await erasing.grown(tx, BORN, VISIT)
    wanted = [home.family_id for home, some in zip(homes, pairs, strict=True) if over(some)]
    assert found == wanted


@pytest.mark.parametrize("split", [False, True])
async def test_a_later_visit_puts_it_off_unless_there_are_two_homes(db, split):
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, JOINED)
    async with db.write() as tx:
        if split:
            ours = update(family).where(family.c.id == home.family_id)
            await tx.execute(ours.values(split_at=JOINED))
        assert len(await erasing.grown(tx, BORN, VISIT)) == 1
        assert len(await erasing.grown(tx, BORN, VISIT - DAY)) == split
