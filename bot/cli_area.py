"""Commands for areas: data that needs no developer."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

import click

from bot import app, logs
from bot.app import House
from bot.cli_run import DAY
from bot.cli_words import Words
from bot.clock import Clock
from bot.settings import read_settings
from programme.ages import Span
from programme.localtime import instant
from services import areas
from services.types import Tx

T = TypeVar("T")


@click.group()
def area() -> None:
    """Areas."""


def act(work: Callable[[House, Tx, datetime], Awaitable[T]]) -> T:
    """Do that in one transaction of this installation's database; its result."""
    settings = read_settings()
    logs.set_up(settings.log_format)

    async def in_house() -> T:
        async with (
            app.open_house(settings, Clock(settings.now)) as house,
            house.db.write() as tx,
        ):
            return await work(house, tx, house.clock.now())

    return asyncio.run(in_house())


@area.command("list")
def listed() -> None:
    """Every area, how far it has come, and who employs its parent supporters."""

    async def work(_house: House, tx: Tx, _now: datetime) -> list[areas.Row]:
        return await areas.listed(tx)

    for row in act(work):
        click.echo(f"{row.name}: {row.status}{f', {row.employer}' if row.employer else ''}")


@area.command("add")
@click.argument("name", type=Words(80))
@click.option(
    "--employer", type=Words(120), help="Who employs the parent supporters; families may ask."
)
@click.option("--status", type=click.Choice(areas.STATES), default="running", show_default=True)
def add(name: str, employer: str | None, status: str) -> None:
    """A new area."""

    async def work(_house: House, tx: Tx, _now: datetime) -> None:
        await areas.add(tx, name, employer, status)

    act(work)
    click.echo(f"{name} is there.")


@area.command("set")
@click.argument("name")
@click.option("--name", "new_name", type=Words(80), help="A new name.")
@click.option("--employer", type=Words(120), help="Who employs the parent supporters.")
@click.option("--status", type=click.Choice(areas.STATES))
@click.option("--bokstart/--no-bokstart", default=None, help="Does the library come home there?")
def change(
    name: str,
    new_name: str | None,
    employer: str | None,
    status: str | None,
    bokstart: bool | None,
) -> None:
    """Rename an area, or say how far it has come, or whether Bokstart comes home there."""

    async def work(house: House, tx: Tx, now: datetime) -> None:
        found = await areas.find(tx, name)
        rules = house.settings.rules
        await areas.change(tx, found, now, rules, new_name, employer, status, bokstart)

    act(work)
    click.echo(f"{new_name or name} is changed.")


@area.command("merge")
@click.argument("name")
@click.option("--into", required=True, help="The area that stays.")
def merge(name: str, into: str) -> None:
    """Families, staff and figures of one area become another's."""

    async def work(house: House, tx: Tx, now: datetime) -> None:
        gone, stays = await areas.find(tx, name), await areas.find(tx, into)
        await areas.merge(tx, gone, stays, now, house.settings.rules)

    act(work)
    click.echo(f"{name} is part of {into} now.")


@area.command("pause")
@click.argument("name")
@click.option("--until", type=DAY, help="The last day of the pause. Default: until resumed.")
def pause(name: str, until: datetime | None) -> None:
    """No visits and no reminders from now on; everything is kept."""

    async def work(house: House, tx: Tx, now: datetime) -> None:
        zone = house.settings.timezone
        end = instant(until.date() + timedelta(days=1), until.time(), zone) if until else None
        await areas.pause(tx, await areas.find(tx, name), now, house.settings.rules, end)

    act(work)
    click.echo(f"{name} is paused. Families with a visit in that time are told that it must wait.")


@area.command("resume")
@click.argument("name")
def resume(name: str) -> None:
    """Visits again; nothing is sent that fell into the pause."""

    async def work(house: House, tx: Tx, now: datetime) -> None:
        await areas.resume(tx, await areas.find(tx, name), now, house.settings.rules)

    act(work)
    click.echo(f"{name} goes on.")


@area.command("summer")
@click.argument("name")
@click.option("--from", "first", type=DAY, required=True, help="The first day without visits.")
@click.option("--to", "last", type=DAY, required=True, help="The last one.")
def summer(name: str, first: datetime, last: datetime) -> None:
    """Weeks without visits: windows that fall there stretch."""
    if last < first:
        raise click.UsageError("The last day must not lie before the first.")

    async def work(house: House, tx: Tx, now: datetime) -> None:
        weeks = Span(first.date(), last.date())
        found = await areas.find(tx, name)
        await areas.set_summer(tx, found, weeks, now, house.settings.rules)

    act(work)
    click.echo(f"{name} has no visits from {first.date()} to {last.date()}.")
