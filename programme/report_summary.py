"""The few numbers that a follow-up begins with: the table of interim report 4 (I2, F1-F5)."""

from dataclasses import dataclass

from programme.measures import Line, Place
from programme.periods import Period
from programme.report import Report


@dataclass(frozen=True)
class Summary:
    """Each number as a line of the report; `by_area`: yes to visits, for each area."""

    months: Period
    visits: Line
    families: Line
    other_parent: Line
    all_six: Line
    said_yes: Line
    by_area: tuple[tuple[Place, Line], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The five figures, in the order of interim report 4."""
        return (self.visits, self.families, self.other_parent, self.all_six, self.said_yes)

    @property
    def range(self) -> tuple[float, float] | None:
        """The lowest and the highest share of yes in an area; None unless all may be told."""
        shares = [line.share for _, line in self.by_area if line.count is not None]
        known = [share for share in shares if share is not None]
        if not known or len(shares) < len(self.by_area):
            return None
        return min(known), max(known)


def summary(report: Report, months: Period, area: int | None, areas: tuple[Place, ...]) -> Summary:
    """Of all areas together or of one; yes for each of `areas`."""

    def line(measure: str, part: str | None = None, where: int | None = area) -> Line:
        return report.told(Line(where, None, months, measure, part=part))

    return Summary(
        months,
        visits=line("visits"),
        families=line("visited"),
        other_parent=line("visited", "other_parent_family"),
        all_six=line("all_six"),
        said_yes=line("answered", "said_yes"),
        by_area=tuple((place, line("answered", "said_yes", place.id)) for place in areas),
    )
