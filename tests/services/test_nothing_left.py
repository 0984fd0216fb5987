"""Whoever is erased is in no byte of the database: every table, also those that are still to come.

Rows are made from the tables' own description (`tests/storage/filling.py`). What a test of a table
that was added shows: refer to the family or the parent with ON DELETE CASCADE, or erase it in
`storage/erasing.py`.
"""

import subprocess
from datetime import timedelta

import pytest
from sqlalchemy import BigInteger

from services import forgetting, housekeeping, keeping
from services.access import reader_of
from services.clearing import Clearer
from services.forgetting import Kept
from storage import erasing, held, resealing
from storage.tables import metadata
from tests.cast import JOINED, RULES, local, many_families, move_in
from tests.databases import ON_SQLITE
from tests.rows import rows
from tests.storage.filling import (
    ABOUT_ELSE,
    CHAT,
    CHATS,
    NUMBERS,
    OTHER,
    OTHER_CHAT,
    belongs,
    fill,
    traces,
)

PARENT = NUMBERS["guardian"]
FAMILY = (NUMBERS["family"], NUMBERS["child"], PARENT, CHAT)
LONG_AFTER = local("2030-06-01T12:00")


@pytest.fixture
def everything(db, database_kind, tmp_path):
    """Every byte that is kept: of SQLite's files, or of all that PostgreSQL gives out."""

    def found() -> bytes:
        if database_kind == "sqlite":
            return b"".join(each.read_bytes() for each in tmp_path.glob("lotsen.sqlite3*"))
        dump = subprocess.run(["pg_dump", "--dbname", db.address], capture_output=True, check=True)
        return dump.stdout

    return found


def left(everything: bytes, *numbers: int) -> set[bytes]:
    return {each for each in traces(*numbers) if each in everything}


async def tidied(db, post, languages, now=JOINED) -> None:
    """The hour after it: phones are cleared, and what nobody needs is gone."""
    await Clearer(db, post.push, languages, lambda: now + timedelta(hours=1)).clear()
    # The highest number that was ever given out is kept, so that none is given out again.
    await move_in(db, born=now.date(), joined=now)
    await housekeeping.purge(db, now + timedelta(hours=1), RULES)


async def forget(db, chat: int) -> Kept:
    async with db.write() as tx:
        who = await reader_of(tx, chat)
        return await forgetting.forget(tx, who, False, JOINED, RULES, "so")


async def test_of_who_asks_to_be_forgotten_no_byte_is_left(db, post, languages, everything):
    async with db.write() as tx:
        filled = await fill(tx, PARENT, CHAT)
    assert {"thread", "inbox", "conversation", "said", "signup"} <= filled
    assert len(left(everything(), *FAMILY)) >= len(FAMILY)
    assert await forget(db, CHAT) is Kept.NOTHING
    await tidied(db, post, languages)
    assert left(everything(), *FAMILY) == set()


async def test_whose_time_is_over_goes_by_itself_and_no_byte_is_left(
    db, post, languages, everything
):
    async with db.write() as tx:
        await fill(tx, PARENT, CHAT)
    assert await keeping.erase_due(db, LONG_AFTER, RULES) == 1
    await tidied(db, post, languages, LONG_AFTER)
    assert left(everything(), *FAMILY) == set()
    assert "erased" in [each.what for each in await rows(db, "tally")]


async def test_of_one_of_two_parents_no_byte_is_left_and_the_other_keeps_all(
    db, post, languages, everything
):
    async with db.write() as tx:
        await fill(tx, PARENT, CHAT)
        await fill(tx, OTHER, OTHER_CHAT)
    others = {table: len(await theirs(db, table)) for table in metadata.tables}
    assert await forget(db, CHAT) is Kept.FOR_THE_OTHER
    await tidied(db, post, languages)
    assert left(everything(), PARENT, CHAT) == set()
    after = {table: len(await theirs(db, table)) for table in metadata.tables}
    gone = {table for table, many in others.items() if after[table] < many}
    assert gone <= FINISHED, gone


FINISHED = {"inbox", "said", "thread", "event", "conversation", "clearing"}  # by their own time


async def theirs(db, table: str) -> list:
    return [row for row in await rows(db, table) if {OTHER, OTHER_CHAT} & set(row)]


@ON_SQLITE
async def test_after_an_erasure_the_file_is_written_anew_once(db, tmp_path):
    """What SQLite has copied from page to page is overwritten by nobody (seen: 3 of 3,000)."""
    homes = await many_families(db, 200)
    async with db.write() as tx:
        for home in homes:
            await erasing.whole_family(tx, home.family_id)
    async with db.read() as tx:
        assert (await tx.exec_driver_sql("PRAGMA freelist_count")).scalar() > 0
    before = (tmp_path / "lotsen.sqlite3").stat().st_size
    await housekeeping.purge(db, JOINED, RULES)
    async with db.read() as tx:
        assert (await tx.exec_driver_sql("PRAGMA freelist_count")).scalar() == 0
    assert (tmp_path / "lotsen.sqlite3").stat().st_size < before
    assert await rows(db, "memory", name="erased") == []


# By the description of the tables alone ---------------------------------------------------------


def test_every_table_goes_with_its_family_or_chat_or_is_excused():
    tables = {table.name: table for table in metadata.sorted_tables}
    bound = {name for name, table in tables.items() if belongs(table)}
    excused = {name for name in held.LEFT_OUT if name in tables} | {"area", "staff"}
    assert set(tables) - bound - CHATS - excused == set()
    assert not excused & CHATS
    for name in sorted(bound):
        for key in tables[name].foreign_keys:
            if belongs(key.column.table):
                assert key.ondelete in {"CASCADE", "SET NULL"}, f"{name}: {key.parent.name}"


def test_numbers_that_refer_to_a_parent_without_saying_so_are_known():
    """A parent may go while the family stays: such a number would stay with it."""
    loose = {
        resealing.name_of(column)
        for table in metadata.sorted_tables
        if belongs(table)
        for column in table.columns
        if isinstance(column.type, BigInteger)
        and not (column.foreign_keys or column.primary_key or column.name.endswith("chat_id"))
    }
    whose_parent = {resealing.name_of(column) for column in erasing.NAMED} | BY_HAND
    staffs = {name for name in held.LEFT_OUT if held.LEFT_OUT[name] == held._STAFFS}
    assert loose - whose_parent - staffs - ABOUT_ELSE == set()


BY_HAND = {"guardian.asked_by", "invite.made_by"}  # erasing.parent: rows go, or the number does
