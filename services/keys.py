"""Changing the key that seals: beside everything that runs, and again after any kill.

A process that does not know the new key could read nothing that is sealed with it. So each that
runs says which keys it has, and nothing is sealed anew before all of them have the new one.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.installation import NotReady
from storage import memory, resealing, seal
from storage.columns import SealBroken, keys_of
from storage.database import Damaged, Database, Tx
from storage.keys import mark_of
from storage.resealing import NO_KEY, Done

__all__ = ["Done", "Kept", "kept", "mark_of", "rotate", "say", "say_no_more"]

SAYS_EVERY = timedelta(minutes=1)
HEARD_WITHIN = 3 * SAYS_EVERY
FORGOTTEN_AFTER = timedelta(days=1)
PASSES = 10  # what an act holds is passed over, and met again the next time
PAUSE_SECONDS = 0.2
_SAYS = "keys:"


@dataclass(frozen=True)
class Kept:
    """Which key opens how much of what is sealed."""

    marks: tuple[str, ...]  # the newest first
    opened: dict[str, int]  # by each of them
    unopened: int  # by none of them
    since: datetime | None  # nothing has been sealed with an older key than the newest since then

    @property
    def left(self) -> int:
        """What only an older key opens."""
        return sum(self.opened[mark] for mark in self.marks[1:])


async def say(db: Database, who: str, now: datetime) -> None:
    """A process that runs tells which keys it has; `who` is a word of its own."""
    told = json.dumps({"at": now.isoformat(), "marks": keys_of(db.dialect).marks})
    async with db.write() as tx:
        for name, (_, at) in (await _said(tx)).items():
            if at < now - FORGOTTEN_AFTER:
                await memory.forget(tx, name)
        await memory.remember(tx, f"{_SAYS}{who}", told)


async def say_no_more(db: Database, who: str) -> None:
    """That process ends."""
    async with db.write() as tx:
        await memory.forget(tx, f"{_SAYS}{who}")


async def _said(tx: Tx) -> dict[str, tuple[list[str], datetime]]:
    found = {}
    for name, value in (await memory.recall_all(tx, _SAYS)).items():
        told = json.loads(value)
        found[name] = (told["marks"], datetime.fromisoformat(told["at"]))
    return found


async def kept(db: Database) -> Kept:
    """Which key opens how much; raises NotReady."""
    marks = keys_of(db.dialect).marks
    try:
        found = await resealing.openers(db)
        async with db.read() as tx:
            if await seal.begun(tx):
                found[await seal.opener(tx) or NO_KEY] += 1
            told = await memory.recall(tx, memory.RESEALED)
    except Damaged as error:
        raise NotReady("The database does not answer as it should. Run: lotsen doctor") from error
    done = json.loads(told) if told else {}
    since = datetime.fromisoformat(done["at"]) if done.get("mark") == marks[0] else None
    return Kept(marks, {mark: found[mark] for mark in marks}, found[NO_KEY], since)


async def rotate(db: Database, now: datetime, told: Callable[[Done], None]) -> Kept:
    """Seal everything with the newest key, and tell of each batch; raises NotReady.

    Whatever it has come to is kept: beginning again goes on from there.
    """
    keys = keys_of(db.dialect)
    try:
        await seal.check(db)
        await _all_know(db, keys.marks[0], now)
        for _ in range(PASSES):
            for column in resealing.columns():
                async for done in resealing.reseal(db, column):
                    told(done)
            found = await resealing.openers(db)
            if not (left := [mark for mark in keys.marks[1:] if found[mark]]):
                break
            await asyncio.sleep(PAUSE_SECONDS)
        await _all_know(db, keys.marks[0], now)
    except SealBroken as error:
        raise NotReady("LOTSEN_SECRET_KEY does not open this database.") from error
    if left:
        return await kept(db)
    async with db.write() as tx:
        await seal.renew(tx)  # last: before it, nobody starts without the old key
    await db.scrub()  # what was sealed with the old key stands in SQLite's log, too
    came_to = await kept(db)
    if came_to.left or came_to.since:
        return came_to
    async with db.write() as tx:
        said = json.dumps({"mark": keys.marks[0], "at": now.isoformat()})
        await memory.remember(tx, memory.RESEALED, said)
    return replace(came_to, since=now)


async def _all_know(db: Database, mark: str, now: datetime) -> None:
    """Raises NotReady while a process runs that seals with another key."""
    async with db.read() as tx:
        said = (await _said(tx)).values()
    if any(at > now - HEARD_WITHIN and marks[:1] != [mark] for marks, at in said):
        raise NotReady(
            f"A Lotsen that runs does not seal with the key {mark} yet. Restart every one of them, "
            "and try again. (One that was killed is waited for: three minutes.)"
        )
