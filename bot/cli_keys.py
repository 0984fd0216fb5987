"""Commands for the keys that seal: which there are, a new one, and sealing everything with it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from bot import key_files
from bot.clock import real_now
from bot.settings import Settings, read_settings
from services import backups, installation, keys
from services.keys import Done, Kept, mark_of
from services.types import Database


@click.group(name="keys")
def keys_() -> None:
    """The keys that seal labels, texts and backups, each by its mark."""


@keys_.command()
@click.argument("backup", nargs=-1, type=click.Path(exists=True, path_type=Path, dir_okay=False))
def show(backup: tuple[Path, ...]) -> None:
    """Which key opens what: of the database, and of each BACKUP that is named."""
    settings = read_settings()
    every = settings.keys()
    listed = [mark_of(key) for key in every]
    for file in backup:
        mark = backups.key_of(file)
        known = "is listed" if mark in listed else "is not listed: restoring needs it"
        told = f"{mark}, which {known}" if mark else "unknown: an older Lotsen made it"
        click.echo(f"{file}: key {told}.")
    if not backup:
        found = _with_database(settings, keys.kept)
        for line in _told(found):
            click.echo(line)


def _told(found: Kept) -> list[str]:
    newest, *older = found.marks
    lines = [f"{newest}: seals what is written now; opens {found.opened[newest]} values."]
    lines += [f"{mark}: older; opens {found.opened[mark]} values." for mark in older]
    if found.unopened:
        lines.append(f"None of these keys opens {found.unopened} values: a key is missing.")
    return [*lines, *_what_next(found)]


def _what_next(found: Kept) -> list[str]:
    if found.left:
        return [f"{found.left} values are sealed with an older key. Run: lotsen keys rotate"]
    if len(found.marks) == 1 or found.since is None:
        return []
    older = ", ".join(found.marks[1:])
    return [
        f"Nothing here needs {older} any more: take it out of the settings (lotsen keys drop).",
        f"It still opens backups made before {found.since:%Y-%m-%d %H:%M} UTC: keep it, apart "
        "from them, until the last of those is deleted.",
    ]


@keys_.command()
def new() -> None:
    """Make a new key: written before the old ones where they stand in a file of your own."""
    settings = read_settings()
    made, listed = key_files.make(), settings.keys()
    if settings.key_file and settings.embedded:
        key_files.write(settings.key_file, [made, *listed])
        click.echo(f"{settings.key_file} has a new key, {mark_of(made)}, before {len(listed)}.")
        click.echo("Keep a copy of the file elsewhere. Restart Lotsen, then: lotsen keys rotate")
        return
    click.echo("A new key, kept nowhere yet. Several processes have to learn it one by one:")
    click.echo("1. Put it behind the others (OLD,NEW) for every process; restart each.")
    click.echo("2. Put it before the others (NEW,OLD) for every process; restart each.")
    click.echo("3. Run: lotsen keys rotate")
    click.echo(made)


@keys_.command()
def rotate() -> None:
    """Seal everything with the newest key, while Lotsen runs; begun again, it goes on."""
    settings = read_settings()
    if len(settings.keys()) == 1:
        click.echo("There is one key only. Begin with: lotsen keys new")
        return
    looked: dict[str, list[int]] = {}

    def told(done: Done) -> None:
        seen = looked.setdefault(done.column, [0, 0])
        seen[0] += done.looked
        seen[1] += done.resealed
        click.echo(f"{done.column}: {seen[0]} looked at, {seen[1]} sealed anew.")

    async def act(db: Database) -> Kept:
        return await keys.rotate(db, real_now(), told)

    found = _with_database(settings, act)
    for line in _told(found):
        click.echo(line)
    if found.left or found.unopened:
        raise click.exceptions.Exit(1)


@keys_.command()
@click.argument("mark")
def drop(mark: str) -> None:
    """Take the key with that MARK out of the file, if nothing in the database needs it."""
    settings = read_settings()
    every = settings.keys()
    listed = {mark_of(key): key for key in every}
    if mark not in listed or len(listed) == 1:
        raise click.BadParameter("an older key's mark is expected; see: lotsen keys show")
    found = _with_database(settings, keys.kept)
    if found.opened[mark] or mark == found.marks[0] or found.since is None:
        raise click.UsageError(f"{mark} is still needed. Run first: lotsen keys rotate")
    if not settings.key_file:
        raise click.UsageError("The keys stand in LOTSEN_SECRET_KEY: take it out there.")
    left = [key for each, key in listed.items() if each != mark]
    key_files.write(settings.key_file, left)
    click.echo(f"{settings.key_file} has {mark} no more. Restart Lotsen.")
    for line in _what_next(found)[1:]:
        click.echo(line)


def _with_database(settings: Settings, act: Callable[[Database], Awaitable[Kept]]) -> Kept:
    async def run() -> Kept:
        db = installation.open_at(settings.database, settings.keys())
        try:
            return await act(db)
        finally:
            await db.close()

    return asyncio.run(run())
