"""THE six visits: number, age, booking window (mission A1; domain.md R2, R15, V1-V6).

The ordinary 8-month home visit of child health care is visit 4, not one more (domain.md R16).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from programme.ages import Age, Span, date_at


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One of the six. Its theme's words live in the texts, under its number."""

    number: int
    age: Age
    opens: Age
    closes: Age


# Visit 1 closes on day 14 after coming home (domain.md R15). The other windows are ours: from two
# weeks before the age to six weeks after it, so that no two of them meet.
VISITS: tuple[Visit, ...] = (
    Visit(number=1, age=Age(), opens=Age(), closes=Age(days=14)),
    Visit(number=2, age=Age(months=2), opens=Age(1, 16), closes=Age(3, 14)),
    Visit(number=3, age=Age(months=4), opens=Age(3, 16), closes=Age(5, 14)),
    Visit(number=4, age=Age(months=8), opens=Age(7, 16), closes=Age(9, 14)),
    Visit(number=5, age=Age(months=12), opens=Age(11, 16), closes=Age(13, 14)),
    Visit(number=6, age=Age(months=15), opens=Age(14, 16), closes=Age(16, 14)),
)


def visit(number: int) -> Visit:
    """The visit with that number; KeyError outside 1 to 6."""
    return {v.number: v for v in VISITS}[number]


def window(number: int, born: date, came_home: date | None = None) -> Span:
    """The days on which a visit should be booked; the first counts from coming home, if known."""
    chosen = visit(number)
    if number == 1:
        home = came_home or born
        return Span(home, home + timedelta(days=14))
    return Span(date_at(born, chosen.opens), date_at(born, chosen.closes))
