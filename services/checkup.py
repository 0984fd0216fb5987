"""The database and the work on it, looked over by the doctor: one finding for each thing."""

import shutil
import stat
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from services import keys
from services.health import Standing
from services.installation import HALF_MADE, NotReady, SenderBusy, SenderLock
from storage import half_made, migrate, seal, vitals
from storage.columns import SealBroken
from storage.database import Damaged, Database
from storage.vitals import WAL

PLANS_WITHIN = timedelta(minutes=70)  # idle it rests an hour
LEAVES_WITHIN = timedelta(hours=14)  # a night is twelve hours
ANSWERED_WITHIN = timedelta(minutes=1)
BACKED_UP_WITHIN = timedelta(hours=26)
IN_FLIGHT = 16
LEAST_DISK = 500_000_000  # bytes
LEAST_LETTERS = 12  # different ones in a key: 44 drawn by lot have about thirty

_PLANNED = "has planned everything but the last"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: is it well, and what is to be done if not."""

    well: bool
    about: str
    says: str


async def database(db: Database) -> list[Finding]:
    """Does it answer, in its newest form, sound, with the right key."""
    try:
        found, form = await vitals.ask(db), await migrate.current(db)
        half = await half_made.is_half_made(db)
    except Damaged as error:
        return [Finding(False, "Database", f"does not answer: {type(error.orig).__name__}.")]
    findings = [
        Finding(found.faults is None, "Database", found.faults or f"{found.version}, sound."),
        _form(form),
    ]
    if found.journal is not None and found.journal != WAL:
        says = f"the journal is {found.journal}; `lotsen run` makes it {WAL}."
        findings.append(Finding(False, "Journal", says))
    if half:
        findings.append(Finding(False, "Restore", HALF_MADE))
    if form is not None:
        findings.append(await _key(db))
    return findings


def _form(form: str | None) -> Finding:
    if form == migrate.newest():
        return Finding(True, "Form", f"{form}, the newest.")
    if form is not None and not migrate.known(form):
        return Finding(False, "Form", f"{form} was made by a newer Lotsen: update this one.")
    return Finding(False, "Form", f"{form or 'nothing there yet'}. Run: lotsen migrate")


async def _key(db: Database) -> Finding:
    try:
        await seal.check(db)
        found = await keys.kept(db)
    except SealBroken:
        return Finding(False, "Key", "does not open this database: put back the one it had.")
    except (Damaged, NotReady):
        return Finding(False, "Key", "cannot be tried: the database does not take it.")
    if found.unopened:
        says = f"{found.unopened} values open with none of the keys: put back the key they had."
        return Finding(False, "Key", says)
    if found.left:
        says = f"{found.left} values are sealed with an older key. Run: lotsen keys rotate"
        return Finding(False, "Key", says)
    return Finding(True, "Key", f"{found.marks[0]} opens all that is sealed.")


def weak_keys(found: list[str]) -> list[Finding]:
    """Keys that nobody has drawn by lot."""
    return [
        Finding(False, "Key", f"{keys.mark_of(key)} is not random. Run: lotsen keys new")
        for key in found
        if len(set(key)) < LEAST_LETTERS
    ]


def secret_file(file: Path) -> Finding | None:
    """Does the file with the keys belong to its owner alone; None where there is none."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(False, "Key file", f"{file} can be read by others. Run: chmod 600 {file}")
    return Finding(True, "Key file", f"{file} is its owner's alone.")


def disk(folder: Path) -> Finding:
    """Is there room for what comes."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    room = f"{free // 1_000_000} MB free."
    return Finding(free >= LEAST_DISK, "Disk", room if free >= LEAST_DISK else f"only {room}")


async def sender(lock: SenderLock, worked: bool) -> Finding:
    """Does anybody send."""
    try:
        await lock.take()
    except SenderBusy:
        return Finding(True, "Sender", "one is at work.")
    except (Damaged, OSError) as error:
        return Finding(False, "Sender", f"cannot be looked for: {type(error).__name__}.")
    finally:
        await lock.give_back()
    return Finding(not worked, "Sender", "nobody sends. Start: lotsen run")


def work(found: Standing, now: datetime) -> list[Finding]:
    """How far the work is."""
    return [
        _young("Planner", found.watermark, now, PLANS_WITHIN, _PLANNED, "nothing was due yet."),
        Finding(
            found.sending <= IN_FLIGHT,
            "Outbox",
            f"{found.waiting} wait, {found.due} of them due, {found.sending} are being sent.",
        ),
        _young("Oldest message", found.oldest_due, now, LEAVES_WITHIN, "due for", "none is due."),
        _young(
            "Oldest update", found.oldest_update, now, ANSWERED_WITHIN, "open for", "none open."
        ),
    ]


def backup(found: Standing, now: datetime) -> Finding:
    """Is there a young backup."""
    if found.backup is None:
        return Finding(False, "Backup", "there is none. Run each night: lotsen backup FILE")
    made = _young("Backup", found.backup, now, BACKED_UP_WITHIN, "made", "")
    return replace(made, says=f"{made.says.removesuffix('.')} ago.")


def _young(
    about: str, at: datetime | None, now: datetime, within: timedelta, word: str, none: str
) -> Finding:
    if at is None:
        return Finding(True, about, none)
    age = max(timedelta(0), now - at)
    return Finding(age <= within, about, f"{word} {str(age).split('.', maxsplit=1)[0]}.")
