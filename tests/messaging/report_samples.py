"""Every text of the follow-up report, made of the data set of interim report 4."""

from functools import cache

from messaging import report_lines, report_pages, report_texts
from messaging.i18n import Tongue
from messaging.keyboards import Message
from messaging.report_buttons import ReportOf
from programme.periods import Period
from programme.report import Report
from programme.report_summary import summary
from services import demo_figures

ALL = Period(demo_figures.SINCE, demo_figures.CLOSED)
_YEAR = Period(demo_figures.SINCE, demo_figures.SINCE + 11)


@cache
def report() -> Report:
    return Report(demo_figures.sums(), demo_figures.places(), demo_figures.CLOSED)


def _figures(t: Tongue, months: Period, area: int | None, so_far: bool) -> Message:
    asked = ReportOf(area=area or 0, first=months.first, last=months.last, so_far=so_far)
    places = tuple(p for p in demo_figures.places() if area in {None, p.id})
    found = summary(report(), months, area, places)
    name = None if area is None else places[0].name
    return report_pages.figures(t, asked, found, demo_figures.places(), name)


def _areas(t: Tongue) -> Message:
    names = [(place.id, place.name) for place in demo_figures.places()]
    return report_pages.which_area(t, names, everywhere=True)


MADE = {
    "report_figures": lambda t: _figures(t, ALL, None, False),
    "report_of_a_year": lambda t: _figures(t, _YEAR, 1, True),
    "report_areas": _areas,
    "report_times": lambda t: report_pages.which_time(t, 3, [_YEAR, ALL], ALL),
    "report_nothing_yet": report_pages.nothing_yet,
}
STAFF_NAMES = tuple(MADE)


def answers(t: Tongue) -> dict[str, Message]:
    """The pages, and every word of files and pictures as a text of its own."""
    alone = {f"report_word {n}": Message(text) for n, text in enumerate(table(t))}
    return {**{name: make(t) for name, make in MADE.items()}, **alone}


def table(t: Tongue) -> list[str]:
    """Words of files and pictures, each alone."""
    meant = [cell for row in report_lines.meanings(t) for cell in row]
    return [*report_lines.columns(t), *report_lines.sheets(t), *meant, *report_texts.rules(t)]
