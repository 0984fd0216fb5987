"""A restore brings back that state, tells nobody twice, and undoes no farewell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.engine import make_url

from programme.headings import Heading
from programme.people import Why
from services import backups, loss
from services.installation import NotReady
from storage import areas, erasing, families, memory, migrate, notes, research, rests
from storage import server as server_lines
from storage.database import open_database
from storage.tables import metadata
from tests.cast import AREA, local
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.postgres import look
from tests.rows import rows
from tests.services.restored import (
    JOINED,
    KEY,
    NIGHT,
    RULES,
    called,
    elsewhere,
    family,
    memory_of,
    opened,
    restored,
)

__all__ = ["elsewhere"]

TIP, EVE = local("2026-12-31T10:00"), local("2026-12-31T17:00")


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
