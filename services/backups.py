"""Backups: made beside everything that runs, restored so that nobody is told twice.

What was due between a backup and its restore may have been sent already, and nobody can tell: it is
in doubt, and each kind says itself what that means (`programme/kinds.py`).
"""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from programme.kinds import Rules
from services import planning, sending
from services.installation import HALF_MADE, NotReady, SenderBusy, SenderLock, open_at, sender_lock
from services.outcomes import doubt
from storage import backup, carrying, claims, exchange, half_made, memory, migrate, outbox, seal
from storage.carrying import Carried
from storage.columns import SealBroken
from storage.database import Damaged, Database
from storage.exchange import Exchange
from storage.keys import mark_of
from storage.sealed_files import Head, NotSealed, Tampered, WrongKey

WHY = "restored from a backup"
ALWAYS_KEPT = 3


@dataclass(frozen=True)
class Restored:
    """What a restore came to."""

    made_at: datetime
    beside: str | None  # what the database that was there is called now
    again: int  # promises that are said once more
    left: int  # promises that are not
    carried: Carried | None  # None: what was replaced could not be read
    dropped: tuple[str, ...] = ()  # what a restore before this one has left half made


async def make(db: Database, url: str, keys: list[str], target: Path, now: datetime) -> None:
    """A sealed backup of the database as it is; raises NotReady with a sentence."""
    try:
        form = await migrate.current(db)
        if form is None:
            raise NotReady("There is nothing to back up yet.")
        if await half_made.is_half_made(db):
            raise NotReady(HALF_MADE)
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


@dataclass(frozen=True)
class Rotated:
    """What was too old to be kept."""

    deleted: list[Path]
    left: list[Path]  # that none of our keys opens, so they may be somebody else's
    newest: list[Path]  # too old, but all that there is


def rotate(url: str, keys: list[str], folder: Path, keep: timedelta, now: datetime) -> Rotated:
    """Delete what is older than that: backups beside a new one, and what restores put aside.

    Who is erased today is still in yesterday's; but who backs up seldom keeps more than one.
    Raises NotReady.
    """
    limit, deleted = now - keep, []
    try:
        found = backup.kept_in(folder, backup.kind_of(url))
        ours = sorted((each for each in found if _ours(each, keys)), key=lambda one: one.oldest)
        left = [each.file for each in found if each not in ours and each.newest < limit]
        old = {each.file: each in ours[-ALWAYS_KEPT:] for each in ours if each.newest < limit}
        deleted += [file for file, stays in old.items() if not stays]
        if backup.kind_of(url) == backup.FILE:
            deleted += backup.set_aside(backup.database_file(url), limit)
        for file in deleted:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise NotReady(_why(error)) from error
    return Rotated(deleted, left, [file for file, stays in old.items() if stays])


def _ours(found: backup.Kept, keys: list[str]) -> bool:
    """What names no key is another installation's in the same folder, unless it opens."""
    if found.key is not None:
        return found.key in [mark_of(key) for key in keys]
    return backup.opens(found.file, keys)


async def restore(
    url: str,
    keys: list[str],
    source: Path,
    sent_until: datetime | None,
    now: datetime,
    rules: Rules,
    instead_of: str | None = None,
) -> Restored:
    """Put a backup in the place of the database; raises NotReady with a sentence.

    `sent_until`: until then messages may have been sent after the backup; by default until now.
    `instead_of`: another database on the same server, which this empty one replaces.
    """
    lock = sender_lock(url, Path())
    try:
        head = await asyncio.to_thread(backup.head_of, source)
        made_at = _fits(head, url)
        _opens(head, keys)
        until = sent_until or now
        if not made_at <= until <= now:
            raise NotReady("--sent-until lies between the backup and now.")
        how = await _exchange(url, keys, instead_of)
        await lock.take()
        return await _into(how, keys, source, made_at, until, now, rules, lock)
    except (
        *(SealBroken, Damaged, NotSealed, WrongKey, Tampered, SenderBusy, exchange.NotAllowed),
        *(backup.Unsound, backup.NoProgram, backup.InUse, OSError),
    ) as error:
        raise NotReady(_why(error)) from error
    finally:
        await lock.give_back()


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


async def _exchange(url: str, keys: list[str], instead_of: str | None) -> Exchange:
    """Where it goes: a file, an empty database that somebody made, or another's place."""
    if backup.kind_of(url) == backup.FILE:
        if instead_of:
            raise NotReady("--instead-of names a database on a server. This one is a file.")
        return exchange.FileExchange(url)
    db = open_at(url, keys)
    try:
        empty = await migrate.current(db) is None or await half_made.is_half_made(db)
    finally:
        await db.close()
    if instead_of and not empty:
        raise NotReady(
            "--instead-of is for a new, empty database, and the one in LOTSEN_DATABASE_URL is not "
            "empty. Without --instead-of the backup takes its place."
        )
    return exchange.EmptyFilled(url, instead_of) if empty else exchange.ServerExchange(url)


async def _into(
    how: Exchange,
    keys: list[str],
    source: Path,
    made_at: datetime,
    until: datetime,
    now: datetime,
    rules: Rules,
    lock: SenderLock,
) -> Restored:
    async with how.beside(now) as new:
        await how.fill(new, source, keys)
        old = await how.old()
        before = await _lasting(old, keys)
        db = open_at(new, keys)
        try:
            carried, counts = await _settle(db, until, rules, before)
        finally:
            await db.close()
        if await _lasting(old, keys) != before:  # somebody came while it was made, and has left
            raise backup.InUse
        beside = await how.put_in_place(new, now, lock.give_back)
    again, left = counts["postponed"], counts["in_doubt"]
    return Restored(made_at, beside, again, left, carried, tuple(how.dropped))


async def _lasting(url: str | None, keys: list[str]) -> carrying.Lasting | None:
    """What must outlive the database that is replaced; None where that cannot be read.

    It may be of a newer form, after an update that went wrong: newer ones only add.
    """
    if url is None:
        return None
    old = open_at(url, keys)
    try:
        with suppress(Damaged):
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
        for message in (*await claims.left_sending(tx), *await outbox.due_by(tx, until)):
            await doubt(tx, message, WHY, counts, until)
    return counts


_SENTENCES: dict[type[Exception], str] = {
    backup.InUse: "Another process has the database open. Stop every lotsen first.",
    SenderBusy: "Another process is sending from this database. Stop every lotsen first.",
    exchange.NotAllowed: (
        "This account may not make databases on the server. Make an empty one there (createdb), "
        "name it in LOTSEN_DATABASE_URL, and say --instead-of with the name of the one before."
    ),
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
        case Damaged():
            return f"The database does not answer: {str(error.orig).rpartition('>: ')[2]}."
        case OSError():
            return f"{error.filename or 'The file'}: {error.strerror}."
        case _:
            return f"What was read is not sound: {error}."
