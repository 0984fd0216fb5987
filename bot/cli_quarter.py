"""The quarter on one page, on the command line (mission I8)."""

import re
from datetime import datetime

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from messaging import quarter_texts
from messaging.template import SWEDISH
from programme.cooperation import quarter_numbered
from programme.errors import NotYours
from programme.periods import Period
from services import areas
from services import quarter as facts
from services.types import Tx


@click.command("quarter")
@click.option("--of", "which", metavar="2026-Q3", help="Default: the latest that has figures.")
@click.option("--area", help="The area's name. Default: all areas together.")
def quarter(which: str | None, area: str | None) -> None:
    """A page for the steering group, in Swedish, without names."""
    months = _months(which) if which else None

    async def work(house: House, tx: Tx, now: datetime) -> str:
        number = await areas.find(tx, area) if area else None
        try:
            found = await facts.for_all(tx, number, months, now, house.settings.rules)
        except NotYours as error:
            raise CannotRun(
                f"There are no figures of {which}. A quarter has them two weeks after its end."
            ) from error
        sv = house.languages.get(SWEDISH)
        return quarter_texts.as_text(sv, found.months, found.known, found.names)

    click.echo(act(work))


def _months(which: str) -> Period:
    match = re.fullmatch(r"(\d{4})-Q([1-4])", which.strip(), re.IGNORECASE)
    months = quarter_numbered(int(match[1]), int(match[2])) if match else None
    if months is None:
        raise click.BadParameter(f"{which!r} is no quarter. Write it like 2026-Q3.")
    return months
