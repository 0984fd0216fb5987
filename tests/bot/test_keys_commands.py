"""`lotsen keys` as an operator types it, from the first new key to the end of the old one."""

import asyncio

import pytest
from cryptography.fernet import Fernet

from bot import key_files
from bot.settings import Settings
from services.keys import mark_of
from storage import areas, families, resealing
from storage.database import open_database
from tests.bot.installed import look, named
from tests.cast import AREA, JOINED
from tests.effort import THOROUGH
from tests.end_to_end.processes import Command


def test_a_key_is_changed_and_every_backup_says_which_one_it_needs(typed, data, tmp_path):
    named(data)
    file = data / "secret.key"
    typed("family", "invite", "--area", "Hjällbo", "--born", "2026-10-31", "--label", "Red door")
    old = mark_of(file.read_text())
    before, after = str(tmp_path / "before.backup"), str(tmp_path / "after.backup")
    assert f"only with key {old}, in {file}" in typed("backup", before).out
    assert f"{old}: seals what is written now; opens 2 values." in typed("keys", "show").out
    assert "one key only" in typed("keys", "rotate").out

    typed("keys", "new")
    assert file.stat().st_mode & 0o777 == 0o600
    new, *rest = [mark_of(key) for key in file.read_text().split(",")]
    assert rest == [old]
    assert "2 values are sealed with an older key. Run: lotsen keys rotate" in typed(
        *("keys", "show")
    ).out.replace("\n", " ")
    assert "still needed" in typed("keys", "drop", old).err

    done = typed("keys", "rotate")
    assert (done.code, "family.label: 1 looked at, 1 sealed anew." in done.out) == (0, True)
    assert f"Nothing here needs {old} any more" in done.out
    assert "still opens backups made before" in done.last
    typed("backup", after)
    shown = typed("keys", "show", before, after).out
    assert f"before.backup: key {old}, which is listed" in shown
    assert f"after.backup: key {new}, which is listed" in shown

    assert typed("restore", before).code == 0  # sealed with the older key, which is listed
    assert "2 values are sealed with an older key" in typed("keys", "show").out.replace("\n", " ")
    typed("keys", "rotate")
    assert typed("keys", "drop", old).code == 0
    assert [mark_of(key) for key in file.read_text().split(",")] == [new]
    refused = typed("restore", before)
    assert (refused.code, f"sealed with the key {old}" in refused.err) == (1, True)
    assert look(data, "SELECT count(*) FROM family") == [(1,)]


def test_several_processes_are_told_to_learn_a_new_key_one_by_one(typed):
    one = Fernet.generate_key().decode()
    told = typed("keys", "new", SECRET_KEY=one)
    assert "behind the others" in told.out
    assert Fernet(told.last)
    assert "too" not in typed("keys", "show", SECRET_KEY=f"{told.last},{one}").err
    assert "twice" in typed("keys", "show", SECRET_KEY=f"{one},{one}").err
    short = typed("keys", "show", SECRET_KEY=f"{one},{one[:-2]}").err
    assert "key 2 of 2" in short
    assert "This one has 42: something is missing." in short
    assert one[:-2] not in short


@pytest.mark.slow
@pytest.mark.skipif(not THOROUGH, reason="killed in tests/services/test_keys.py, too: at a word")
async def test_a_kill_in_the_middle_costs_nothing(data):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    file, url, many = data / "secret.key", f"sqlite:///{data / 'lotsen.sqlite3'}", 3000
    file.write_text(old)
    before = open_database(url, [old])
    async with before.write() as tx:
        area = await areas.find(tx, AREA)
        for n in range(many):
            await families.register(tx, area, f"label {n}", JOINED)
    await before.close()
    key_files.write(file, [new, old])
    rotating = Command(["keys", "rotate"], {"LOTSEN_DATA_DIR": str(data)}, data)
    while "family.label: 600 " not in rotating.said:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.002)
    await rotating.kill()
    both = open_database(url, Settings(_env_file=None, data_dir=data).keys())
    found = await resealing.openers(both)
    assert found[mark_of(old)] + found[mark_of(new)] == many
    assert 600 <= found[mark_of(new)] < many
    await both.close()
