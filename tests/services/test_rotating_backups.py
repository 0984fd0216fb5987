"""Old backups of ours go, the newest stay, and nothing else is touched."""

import os
import shutil
from datetime import timedelta

from services import backups
from storage import backup
from storage.sealed_files import seal as seal_file
from tests.databases import ON_SQLITE
from tests.services.restored import KEY, NOW, OTHER_KEY, opened

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
