"""kill -9 in the middle of a backup, a restore, an import: whole or nothing, and never half.

Each command is first counted: how many points it has (statements, files, pieces of a backup,
programs of PostgreSQL's). Then it dies at some of them, drawn by lot, in one installation, time
after time; then nobody kills it.
"""

import logging
import os
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from programme.people import Why
from storage import erasing, rests
from storage.rests import Whose
from storage.tables import metadata
from tests.databases import KINDS, ON_ONE, ON_POSTGRESQL
from tests.effort import THOROUGH, tries
from tests.end_to_end.points import DiesAt, reached
from tests.end_to_end.town import BORN, EVE_HOUR, JOINED, TIP_HOUR, Installation

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("empty_database")]

log = logging.getLogger(__name__)

KILLS = tries(1, 20)
POINTS = "statement, file, before storage.sealed_files._nonce"
HALF_MADE, EMPTY = "did not come to its end", "older than this Lotsen"
MINUTE = timedelta(minutes=1)
LISTS = {
    "families": "area;born;label\n"
    + "".join(f"Hjällbo;2026-10-{day:02};number {day}\n" for day in range(1, 21)),
    "places": "name;kind;monday\n" + "".join(f"Library {n};library;9-12\n" for n in range(20)),
}
IMPORTS = tries([("sqlite", "families")], [(kind, what) for kind in KINDS for what in LISTS])
ON_THE_OTHER = pytest.mark.parametrize("database_kind", tries(["postgresql"], list(KINDS)))


class Killed:
    """One command of an installation, killed at points drawn by lot."""

    def __init__(self, lotsen: Installation, seed: int) -> None:
        self.lotsen, self.chance = lotsen, random.Random(seed)
        self.met: Counter[str] = Counter()
        self.points = 0
        self.now = EVE_HOUR
        self._told = lotsen.folder / "point.told"

    async def counted(self, *argv: str) -> None:
        """The command unharmed, and how many points it has."""
        ended = await self._begins(argv, 0).end()
        assert ended.code == 0, ended.err
        self.points = reached(self._told)

    async def dies(self, *argv: str) -> None:
        """The command, killed at one of them."""
        ended = await self._begins(argv, self.chance.randint(1, self.points)).end()
        assert "Traceback" not in ended.err, ended.err
        self.met[ended.code] += 1
        if self._told.exists():
            log.debug("%s: died at %s", argv[0], self._told.read_text("ascii"))

    def _begins(self, argv: tuple[str, ...], point: int):
        self._told.unlink(missing_ok=True)
        self.now += MINUTE
        return self.lotsen.start(*argv, now=self.now, first=DiesAt(POINTS, point, self._told))

    async def ends(self, *argv: str) -> str:
        """The command, and nobody kills it; what it said."""
        self.now += MINUTE
        ended = await self.lotsen.command(*argv, now=self.now)
        assert ended.code == 0, ended.err
        return ended.out

    def nearly_all_were_met(self) -> None:
        """Else nothing is shown: -9 is a kill, 0 an end before the point was there."""
        log.info("of %d points %s were met", self.points, dict(self.met))
        assert set(self.met) <= {-9, 0}, self.met
        assert self.met[-9] >= KILLS * 3 / 4, self.met


def rows(lotsen: Installation) -> dict[str, int]:
    """How many rows each table has."""
    names = [table.name for table in metadata.sorted_tables]
    each = " UNION ALL ".join(f"SELECT '{n}' AS name, count(*) AS n FROM {n}" for n in names)
    return {row["name"]: row["n"] for row in lotsen.look(each)}


@pytest.mark.parametrize(("database_kind", "what"), IMPORTS)
async def test_an_import_that_is_killed_took_in_all_or_nothing(install, what):
    quiet, lotsen = Killed(install("quiet"), 1), Killed(install("killed"), 7)
    file = lotsen.lotsen.folder / "list.csv"
    file.write_text(LISTS[what], "utf-8")
    command = ("import", what, str(file))
    for each in (quiet, lotsen):
        await each.ends("area", "list")  # what every first start writes
    before = rows(lotsen.lotsen)
    await quiet.counted(*command)
    after = rows(quiet.lotsen)
    lotsen.points = quiet.points

    for _ in range(KILLS):
        await lotsen.dies(*command)
        found = rows(lotsen.lotsen)
        assert found in (before, after)
        if found == after:  # it was killed when all was written
            break
    else:
        await lotsen.ends(*command)
    lotsen.nearly_all_were_met()
    assert rows(lotsen.lotsen) == after != before
    again = await lotsen.lotsen.command(*command, now=EVE_HOUR + timedelta(hours=2))
    assert (again.code, "is there already" in again.err) == (1, True)
    assert rows(lotsen.lotsen) == after


