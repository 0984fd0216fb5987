"""Each migration alone, with a row in which every column is filled for every form before it.

An old Lotsen goes on beside a new one until it is restarted: so a step adds, and takes nothing
away (expand). What is not used any more goes in a later step that says so here (contract).
"""

from collections import defaultdict

import pytest
from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, inspect, text

from storage.migrate import current, forms, migrate, undo
from tests.cast import JOINED
from tests.databases import ON_POSTGRESQL
from tests.effort import tries

# What some steps take away that the version before them had stopped using; both are older than
# the first installation.
CONTRACTS = {
    "0002": {
        *(f"guardian.{name} is gone" for name in ("stopped_at", "unreachable_since")),
        "guardian.unreachable_reason is gone",
    },
    "0003": {"booking: child_id, visit unique"},
}
STEPS = tries(5, 1000)  # what has been on somebody's machine is changed by nobody any more
REWRITES = {"0002": {"outbox.lane"}}  # values that a step writes anew, there and back


@pytest.fixture
async def new(bare_database, open_at):
    opened = open_at(bare_database)
    yield opened
    await opened.close()


def look(connection):
    """Every table: its columns, and what must be unique in it or be somewhere else."""
    seen = inspect(connection)
    rules = defaultdict(set)
    if connection.dialect.name == "postgresql":  # the same on SQLite, which takes its time to tell
        for (_, table), found in seen.get_multi_indexes().items():
            rules[table] |= {("unique", *each["column_names"]) for each in found if each["unique"]}
        for (_, table), found in seen.get_multi_foreign_keys().items():
            rules[table] |= {("elsewhere", *each["constrained_columns"]) for each in found}
    columns = {table: found for (_, table), found in seen.get_multi_columns().items()}
    columns.pop("alembic_version", None)
    return {
        table: ({column["name"]: column for column in found}, rules[table])
        for table, found in columns.items()
    }


def breaks(before, after):
    """What a Lotsen that knows the form before could trip over."""
    gone = {f"{table} is gone" for table in before if table not in after}
    both = before.keys() & after.keys()
    return gone.union(*(_broken(table, *before[table], *after[table]) for table in both))


def _broken(table, was, rules, columns, new_rules):
    found = {f"{name} is gone" for name in was if name not in columns}
    for name, column in columns.items():
        old = was.get(name)
        if not column["nullable"] and (old["nullable"] if old else column["default"] is None):
            found.add(f"{name} must be filled")
        if old and str(old["type"]) != str(column["type"]):
            found.add(f"{name} is of another type")
    stricter = {(kind, *names) for kind, *names in new_rules - rules if set(names) <= set(was)}
    return {f"{table}.{each}" for each in found} | {
        f"{table}: {', '.join(names)} {kind}" for kind, *names in stricter
    }


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("ALTER TABLE child RENAME COLUMN born TO birth", "child.born is gone"),
        ("DROP TABLE summer", "summer is gone"),
        ("ALTER TABLE child ADD COLUMN shoe INTEGER NOT NULL", "child.shoe must be filled"),
        ("ALTER TABLE child ALTER COLUMN born SET NOT NULL", "child.born must be filled"),
        ("ALTER TABLE child ALTER COLUMN born TYPE text", "child.born is of another type"),
        ("CREATE UNIQUE INDEX one ON guardian (language)", "guardian: language unique"),
        ("ALTER TABLE child ADD COLUMN shoe INTEGER NOT NULL DEFAULT 17", None),
    ],
)
@ON_POSTGRESQL
async def test_a_step_that_takes_something_away_is_found(new_database, open_at, change, found):
    db = open_at(new_database())
    async with db.rebuild() as tx:
        before = await tx.run_sync(look)
        await tx.execute(text(change))
        after = await tx.run_sync(look)
    await db.close()
    assert breaks(before, after) == ({found} if found else set())


def value(column, number: int, on_sqlite: bool):
    """Something for every kind of column; refers to the row of the same number."""
    kind = column["type"]
    if isinstance(kind, DateTime):
        return f"{JOINED:%Y-%m-%d %H:%M:%S}.000000" if on_sqlite else JOINED
    if isinstance(kind, Date):
        return "2026-10-31" if on_sqlite else JOINED.date()
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, LargeBinary):
        return b"sound %d" % number
    if isinstance(kind, Integer):
        return number
    return f"{number}{column['name']}"[: getattr(kind, "length", None)]


async def read(db, tables):
    """Every row of these tables, with every column that there is now."""
    found = {}
    async with db.rebuild() as tx:  # a new connection: others remember how a table looked
        for table in tables:
            rows = (await tx.execute(text(f'SELECT * FROM "{table}"'))).mappings()
            found[table] = [dict(row) for row in rows]
    return found


def changed(before, now):
    """Columns that hold something else, of those that are there still, and tables of other rows."""
    found = set()
    for table, rows in before.items():
        if len(rows) != len(now[table]):
            found.add(table)
            continue
        for key in rows[0].keys() & now[table][0].keys():
            if sorted(repr(row[key]) for row in rows) != sorted(
                repr(row[key]) for row in now[table]
            ):
                found.add(f"{table}.{key}")
    return found


async def fill(db, form, number: int) -> None:
    """A row in every table, every column filled."""
    async with db.rebuild() as tx:
        on_sqlite = tx.dialect.name == "sqlite"
        if not on_sqlite:  # in any order: on SQLite nothing is looked up in `rebuild` either
            await tx.execute(text("SET LOCAL session_replication_role = replica"))
        for table, (columns, _) in form.items():
            row = {key: value(column, number, on_sqlite) for key, column in columns.items()}
            names = ", ".join(f'"{key}"' for key in row)
            marks = ", ".join(f":{key}" for key in row)
            await tx.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({marks})'), row)


async def test_each_step_only_adds_and_every_row_survives_it_up_down_and_up_again(new):
    form, written, on_server = {}, {}, new.dialect.name == "postgresql"
    steps = forms()[-STEPS:]
    for number, name in enumerate(steps, 1):
        await migrate(new, name)
        if form:
            await undo(new, steps[number - 2])
            assert changed(written, await read(new, form)) == set(), name
            await migrate(new, name)
            assert changed(written, await read(new, form)) == REWRITES.get(name, set()), name
        async with new.read() as tx:
            after = await tx.run_sync(look)
        allowed = CONTRACTS.get(name, set()) if form else set()
        assert breaks(form, after) == {each for each in allowed if on_server or ":" not in each}
        form = after
        await fill(new, form, number * 10)
        written = await read(new, form)
    assert all(written.values())
    await undo(new, "base")
    async with new.read() as tx:
        assert await tx.run_sync(look) == {}
    assert await current(new) is None
