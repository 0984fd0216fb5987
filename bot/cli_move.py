"""Commands for where a family belongs: another area, a health centre, out of the programme."""

from datetime import datetime

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from bot.cli_staff import NUMBER, family
from services import centres, declining, moving
from services.types import Tx

__all__ = ["family"]


@family.command("move")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
@click.option("--area", required=True, help="Where they move to.")
@click.option("--agreed", is_flag=True, help="They have said yes to a person: move at once.")
def move(family_id: int, area: str, agreed: bool) -> None:
    """Ask a family's parents whether the team of another area may take over."""

    async def work(house: House, tx: Tx, now: datetime) -> bool:
        if agreed:
            return await moving.agreed(tx, family_id, area, now, house.settings.rules)
        await moving.ask(tx, family_id, area, now, house.settings.rules)
        return False

    two_homes = act(work)
    if not agreed:
        click.echo(f"The parents of family {family_id} are asked. Nothing changes before a yes.")
        return
    click.echo(f"Family {family_id} belongs to {area} now.")
    if two_homes:
        click.echo(
            "It has two homes: both belong there now, and what was booked with either of them is "
            "taken away. Has each of them said yes? Staff call both: neither is written to."
        )


@family.command("leave")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
@click.option("--home", type=click.IntRange(0, 2), help="Of two homes, the one; 0: both.")
def leave(family_id: int, home: int | None) -> None:
    """A family moves out of the programme: no more visits; tips may go on."""

    async def work(house: House, tx: Tx, now: datetime) -> bool:
        return await moving.leave(tx, family_id, now, house.settings.rules, home)

    left = act(work)
    click.echo(f"Family {family_id} {'has left' if left else 'had left before'}.")


@family.command("centre")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
@click.argument("name")
def centre(family_id: int, name: str) -> None:
    """Say which health centre (BVC) a family goes to, where its area has several."""

    async def work(house: House, tx: Tx, now: datetime) -> None:
        await centres.choose(tx, family_id, name)

    act(work)
    click.echo(f"Visits of family {family_id} are counted for {name} from now on.")


@family.command("no-visits")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
def no_visits(family_id: int) -> None:
    """A family has told a person that it wants no visits; booking one takes it back."""

    async def work(house: House, tx: Tx, now: datetime) -> bool:
        return await declining.told_staff_no(tx, family_id, now, house.settings.rules)

    if not act(work):
        raise CannotRun(
            f"Family {family_id} wants none already, has two homes, or has a visit booked: "
            "cancel it first."
        )
    click.echo(f"Family {family_id} wants no visits. Nobody is written to.")
