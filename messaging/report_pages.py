"""The follow-up report in the chat: which area, which time, the figures, and files of them."""

import html
from collections.abc import Sequence

from messaging import report_lines
from messaging import report_texts as words
from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, File, Message, one_each
from messaging.plain import plain
from messaging.report_buttons import EVERYWHERE, ReportArea, ReportFile, ReportOf
from messaging.team_texts import area_label
from programme.measures import Line, Place
from programme.periods import Period
from programme.report_summary import Summary

PICTURES, TABLE = "png", "xlsx"


def which_area(t: Tongue, areas: Sequence[tuple[int, str]], everywhere: bool) -> Message:
    """Of which area."""
    every = Button(t.gettext("All areas"), ReportArea(area=EVERYWHERE).pack())
    buttons = [
        Button(area_label(t, name), ReportArea(area=number).pack()) for number, name in areas
    ]
    found = [every, *buttons] if everywhere else buttons
    return Message(t.gettext("The numbers of which area?"), one_each([*found, _menu(t)]))


def which_time(t: Tongue, area: int, times: Sequence[Period], now: Period) -> Message:
    """Of which time; `now`: the one that is not over."""
    buttons = [
        Button(
            plain(words.spanned(t, each)),
            ReportOf(area=area, first=each.first, last=each.last).pack(),
        )
        for each in times
    ]
    # Translators: on a button: numbers of a half-year that is not over.
    so_far = Button(
        t.gettext("This half-year so far"),
        ReportOf(area=area, first=now.first, last=now.last, so_far=True).pack(),
    )
    lines = [t.gettext("Which time?"), *words.rules(t)[2:]]
    return Message("\n\n".join(lines), one_each([*buttons, so_far, _areas(t)]))


def nothing_yet(t: Tongue) -> Message:
    """No half-year is over."""
    text = t.gettext("There are no numbers yet: no half-year is over since Lotsen began.")
    return Message(text, one_each([_areas(t)]))


def figures(
    t: Tongue, asked: ReportOf, found: Summary, places: Sequence[Place], area: str | None
) -> Message:
    """The figures in short, and what is hidden."""
    known = {place.id: place for place in places}
    where = area or t.gettext("All areas")
    title = words.title(t, where, found.months)
    said = "\n\n".join(_told(t, line, known) for line in found.lines)
    yes = [_in(t, place.name, line, known) for place, line in found.by_area if area is None]
    # Translators: over a list of areas, each with a number.
    by_area = [t.gettext("Said yes, by area"), "\n".join(yes)] if yes else []
    warning = [words.not_to_be_passed_on(t)] if asked.so_far else []
    text = "\n\n".join([title, *warning, said, *by_area, *words.rules(t)[:1]])
    return Message(text, one_each([*_files(t, asked), _times(t, asked), _menu(t)]))


def _told(t: Tongue, line: Line, places: dict[int, Place]) -> str:
    # Translators: a number and what it is called, such as "Visits that were held: 2,227".
    text = t.gettext("{name}: {number}")
    name = Ready(html.escape(words.name(t, line), quote=False))  # our own words: no isolate
    said = t.fill(text, name=name, number=report_lines.number(t, line))
    return _with_nearer(t, said, line, places)


def _in(t: Tongue, area: str, line: Line, places: dict[int, Place]) -> str:
    # Translators: an area and its number.
    text = t.gettext("{area}: {number}")
    said = t.fill(text, area=area, number=report_lines.number(t, line))
    return _with_nearer(t, said, line, places)


def _with_nearer(t: Tongue, said: str, line: Line, places: dict[int, Place]) -> str:
    nearer = report_lines.nearer(t, line, places)
    return "\n".join([said, nearer] if nearer else [said])


def _files(t: Tongue, asked: ReportOf) -> list[Button]:
    # Translators: on a button: four pictures of the numbers.
    pictures = t.gettext("Pictures")
    # Translators: on a button: all numbers as an Excel file.
    table = t.gettext("All numbers in Excel")
    return [
        Button(label, ReportFile(**asked.model_dump(), form=form).pack())
        for label, form in ((pictures, PICTURES), (table, TABLE))
    ]


def with_files(t: Tongue, files: Sequence[File], so_far: bool) -> list[Message]:
    """The files, one below the other; each says if it must not be passed on."""
    text = Ready(words.not_to_be_passed_on(t)) if so_far else Ready("")
    return [Message(text, file=file) for file in files]


def _times(t: Tongue, asked: ReportOf) -> Button:
    # Translators: on a button: numbers of other months.
    return Button(t.gettext("Another time"), ReportArea(area=asked.area).pack())


def _areas(t: Tongue) -> Button:
    return Button(t.gettext("Back"), ReportArea().pack())


def _menu(t: Tongue) -> Button:
    return Button(t.gettext("Menu"), StaffPage(page=STAFF_MENU).pack())
