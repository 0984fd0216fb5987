"""A backup beside writers is one state; a restore brings back that state and tells nobody twice."""

import asyncio
import os
import shutil
import stat
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.engine import make_url

from programme.headings import Heading
from programme.kinds import Rules
from programme.people import Why
from services import backups, loss
from services.booking import book
from services.installation import NotReady
from storage import areas, backup, erasing, families, memory, migrate, notes, research, rests, seal
from storage import server as server_lines
from storage.backup import FORGOTTEN_SECONDS
from storage.database import open_database
from storage.sealed_files import seal as seal_file
from storage.tables import metadata
from tests.cast import AREA, local
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.postgres import look
from tests.rows import rows

KEY, OTHER_KEY = (Fernet.generate_key().decode() for _ in range(2))
RULES = Rules()
JOINED = local("2026-11-02T09:00")
NIGHT, NOW = local("2026-12-31T03:00"), local("2026-12-31T18:00")
VISIT = local("2027-01-01T10:00")  # its reminder was sent at 17:00, the tip at 10:00


@asynccontextmanager
async def opened(url):
    db = open_database(url, [KEY])
    try:
        yield db
    finally:
        await db.close()


async def family(db, chat: int, visit: bool = False) -> int:
    async with db.write() as tx:
        number = await families.register(tx, await areas.find(tx, AREA), "A label", JOINED)
        await families.add_child(tx, number, date(2026, 10, 31), None)
        await families.add_guardian(tx, number, chat, "sv", JOINED)
        if visit:
            await book(tx, number, 2, VISIT, ["Anna", "Bo"], JOINED, RULES)
        await memory.remember_instant(tx, memory.WATERMARK, NIGHT)
    return number


async def restored(url, file, **more):
    how = {"sent_until": None, "now": NOW, "rules": RULES, **more}
    return await backups.restore(url, [KEY], file, **how)


def called(url: str, name: str) -> str:
    """The address of the database that is called so now."""
    if url.startswith("sqlite"):
        return f"sqlite:///{name}"
    return make_url(url).set(database=name).render_as_string()