async def _a_backup_and_what_came_after_it(lotsen: Installation) -> Path:
    """Since the backup one family was erased, and one parent wants nothing any more."""
    erased, _ = await lotsen.move_in([[700], [701]], BORN, JOINED)
    file = lotsen.folder / "a.backup"
    made = await lotsen.command("backup", str(file), now=TIP_HOUR)
    assert made.code == 0, made.err
    async with lotsen.database() as db, db.write() as tx:
        await erasing.whole_family(tx, erased.family_id)
        [row] = (await tx.exec_driver_sql("SELECT id FROM guardian WHERE chat_id = 701")).all()
        await rests.begin(tx, Whose(guardian_id=row.id), Why.STOPPED, TIP_HOUR)
    return file


def says_what_came_after(lotsen: Installation) -> bool:
    """Nobody who was erased is there, and who stopped has stopped."""
    chats = [row["chat_id"] for row in lotsen.look("SELECT chat_id FROM guardian")]
    return chats == [701] and len(lotsen.look("SELECT 1 FROM rest")) == 1


@ON_ONE
async def test_a_backup_that_is_killed_is_whole_or_none(install, bare_database):
    lotsen, other = Killed(install(), 8), install("other")
    if other.embedded:
        (other.folder / "lotsen.sqlite3").unlink()
    else:
        other.url = bare_database
    folder = lotsen.lotsen.folder / "safe"
    folder.mkdir()
    await lotsen.lotsen.move_in([[number] for number in range(700, 704)], BORN, JOINED)
    await lotsen.counted("backup", str(folder / "0"))
    for number in range(KILLS):
        await lotsen.dies("backup", str(folder / f"{number + 1}"))
    lotsen.nearly_all_were_met()

    found = [file for file in folder.iterdir() if file.suffix != ".part"]
    other.key = lotsen.lotsen.key
    (other.folder / "secret.key").write_text(other.key, "ascii")
    for number, file in enumerate(found):
        now = lotsen.now + number * MINUTE
        ended = await other.command("restore", str(file), now=now)
        assert ended.code == 0, (file, ended.err)
        assert len(other.look("SELECT 1 FROM guardian")) == 4

    for each in (*folder.iterdir(), *lotsen.lotsen.folder.iterdir()):
        os.utime(each, (0, 0))  # what was left lies there for long
    await lotsen.ends("backup", str(folder / "last"))
    left = {file.name for file in (*folder.iterdir(), *lotsen.lotsen.folder.iterdir())}
    assert [name for name in left if ".part" in name or ".backup-" in name] == []
    assert (folder / "last").exists()


@ON_THE_OTHER
async def test_a_restore_that_is_killed_brings_back_nobody_and_can_be_done_again(lotsen):
    file = await _a_backup_and_what_came_after_it(lotsen)
    killed = Killed(lotsen, 9)
    await killed.counted("restore", str(file))
    for _ in range(KILLS):
        await killed.dies("restore", str(file))
        assert says_what_came_after(lotsen)
        listed = await lotsen.command("area", "list", now=EVE_HOUR)
        assert listed.code == 0, listed.err
    killed.nearly_all_were_met()
    assert "as it was on 2026-12-31 at 10:00" in await killed.ends("restore", str(file))
    assert says_what_came_after(lotsen)


@ON_POSTGRESQL
@pytest.mark.skipif(not THOROUGH, reason="at every change by test_half_made.py")
async def test_a_restore_into_an_empty_database_that_is_killed_lets_nobody_start(
    lotsen, bare_database, server
):
    file = await _a_backup_and_what_came_after_it(lotsen)
    name = lotsen.url.split("@/")[1].split("?")[0]
    command = ("restore", str(file), "--instead-of", name)
    with server.databases() as make:
        whole = Killed(replace(lotsen, url=make("template0")), 1)
        await whole.counted(*command)
    killed = Killed(replace(lotsen, url=bare_database), 10)
    killed.points = whole.points
    for _ in range(KILLS):
        await killed.dies(*command)
        listed = await killed.lotsen.command("area", "list", now=EVE_HOUR)
        if listed.code == 0:  # it was killed when it was whole
            break
        assert HALF_MADE in listed.err or EMPTY in listed.err
    else:
        await killed.ends(*command)
    killed.nearly_all_were_met()
    assert says_what_came_after(killed.lotsen)
    assert says_what_came_after(lotsen)
