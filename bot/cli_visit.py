"""Commands for visits that are booked: cancelled, done, nobody at home."""

from datetime import datetime

import click

from bot.app import House
from bot.cli_area import act
from bot.cli_staff import NUMBER, visit
from programme.localtime import on_the_clock
from programme.people import Booking
from programme.reasons import CancelReason
from services import visits
from services.types import Tx

__all__ = ["visit"]

_REASONS = [each.value for each in CancelReason]


@visit.command("cancel")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
@click.argument("number", type=int)
@click.option("--why", type=click.Choice(_REASONS), default="other")
def cancel(family_id: int, number: int, why: str) -> None:
    """Cancel visit NUMBER of a family: parents are told, reminders go with it."""

    async def work(house: House, tx: Tx, now: datetime) -> str:
        gone = await visits.cancel(
            tx, family_id, number, now, house.settings.rules, CancelReason(why)
        )
        return _when(gone, house)

    click.echo(f"Visit {number} of family {family_id} on {act(work)} is cancelled.")


@visit.command("done")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
@click.argument("number", type=int)
def done(family_id: int, number: int) -> None:
    """Visit NUMBER of a family has been."""

    async def work(house: House, tx: Tx, now: datetime) -> str:
        been = await visits.done(tx, family_id, number, now, house.settings.rules)
        return _when(been, house)

    click.echo(f"Visit {number} of family {family_id} on {act(work)} is done.")


@visit.command("missed")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
@click.argument("number", type=int)
def missed(family_id: int, number: int) -> None:
    """Nobody was at home for visit NUMBER: parents are asked about a new time."""

    async def work(house: House, tx: Tx, now: datetime) -> str:
        been = await visits.missed(tx, family_id, number, now, house.settings.rules)
        return _when(been, house)

    click.echo(f"Visit {number} of family {family_id} on {act(work)}: nobody was at home.")


def _when(booking: Booking, house: House) -> str:
    shown = on_the_clock(booking.starts_at, house.settings.timezone)
    return f"{shown:%A %Y-%m-%d %H:%M}"