@pytest.fixture
def elsewhere(database_kind, request, tmp_path):
    """Where nothing is yet: a backup is restored into it."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'deep' / 'other.sqlite3'}"
    else:
        with request.getfixturevalue("server").databases() as make:
            yield make("template0")


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


async def memory_of(db, name):
    async with db.read() as tx:
        return await memory.recall(tx, name)


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
async def test_what_may_have_been_sent_since_is_in_doubt_by_its_kind(
    new_database, elsewhere, tmp_path
):
    async with opened(url := new_database()) as db:
        await family(db, 1, visit=True)
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)

    done = await restored(elsewhere, tmp_path / "a.backup")

    assert (done.again, done.left) == (1, 1)
    async with opened(elsewhere) as db:
        found = {row.kind: (row.state, row.reason) for row in await rows(db, "item", due_at=TIP)}
        assert found == {"tip": ("dropped", "in doubt")}
        [reminder] = await rows(db, "item", kind="day_before")
        [box] = await rows(db, "outbox", id=reminder.outbox_id)
        assert (box.state, box.doubts, box.reason) == ("waiting", 1, backups.WHY)


TIP, EVE = local("2026-12-31T10:00"), local("2026-12-31T17:00")


@ON_SQLITE
async def test_who_knows_until_when_messages_left_loses_none_after_that(
    new_database, elsewhere, tmp_path
):
    async with opened(url := new_database()) as db:
        await family(db, 1, visit=True)
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)

    done = await restored(elsewhere, tmp_path / "a.backup", sent_until=local("2026-12-31T09:00"))

    assert (done.again, done.left) == (0, 0)
    async with opened(elsewhere) as db:
        assert await memory_of(db, memory.WATERMARK) < TIP.isoformat()
    with pytest.raises(NotReady, match="between"):
        await restored(elsewhere, tmp_path / "a.backup", sent_until=NIGHT - timedelta(hours=1))


async def test_nobody_who_was_erased_comes_back_and_no_loss_is_unsaid(new_database, tmp_path):
    async with opened(url := new_database()) as db:
        gone, bereaved, same = [await family(db, n, visit=n == 2) for n in (1, 2, 3)]
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
        async with db.write() as tx:
            await erasing.whole_family(tx, gone)
            await loss.begin(tx, bereaved, None, NIGHT + timedelta(hours=1), RULES)
            await families.set_guardian(tx, 3, chat_id=33)  # a new phone

    done = await restored(url, tmp_path / "a.backup")

    assert (done.carried.erased, done.carried.rests, done.carried.changed) == (1, 1, 1)
    async with opened(called(url, done.beside)) as old:  # it is kept
        assert [row.chat_id for row in await rows(old, "guardian")] == [2, 33]
    async with opened(url) as db:
        assert [row.id for row in await rows(db, "family")] == [bereaved, same]
        assert [row.chat_id for row in await rows(db, "guardian")] == [2, 33]
        assert [row.state for row in await rows(db, "item", kind="day_before")] == []


async def test_of_a_child_that_is_silent_nothing_is_said_again_and_no_wish_is_lost(
    new_database, tmp_path
):
    async with opened(url := new_database()) as db:
        number = await family(db, 1)
        async with db.write() as tx:
            await families.add_child(tx, number, date(2024, 3, 1), None)
            await families.set_guardian(tx, 1, research_since=JOINED)
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
        later = NIGHT + timedelta(hours=1)
        async with db.write() as tx:
            await loss.begin(tx, number, None, later, RULES)
            [home] = await families.load(tx, [number])
            await families.set_child(tx, replace(home.children[0], silent=True))
            whose = rests.Whose(family_id=number)
            await rests.end(tx, whose, Why.LOSS, later)  # a person has spoken with them
            await families.set_guardian(tx, 1, research_since=None)
            await families.set_family(tx, number, forgotten_at=later)  # until staff know

    await restored(url, tmp_path / "a.backup")

    async with opened(url) as db:
        assert [bool(row.silent) for row in await rows(db, "child")] == [True, False]
        assert [row.research_since for row in await rows(db, "guardian")] == [None]
        assert [row.forgotten_at for row in await rows(db, "family")] == [later]


async def test_a_yes_to_research_and_a_line_that_were_taken_back_stay_so(new_database, tmp_path):
    async with opened(url := new_database()) as db:
        await family(db, 1)
        async with db.write() as tx:
            [parent] = await guardians(tx)
            await research.say(tx, parent, NIGHT)
            facts = (await areas.find(tx, AREA), NIGHT.date(), Heading.OTHER)
            first, second = [await notes.add(tx, *facts, each, None, NIGHT) for each in ("a", "b")]
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
        async with db.write() as tx:
            await research.say(tx, parent, None)
            await notes.drop(tx, first)
            await notes.change(tx, second, line="c")

    await restored(url, tmp_path / "a.backup")

    async with opened(url) as db:
        assert [row.research_since for row in await rows(db, "guardian")] == [None]
        assert [(row.id, row.line) for row in await rows(db, "note")] == [(second, "c")]


async def guardians(tx):
    return [row.id for row in await tx.execute(metadata.tables["guardian"].select())]


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
async def test_a_damaged_database_is_replaced_and_kept_and_its_log_is_not_read_again(
    new_database, tmp_path
):
    async with opened(url := new_database()) as db:
        await family(db, 1)
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
    file = tmp_path / "lotsen.sqlite3"
    file.write_bytes(b"no database at all " * 500)
    (tmp_path / "lotsen.sqlite3-wal").write_bytes(b"left over")

    done = await restored(url, tmp_path / "a.backup")

    assert done.carried is None
    [kept] = tmp_path.glob("lotsen.sqlite3.before-*")
    assert (str(kept), kept.read_bytes()[:11]) == (done.beside, b"no database")
    assert not (tmp_path / "lotsen.sqlite3-wal").exists()
    async with opened(url) as db:
        assert len(await rows(db, "family")) == 1


async def test_nothing_is_replaced_while_anybody_has_the_database_open(
    new_database, tmp_path, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(server_lines, "this_process", lambda: "a machine elsewhere")
        another = open_database(url := new_database(), [KEY])
    try:
        await family(another, 1)
        await backups.make(another, url, [KEY], tmp_path / "a.backup", NIGHT)
        with pytest.raises(NotReady, match="Another process"):
            await restored(url, tmp_path / "a.backup")
        await family(another, 2)
    finally:
        await another.close()
    async with opened(url) as db:
        assert len(await rows(db, "family")) == 2
    assert not list(tmp_path.glob("*before*"))


async def test_nothing_is_replaced_in_which_somebody_wrote_meanwhile(
    new_database, tmp_path, monkeypatch
):
    async with opened(url := new_database()) as db:
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
    last = backups.leave_in_doubt

    async def while_somebody_joins(*what):
        async with opened(url) as db:
            await family(db, 1)
        return await last(*what)

    monkeypatch.setattr(backups, "leave_in_doubt", while_somebody_joins)
    with pytest.raises(NotReady, match="Another process"):
        await restored(url, tmp_path / "a.backup")
    async with opened(url) as db:
        assert len(await rows(db, "family")) == 1


async def test_after_an_update_that_went_wrong_what_must_last_is_read_all_the_same(
    new_database, tmp_path
):
    async with opened(url := new_database()) as db:
        await family(db, 1)
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
        async with db.write() as tx:
            await families.set_guardian(tx, 1, chat_id=2)
            await tx.exec_driver_sql("ALTER TABLE guardian ADD COLUMN of_tomorrow INTEGER")
            await tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert (await restored(url, tmp_path / "a.backup")).carried.changed == 1
    async with opened(url) as db:
        assert await migrate.current(db) == migrate.newest()


@ON_POSTGRESQL
async def test_an_empty_database_takes_over_what_must_last_from_the_one_it_is_instead_of(
    new_database, elsewhere, tmp_path
):
    async with opened(url := new_database()) as db:
        gone = await family(db, 1)
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
        async with db.write() as tx:
            await erasing.whole_family(tx, gone)
    before = make_url(url).database

    done = await restored(elsewhere, tmp_path / "a.backup", instead_of=before)

    assert (done.carried.erased, done.beside) == (1, before)
    async with opened(elsewhere) as db:
        assert await rows(db, "family") == []
    with pytest.raises(NotReady, match="not empty"):
        await restored(url, tmp_path / "a.backup", instead_of=before)


@ON_POSTGRESQL
async def test_who_may_make_no_databases_is_told_what_to_do_and_nothing_is_changed(
    new_database, server, tmp_path
):
    async with opened(url := new_database()) as db:
        await backups.make(db, url, [KEY], tmp_path / "a.backup", NIGHT)
    name = make_url(url).database
    server.say("DROP ROLE IF EXISTS poor", "CREATE ROLE poor LOGIN")
    server.say(f'GRANT ALL ON DATABASE "{name}" TO poor')
    server.say("GRANT ALL ON ALL TABLES IN SCHEMA public TO poor", to=name)
    with pytest.raises(NotReady, match="--instead-of"):
        await restored(url.replace("lotsen@", "poor@"), tmp_path / "a.backup")
    assert look(url, "SELECT datname FROM pg_database WHERE datname LIKE '%_new_%'") == []


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


# What an operator calls a copy of their own.
THEIRS = ("1.4-update", "14", "2026-11-26", "20261201", "20261201T000000Z.gz", "20261201T000000")
ASIDE = ("1201T000000Z", "1201T000000Z-wal", "1230T000000Z")


@ON_SQLITE
async def test_old_backups_and_databases_put_aside_go_and_nothing_else_does(new_database, tmp_path):
    folder, keep = tmp_path / "safe", timedelta(days=14)
    folder.mkdir()
    long_ago = NOW - keep - timedelta(days=1)
    async with opened(url := new_database()) as db:
        ours = {"old": long_ago, "young": NOW, "younger": NOW, "youngest": NOW}
        for name, at in {**ours, "old but touched": long_ago}.items():
            await backups.make(db, url, [KEY], folder / name, at)
        await backups.make(db, url, [OTHER_KEY], folder / "another's", long_ago)
    (folder / "letter.txt").write_text("not ours")
    aside = [tmp_path / f"lotsen.sqlite3.before-2026{day}" for day in ASIDE]
    theirs = [tmp_path / f"lotsen.sqlite3.before-{name}" for name in THEIRS]
    for file in (*folder.iterdir(), *aside, *theirs):
        file.touch()
        at = NOW if file.name == "old but touched" else long_ago
        os.utime(file, (at.timestamp(), at.timestamp()))

    done = backups.rotate(url, [KEY], folder, keep, NOW)
    assert [each.name for each in done.deleted] == ["old", *(each.name for each in aside[:2])]
    assert [each.name for each in done.left] == ["another's"]
    left = {each.name for each in folder.iterdir()}
    assert left == {*ours, "old but touched", "another's", "letter.txt"} - {"old"}
    assert [each for each in (aside[2], *theirs) if not each.exists()] == []
    assert (tmp_path / "lotsen.sqlite3").exists()


@ON_SQLITE
async def test_old_backups_that_name_no_key_go_only_if_ours_opens_them_and_the_newest_stay(
    new_database, tmp_path, monkeypatch
):
    folder, keep = tmp_path / "safe", timedelta(days=14)
    folder.mkdir()
    for_now = monkeypatch.setattr
    for_now(backup, "seal", lambda key, facts, *more: seal_file(key, unmarked(facts), *more))
    async with opened(url := new_database()) as db:
        for months in range(5):
            at = NOW - timedelta(days=30 * months + 15)
            for name, key in (("ours", KEY), ("theirs", OTHER_KEY)):
                file = folder / f"{name} {months}"
                await backups.make(db, url, [key], file, at)
                os.utime(file, (at.timestamp(), at.timestamp()))
    monkeypatch.undo()
    done = backups.rotate(url, [KEY], folder, keep, NOW)
    assert sorted(each.name for each in done.deleted) == ["ours 3", "ours 4"]
    assert sorted(each.name for each in done.newest) == ["ours 0", "ours 1", "ours 2"]
    assert [each.name for each in done.left] == [f"theirs {months}" for months in range(5)]


@ON_SQLITE
async def test_what_killed_backups_left_is_none_of_the_newest_and_goes_with_the_next_one(
    new_database, tmp_path
):
    folder, keep = tmp_path / "safe", timedelta(days=14)
    folder.mkdir()
    async with opened(url := new_database()) as db:
        for name, at in (("whole", NOW - 3 * keep), ("later", NOW - 2 * keep)):
            await backups.make(db, url, [KEY], folder / name, at)
            os.utime(folder / name, (at.timestamp(), at.timestamp()))
        whole, later = folder / "whole", folder / "later"
        half = [folder / f"{n}.0000000{n}.part" for n in range(backups.ALWAYS_KEPT)]
        for each in half:
            shutil.copy2(later, each)
            os.truncate(each, later.stat().st_size - 9)
            os.utime(each, (at.timestamp(), at.timestamp()))
        later.unlink()
        (theirs := folder / "sewing.part").write_text("of a dress")
        just_begun = folder / "9.00000009.part"
        just_begun.write_bytes(b"")
        done = backups.rotate(url, [KEY], folder, keep, NOW)
        assert (done.deleted, done.newest) == ([], [whole])
        for each in (theirs, *half):
            os.utime(each, (0, 0))
        await backups.make(db, url, [KEY], folder / "next", NOW)
    left = {each.name for each in folder.iterdir()}
    assert left == {"whole", "next", "sewing.part", "9.00000009.part"}


def unmarked(facts):
    return {name: value for name, value in facts.items() if name != "key"}
