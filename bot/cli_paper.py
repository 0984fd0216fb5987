"""Paper for those who have no chat: cards, a letter, the guide (mission B3, B13)."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from bot.app import House
from bot.cli_area import act
from bot.cli_staff import NUMBER
from bot.paper_files import put
from messaging.i18n import load_languages
from services import papers
from services.types import Tx

FILE = click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
LANGUAGE = click.option("--language", required=True, help="The reader's: sv, ar, so, en.")


@click.group()
def paper() -> None:
    """PDF to print: cards and a poster for a link, a letter, the guide."""


@paper.command("card")
@click.argument("link")
@FILE
@click.option("--language", "codes", multiple=True, help="Only these: sv, ar, so, en.")
def card(link: str, file: Path, codes: Sequence[str]) -> None:
    """An invitation with LINK to scan, to hand over: A6, a page for each language."""
    languages = load_languages()
    tongues = [languages.get(code) for code in codes or languages.codes]
    put(file, asyncio.run(papers.card(tongues, link)))


@paper.command("poster")
@click.argument("link")
@FILE
def poster(link: str, file: Path) -> None:
    """An invitation with LINK to scan, to hang up: A4, all languages."""
    put(file, asyncio.run(papers.poster(load_languages(), link)))


@paper.command("letter")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
@FILE
@LANGUAGE
def letter(family_id: int, file: Path, language: str) -> None:
    """To a family that cannot be reached, about its next visit; who to call is written by hand."""

    async def work(house: House, tx: Tx, now: datetime) -> bytes:
        tongue = house.languages.get(language)
        return await papers.letter(tx, tongue, family_id, now, house.settings.rules)

    put(file, act(work))


@paper.command("guide")
@FILE
@LANGUAGE
def guide(file: Path, language: str) -> None:
    """The whole guide, as it stands now: A4."""

    async def work(house: House, tx: Tx, _now: datetime) -> bytes:
        return (await papers.booklet(tx, house.languages.get(language))).content

    put(file, act(work))
