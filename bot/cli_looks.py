"""Who of the staff has looked at which family, and why (mission H2)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

from bot.app import House
from bot.cli_area import act
from bot.cli_team import staff
from programme.localtime import on_the_clock
from programme.unusual import Unusual
from services import looks, staff_links
from services.looks import Written
from services.types import Tx

__all__ = ["staff"]


@staff.command("looks")
@click.option("--area", help="The area of the one person who is asked about.")
@click.option("--name", help="Their first name; without it everybody.")
@click.option("--days", type=click.IntRange(1, 400), default=7, show_default=True)
def looked(area: str | None, name: str | None, days: int) -> None:
    """Who opened which family, when and why, and on which days that was unusually many.

    Why: visits (it is on their list), new (nobody comes yet), leads (the coordinator), covering,
    taking_over, other (with the words), asked (a parent wrote or wants a call), operator.
    """
    if bool(area) != bool(name):
        raise click.UsageError("Give --area and --name together, or neither.")

    async def work(house: House, tx: Tx, now: datetime) -> list[str]:
        zone, since = house.settings.timezone, now - timedelta(days=days)
        who = (await staff_links.find(tx, area, name)).member.id if area and name else None
        return [
            *(_line(called, each, zone) for called, each in await looks.written(tx, since, who)),
            *(
                _unusual(called, each)
                for called, each in await looks.unusual_days(tx, since)
                if who in {None, each.staff_id}
            ),
        ]

    for line in act(work) or ["Nobody has opened a family in that time."]:
        click.echo(line)


def _line(called: str, each: Written, zone: ZoneInfo) -> str:
    look = each.look
    at = f"{on_the_clock(look.at, zone):%Y-%m-%d %H:%M}"
    words = f": {each.words}" if each.words else ""
    return (
        f"{at}  family {look.family_id}  {called or 'command line'}, {look.seen}, {look.why}{words}"
    )


def _unusual(called: str, each: Unusual) -> str:
    others = f", {each.others} of them on a colleague's list" if each.others else ""
    return f"Unusual: {called}, {each.day}, {each.families} families in a short time{others}."
