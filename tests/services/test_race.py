"""Fifty families press for the same time at once: one has it, all others are offered others (D5).

On PostgreSQL from two programs at once, also from two processes. The negative control drops the
primary key of `quarter` in its own database: then the same race has many winners, so it is the key
that decides.
"""

import asyncio
from datetime import date

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from services.access import reader_of
from services.looking import Outcome, look
from tests.cast import RULES, many_families
from tests.databases import ON_POSTGRESQL
from tests.end_to_end.processes import FORKS
from tests.engines import open_patiently
from tests.rows import rows
from tests.services import racers
from tests.services.racers import AT_ONCE, NOW, press
from tests.working_hours import team

BORN = date(2026, 9, 1)  # visit 2: until 15 December
FAMILIES = 50
FEWER = 16  # where it need not be fifty to see it


@pytest.fixture
async def both(new_database, open_at, database_kind):
    """Two programs at one database; SQLite has one."""
    url = new_database()
    opened = [open_at(url) for _ in range(2 if database_kind == "postgresql" else 1)]
    yield opened
    for each in opened:
        await each.close()


async def shown(db, count=FAMILIES):
    """Each family has looked for a time; the same first one is on every phone."""
    await team(db)
    await many_families(db, count, born=BORN)
    slots = []
    for n in range(count):
        async with db.write() as tx:
            reader = await reader_of(tx, 5000 + n)
            found = await look(tx, reader, 2, NOW, RULES)
        slots.append(found.others.slots[0])
    assert len({slot.starts_at for slot in slots}) == 1
    return slots


async def everybody_presses(both, slots):
    """All at once, each program as many at a time as it has connections."""
    free = [asyncio.Semaphore(AT_ONCE) for _ in both]

    async def one(n, slot):
        async with free[n % len(both)]:
            return await press(both[n % len(both)], n, slot.id)

    return await asyncio.gather(*(one(n, slot) for n, slot in enumerate(slots)))


def overlaps(quarters):
    """Quarters that one person has twice."""
    taken = [(row.staff_id, row.starts_at) for row in quarters]
    return len(taken) - len(set(taken))


async def test_exactly_one_of_fifty_has_it_and_the_others_are_offered_others(both):
    slots = await shown(both[0])
    met = await everybody_presses(both, slots)
    won = [each for each in met if each.outcome is Outcome.BOOKED]
    lost = [each for each in met if each.outcome is Outcome.GONE]
    assert (len(won), len(lost)) == (1, FAMILIES - 1)
    assert won[0].booking.starts_at == slots[0].starts_at
    offered = [slot.starts_at for each in lost if each.others for slot in each.others.slots]
    assert slots[0].starts_at not in offered
    # Everybody is offered something while there is anything: 30 days of two people's time.
    assert sum(each.others is not None for each in lost) > FAMILIES // 2
    quarters = await rows(both[0], "quarter")
    assert overlaps(quarters) == 0
    assert len({row.booking_id for row in quarters if row.booking_id}) == 1
    assert len(await rows(both[0], "booking")) == 1


async def test_without_the_primary_key_the_same_race_has_many_winners(both, database_kind):
    slots = await shown(both[0], FEWER)
    async with both[0].write() as tx:
        if database_kind == "postgresql":
            await tx.execute(text("ALTER TABLE quarter DROP CONSTRAINT pk_quarter"))
        else:
            await tx.execute(text("CREATE TABLE copy AS SELECT * FROM quarter"))
            await tx.execute(text("DROP TABLE quarter"))
            await tx.execute(text("ALTER TABLE copy RENAME TO quarter"))
    met = await everybody_presses(both, slots)
    assert sum(each.outcome is Outcome.BOOKED for each in met) > 1
    assert overlaps(await rows(both[0], "quarter")) > 0


@pytest.mark.slow
@ON_POSTGRESQL
async def test_two_processes_on_postgresql_give_the_time_to_exactly_one(new_database):
    url, key = new_database(), Fernet.generate_key().decode()
    db = open_patiently(url, [key])
    slots = await shown(db, FEWER)
    presses = [(n, slot.id) for n, slot in enumerate(slots)]
    go, lines = FORKS.Event(), []
    for half in (presses[::2], presses[1::2]):
        ours, theirs = FORKS.Pipe()
        FORKS.Process(target=racers.run, args=(url, key, half, go, theirs), daemon=True).start()
        theirs.close()  # held open here, it would keep us waiting for a process that has failed
        lines.append(ours)
    assert [await asyncio.to_thread(line.recv) for line in lines] == ["ready", "ready"]
    go.set()
    met = [each for line in lines for each in await asyncio.to_thread(line.recv)]
    quarters = await rows(db, "quarter")
    assert (met.count("booked"), met.count("gone")) == (1, FEWER - 1)
    assert overlaps(quarters) == 0
    assert len({row.booking_id for row in quarters if row.booking_id}) == 1
    await db.close()
