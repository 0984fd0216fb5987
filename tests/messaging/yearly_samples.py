"""Every text of the yearly follow-up; its blocks in the language of who reads, to be read here."""

from collections.abc import Callable
from datetime import date
from typing import Any

from messaging import quarter_texts, yearly_texts
from messaging.i18n import Tongue
from messaging.keyboards import Message
from programme.activities import ActivityKind
from programme.cooperation import quarter
from programme.follow_up import Offer
from programme.headings import Heading
from programme.periods import half_year, month
from programme.yearly import Figures, blocks

FIGURES = Figures(
    visits=2227,
    both_staff=1800,
    other_parent=350,
    all_six=180,
    joined=(("so", 24), ("ar", 18)),
    attended=tuple((each, 12) for each in ActivityKind),
    series=((ActivityKind.FATHERS, 8),),
    guided=tuple((each, 40) for each in Offer),
)
_LINE = {"sv": "Vi sågs.", "en": "We met.", "so": "Waan kulannay.", "ar": "التقينا معًا."}


def _made(t: Tongue):
    line = _LINE[t.code]
    return list(blocks((each, line * 90) for each in list(Heading)[:3]))


def answers(t: Tongue) -> dict[str, Message]:
    """The pages, with words of that very language in them."""
    made = _made(t)
    pages = {f"block_message {n}": yearly_texts.block_message(t, b) for n, b in enumerate(made)}
    third, fourth = quarter(month(2026, 9)), quarter(month(2026, 10))
    ready, half = date(2027, 1, 15), half_year(month(2026, 1))
    return {
        **pages,
        "overview": yearly_texts.overview(t, 2026, made, half, ready, "x"),
        "overview early": yearly_texts.overview(t, 2026, made, None, ready, "x"),
        "quarter_page": quarter_texts.quarter_page(t, third, third, _LINE[t.code]),
        "quarter_page before": quarter_texts.quarter_page(t, third, fourth, _LINE[t.code]),
        "overview ready": yearly_texts.overview(t, 2026, made, half, None, "x"),
    }


ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {}
MADE = (yearly_texts.block_message, yearly_texts.overview, quarter_texts.quarter_page)
PARTS = ("kinds_listed", "languages_listed", "offers_listed")
STAFF_NAMES = tuple(each.__name__ for each in MADE)
