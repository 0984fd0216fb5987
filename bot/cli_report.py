"""The follow-up report on the command line (mission I1-I4)."""

from datetime import date, datetime
from pathlib import Path

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from bot.paper_files import put
from messaging import report_lines
from messaging import report_texts as words
from messaging.i18n import Tongue
from messaging.plain import plain
from programme.errors import UnknownArea
from programme.periods import Period, month_of, read
from services import areas, report_files, reports
from services.report_files import Form
from services.types import Tx


class _Month(click.ParamType[int]):
    name = "2026-01"

    def convert(self, value: object, param: click.Parameter | None, ctx: object) -> int:
        """The month; of a day its month, for a report knows nothing finer."""
        text = str(value)
        try:
            return read(text) if text.count("-") == 1 else month_of(date.fromisoformat(text))
        except ValueError:
            raise click.BadParameter(
                f"{text!r} is no month. Write it like 2026-01 or 2026-01-31."
            ) from None


class _Forms(click.ParamType[tuple[Form, ...]]):
    name = "json,csv,xlsx,png"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: object
    ) -> tuple[Form, ...]:
        """The forms, in the order in which they were written."""
        try:
            return tuple(Form(each.strip()) for each in str(value).split(","))
        except ValueError:
            raise click.BadParameter("Choose among json, csv, xlsx, png.") from None


@click.command()
@click.option("--from", "first", type=_Month(), required=True, help="The first month.")
@click.option("--to", "last", type=_Month(), required=True, help="The last month.")
@click.option("--area", help="Only this one. Default: every area, and all of them together.")
@click.option("--format", "forms", type=_Forms(), help="Which files; default: none, only the text.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the files; default: this one.",
)
@click.option("--language", default="sv", show_default=True, help="sv, ar, so, en.")
@click.option("--so-far", is_flag=True, help="Also what is not over; never to be passed on.")
def report(
    first: int,
    last: int,
    area: str | None,
    forms: tuple[Form, ...] | None,
    out: Path | None,
    language: str,
    so_far: bool,
) -> None:
    """The follow-up figures of whole months, small ones hidden; as text, and as files."""
    if last < first:
        raise click.UsageError("The last month must not lie before the first.")

    async def work(house: House, tx: Tx, now: datetime) -> tuple[str, list[tuple[str, bytes]]]:
        t, rules = house.languages.get(language), house.settings.rules
        only = None if area is None else [await _area(tx, area)]
        months = Period(first, last)
        wanted = await reports.ask(tx, months, now, rules, only=only, so_far=so_far)
        made = report_files.files(t, wanted, forms or ())
        return _text(t, wanted), [(file.name, file.content) for file in made]

    try:
        text, made = act(work)
    except reports.NothingToTell:
        raise CannotRun(
            "Nothing to tell yet: a half-year is told two weeks after it is over. See --so-far."
        ) from None
    click.echo(text)
    _write(out or Path(), made)


async def _area(tx: Tx, name: str) -> int:
    for row in await areas.listed(tx):
        if row.name == name:
            return row.id
    raise UnknownArea(name, [row.name for row in await areas.listed(tx)])


def _text(t: Tongue, wanted: reports.Wanted) -> str:
    title = plain(words.spanned(t, wanted.months))
    lines = [f"{what}: {number}" for what, number in report_lines.in_short(t, wanted.summary)]
    warning = [plain(words.not_to_be_passed_on(t))] if wanted.report.so_far else []
    return "\n".join([title, *warning, "", *lines, "", *words.rules(t)])


def _write(folder: Path, made: list[tuple[str, bytes]]) -> None:
    if made:
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in made:
        put(folder / name, content)
        click.echo(folder / name)
