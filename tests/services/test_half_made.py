"""A restore into an empty database is whole or nothing, and nobody starts on a half made one."""

import asyncio
import threading

import pytest

from services import backups, checkup
from services.installation import NotReady, bring_up_to_date, make_ready
from storage import backup, erasing, half_made, migrate
from storage.exchange import EmptyFilled
from storage.half_made import is_half_made
from tests.databases import ON_POSTGRESQL
from tests.postgres import look
from tests.rows import rows
from tests.services.restored import KEY, NIGHT, elsewhere, family, opened, restored

__all__ = ["elsewhere"]
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def breaks(error):
    async def act(*_):
        raise error

    return act


@pytest.fixture
async def broken_off(new_database, elsewhere, server, tmp_path):
    """A backup in a file, from which somebody was erased since; the database that is used."""
    server.say("CREATE TABLE theirs (a int)", to=elsewhere.split("@/")[1].split("?")[0])
    async with opened(url := new_database()) as db:
        gone = await family(db, 1)
        await backups.make(db, url, [KEY], file := tmp_path / "a.backup", NIGHT)
        async with db.write() as tx:
            await erasing.whole_family(tx, gone)
    return file, url.split("@/")[1].split("?")[0]


@ON_POSTGRESQL
@pytest.mark.parametrize("error", [backup.InUse(), asyncio.CancelledError()], ids=str)
async def test_what_was_broken_off_is_empty_again(broken_off, elsewhere, monkeypatch, error):
    file, before = broken_off
    with monkeypatch.context() as patch:
        patch.setattr(backups, "leave_in_doubt", breaks(error))
        with pytest.raises((NotReady, asyncio.CancelledError)):
            await restored(elsewhere, file, instead_of=before)
    assert [row["tablename"] for row in look(elsewhere, TABLES)] == ["theirs"]
    assert (await restored(elsewhere, file, instead_of=before)).carried.erased == 1


@ON_POSTGRESQL
@pytest.mark.parametrize("where", ["load", "later"])
async def test_on_what_was_left_half_made_nobody_starts_until_it_is_restored_again(
    broken_off, elsewhere, monkeypatch, tmp_path, where
):
    file, before = broken_off
    load = backup.load

    def killed_after(*what):
        load(*what)
        raise OSError(9, "killed")

    with monkeypatch.context() as patch:
        patch.setattr(half_made, "undo", breaks(OSError()))
        if where == "load":
            patch.setattr(backup, "load", killed_after)
        else:
            patch.setattr(backups, "leave_in_doubt", breaks(backup.InUse()))
        with pytest.raises(NotReady):
            await restored(elsewhere, file, instead_of=before)

    async with opened(elsewhere) as db:
        for start in (make_ready(db, embedded=False), bring_up_to_date(db)):
            with pytest.raises(NotReady, match="did not come to its end"):
                await start
        with pytest.raises(NotReady, match="did not come to its end"):
            await backups.make(db, elsewhere, [KEY], tmp_path / "b.backup", NIGHT)
        found = [each for each in await checkup.database(db) if each.about == "Restore"]
        assert [(each.well, "again" in each.says) for each in found] == [(False, True)]

    assert (await restored(elsewhere, file, instead_of=before)).carried.erased == 1
    async with opened(elsewhere) as db:
        await make_ready(db, embedded=False)
        assert await rows(db, "family") == []
        assert not await is_half_made(db)
        assert await migrate.current(db) == migrate.newest()
    assert "theirs" in [row["tablename"] for row in look(elsewhere, TABLES)]


async def test_who_is_stopped_while_it_is_filled_waits_before_it_is_emptied(monkeypatch, tmp_path):
    goes_on, filled = threading.Event(), []

    def load(*_):
        goes_on.wait(5)
        filled.append(True)

    monkeypatch.setattr(backup, "load", load)
    how = EmptyFilled("postgresql://here/new", None)
    filling = asyncio.ensure_future(how.fill("postgresql://here/new", tmp_path, [KEY]))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    filling.cancel()
    asyncio.get_running_loop().call_later(0.05, goes_on.set)
    with pytest.raises(asyncio.CancelledError):
        await filling
    assert filled == [True]
