"""Commands that look and check: timeline, migrate, check."""

import asyncio
import json
from dataclasses import asdict
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path

import click

from bot import cli_recordings
from bot.cli_run import DAY, parse_time
from bot.paper_files import put
from bot.settings import BadSettings, Settings, read_settings, unknown_names
from messaging import checks
from messaging.i18n import LOCALES, load_languages
from programme.faults import faults as programme_faults
from services import installation
from services.reviewing import review
from services.timeline import Entry, imagined_family
from services.timeline import timeline as make_timeline


@click.command()
@click.option("--born", type=DAY, required=True, help="The child's birth date, 2026-08-31.")
@click.option("--due", type=DAY, help="The due date of a child born early: tips count from it.")
@click.option("--joined", type=DAY, help="The day the parent joined; default: the birth date.")
@click.option("--children", type=click.IntRange(1, 6), default=1, help="How many; 2 for twins.")
@click.option("--visit", "visits", multiple=True, metavar="N=TIME", help="3=2027-01-12T10:00")
@click.option("--language", default="sv", help="sv, ar, so, en.")
@click.option("--until", type=DAY, help="The last day; default: three years of age.")
@click.option("--format", "as_", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--print",
    "sheets",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write it there for native readers to sign: PDF, all languages side by side.",
)
@click.option("--whole", is_flag=True, help="With --print: and every other text there is.")
def timeline(
    born: datetime,
    due: datetime | None,
    joined: datetime | None,
    children: int,
    visits: tuple[str, ...],
    language: str,
    until: datetime | None,
    as_: str,
    sheets: Path | None,
    whole: bool,
) -> None:
    """Everything a family would get if nobody answers: from the rules alone."""
    if whole and not sheets:
        raise click.UsageError("--whole needs --print FILE.")
    settings = read_settings()
    family = imagined_family(
        born.date(),
        language,
        settings.rules,
        expected=_day(due),
        joined=_day(joined),
        children=children,
        visits=dict(_visit(each, settings) for each in visits),
    )
    if sheets:
        from messaging import review_paper  # noqa: PLC0415 - its library, only for who wants paper

        parts = review(family, load_languages(), settings.rules, _day(until), whole)
        put(sheets, review_paper.sheets(load_languages(), parts, version("lotsen")))
        return
    entries = make_timeline(family, load_languages(), settings.rules, _day(until))
    click.echo(_as_json(entries) if as_ == "json" else _as_text(entries))


def _visit(text: str, settings: Settings) -> tuple[int, datetime]:
    number, equals, moment = text.partition("=")
    if not equals or number not in {"1", "2", "3", "4", "5", "6"}:
        raise click.BadParameter(f"{text!r} is no visit. Write it like 3=2027-01-12T10:00.")
    return int(number), parse_time(moment, settings)


def _as_json(entries: list[Entry]) -> str:
    rows = [{**asdict(each), "at": each.at.isoformat()} for each in entries]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _as_text(entries: list[Entry]) -> str:
    return "\n\n".join(f"{each.at:%a %Y-%m-%d %H:%M}  {each.kind}\n{each.text}" for each in entries)


@click.command()
def migrate() -> None:
    """Bring the database to its newest form."""
    settings = read_settings()

    async def act() -> str | None:
        db = installation.open_at(settings.database, settings.keys())
        try:
            return await installation.bring_up_to_date(db)
        finally:
            await db.close()

    click.echo(f"The database is in its newest form: {asyncio.run(act())}.")


@click.command()
@click.option("--locales", type=click.Path(path_type=Path), default=LOCALES, hidden=True)
def check(locales: Path) -> None:
    """Settings, texts, translations and programme: one line per fault, exit code 1 on any.

    What nobody has read aloud yet is a note, and no fault: families read it.
    """
    found = [*_settings_faults(), *checks.faults(locales), *programme_faults()]
    for line in found:
        click.echo(line)
    if found:
        raise click.exceptions.Exit(1)
    for line in cli_recordings.notes(read_settings()):
        click.echo(f"Note: {line}")
    click.echo("No faults.")


def _settings_faults() -> list[str]:
    try:
        settings = read_settings()
        if settings.bot_token or settings.bot_token_file:
            settings.token()
    except BadSettings as error:
        return str(error).splitlines()
    return [f"{name} is no setting of Lotsen's." for name in unknown_names()]


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None
