"""Backups: made beside everything that runs, restored so that nobody is told twice.

What was due between a backup and its restore may have been sent already, and nobody can tell: it is
in doubt, and each kind says itself what that means (`programme/kinds.py`).
"""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from programme.kinds import Rules
from services import planning, sending
from services.installation import NotReady, open_at
from services.outcomes import doubt
from storage import backup, carrying, memory, migrate, outbox, seal
from storage.carrying import Carried
from storage.columns import SealBroken
from storage.database import Damaged, Database
from storage.keys import mark_of
from storage.sealed_files import Head, NotSealed, Tampered, WrongKey

WHY = "restored from a backup"


@dataclass(frozen=True)
class Restored:
    """What a restore came to."""

    made_at: datetime
    beside: Path | None  # the database that was there, if it is a file
    again: int  # promises that are said once more
    left: int  # promises that are not
    carried: Carried | None  # None: what was replaced could not be read


async def make(db: Database, url: str, keys: list[str], target: Path, now: datetime) -> None:
    """A sealed backup of the database as it is; raises NotReady with a sentence."""
    try:
        form = await migrate.current(db)
        if form is None:
            raise NotReady("There is nothing to back up yet.")
        await seal.check(db)
        facts = {
            "kind": backup.kind_of(url),
            "form": form,
            "made_at": now.isoformat(),
            "key": mark_of(keys[0]),
        }
        await asyncio.to_thread(backup.make, url, keys[0], facts, target)
    except (SealBroken, Damaged, backup.Unsound, backup.NoProgram, OSError) as error:
        raise NotReady(_why(error)) from error
    async with db.write() as tx:
        await memory.remember_instant(tx, memory.BACKED_UP, now)


async def restore(
    url: str,
    keys: list[str],
    source: Path,
    sent_until: datetime | None,
    now: datetime,
    rules: Rules,
) -> Restored:
    """Put a backup in the place of the database; raises NotReady with a sentence.

    `sent_until`: until then messages may have been sent after the backup; by default until now.
    """
    try:
        head = await asyncio.to_thread(backup.head_of, source)
        made_at = _fits(head, url)
        _opens(head, keys)
        until = sent_until or now
        if not made_at <= until <= now:
            raise NotReady("--sent-until lies between the backup and now.")
        if backup.kind_of(url) == backup.FILE:
            return await _into_file(url, keys, source, made_at, until, now, rules)
        return await _into_server(url, keys, source, made_at, until, rules)
    except (
        *(SealBroken, Damaged, NotSealed, WrongKey, Tampered),
        *(backup.Unsound, backup.NoProgram, backup.InUse, OSError),
    ) as error:
        raise NotReady(_why(error)) from error


def _fits(head: Head, url: str) -> datetime:
    """When it was made; raises NotReady where it cannot become this database."""
    if head.facts.get("kind") != backup.kind_of(url):
        raise NotReady(f"That is a backup of {head.facts.get('kind')}, and the database is none.")
    if not migrate.known(head.facts.get("form", "")):
        raise NotReady("The backup was made by a newer Lotsen. Please update this one.")
    return datetime.fromisoformat(head.facts["made_at"])


def _opens(head: Head, keys: list[str]) -> None:
    """Raises NotReady with the mark of the key that is missing, where the backup names it."""
    needed, listed = head.facts.get("key"), [mark_of(key) for key in keys]
    if needed and needed not in listed:
        raise NotReady(
            f"The backup was sealed with the key {needed}, and LOTSEN_SECRET_KEY has "
            f"{', '.join(listed)}. Add that key behind the others, and try again."
        )


def key_of(source: Path) -> str | None:
    """The mark of the key that opens that backup, None where an older Lotsen made it.

    Raises NotReady for what is no backup.
    """
    try:
        return backup.head_of(source).facts.get("key")
    except (NotSealed, OSError) as error:
        raise NotReady(f"{source}: {_why(error)}") from error


