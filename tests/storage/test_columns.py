"""Sealed text cannot be read from the file; instants keep their zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import delete, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from storage import areas, conversations, families, inbox
from storage.columns import Instant, SealBroken
from storage.database import open_database
from storage.tables import conversation, family
from storage.tables import inbox as inbox_table
from tests.cast import JOINED, local
from tests.databases import ON_POSTGRESQL, ON_SQLITE

SECRET = "röda dörren بنت xyzzy"
PLACE = (1, 2, 3)


def _bytes(folder) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())


def _leaks(folder) -> bool:
    return _betrays(_bytes(folder))


def _betrays(raw: bytes) -> bool:
    return any(
        part.encode(code) in raw for part in ("xyzzy", "röda") for code in ("utf-8", "utf-16")
    )


async def _plant(db) -> None:
    async with db.write() as tx:
        await families.register(tx, await areas.find(tx, "Hjällbo"), SECRET, JOINED)
        await inbox.keep(tx, 7, [inbox.Arrived(1, 2, SECRET), inbox.Arrived(2, 2, SECRET)], JOINED)
        await inbox.done(tx, 1, SECRET, JOINED)
        await conversations.write(tx, PLACE, "asking", {"said": SECRET}, JOINED)


@ON_SQLITE
async def test_sealed_text_is_in_no_byte_of_the_database_or_its_log(db, tmp_path):
    await _plant(db)
    assert (tmp_path / "lotsen.sqlite3-wal").stat().st_size > 0
    assert not _leaks(tmp_path)


async def test_sealed_text_comes_back_as_it_was_written(db):
    await _plant(db)
    async with db.read() as tx:
        assert (await tx.execute(select(family.c.label))).scalar() == SECRET
        assert [row.raw for row in await inbox.unfinished(tx, 7)] == [None, SECRET]
        assert (await inbox.unfinished(tx, 7))[0].answer == SECRET
        assert await conversations.read(tx, PLACE) == ("asking", {"said": SECRET})


@ON_SQLITE
async def test_the_search_for_leaks_finds_what_is_not_sealed(db, tmp_path):
    async with db.write() as tx:
        await areas.add(tx, "xyzzy")
    assert _leaks(tmp_path)


@ON_POSTGRESQL
async def test_sealed_text_is_in_no_byte_of_the_server(db, server):
    await _plant(db)
    assert not _betrays(server.files())
    async with db.write() as tx:
        await areas.add(tx, "xyzzy")
    assert _betrays(server.files())  # the search finds what is not sealed


@ON_SQLITE
async def test_sealed_text_is_in_no_byte_after_it_was_deleted(db, tmp_path):
    await _plant(db)
    async with db.write() as tx:
        for table in (family, inbox_table, conversation):
            await tx.execute(delete(table))
    assert not _leaks(tmp_path)


@ON_SQLITE
async def test_even_the_sealed_bytes_are_overwritten_when_a_row_is_deleted(db, tmp_path):
    await _plant(db)
    async with db.read() as tx:
        sealed = (await tx.exec_driver_sql("SELECT label FROM family")).scalar().encode()
    assert sealed in _bytes(tmp_path)
    async with db.write() as tx:
        await tx.execute(delete(family))
    await db.close()  # the last connection folds the log into the file
    assert sealed not in _bytes(tmp_path)


async def test_the_same_text_is_never_sealed_the_same_way_twice(db):
    async with db.write() as tx:
        area = await areas.find(tx, "Hjällbo")
        for _ in range(2):
            await families.register(tx, area, SECRET, JOINED)
        first, second = (await tx.exec_driver_sql("SELECT label FROM family")).scalars()
    assert first != second


async def test_a_wrong_key_opens_nothing_and_says_so(new_database, open_at):
    url = new_database()
    owner = open_at(url)
    await _plant(owner)
    await owner.close()
    thief = open_database(url, [Fernet.generate_key().decode()])
    async with thief.read() as tx:
        with pytest.raises(SealBroken, match="SECRET_KEY"):
            (await tx.execute(select(family.c.label))).scalar()
    await thief.close()


async def test_an_old_key_still_opens_and_the_new_one_seals(new_database):
    url = new_database()
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    before = open_database(url, [old])
    await _plant(before)
    await before.close()
    both = open_database(url, [new, old])
    async with both.write() as tx:
        assert (await tx.execute(select(family.c.label))).scalar() == SECRET
        await families.register(tx, await areas.find(tx, "Hjällbo"), SECRET, JOINED)
    await both.close()
    after = open_database(url, [new])
    async with after.read() as tx:
        newest = select(family.c.label).order_by(family.c.id.desc()).limit(1)
        assert (await tx.execute(newest)).scalar() == SECRET
        with pytest.raises(SealBroken):
            (await tx.execute(select(family.c.label))).scalars().all()
    await after.close()


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="zone"):
        Instant().process_bind_param(datetime.fromisoformat("2026-11-22T09:00"), sqlite.dialect())


async def test_a_naive_instant_does_not_get_into_the_database(db):
    naive = datetime.fromisoformat("2026-11-22T09:00")
    async with db.write() as tx:
        with pytest.raises(StatementError, match="zone"):
            await families.register(tx, 1, None, naive)


@pytest.mark.parametrize(
    "at",
    [
        local("2026-10-25T02:30") - timedelta(hours=1),  # the same wall time twice
        local("2026-10-25T02:30"),
        datetime(2026, 7, 1, 12, 0, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
async def test_an_instant_comes_back_as_the_same_moment_in_utc(db, at):
    async with db.write() as tx:
        await families.register(tx, 1, None, at)
    async with db.read() as tx:
        found = (await tx.execute(select(family.c.registered_at))).scalar()
    assert found == at
    assert found.utcoffset() == timedelta(0)


async def test_instants_are_compared_in_the_database_as_they_are_in_time(db):
    moments = [local("2026-10-25T02:30") + timedelta(minutes=n) for n in (-61, -60, 0, 1)]
    moments += [moments[-1] + timedelta(microseconds=1)]
    async with db.write() as tx:
        for at in reversed(moments):
            await families.register(tx, 1, None, at)
        rows = select(family.c.registered_at).order_by(family.c.registered_at)
        assert list((await tx.execute(rows)).scalars()) == moments
        later = select(family.c.id).where(family.c.registered_at > moments[3])
        assert len((await tx.execute(later)).all()) == 1
