"""The report in a few lines: the numbers that a follow-up begins with, in words."""

from messaging import numbers
from messaging import report_texts as words
from messaging.i18n import Tongue
from messaging.isolates import Ready, unmarked
from messaging.plain import plain
from programme.measures import Line, Place
from programme.report_summary import Summary


def columns(t: Tongue) -> list[str]:
    """The headings of the large table, as plain text."""
    return [
        plain(each)
        for each in (
            t.gettext("Area"),
            t.gettext("Child health centre (BVC)"),
            # Translators: the first month of a time, over a column.
            t.gettext("From"),
            # Translators: the last month of a time, over a column.
            t.gettext("To"),
            t.gettext("Number"),
            t.gettext("Visit"),
            # Translators: over a column: which language, which place, which reason.
            t.gettext("Which"),
            # Translators: over a column of numbers.
            t.gettext("How many"),
            # Translators: over a column: of how many.
            t.gettext("Of"),
            t.gettext("Share"),
            # Translators: over a column: what is shown where a number is hidden.
            t.gettext("If hidden: see here"),
        )
    ]


def sheets(t: Tongue) -> tuple[str, str, str]:
    """The names of the three sheets, as plain text."""
    # Translators: the names of the sheets of an Excel file, at most 31 letters each.
    found = (t.gettext("In short"), t.gettext("All numbers"), t.gettext("What they mean"))
    return plain(found[0]), plain(found[1]), plain(found[2])


def meanings(t: Tongue) -> list[tuple[str, str]]:
    """Each number's name and what it counts, with a heading, as plain text."""
    # Translators: over two columns: the name of a number, and what it counts.
    head = (plain(t.gettext("Number")), plain(t.gettext("What it counts")))
    rows = [
        (plain(t.gettext(name)), words.explained(t, measure, part))
        for (measure, part), (name, _) in words.NAMES.items()
    ]
    return [head, *rows]


def in_short(t: Tongue, found: Summary) -> list[tuple[str, str]]:
    """Each number's name and the number, as plain text; last, the yes of each area."""
    rows = [(words.name(t, line), told(t, line)) for line in found.lines]
    rows += [(place.name, told(t, line)) for place, line in found.by_area]
    return rows


def at_a_glance(t: Tongue, found: Summary) -> list[tuple[str, str]]:
    """The five figures as interim report 4 tells them: the last with its range between areas."""
    rows = [(words.name(t, line), _alone(t, line)) for line in found.lines]
    if found.range is None:
        return rows
    what, yes = rows.pop()
    return [*rows, (what, f"{yes} ({numbers.percents(t.traits, *found.range)})")]


def _alone(t: Tongue, line: Line) -> str:
    """The number or the share, as plain text; or that it is hidden."""
    if line.count is None or line.part is None or line.share is None:
        return unmarked(told(t, line))
    return numbers.percent(t.traits, line.share)


def told(t: Tongue, line: Line) -> str:
    """The number, with its share and of how many; or that it is hidden; as plain text."""
    if line.count is not None and line.part is None:
        return numbers.counted(t.traits, line.count)
    return plain(number(t, line))


def number(t: Tongue, line: Line) -> Ready:
    """The same as a value for `fill`."""
    if line.count is None:
        return Ready(words.hidden(t))
    if line.part is None or line.share is None or line.of is None:
        return t.count(line.count)
    # Translators: such as "62 % (350 of 564)".
    text = t.gettext("{percent} ({count} of {whole})")
    return t.fill(text, percent=t.percent(line.share), count=line.count, whole=line.of)


def nearer(t: Tongue, line: Line, places: dict[int, Place]) -> str | None:
    """Where something wider is shown, as a line; None if nothing is hidden or nothing is shown."""
    if line.count is not None or line.wider is None:
        return None
    area, centre = words.where(t, line.wider, places)
    return t.fill(
        # Translators: below a hidden number: where a number is shown. {area} is a place.
        t.gettext("Shown for {area}, {months}: {number}"),
        area=centre or area,
        months=words.period(t, line.wider.months),
        number=number(t, line.wider),
    )
