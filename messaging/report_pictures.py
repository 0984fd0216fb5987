"""The report's four pictures: visits 1 to 6, who said yes, who took part, first visits in time."""

from collections.abc import Iterator, Sequence

from messaging import pictures, report_lines
from messaging import report_texts as words
from messaging.i18n import Tongue
from messaging.pictures import Bar
from messaging.plain import plain
from programme.measures import NUMBERS, Line, Place
from programme.periods import Period
from programme.report import Report

FUNNEL, YES, TOOK_PART, IN_TIME = "visits-1-to-6", "said-yes", "took-part", "first-in-time"
_WHO = ("birthing", "other_parent", "other_adult", "both_staff")


def drawn(
    t: Tongue, report: Report, months: Period, areas: Sequence[Place], together: bool
) -> Iterator[tuple[str, bytes]]:
    """The name and the PNG of each; of all areas together, or of the only one."""
    area = None if together or len(areas) != 1 else areas[0].id
    place = next((each.name for each in areas if each.id == area), None)
    foot = _foot(t, months, place, report.so_far)
    yield (
        FUNNEL,
        pictures.bars(_titles(t)[FUNNEL], _funnel(t, report, months, area), foot, rtl=t.rtl),
    )
    shares = {
        YES: _by_area(t, report, months, areas, together, ("answered", "said_yes")),
        TOOK_PART: _who(t, report, months, area),
        IN_TIME: _by_area(t, report, months, areas, together, ("first", "in_time")),
    }
    for name, bars in shares.items():
        yield name, pictures.bars(_titles(t)[name], bars, foot, most=1.0, rtl=t.rtl)


def _titles(t: Tongue) -> dict[str, str]:
    return {
        FUNNEL: plain(t.gettext("Visits that were held, 1 to 6")),
        YES: plain(t.gettext("Families that said yes to visits")),
        TOOK_PART: plain(t.gettext("Who took part in the visits")),
        IN_TIME: plain(t.gettext("First visit within 14 days of coming home")),
    }


def _foot(t: Tongue, months: Period, place: str | None, so_far: bool) -> str:
    where = place or plain(t.gettext("All areas"))
    parts = [plain(words.title(t, where, months)), words.rules(t)[0]]
    return " ".join([*parts, plain(words.not_to_be_passed_on(t))] if so_far else parts)


def _bar(t: Tongue, label: str, line: Line) -> Bar:
    size = line.count if line.part is None or line.count == 0 else line.share
    return Bar(label, size, report_lines.told(t, line))


def _funnel(t: Tongue, report: Report, months: Period, area: int | None) -> list[Bar]:
    lines = [report.told(Line(area, None, months, "visits", number)) for number in NUMBERS]
    # Translators: one of the six visits.
    said = t.gettext("Visit {number}")
    labels = [plain(t.fill(said, number=number)) for number in NUMBERS]
    return [_bar(t, label, line) for label, line in zip(labels, lines, strict=True)]


def _who(t: Tongue, report: Report, months: Period, area: int | None) -> list[Bar]:
    lines = [report.told(Line(area, None, months, "visits", part=part)) for part in _WHO]
    return [_bar(t, words.name(t, line), line) for line in lines]


def _by_area(
    t: Tongue,
    report: Report,
    months: Period,
    areas: Sequence[Place],
    together: bool,
    what: tuple[str, str],
) -> list[Bar]:
    measure, part = what
    found = []
    if together:
        line = report.told(Line(None, None, months, measure, part=part))
        found.append(_bar(t, plain(t.gettext("All areas")), line))
    for place in areas:
        line = report.told(Line(place.id, None, months, measure, part=part))
        found.append(_bar(t, place.name, line))
    return found
