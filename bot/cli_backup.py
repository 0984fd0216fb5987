"""Commands for the worst day: backup and restore."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.cli_run import parse_time
from bot.clock import real_now
from bot.settings import Settings, read_settings
from services import backups, installation
from services.backups import Restored
from services.keys import mark_of

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Copy the whole database into a sealed FILE, while everything goes on."""
    settings = read_settings()
    now = settings.now or real_now()

    async def act() -> None:
        db = installation.open_at(settings.database, settings.keys())
        try:
            await backups.make(db, settings.database, settings.keys(), file, now)
        finally:
            await db.close()

    asyncio.run(act())
    click.echo(f"Backed up: {file}, {file.stat().st_size} bytes, read back and proven.")
    key = f"key {mark_of(settings.keys()[0])}, {_key(settings)}"
    click.echo(f"It opens only with {key}: keep a copy of that elsewhere.")

    if settings.backup_days and settings.now is None:
        for line in _rotated(settings, file):
            click.echo(line)


def _rotated(settings: Settings, file: Path) -> list[str]:
    """What was too old beside the new one is gone: who is erased today is still in it."""
    keep, folder = timedelta(days=settings.backup_days), file.absolute().parent
    done = backups.rotate(settings.database, settings.keys(), folder, keep, real_now())
    old = f"older than {keep.days} days"
    another = "but none of your keys opens it"
    newest = f"kept as one of the newest {backups.ALWAYS_KEPT}"
    return [
        *(f"Deleted, {old}: {each}" for each in done.deleted),
        *(f"{old.capitalize()}, {another}: {each}. Delete it yourself." for each in done.left),
        *(f"{old.capitalize()}, {newest}: {each}" for each in done.newest),
    ]


def _key(settings: Settings) -> str:
    return f"in {settings.key_file}" if settings.key_file else "in LOTSEN_SECRET_KEY"


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--sent-until",
    metavar="TIME",
    help="Until when messages may have been sent after the backup. Default: now.",
)
@click.option(
    "--instead-of",
    metavar="NAME",
    help="PostgreSQL: the database on that server which the new, empty one is there instead of.",
)
def restore(file: Path, sent_until: str | None, instead_of: str | None) -> None:
    """Put the backup in FILE in the place of the database. Nothing else may run.

    What was due since the backup may have been sent already: messages about visits are said once
    more, everything else is left.
    """
    settings = read_settings()
    until = parse_time(sent_until, settings) if sent_until else None
    done = asyncio.run(_restore(settings, file, until, instead_of))
    for line in _told(done, settings):
        click.echo(line)


async def _restore(
    settings: Settings, file: Path, until: datetime | None, instead_of: str | None
) -> Restored:
    return await backups.restore(
        settings.database,
        settings.keys(),
        file,
        until,
        settings.now or real_now(),
        settings.rules,
        instead_of,
    )


def _told(done: Restored, settings: Settings) -> list[str]:
    made = done.made_at.astimezone(settings.timezone)
    lines = [
        f"Restored: everything as it was on {made:%Y-%m-%d at %H:%M}.",
        f"Since then perhaps sent: {done.again} are said once more, {done.left} are left.",
    ]
    if done.beside:
        lines.append(f"The database that was there: {done.beside}. Delete it when all is well.")
    lines += [f"Dropped, left half made by a restore before: {each}." for each in done.dropped]
    if carried := done.carried:
        lines.append(
            f"Carried over from it: {carried.erased} erased, {carried.rests} stops, losses and "
            f"pauses, {carried.changed} changes of phones and access."
        )
    else:
        lines.append(
            "Nothing could be carried over. Before you start Lotsen, ask staff for every loss and "
            "stop since then, and for who asked to be forgotten."
        )
    return [*lines, "Visits booked or moved since then are not in it: tell staff."]
