"""The yearly follow-up on the command line (mission I5)."""

from datetime import datetime
from pathlib import Path

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from bot.paper_files import put
from messaging import yearly_texts
from messaging.template import SWEDISH
from programme.errors import NotYours
from services import areas
from services import yearly as facts
from services.types import Tx


@click.command("yearly")
@click.option("--year", type=click.IntRange(facts.OLDEST, 9999), help="Default: the latest.")
@click.option("--area", help="The area's name. Default: all areas together.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write it there instead of saying it.",
)
def yearly(year: int | None, area: str | None, out: Path | None) -> None:
    """The yearly follow-up's texts, in Swedish, each at most 600 letters."""

    async def work(house: House, tx: Tx, now: datetime) -> str:
        number = await areas.find(tx, area) if area else None
        try:
            found = await facts.for_all(tx, number, year or 0, now, house.settings.rules)
        except NotYours as error:
            raise CannotRun(f"The year {year} has not begun.") from error
        sv = house.languages.get(SWEDISH)
        made = yearly_texts.made(sv, found.figures, found.lines)
        return yearly_texts.as_text(sv, found.year, made)

    text = act(work)
    if out:
        put(out, text.encode())
        click.echo(f"Written to {out}.")
    else:
        click.echo(text)
