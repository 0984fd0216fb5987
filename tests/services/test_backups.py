"""A backup beside writers is one state; what cannot be made or read is a sentence."""

import asyncio
import os
import stat
import time
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from services import backups
from services.installation import NotReady
from storage import memory, migrate, seal
from storage.backup import FORGOTTEN_SECONDS
from storage.tables import metadata
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.rows import rows
from tests.services.restored import (
    KEY,
    NIGHT,
    NOW,
    RULES,
    elsewhere,
    family,
    memory_of,
    opened,
    restored,
)

__all__ = ["elsewhere"]


async def content(db):
    return {name: [tuple(row) for row in await rows(db, name)] for name in metadata.tables}


async def test_what_is_restored_is_what_was_there_row_by_row(new_database, elsewhere, tmp_path):
    file = tmp_path / "a.backup"
    async with opened(url := new_database()) as db:
        await family(db, 4711)
        async with db.write() as tx:  # nothing is due before it
            await memory.remember_instant(tx, memory.WATERMARK, NOW + timedelta(seconds=1))
        await seal.check(db)
        before = await content(db)
        await backups.make(db, url, [KEY], file, NIGHT)
        assert await memory_of(db, memory.BACKED_UP) == NIGHT.isoformat()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"4711" not in file.read_bytes()
    assert [each.name for each in tmp_path.glob("*.part")] == []
    assert (await restored(elsewhere, file)).made_at == NIGHT
    async with opened(elsewhere) as db:
        assert await content(db) == before


async def test_beside_a_writer_it_is_one_state(new_database, elsewhere, tmp_path):
    """What is written together is in it together, or not at all."""
    async with opened(url := new_database()) as db, asyncio.TaskGroup() as tasks:

        async def write():
            for n in range(10_000):
                async with db.write() as tx:
                    await memory.remember(tx, "one", str(n))
                    await memory.remember(tx, "other", str(n))
                await asyncio.sleep(0)

        writing = tasks.create_task(write())
        while await memory_of(db, "other") is None:  # noqa: ASYNC110 - until it has begun
            await asyncio.sleep(0)
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
        during = await memory_of(db, "one")
        writing.cancel()
    await restored(elsewhere, tmp_path / "a.backup")
    async with opened(elsewhere) as db:
        one = await memory_of(db, "one")
        assert one == await memory_of(db, "other")
        assert 0 < int(one) <= int(during)


@ON_SQLITE
async def test_a_copy_that_a_killed_backup_has_left_goes_with_the_next_one(new_database, tmp_path):
    old, young = tmp_path / ".backup-old", tmp_path / ".backup-young"
    for room in (old, young):
        room.mkdir()
        (room / "copy.sqlite3").write_bytes(b"everybody")
    long_ago = time.time() - FORGOTTEN_SECONDS - 60
    os.utime(old, (long_ago, long_ago))
    async with opened(url := new_database()) as db:
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
    assert sorted(each.name for each in tmp_path.glob(".backup-*")) == [young.name]


@ON_SQLITE
async def test_what_cannot_be_used_is_a_sentence_and_changes_nothing(
    new_database, tmp_path, monkeypatch
):
    file = tmp_path / "a.backup"
    async with opened(url := new_database()) as db:
        await backups.make(db, url, [KEY], file, NIGHT)
        with pytest.raises(NotReady, match="Nothing is overwritten"):
            await backups.make(db, url, [KEY], file, NIGHT)
        with pytest.raises(NotReady, match="No such file"):
            await backups.make(db, url, [KEY], tmp_path / "not" / "there", NIGHT)
    whole = file.read_bytes()
    before = (tmp_path / "lotsen.sqlite3").read_bytes()
    for spoiled, words in ((whole[:-1], "cut short"), (b"x" + whole, "no backup")):
        file.write_bytes(spoiled)
        with pytest.raises(NotReady, match=words):
            await restored(url, file)
    file.write_bytes(whole)
    with pytest.raises(NotReady, match="LOTSEN_SECRET_KEY"):
        await backups.restore(url, [Fernet.generate_key().decode()], file, None, NOW, RULES)
    monkeypatch.setattr(migrate, "known", lambda _: False)
    with pytest.raises(NotReady, match="newer Lotsen"):
        await restored(url, file)
    assert (tmp_path / "lotsen.sqlite3").read_bytes() == before


@ON_POSTGRESQL
async def test_without_postgresql_s_programs_that_is_a_sentence(
    new_database, tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    async with opened(url := new_database()) as db:
        with pytest.raises(NotReady, match="pg_dump is not on this machine"):
            await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
    assert list(tmp_path.iterdir()) == []
