"""The doctor's lines, read by an operator: what is well, what is not and what to do."""

import asyncio
import os
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from bot import doctor
from bot.clock import real_now
from simulator import Limits, World, start
from storage import memory
from tests.end_to_end.town import BOT, TOKEN
from tests.fakes import MovableClock


@pytest.fixture
async def well(empty_database, install, tmp_path, monkeypatch):
    """An installation that is well: planned, backed up, a sender at work. Yields what is found."""
    world = World(MovableClock(real_now()), frozenset({TOKEN}), BOT, limits=Limits.off())
    runner, port = await start(world, "127.0.0.1", 0)
    lotsen = install()
    for name, value in {**lotsen.env, "LOTSEN_API_URL": f"http://127.0.0.1:{port}"}.items():
        if name.startswith("LOTSEN_"):
            monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor.checks, "faults", lambda _: [])  # takes seconds, tested elsewhere
    async with lotsen.database() as db, db.write() as tx:
        for name in (memory.WATERMARK, memory.BACKED_UP):
            await memory.remember_instant(tx, name, real_now())

    async def found():
        return {(each.about, each.well): each.says async for each in doctor.look()}

    found.lotsen, found.world = lotsen, world
    yield found
    await runner.cleanup()


async def test_one_that_is_well_has_nothing_to_do_but_what_nobody_does(well):
    sending = doctor.installation.sender_lock(well.lotsen.url, well.lotsen.folder)
    await sending.take()
    found = await well()
    await sending.give_back()

    assert [about for about, sound in found if not sound] == []
    assert found[("Telegram", True)] == f"knows the bot as @{BOT}."
    assert found[("Sender", True)] == "one is at work."
    shown = " ".join(found.values())
    assert TOKEN not in shown
    assert well.lotsen.key not in shown
    assert (await well())[("Sender", False)] == "nobody sends. Start: lotsen run"


async def test_what_stands_still_is_found(well, monkeypatch):
    async with well.lotsen.database() as db, db.write() as tx:
        for name in (memory.WATERMARK, memory.BACKED_UP):
            await memory.remember_instant(tx, name, real_now() - timedelta(days=3))
    monkeypatch.setattr(doctor.checks, "faults", lambda _: ["so: 1 missing", "ar: 2 missing"])

    found = await well()
    assert found[("Languages", False)] == "2 faults. Run: lotsen check"

    assert found[("Planner", False)].startswith("has planned everything but the last 3 days")
    assert found[("Backup", False)].startswith("made 3 days")


async def test_wrong_keys_damage_and_a_telegram_that_is_away_are_lines_and_no_traceback(
    well, monkeypatch
):
    monkeypatch.setenv("LOTSEN_API_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("LOTSEN_SECRET_KEY", "A" * 43 + "=")
    monkeypatch.setenv("LOTSEN_TYPO", "1")
    async with well.lotsen.database() as db:
        await doctor.checkup.seal.check(db)
    found = await well()
    assert found[("Settings", False)] == "LOTSEN_TYPO is no setting of Lotsen's."
    assert found[("Key", False)].startswith("does not open")
    assert found[("Telegram", False)].startswith("cannot be reached")

    file = well.lotsen.folder / "lotsen.sqlite3"
    for end in ("-wal", "-shm"):
        (file.parent / f"{file.name}{end}").unlink(missing_ok=True)
    file.write_bytes(os.urandom(9000))
    assert ("Database", False) in await well()
    monkeypatch.setenv("LOTSEN_HTTP_PORT", "many")
    assert [*await well()] == [("Settings", False)]


async def test_what_is_wrong_with_keys_is_found_and_no_key_is_shown(well, monkeypatch):
    file, own, new = well.lotsen.folder / "secret.key", well.lotsen.key, "A" * 43 + "="
    async with well.lotsen.database() as db:
        await doctor.checkup.seal.check(db)
    file.write_text(f"{new},{own}")
    file.chmod(0o640)
    found = await well()
    assert found[("Key file", False)].startswith(f"{file} can be read by others")
    assert "1 values are sealed with an older key" in found[("Key", False)]
    assert own not in " ".join(found.values())
    file.write_text(new)
    assert (await well())[("Key", False)].startswith("does not open")
    monkeypatch.setattr(doctor.checkup.seal, "check", lambda _: asyncio.sleep(0))
    assert "1 values open with none of the keys" in (await well())[("Key", False)]
    file.write_text(own[:-2])
    assert "something is missing" in (await well())[("Settings", False)]


def test_a_key_that_nobody_drew_by_lot_is_found():
    [weak] = doctor.checkup.weak_keys([Fernet.generate_key().decode(), "A" * 43 + "="])
    assert "is not random" in weak.says


@pytest.mark.parametrize(
    ("asked", "hook", "well_"),
    [
        (None, {}, True),
        (None, {"url": "https://other.example/telegram"}, False),
        ("https://a.example", {"url": "https://a.example/telegram"}, True),
        ("https://a.example", {"url": "https://b.example/telegram"}, False),
        (
            "https://a.example/",
            {
                "url": "https://a.example/telegram",
                "pending_update_count": 3,
                "last_error_date": 1_800_000_000,
                "last_error_message": "Wrong response from the webhook: 401 Unauthorized",
            },
            False,
        ),
    ],
)
def test_where_telegram_calls_must_be_where_the_settings_say(asked, hook, well_):
    settings = doctor.Settings(_env_file=None, webhook_url=asked)
    found = doctor._webhook(settings, hook)
    assert found.well is well_
    assert hook.get("last_error_message", "") in found.says
