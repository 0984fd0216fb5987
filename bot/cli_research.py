"""For researchers: tables anybody may have, and rows for those with an approval (mission I6)."""

import csv
import getpass
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from messaging.report_files import harmless
from programme.research import table
from services import research as facts
from services import research_tables
from services.types import Tx


@click.group()
def research() -> None:
    """Figures for researchers; nobody can be told apart in them."""


@research.command("tables")
def tables() -> None:
    """All figures by area and half-year, as CSV; small counts are hidden."""

    async def work(house: House, tx: Tx, now: datetime) -> list[tuple[object, ...]]:
        return await research_tables.lines(tx, now, house.settings.rules)

    _write(sys.stdout, act(work))


@research.command("rows")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def rows(file: Path) -> None:
    """Write one row for each family whose parents have all said yes, months instead of dates.

    Needs the number of an ethics approval in LOTSEN_ETHICS_APPROVAL. What was written is noted.
    """

    written = False

    async def work(house: House, tx: Tx, now: datetime) -> str:
        nonlocal written
        settings = house.settings
        who = getpass.getuser()
        found = await facts.rows(tx, settings.ethics_approval, who, now, settings.rules)
        _to_file(file, table(found.rows))
        written = True
        return (
            f"{len(found.rows)} rows are in {file}; {found.left_out} were left out so that "
            f"nobody stands alone. Noted: {who}, approval {settings.ethics_approval}."
        )

    try:
        said = act(work)
    except BaseException:
        if written:  # the note of it was not kept: then there is no file, either
            file.unlink(missing_ok=True)
        raise
    click.echo(said)


@research.command("exports")
def exports() -> None:
    """Every file of rows there has been: when, by whom, how many rows."""

    async def work(_house: House, tx: Tx, _now: datetime) -> list[facts.Made]:
        return await facts.made(tx)

    found = act(work)
    for each in found:
        click.echo(
            f"{each.made_at:%Y-%m-%d %H:%M} UTC, {each.made_by}, approval {each.approval}: "
            f"{each.families} rows, {each.left_out} left out"
        )
    if not found:
        click.echo("No rows have been written for research.")


def _to_file(file: Path, lines: Iterable[tuple[object, ...]]) -> None:
    """A new file that only its owner may read; one that is there is never written over."""
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CannotRun(f"{file} cannot be written: {error.strerror}.") from error
    with os.fdopen(number, "w", encoding="utf-8", newline="") as opened:
        _write(opened, lines)


def _write(out: TextIO, lines: Iterable[tuple[object, ...]]) -> None:
    table_of = csv.writer(out, lineterminator="\n")
    table_of.writerows([harmless(cell) for cell in line] for line in lines)
