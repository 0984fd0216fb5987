"""The migrations make what `tables.py` says, and can be undone with rows in every table."""

import asyncio
import re
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Boolean, Date, Integer, LargeBinary, func, select
from sqlalchemy.exc import OperationalError

import storage.migrate
from storage import areas
from storage.columns import Instant
from storage.migrate import FIRST_AREAS, current, migrate, undo
from storage.tables import metadata
from tests.cast import JOINED

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type='index'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


_NEW_SINCE = ("note", "research_export", "look", "list_look", "unusual_look", "guess")


@pytest.fixture
async def new(bare_database, open_at):
    opened = open_at(bare_database)
    yield opened
    await opened.close()


def _value(column, number: int):
    if isinstance(column.type, Instant):
        return JOINED
    if isinstance(column.type, Date):
        return date(2026, 10, 31)
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, LargeBinary):
        return b"sound"
    if column.foreign_keys or isinstance(column.type, Integer):
        return number
    return f"{column.name}{number}"[: getattr(column.type, "length", None)]


async def _fill(db) -> None:
    """Two rows in every table, all columns filled, all references tied."""
    async with db.write() as tx:
        for table in metadata.sorted_tables:
            # The areas of a new database are there already.
            taken = (await tx.execute(select(func.count()).select_from(table))).scalar()
            for number in () if taken else (1, 2):
                await tx.execute(
                    table.insert().values(
                        {column.name: _value(column, number) for column in table.columns}
                    )
                )


async def _counts(db) -> dict[str, int]:
    async with db.read() as tx:
        return {
            table.name: (await tx.execute(select(func.count()).select_from(table))).scalar()
            for table in metadata.sorted_tables
        }


async def test_the_migrated_database_is_what_the_tables_say(new):
    await migrate(new)
    async with new.read() as tx:
        found = await tx.run_sync(
            lambda c: compare_metadata(
                MigrationContext.configure(c, opts={"compare_type": True}), metadata
            )
        )
    assert found == []


async def test_indexes_and_their_conditions_are_what_the_tables_say(new):
    await migrate(new)
    async with new.read() as tx:
        made = (await tx.exec_driver_sql(INDEXES[new.dialect.name])).all()
    wanted = {index.name for table in metadata.sorted_tables for index in table.indexes}
    found = {name: sql for name, sql in made if sql and name.startswith("ix_")}
    assert set(found) == wanted
    conditions = {
        name: re.findall("'(.*?)'", sql.partition("WHERE")[2]) for name, sql in found.items()
    }
    assert {name: values for name, values in conditions.items() if values} == {
        "ix_outbox_next": ["waiting"],
        "ix_outbox_sending": ["sending"],
        "ix_inbox_open": ["new", "done"],
        "ix_booking_standing": ["booked", "visit"],
        "ix_edition_published": ["published"],
        "ix_edition_open": ["draft", "review"],
        "ix_signup_standing": ["in", "waiting", "offered"],
        "ix_recording_stands": ["stands"],
        "ix_recording_open": ["stands"],
    }


async def test_figures_of_before_are_marked_once_for_a_family_and_nothing_is_lost(new):
    await migrate(new)
    await _fill(new)
    before = await _counts(new)
    await undo(new, "0008")
    async with new.write() as tx:
        await tx.exec_driver_sql("UPDATE visit_outcome SET ticks = 'birthing,other_parent'")
        await tx.exec_driver_sql("UPDATE booking SET family_id = 1")
    await migrate(new)
    later = dict.fromkeys(_NEW_SINCE, 0)  # tables that were made afterwards
    assert await _counts(new) == before | later
    async with new.read() as tx:
        query = "SELECT marks FROM visit_outcome ORDER BY booking_id"
        marks = list((await tx.exec_driver_sql(query)).scalars())
    assert marks == ["other_parent_family", ""]


async def test_a_new_database_has_the_first_areas_once_and_keeps_what_staff_made_of_them(new):
    await migrate(new)
    async with new.write() as tx:
        assert await areas.names(tx) == sorted(FIRST_AREAS)
        await tx.exec_driver_sql("DELETE FROM area WHERE name <> 'Hjällbo'")
    await migrate(new)
    async with new.read() as tx:
        assert await areas.names(tx) == ["Hjällbo"]


async def test_two_commands_that_migrate_at_once_make_one_database(new, bare_database, open_at):
    other = open_at(bare_database)
    await asyncio.gather(migrate(new), migrate(other))
    async with other.read() as tx:
        assert len(await areas.names(tx)) == len(FIRST_AREAS)
    await other.close()


async def test_migrating_twice_changes_nothing(new):
    await migrate(new)
    await _fill(new)
    before = await _counts(new)
    assert min(before.values()) >= 2
    await migrate(new)
    assert await _counts(new) == before


async def test_an_empty_database_has_no_form_yet(new):
    assert await current(new) is None


async def test_erasing_a_family_takes_all_that_is_its_own_and_leaves_the_figures(new):
    await migrate(new)
    await _fill(new)
    async with new.write() as tx:
        await tx.exec_driver_sql("DELETE FROM family")
    left = {name for name, count in (await _counts(new)).items() if count}
    kept = {"area", "summer", "staff", "tally", "memory", "inbox", "conversation", "said"}
    kept |= {"staff_area", "hours", "busy", "poster", "clearing"}
    kept |= {"place", "place_area", "edition", "recording"}
    kept |= {"activity", "activity_area", "occasion", "seats", "wording", "notice", "notice_area"}
    kept |= {"note", "research_export", "list_look", "unusual_look", "guess"}
    assert left == kept


async def test_a_migration_that_loses_a_deadlock_begins_anew(new, monkeypatch):
    """Beside processes at work PostgreSQL ends one of two that wait for each other."""
    upgrade, lost = storage.migrate.command.upgrade, []

    def loses_once(config, to):
        if not lost:
            lost.append(OperationalError("ALTER TABLE", {}, _Deadlock()))
            raise lost[0]
        upgrade(config, to)

    monkeypatch.setattr(storage.migrate.command, "upgrade", loses_once)
    await migrate(new)
    assert lost and await current(new) == storage.migrate.newest()


class _Deadlock(Exception):
    sqlstate = "40P01"


def test_the_newest_form_is_the_head_of_all_migrations():
    assert storage.migrate.newest() == storage.migrate.forms()[-1]
