"""Everybody before every door: what the table does not allow is refused, and leaves no trace.

A new button, command, state or verb needs a row in `permissions.toml`, and then `make permissions`;
a new field of a button an example in `examples.py`; a new role, or a new thing that belongs to
somebody, its place in `world.py` and `cells.py`. A table that may be written to when somebody is
refused (such as a look that was tried) goes to `OWN_TALK` in `press.py`.
"""

import random
from collections import Counter, defaultdict

import pytest

from tests.door import cells, page, table, ways
from tests.door.cells import every, some
from tests.door.press import Came
from tests.effort import THOROUGH, tries

# They need a group, a file, or an hour that the town does not have; each has a test of its own.
ELSEWHERE = {"groups.spoken_to", "groups.overheard"}
SEED = random.SystemRandom().randrange(10**6) if THOROUGH else 4


def what(cell, came: Came) -> str:
    """One cell and what came of it, for whoever reads a failure."""
    return f"{cell} -> {came.by} {came.why} wrote {sorted(came.wrote)}: {came.said[:300]!r}"


async def tried(door, many):
    """Each of these cells with what came of it."""
    for each in many:
        try:
            yield each, await each.try_at(door)
        except Exception as error:
            raise AssertionError(f"{each} met a fault") from error


def fault(world, cell, came: Came) -> str | None:
    """What is wrong with what came of it, or None."""
    may, sort = table.allows(cell), table.sort_of(cell)
    if not may and not came.refused:
        return "answered"
    if came.wrote and not (may and sort.writes):
        return "wrote"
    read = [
        word for word, who in world.secrets.items() if word in came.said and cell.who not in who
    ]
    return f"told {read}" if read else None


@pytest.mark.slow
async def test_whoever_is_not_allowed_is_refused_told_nothing_and_changes_nothing(door, capsys):
    world, counted, wrong, reached = door.world, Counter(), [], set()
    whole = every(world)
    many = some(whole, tries(1000, len(whole)), SEED)
    async for cell, came in tried(door, many):
        counted["allowed" if table.allows(cell) else "refused"] += 1
        reached.add(came.by)
        if found := fault(world, cell, came):
            wrong.append(f"{found}: {what(cell, came)}")
    with capsys.disabled():
        print(f"\n{len(many)} of {len(whole)} cells, seed {SEED}: {dict(counted)}")  # noqa: T201 - to try it again
    assert wrong == []
    if THOROUGH:  # reaching every handler takes the whole table
        assert {each.name for each in ways.handlers()} - reached == ELSEWHERE


async def test_every_row_opens_for_somebody_whom_it_lets_in(door):
    waiting = defaultdict(list)
    for cell in every(door.world):
        if table.allows(cell) and table.row_of(cell) not in table.elsewhere():
            waiting[table.row_of(cell)].append(cell)
    closed = []
    for row, many in waiting.items():
        if not await opens(door, some(many, 60, 1)):
            closed.append(row)
    assert closed == []


async def opens(door, many) -> bool:
    """Whether one of these cells is answered by who should answer it."""
    async for _cell, came in tried(door, many):
        if not came.refused:
            return True
    return False


async def test_every_way_in_has_a_row_and_every_row_is_a_way_in(door):
    used = {table.row_of(each) for each in every(door.world)}
    assert used == set(table.rows())
    assert set(table.elsewhere()) <= used


def test_every_verb_of_the_command_line_has_a_row():
    assert set(table.verbs()) == set(ways.verbs())


def test_the_page_for_data_protection_officers_is_as_the_table_says(town):
    assert page.FILE.read_text(encoding="utf-8") == page.written(town[1]), "run make permissions"


def test_everybody_of_the_table_stands_before_the_door():
    assert {table.role_of(each) for each in cells.EVERYBODY} == table.roles()
