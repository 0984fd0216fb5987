"""Commands for calendars of staff: busy times in, visits out (mission D8, D15)."""

import asyncio
from datetime import datetime
from pathlib import Path

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from bot.cli_run import DAY
from bot.cli_team import staff
from bot.clock import Clock
from bot.paper_files import put
from bot.settings import read_settings
from messaging import day_texts
from programme.localtime import on_the_clock
from services import busy, calendar, day_list, staff_links
from services.types import Tx

__all__ = ["staff"]


@staff.command("busy")
@click.option("--area", required=True, help="The area's name.")
@click.option("--name", required=True)
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A calendar file (.ics): its times take the place of those of the file before.",
)
@click.option("--address", help="Where their own calendar is read every hour: https://…")
@click.option("--stop", is_flag=True, help="Do not read it any more.")
def take_busy(area: str, name: str, file: Path | None, address: str | None, stop: bool) -> None:
    """Keep somebody's busy times free of visits. Only times are kept, never what they are."""
    if (file is not None) + (address is not None) + stop != 1:
        raise click.UsageError("Give one of --file, --address and --stop.")
    if file:
        click.echo(_from_file(area, name, file))
    elif address:
        click.echo(_from_address(area, name, address))
    else:
        click.echo(_stopped(area, name))


def _from_file(area: str, name: str, file: Path) -> str:
    """It is read before the database is touched: a large file keeps nobody waiting."""
    settings = read_settings()
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CannotRun(f"{file} cannot be read: {error.strerror}.") from error
    spans = asyncio.run(busy.times_in(content, Clock(settings.now).now(), settings.timezone))

    async def work(_house: House, tx: Tx, _now: datetime) -> int:
        return await busy.take_file(tx, await staff_links.find(tx, area, name), spans)

    count = act(work)
    return f"{name} in {area}: {count} busy time{'' if count == 1 else 's'} in the next six months."


def _from_address(area: str, name: str, address: str) -> str:
    async def work(_house: House, tx: Tx, _now: datetime) -> None:
        await busy.set_address(tx, await staff_links.find(tx, area, name), address)

    act(work)
    return f"The calendar of {name} in {area} is read every hour by: lotsen run"


def _stopped(area: str, name: str) -> str:
    async def work(_house: House, tx: Tx, _now: datetime) -> None:
        await busy.end_address(tx, await staff_links.find(tx, area, name))

    act(work)
    return f"The calendar of {name} in {area} is not read any more, and its times are forgotten."


@staff.command("feed")
@click.option("--area", required=True, help="The area's name.")
@click.option("--name", required=True)
@click.option("--end", is_flag=True, help="No private calendar any more.")
def feed(area: str, name: str, end: bool) -> None:
    """A new address of somebody's private calendar, shown once; the one before stops at once."""

    async def work(house: House, tx: Tx, _now: datetime) -> str | None:
        found = await staff_links.find(tx, area, name)
        if end:
            await calendar.end_feed(tx, found.member.id)
            return None
        if not house.settings.public_url:
            raise CannotRun(
                "LOTSEN_PUBLIC_URL is not set: where does the internet reach this Lotsen?"
            )
        token = await calendar.new_feed(tx, found.member.id)
        return calendar.address(house.settings.public_url, token)

    link = act(work)
    if link is None:
        click.echo(f"{name} in {area} has no private calendar any more.")
        return
    click.echo(f"The private calendar of {name} in {area}. Who has its address sees their visits.")
    click.echo(link)


@staff.command("day")
@click.option("--area", required=True, help="The area's name.")
@click.option("--name", required=True)
@click.option("--date", "day", type=DAY, help="Which day. Default: today.")
@click.option("--language", default="sv", show_default=True, help="sv, ar, so, en.")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Also write it there as a page to print.",
)
def day(area: str, name: str, day: datetime | None, language: str, html: Path | None) -> None:
    """The list of somebody's day, to print: no names of families, only your own words for them."""

    async def work(house: House, tx: Tx, now: datetime) -> tuple[str, str]:
        t, rules = house.languages.get(language), house.settings.rules
        on = day.date() if day else on_the_clock(now, rules.zone).date()
        member = (await staff_links.find(tx, area, name)).member
        found = await day_list.day_of(tx, None, member, on, now, rules)
        about = (t, member, on, found.lines, rules.zone)
        return day_texts.as_plain(*about), day_texts.as_page(*about)

    text, page = act(work)
    click.echo(text)
    if html:
        put(html, page.encode())
