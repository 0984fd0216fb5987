"""A new key: everything is sealed with it, beside who writes, and again after any kill."""

import asyncio
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select

from services import keys
from services.installation import NotReady
from storage import areas, conversations, families, inbox, memory, resealing, seal
from storage.columns import SealBroken
from storage.database import open_database
from storage.keys import Keyring, mark_of
from storage.tables import family, metadata
from tests.cast import AREA, JOINED
from tests.databases import ON_SQLITE

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
LABEL = "the red door"
BATCH, MANY = 3, 8


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", BATCH)


@pytest.fixture
async def opened(new_database):
    """Opens one database with these keys, as often as asked."""
    url, every = new_database(), []

    def open_one(*with_keys: str):
        every.append(open_database(url, with_keys))
        return every[-1]

    yield open_one
    for each in every:
        await each.close()


async def plant(db, many: int = 3) -> None:
    await seal.check(db)
    async with db.write() as tx:
        area = await areas.find(tx, AREA)
        for _ in range(many):
            await families.register(tx, area, LABEL, JOINED)
        await families.register(tx, area, None, JOINED)
        await inbox.keep(tx, 7, [inbox.Arrived(1, 2, "raw"), inbox.Arrived(2, 2, "raw")], JOINED)
        await inbox.done(tx, 1, "answer", JOINED)
        await conversations.write(tx, (1, 2, 3), "asking", {"said": "x"}, JOINED)


async def labels(db) -> list[str | None]:
    async with db.read() as tx:
        return list((await tx.execute(select(family.c.label).order_by(family.c.id))).scalars())


async def rotated(db, now=JOINED, told=lambda _: None):
    return await keys.rotate(db, now, told)


async def test_everything_is_sealed_with_the_new_key_and_the_old_one_can_go(opened):
    await plant(opened(OLD), MANY)
    both, told = opened(NEW, OLD), []
    before = await keys.kept(both)
    assert (before.opened, before.since) == ({mark_of(NEW): 0, mark_of(OLD): MANY + 4}, None)
    after = await rotated(both, told=told.append)
    assert (after.left, after.unopened, after.since) == (0, 0, JOINED)
    assert sum(each.resealed for each in told) == MANY + 3
    assert max(each.looked for each in told) == BATCH
    alone = opened(NEW)
    await seal.check(alone)
    assert await labels(alone) == [LABEL] * MANY + [None]
    with pytest.raises(SealBroken):
        await seal.check(opened(OLD))
    again = await rotated(both, JOINED + timedelta(days=1))
    assert again.since == JOINED  # nothing was left: it is not as if it were done today


class Killed(BaseException):
    """As a kill: nobody tidies up."""


@ON_SQLITE
@pytest.mark.parametrize("batches", [1, 3])
async def test_whenever_it_was_killed_everything_opens_and_it_goes_on(opened, batches):
    await plant(opened(OLD), MANY)
    both, seen = opened(NEW, OLD), []

    def kill(done):
        seen.append(done)
        if len(seen) == batches:
            raise Killed

    with pytest.raises(Killed):
        await rotated(both, told=kill)
    half = await keys.kept(both)
    assert half.left > 0
    assert half.unopened == 0
    await seal.check(opened(OLD))  # nobody starts without the key that is still needed
    with pytest.raises(SealBroken):
        await seal.check(opened(NEW))
    assert await labels(both) == [LABEL] * MANY + [None]
    resealed = []
    assert (await rotated(both, told=resealed.append)).left == 0
    done_before = sum(each.resealed for each in seen)
    assert sum(each.resealed for each in resealed) == MANY + 3 - done_before


async def test_what_others_hold_and_write_meanwhile_is_kept(opened):
    await plant(opened(OLD))
    other, both = opened(NEW, OLD), opened(NEW, OLD)

    async def change():
        async with other.write() as tx:
            await families.set_family(tx, 1, label="the blue door")
            await asyncio.sleep(0.3)

    changing = asyncio.ensure_future(change())
    await asyncio.sleep(0.1)
    done = await rotated(both)
    await changing
    assert (done.left, done.since) == (0, JOINED)
    assert (await labels(both))[:2] == ["the blue door", LABEL]


@ON_SQLITE
async def test_it_waits_for_every_process_to_seal_with_the_new_key(opened):
    await plant(old := opened(OLD))
    both, behind = opened(NEW, OLD), opened(OLD, NEW)
    for not_yet in (old, behind):
        await keys.say(not_yet, "a", JOINED)
        with pytest.raises(NotReady, match="Restart every one"):
            await rotated(both)
    await keys.say(both, "b", JOINED)
    assert (await keys.kept(both)).left == 7
    await keys.say_no_more(both, "a")
    assert (await rotated(both)).left == 0
    await keys.say(old, "a", JOINED)  # killed, and never heard of again
    await rotated(both, JOINED + keys.HEARD_WITHIN)
    await keys.say(both, "b", JOINED + timedelta(days=2))
    async with both.read() as tx:
        assert list(await memory.recall_all(tx, "keys:")) == ["keys:b"]


@ON_SQLITE
async def test_a_value_that_no_key_opens_is_told_and_left_alone(opened):
    await plant(opened(OLD))
    lost = opened(Fernet.generate_key().decode())
    async with lost.write() as tx:
        await families.register(tx, 1, "lost", JOINED)
    done = await rotated(opened(NEW, OLD))
    assert (done.left, done.unopened) == (0, 1)


def test_every_table_is_known_to_whoever_looks_for_sealed_columns():
    files = {each.stem for each in resealing.Path(resealing.__file__).parent.glob("*tables.py")}
    assert "trust_tables" in files
    assert {"thread.text", "note.line", "family.label", "guardian.asked_name"} <= {
        resealing.name_of(each) for each in resealing.columns()
    }
    assert set(metadata.tables) > {"thread", "note", "recording"}


def test_a_mark_tells_keys_apart_and_nothing_of_the_key():
    assert mark_of(OLD) != mark_of(NEW)
    assert mark_of(OLD) == mark_of(OLD)
    assert mark_of(OLD) not in OLD
    sealed = Keyring([OLD]).seal("a")
    assert Keyring([NEW, OLD]).opener(sealed) == mark_of(OLD)
    assert Keyring([NEW]).opener(sealed) is None
    with pytest.raises(InvalidToken):
        Fernet(NEW).decrypt(sealed)
