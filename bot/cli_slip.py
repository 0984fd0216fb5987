"""A printable slip for a visit, in the family's language (mission B13)."""

from datetime import datetime
from pathlib import Path

import click

from bot.app import House
from bot.cli_area import act
from bot.cli_staff import NUMBER
from bot.cli_visit import visit
from bot.paper_files import put
from messaging import slips
from services import slips as facts
from services.types import Tx

__all__ = ["visit"]


@visit.command("slip")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
@click.argument("number", type=int)
@click.option("--language", required=True, help="The family's language: sv, ar, so, en.")
@click.option(
    "--pdf",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Also write it there as a page to print: A5.",
)
def slip(family_id: int, number: int, language: str, pdf: Path | None) -> None:
    """Say visit NUMBER of a family as a slip to hand over: as text, or as a page to print."""

    async def work(house: House, tx: Tx, now: datetime) -> tuple[str, bytes | None]:
        tongue, zone = house.languages.get(language), house.settings.timezone
        letter = await facts.facts(tx, family_id, number, now)
        return slips.text(letter, tongue, zone), (
            slips.sheet(letter, tongue, zone) if pdf else None
        )

    text, page = act(work)
    click.echo(text)
    if pdf and page:
        put(pdf, page)