async def _into_file(
    url: str,
    keys: list[str],
    source: Path,
    made_at: datetime,
    until: datetime,
    now: datetime,
    rules: Rules,
) -> Restored:
    file = backup.database_file(url)
    beside = file.with_name(f"{file.name}.before-{now:%Y%m%dT%H%M%SZ}")
    with backup.workroom(file.parent) as room:
        new = room / file.name
        await asyncio.to_thread(backup.unpack, source, keys, new)
        there = await asyncio.to_thread(backup.only_ours, file)
        db = open_at(f"sqlite:///{new}", keys)
        try:
            before = await _lasting(file, keys) if there else None
            carried, counts = await _settle(db, until, rules, before)
        finally:
            await db.close()
        await asyncio.to_thread(backup.put_in_place, new, file, beside)
    again, left = counts["postponed"], counts["in_doubt"]
    return Restored(made_at, beside if there else None, again, left, carried)


async def _into_server(
    url: str, keys: list[str], source: Path, made_at: datetime, until: datetime, rules: Rules
) -> Restored:
    db = open_at(url, keys)
    try:
        if await migrate.current(db) is not None:
            raise NotReady(
                "The database in LOTSEN_DATABASE_URL is not empty. Make a new one (createdb), name "
                "it there, and restore into that: the old one stays as it is."
            )
        await asyncio.to_thread(backup.load, url, source, keys)
        carried, counts = await _settle(db, until, rules, None)
    finally:
        await db.close()
    return Restored(made_at, None, counts["postponed"], counts["in_doubt"], carried)


async def _lasting(file: Path, keys: list[str]) -> carrying.Lasting | None:
    """What must outlive the database that is replaced; None where that cannot be read."""
    old = open_at(f"sqlite:///{file}", keys)
    try:
        with suppress(Damaged):
            if await migrate.current(old) == migrate.newest():
                async with old.read() as tx:
                    return await carrying.lasting(tx)
        return None
    finally:
        await old.close()


async def _settle(
    db: Database, until: datetime, rules: Rules, before: carrying.Lasting | None
) -> tuple[Carried | None, Counter[str]]:
    """Bring what was restored up to date, so that it can be used."""
    await migrate.migrate(db)
    await seal.check(db)
    carried = None
    if before:
        async with db.write() as tx:
            carried = await carrying.carry(tx, before)
    return carried, await leave_in_doubt(db, until, rules)


async def leave_in_doubt(db: Database, until: datetime, rules: Rules) -> Counter[str]:
    """Whatever was due by then may have been sent: each kind says whether it is said once more."""
    await planning.plan(db, until, rules)
    await sending.start_due(db, until, rules)
    counts: Counter[str] = Counter()
    async with db.write() as tx:
        for message in (*await outbox.left_sending(tx), *await outbox.due_by(tx, until)):
            await doubt(tx, message, WHY, counts, until)
    return counts


_SENTENCES: dict[type[Exception], str] = {
    backup.InUse: "Another process has the database open. Stop every lotsen first.",
    NotSealed: "That file is no backup of Lotsen's.",
    WrongKey: "LOTSEN_SECRET_KEY does not open it. Set the key it was made with.",
    SealBroken: "LOTSEN_SECRET_KEY does not open this database. Set the key it was begun with.",
    Tampered: "The backup was changed or cut short since it was made. It is not used.",
}


def _why(error: Exception) -> str:
    """What an operator reads."""
    if sentence := _SENTENCES.get(type(error)):
        return sentence
    match error:
        case backup.NoProgram():
            return f"{error} is not on this machine. Install PostgreSQL's client programs."
        case FileExistsError():
            return f"There is such a file already: {error.filename}. Nothing is overwritten."
        case OSError():
            return f"{error.filename or 'The file'}: {error.strerror}."
        case _:
            return f"What was read is not sound: {error}."
