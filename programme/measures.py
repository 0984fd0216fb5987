"""The counts of the follow-up report, and what each is a share of (mission I1, I2)."""

from dataclasses import dataclass

from programme.figures import Figure
from programme.periods import Period
from programme.visits import VISITS

NUMBERS = tuple(visit.number for visit in VISITS)


@dataclass(frozen=True)
class Sum:
    """How often something was counted: in that month and area, for one visit number and detail."""

    area: int
    centre: int  # the health centre, 0 if it is not known
    month: int
    what: str
    visit: int | None
    detail: str | None
    count: int


@dataclass(frozen=True)
class Place:
    """An area as the report names it, and its health centres."""

    id: int
    name: str
    centres: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """What a share is a share of stands in its measure; `detail`: only of these."""

    code: str
    what: Figure
    detail: str | None = None


@dataclass(frozen=True)
class Measure:
    """One count of the report, what of `tally` is in it, and the parts of it that are told."""

    code: str
    whats: tuple[Figure, ...]
    parts: tuple[Part, ...] = ()
    by_visit: bool = False  # one count for each of the six
    by_detail: bool = False  # one for each detail, such as a language
    plain: bool = False  # only rows without a detail: of the six visits, not of what is besides
    finely: bool = False  # also by month and by health centre
    # Also by quarter. Not what nearly equals a visit's count: visits have months, so that the rest
    # of a quarter would be known.
    quarterly: bool = False


# Each share is of its measure: of the families that answered, of the visits that were done...
MEASURES: tuple[Measure, ...] = (
    Measure("offered", (Figure.REGISTERED,), finely=True, quarterly=True),
    Measure(
        "answered",
        (Figure.FAMILY_YES, Figure.FAMILY_NO),
        (Part("said_yes", Figure.FAMILY_YES),),
    ),
    Measure(
        "visited",
        (Figure.FAMILY_VISITED,),
        (
            Part("visited_chat", Figure.FAMILY_VISITED, "chat"),
            Part("other_parent_family", Figure.OTHER_PARENT_FAMILY),
        ),
    ),
    Measure(
        "visits",
        (Figure.VISIT_DONE,),
        (
            Part("both_staff", Figure.VISIT_BOTH_STAFF),
            Part("birthing", Figure.TOOK_PART, "birthing"),
            Part("other_parent", Figure.TOOK_PART, "other_parent"),
            Part("other_adult", Figure.TOOK_PART, "other_adult"),
            Part("interpreter", Figure.VISIT_INTERPRETER),
            Part("debrief", Figure.VISIT_DEBRIEF),
            Part("chat", Figure.VISIT_CHAT),
        ),
        by_visit=True,
        plain=True,
    ),
    Measure(
        "first", (Figure.FIRST_IN_TIME, Figure.FIRST_LATE), (Part("in_time", Figure.FIRST_IN_TIME),)
    ),
    Measure("past_last", (Figure.LAST_WINDOW,), (Part("six_of_past", Figure.LAST_WINDOW, "six"),)),
    Measure("all_six", (Figure.ALL_SIX,)),
    Measure("missed", (Figure.VISIT_MISSED,), by_visit=True, plain=True),
    Measure("declined", (Figure.VISIT_DECLINED,), by_visit=True),
    Measure("ended", (Figure.VISITS_ENDED,), quarterly=True),
    Measure("guided_on", (Figure.GUIDED_ON,), by_detail=True, quarterly=True),
    Measure("languages", (Figure.JOINED,), by_detail=True, quarterly=True),
    Measure("no_visits", (Figure.REASON_ENDED,), by_detail=True, quarterly=True),
    Measure("no_chat", (Figure.REASON_NO_CHAT,), by_detail=True, quarterly=True),
)
# By language the visits are told for all areas together: their sum is known for each area.
BY_LANGUAGE = "visit_language"


@dataclass(frozen=True)
class Line:
    """One number of the report, or that it is hidden and where something wider is shown."""

    area: int | None  # None: all areas together
    centre: int | None  # None: the whole area
    months: Period
    measure: str
    visit: int | None = None
    detail: str | None = None
    part: str | None = None
    count: int | None = None  # None: hidden
    of: int | None = None  # of how many: the measure that a part is a share of
    wider: "Line | None" = None

    @property
    def share(self) -> float | None:
        """The part of the whole, or None."""
        return None if self.count is None or not self.of else self.count / self.of


def measure(code: str) -> Measure:
    """The measure with that code; KeyError for any other."""
    return {each.code: each for each in MEASURES}[code]
