"""What must hold, whatever comes in: looked at in the answers and in the database itself.

The database notes for every update which families' rows it has changed (`triggers.py`).
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import text

from storage.database import Database, Tx
from tests.fuzz.town import Town
from tests.fuzz.triggers import on_postgresql, on_sqlite

# What a colleague's act may tell every family of: letters, and who has a place.
TELLING = frozenset({"outbox", "item", "signup", "event"})
_PLANTED = re.compile(r"([NTL])q(\d+)q")


async def plant_triggers(db: Database) -> None:
    """From now on the database notes whose rows an update changes."""
    written = on_postgresql if db.dialect.name == "postgresql" else on_sqlite
    async with db.write() as tx:
        for each in written():
            await tx.execute(text(each))


@dataclass
class Standing:
    """Who may see and change whom at one moment."""

    home: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # chat: families
    area: dict[int, int] = field(default_factory=dict)  # family: its area
    desk: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # chat: areas
    runs: set[int] = field(default_factory=set)  # chats of administrators

    def families_of(self, chat: int) -> set[int]:
        """Every family that is somebody's there: their own, or those of their areas."""
        mine = self.desk.get(chat, set())
        return self.home.get(chat, set()) | {f for f, area in self.area.items() if area in mine}


async def look(db: Database) -> Standing:
    """Who is who now."""
    found = Standing()
    async with db.read() as tx:
        for chat, family in await tx.execute(text("SELECT chat_id, family_id FROM guardian")):
            found.home[chat].add(family)
        for family, area in await tx.execute(text("SELECT id, area_id FROM family")):
            found.area[family] = area
        meets = "role IN ('nurse', 'parent_supporter', 'coordinator') AND chat_id IS NOT NULL"
        for chat, area in await tx.execute(
            text(
                f"SELECT chat_id, area_id FROM staff WHERE {meets} UNION SELECT chat_id,"
                f" a.area_id FROM staff JOIN staff_area a ON a.staff_id = staff.id WHERE {meets}"
            )
        ):
            found.desk[chat].add(area)
        runs = "SELECT chat_id FROM staff WHERE role = 'administrator' AND chat_id IS NOT NULL"
        found.runs = set((await tx.execute(text(runs))).scalars())
    return found


class Watch:
    """Compares what happened with what may happen."""

    def __init__(self, db: Database, town: Town) -> None:
        self._db, self._town = db, town
        self.faults: list[str] = []
        self._before = Standing()

    async def begin(self) -> None:
        """Something is about to happen."""
        self._before = await look(self._db)
        async with self._db.write() as tx:
            for table in ("touched", "lived", "watched"):
                await tx.execute(text(f"DELETE FROM fuzz_{table}"))

    async def end(self, writing: set[int], said: list[tuple[int, str]]) -> None:
        """It has happened: these chats wrote (nobody: it was pushed), and this was said."""
        after = await look(self._db)
        async with self._db.read() as tx:
            touched = list(await tx.execute(text("SELECT * FROM fuzz_watched")))
            lived = defaultdict(set)
            for chat, family in await tx.execute(text("SELECT * FROM fuzz_lived")):
                lived[chat].add(family)
        theirs = {
            chat: self._before.families_of(chat) | after.families_of(chat) | lived[chat]
            for chat in {*(c for c, _ in said), *(row.chat_id for row in touched)}
        }
        for row in touched:
            self._may_touch(row, theirs[row.chat_id], after)
        for chat, words in said:
            if writing and chat not in writing:
                self.faults.append(f"said to {chat}, which did not write: {words[:80]!r}")
            self._may_read(chat, words, theirs[chat], (self._before, after))

    def _may_touch(self, row, theirs: set[int], after: Standing) -> None:
        # Whoever lets a colleague's access rest moves the letters about families that wait there.
        works = any(row.chat_id in {*each.desk, *each.runs} for each in (self._before, after))
        if row.family_id not in theirs and not (works and row.what in TELLING):
            self.faults.append(f"chat {row.chat_id} changed {row.what} of family {row.family_id}")

    def _may_read(
        self, chat: int, words: str, theirs: set[int], ways: tuple[Standing, ...]
    ) -> None:
        at_desk = any(chat in each.desk for each in ways)
        for kind, number in _PLANTED.findall(words):
            whose = int(number)
            if kind == "L":  # staff's, and on a family's own page of what is held about it
                fine = whose in theirs
            else:
                fine = whose == chat or whose in self._town.colleagues
                homes = set().union(*(each.home.get(whose, set()) for each in ways))
                # A joiner's name is shown to who invited them, and words to the team.
                fine = fine or (bool(homes & theirs) and (at_desk or kind == "N"))
            if not fine:
                self.faults.append(f"leak: {kind}{number} was shown to {chat}: {words[:200]!r}")

    async def close(self) -> None:
        """The database holds together: references, integrity, seats and quarters."""
        async with self._db.read() as tx:
            if self._db.dialect.name == "sqlite":
                await self._whole_file(tx)
            for row in await tx.execute(text(_SEATS)):
                self.faults.append(f"seats do not add up: {tuple(row)}")
            lost = list(await tx.execute(text(_LOST)))
            if lost:
                self.faults.append(f"{len(lost)} updates were not finished, first {lost[0]}")

    async def _whole_file(self, tx: Tx) -> None:
        for row in await tx.execute(text("PRAGMA foreign_key_check")):
            self.faults.append(f"a broken reference: {tuple(row)}")
        checked = (await tx.execute(text("PRAGMA quick_check"))).scalar()
        if checked != "ok":
            self.faults.append(f"the database is damaged: {checked}")


_SEATS = (
    "SELECT seats.id, taken, coalesce(sum(adults + children), 0) AS held FROM seats LEFT JOIN"
    " signup ON seats_id = seats.id AND signup.state IN ('in', 'offered') GROUP BY seats.id"
    " HAVING taken <> coalesce(sum(adults + children), 0)"
)
_LOST = "SELECT update_id, state FROM inbox WHERE state IN ('new', 'done')"
