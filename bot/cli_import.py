"""Commands that take in lists of families and places: all of a list, or nothing (mission J5)."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from messaging import spoken
from messaging.i18n import load_languages
from messaging.isolates import clean
from programme.localtime import on_the_clock
from services import family_lists, installation, links, lists, place_lists
from services.lists import Column, Fault
from services.types import Tx

FILE = click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say what would happen.")
TEMPLATE = click.option("--template", is_flag=True, help="Print an empty list to fill in.")


class TakenBack(Exception):
    """The list was bad, or only looked at: the transaction is rolled back."""


@click.group("import")
def import_() -> None:
    """Take in a list, CSV or .xlsx: all of it, or nothing."""


def _content(file: Path | None) -> bytes:
    if file is None:
        raise click.UsageError("Give the file, or --template for an empty list.")
    if file.stat().st_size > lists.MOST_BYTES:
        raise CannotRun(f"{clean(file.name)} is larger than {lists.MOST_BYTES // 1_000_000} MB.")
    return file.read_bytes()


def _show(columns: Sequence[Column]) -> None:
    click.echo(lists.template(columns), nl=False)


def _refuse(faults: Sequence[Fault]) -> None:
    for fault in faults:
        click.echo(str(fault), err=True)
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    raise CannotRun(f"{count}: nothing was imported. Mend the list and try again.")


@import_.command("places")
@FILE
@DRY_RUN
@TEMPLATE
@click.option("--update", is_flag=True, help="Places that are there get a new edition.")
def places(file: Path | None, dry_run: bool, template: bool, update: bool) -> None:
    """Take in places: names, hours, positions. What is published is seen by families at once."""
    if template:
        _show(place_lists.columns(load_languages().codes))
        return
    content, taken = _content(file), place_lists.Taken()

    async def work(house: House, tx: Tx, now: datetime) -> bool:
        nonlocal taken
        today = on_the_clock(now, house.settings.timezone).date()
        codes = house.languages.codes
        taken = await place_lists.take(tx, content, codes, now, today, update)
        return not taken.faults and not dry_run

    _try(work)
    if taken.faults:
        _refuse(taken.faults)
    click.echo(f"{_would(dry_run)}{taken.new} new, {taken.changed} changed.")


@import_.command("families")
@FILE
@DRY_RUN
@TEMPLATE
@click.option("--links", "with_links", is_flag=True, help="Make and print personal links.")
def families(file: Path | None, dry_run: bool, template: bool, with_links: bool) -> None:
    """Register families: without links, or with --links; protected ones never get one."""
    if template:
        _show(family_lists.COLUMNS)
        return
    content, taken, bot = _content(file), family_lists.Taken(), ""

    async def work(house: House, tx: Tx, now: datetime) -> bool:
        nonlocal taken, bot
        bot = await installation.bot_name(house.db) or ""
        if with_links and not bot:
            raise CannotRun(
                "The bot's name is not known yet, so there can be no link. "
                "Start it once with: lotsen run"
            )
        known, rules = spoken.by_name(house.languages), house.settings.rules
        taken = await family_lists.take(tx, content, known, now, rules, with_links)
        return not taken.faults and not dry_run

    _try(work)
    if taken.faults:
        _refuse(taken.faults)
    count = "1 family" if len(taken.new) == 1 else f"{len(taken.new)} families"
    click.echo(f"{_would(dry_run)}{count} registered.")
    for each in () if dry_run else taken.new:
        link = f" {links.address(bot, each.code)}" if each.code else ""
        click.echo(f"row {each.row}: family {each.family_id}{link}")


def _try(work: Callable[[House, Tx, datetime], Awaitable[bool]]) -> None:
    """Do that in one transaction, and take everything back unless it says that all is well."""

    async def all_or_nothing(house: House, tx: Tx, now: datetime) -> None:
        if not await work(house, tx, now):
            raise TakenBack

    with suppress(TakenBack):
        act(all_or_nothing)


def _would(dry_run: bool) -> str:
    return "Nothing was imported, only looked at: " if dry_run else ""
