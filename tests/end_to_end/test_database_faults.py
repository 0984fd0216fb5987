"""The disk is full, the file is away, the server restarts: nothing is half, nobody is left waiting
without a word, and afterwards everything goes on by itself."""

import asyncio
import resource
import sqlite3
from contextlib import asynccontextmanager, closing

import pytest

from messaging.trouble_texts import nothing_can_be_kept
from tests.bot.working import with_visits
from tests.effort import tries
from tests.end_to_end.town import EVE_HOUR, neighbours

pytestmark = pytest.mark.slow

FAMILIES = 6
QUICKER = {
    "services.pacing.Gate.LONGEST_REST": 0.2,
    "bot.intake.RETRY_SECONDS": 0.1,
    "bot.polling.FIRST_REST": 0.1,
    "bot.polling.LONGEST_REST": 0.2,
    "storage.database.BUSY_SECONDS": 0.2,
}


@asynccontextmanager
async def disk_full(lotsen, work, _server):
    """No file of that process grows any more; the system says so as it does on a full disk."""
    limits = resource.RLIMIT_FSIZE
    before = resource.prlimit(work.process.pid, limits)
    resource.prlimit(work.process.pid, limits, (8192, before[1]))
    yield
    resource.prlimit(work.process.pid, limits, before)


@asynccontextmanager
async def locked(lotsen, work, _server):
    """Another program has begun to write, and does not end."""
    file = lotsen.folder / "lotsen.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def away(lotsen, work, _server):
    """The folder's disk is not there, as when a network is."""
    room = lotsen.folder / "away"
    room.mkdir()
    names = ("lotsen.sqlite3", "lotsen.sqlite3-wal", "lotsen.sqlite3-shm")
    there = [name for name in names if (lotsen.folder / name).exists()]
    for name in there:
        (lotsen.folder / name).rename(room / name)
    yield
    assert not (lotsen.folder / "lotsen.sqlite3").exists()  # nobody has begun a new, empty one
    for name in there:
        (room / name).rename(lotsen.folder / name)


@asynccontextmanager
async def server_away(_lotsen, _work, server):
    with server.away():
        yield


FAULTS = {
    "sqlite: the disk is full": disk_full,
    "sqlite: locked by another program": locked,
    "sqlite: the file is away": away,
    "postgresql: restarted": server_away,
}


# Others are met at every change in test_restart.py and tests/bot/test_intake.py.
@pytest.fixture(params=tries(list(FAULTS)[:1], list(FAULTS)))
def fault(request):
    return request.param


@pytest.fixture
def database_kind(fault):
    return fault.split(":")[0]


@pytest.fixture
def its_server(database_kind, request):
    return request.getfixturevalue("server") if database_kind == "postgresql" else None


async def test_work_goes_on_where_it_was_and_who_writes_meanwhile_is_told(
    lotsen, telegram, its_server, fault, languages
):
    homes = await with_visits(lotsen, FAMILIES)
    await neighbours(lotsen, FAMILIES, visit=True)
    telegram.world.faults.delay_ms = 30
    lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = "20"
    work = lotsen.start("run", now=EVE_HOUR, quicker=QUICKER)
    await telegram.world.until(lambda: telegram.sends >= 4, within=90)
    word = nothing_can_be_kept(languages)

    def told() -> int:
        return sum(word in home.texts for home in homes)

    async with FAULTS[fault](lotsen, work, its_server):
        await asyncio.sleep(0.3)  # what is on the wire still arrives
        for home in homes:
            home.answer("yes")
        # Who has the file open goes on with it; who cannot ask the server whose turn it is to poll
        # hears nobody (a webhook does).
        unheard = fault in {"sqlite: the disk is full", "sqlite: locked by another program"}
        if unheard:
            await telegram.world.until(lambda: told() == FAMILIES, within=90)
        else:
            await asyncio.sleep(0.5)
        assert work.alive
    for home in homes:
        home.answer("no_thanks")

    def all_done() -> bool:
        kept = {row["booking_id"]: row["choice"] for row in lotsen.look("SELECT * FROM answer")}
        answered = kept == {home.booking: "no_thanks" for home in homes}
        reminders = lotsen.look("SELECT state FROM item WHERE kind = 'day_before'")
        return answered and [row["state"] for row in reminders] == ["sent"] * FAMILIES

    await telegram.world.until(all_done, within=60)
    ended = await work.stop()
    assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err
    assert told() == (FAMILIES if unheard else 0)
    assert {home.texts.count(word) for home in homes} == {int(unheard)}
    assert lotsen.look("SELECT 1 FROM outbox WHERE doubts > 0") == []  # nothing was sent unclaimed
