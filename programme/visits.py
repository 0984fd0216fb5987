"""THE six visits: number, age, booking window (mission A1; domain.md R2, R15, V1-V6).

The ordinary 8-month home visit of child health care is visit 4, not one more (domain.md R16).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from programme.ages import Age, Span, date_at


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One of the six. Its theme's words live in the texts, under its number.

    Not booked by `nudge`, staff are told; not booked by `offer`, the parents are asked (C2).
    """

    number: int
    age: Age
    opens: Age
    closes: Age
    nudge: Age
    offer: Age


# Visit 1 closes on day 14 after coming home (domain.md R15). The other windows are ours: from two
# weeks before the age to six weeks after it, so that no two of them meet. Offers come two days
# after the age itself, so that none shares its day with a tip.
VISITS: tuple[Visit, ...] = (
    Visit(
        number=1,
        age=Age(),
        opens=Age(),
        closes=Age(days=14),
        nudge=Age(days=1),
        offer=Age(days=6),
    ),
    *(
        Visit(
            number=number,
            age=Age(months),
            opens=Age(months - 1, 16),
            closes=Age(months + 1, 14),
            nudge=Age(months - 1, 19),
            offer=Age(months, 2),
        )
        for number, months in ((2, 2), (3, 4), (4, 8), (5, 12), (6, 15))
    ),
)

FIRST_VISIT_DAYS = 14  # after coming home (domain.md R15)
FIRST_VISIT_WARNING = Age(days=10)  # staff see who is about to pass it (mission A5)


def visit(number: int) -> Visit:
    """The visit with that number; KeyError outside 1 to 6."""
    return {v.number: v for v in VISITS}[number]


def window(
    number: int, born: date, came_home: date | None = None, summers: Iterable[Span] = ()
) -> Span:
    """The days on which a visit should be booked; the first counts from coming home, if known.

    Summer weeks without visits that fall into it make it as much longer (mission A15).
    """
    chosen = visit(number)
    if number == 1:
        home = came_home or born
        usual = Span(home, home + timedelta(days=FIRST_VISIT_DAYS))
    else:
        usual = Span(date_at(born, chosen.opens), date_at(born, chosen.closes))
    return _stretched(usual, summers)


def _stretched(usual: Span, summers: Iterable[Span]) -> Span:
    last = usual.last
    for summer in sorted(summers, key=lambda each: each.first):
        first = max(summer.first, usual.first)
        if first <= min(summer.last, last):  # also days that only the stretching brought in
            last += (summer.last - first) + timedelta(days=1)
    return Span(usual.first, last)


def after_summer(day: date, summers: Iterable[Span]) -> date:
    """The same day, or the first one after the summer weeks it falls in."""
    for summer in sorted(summers, key=lambda each: each.first):
        if summer.first <= day <= summer.last:
            day = summer.last + timedelta(days=1)
    return day
