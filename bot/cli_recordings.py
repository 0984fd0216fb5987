"""Recordings on the command line: what is missing, and a studio's files (mission F5)."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from bot.cli_import import DRY_RUN, TakenBack
from bot.settings import Settings
from messaging import scripts
from messaging.i18n import Languages, load_languages
from messaging.isolates import clean
from services import installation, recording_files, recordings
from services.guide import pages_now
from services.recordings import Shelf
from services.types import Damaged, Tx


@click.group("recordings", invoke_without_command=True)
@click.option("--language", help="Only this one: sv, ar, so, en.")
@click.option("--missing", is_flag=True, help="Only what families cannot hear.")
@click.pass_context
def recordings_(context: click.Context, language: str | None, missing: bool) -> None:
    """What families can hear, one line for each text: language, state, file name, words."""
    if context.invoked_subcommand:
        return

    async def work(house: House, tx: Tx, now: datetime) -> None:
        for code in _codes(house.languages, language):
            shelf = await _shelf(tx, house.languages, code)
            for line in _lines(code, shelf, missing):
                click.echo(line)

    act(work)


def _codes(languages: Languages, chosen: str | None) -> tuple[str, ...]:
    if chosen is None:
        return languages.codes
    return (languages.get(chosen).code,)


async def _shelf(tx: Tx, languages: Languages, code: str) -> Shelf:
    t = languages.get(code)
    return await recordings.shelf(tx, code, scripts.wanted(t, languages, await pages_now(t, tx)))


def _lines(code: str, shelf: Shelf, missing: bool) -> Iterator[str]:
    for each in shelf.scripts:
        heard = shelf.stands(each)
        state = "heard" if heard else "old" if each.key in shelf.standing else "missing"
        if not (missing and heard):
            words = " ".join(each.words.split())
            yield f"{code}\t{state}\t{recording_files.name_of(each.key)}\t{words}"
    for gone in () if missing else shelf.unused():
        yield f"{code}\tunused\t{recording_files.name_of(gone.key)}\t"


@recordings_.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--language", required=True, help="In which language they speak: sv, ar, so, en.")
@DRY_RUN
def import_(folder: Path, language: str, dry_run: bool) -> None:
    """Take in a folder of sound files, each named as in the list: all of them, or none."""
    files = recording_files.read(_files(folder))
    taken = recording_files.Taken()

    async def work(house: House, tx: Tx, now: datetime) -> None:
        nonlocal taken
        code = house.languages.get(language).code
        shelf = await _shelf(tx, house.languages, code)
        taken = await recording_files.take(tx, code, shelf.scripts, files, now)
        if taken.faults or dry_run:
            raise TakenBack

    with suppress(TakenBack):
        act(work)
    for fault in taken.faults:
        click.echo(fault, err=True)
    if taken.faults:
        raise CannotRun(f"{len(taken.faults)} of {len(files)} files: nothing was imported.")
    would = "Nothing was imported, only looked at: " if dry_run else ""
    click.echo(f"{would}{taken.new} new, {taken.replaced} replaced.")


def _files(folder: Path) -> list[tuple[str, bytes]]:
    found = sorted(each for each in folder.iterdir() if _is_sound(each))
    if not found:
        raise CannotRun(f"There are no sound files in {folder}.")
    return [(clean(each.name), each.read_bytes()) for each in found]


def _is_sound(file: Path) -> bool:
    return file.is_file() and file.suffix.lower() in recording_files.ENDINGS


def notes(settings: Settings) -> list[str]:
    """One line per language of which something cannot be heard; none without a database."""
    if settings.embedded and not Path(settings.database.removeprefix("sqlite:///")).exists():
        return []  # looking must not make one
    with suppress(Damaged, installation.NotReady, OSError):
        return asyncio.run(_notes(settings, load_languages()))
    return []


async def _notes(settings: Settings, languages: Languages) -> list[str]:
    db = installation.open_at(settings.database, settings.keys())
    try:
        async with db.read() as tx:
            shelves = {code: await _shelf(tx, languages, code) for code in languages.codes}
    finally:
        await db.close()
    return [
        f"{code}: {shelf.done()} of {len(shelf.scripts)} texts can be heard"
        f"{f', {shelf.old()} are old' if shelf.old() else ''}. See: lotsen recordings"
        for code, shelf in shelves.items()
        if shelf.missing()
    ]
