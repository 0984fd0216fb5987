"""The follow-up report in words: what each number is called, what it is of, and what is hidden."""

from datetime import date

from messaging import spoken
from messaging.i18n import Tongue
from messaging.isolates import Ready, Value
from messaging.marks import N_
from messaging.outcome_texts import OFFERS
from messaging.plain import plain
from messaging.reason_texts import REASONS
from programme.follow_up import Offer
from programme.measures import BY_LANGUAGE, Line, Place
from programme.periods import MONTHS_IN_YEAR, Period
from programme.reasons import WhyNot

UNKNOWN = "unknown"

# By measure and part: its name, and what it counts.
NAMES: dict[tuple[str, str | None], tuple[str, str]] = {
    # Translators: in a table of figures for staff. The first is a short name, the second explains.
    ("offered", None): (
        N_("Families that were offered visits"),
        N_("Families that staff have registered, also from lists and posters."),
    ),
    ("answered", None): (
        N_("Families that have answered"),
        N_("Families that said yes or no to visits."),
    ),
    ("answered", "said_yes"): (
        N_("Said yes"),
        N_("A first visit was booked. Share of the families that have answered."),
    ),
    ("visited", None): (
        N_("Families with a visit"),
        N_("Families in which the first of the six visits was held."),
    ),
    ("visited", "visited_chat"): (
        N_("Families that read the chat"),
        N_("When their first visit was held. Share of the families with a visit."),
    ),
    ("visited", "other_parent_family"): (
        N_("Families in which the other parent took part"),
        N_("In one visit or more. Share of the families with a visit."),
    ),
    ("visits", None): (
        N_("Visits that were held"),
        N_("Of the six visits, in the month in which they were."),
    ),
    ("visits", "both_staff"): (
        N_("Visits by nurse and parent supporter"),
        N_("Both came. Share of the visits that were held."),
    ),
    ("visits", "birthing"): (
        N_("The parent who gave birth took part"),
        N_("Share of the visits that were held."),
    ),
    ("visits", "other_parent"): (
        N_("The other parent took part"),
        N_("Share of the visits that were held."),
    ),
    ("visits", "other_adult"): (
        N_("Another adult took part"),
        N_("Share of the visits that were held."),
    ),
    ("visits", "interpreter"): (
        N_("Visits with an interpreter"),
        N_("Share of the visits that were held."),
    ),
    ("visits", "debrief"): (
        N_("Staff talked it over afterwards"),
        N_("Share of the visits that were held."),
    ),
    ("visits", "chat"): (
        N_("Visits to families that read the chat"),
        N_("Share of the visits that were held."),
    ),
    ("first", None): (
        N_("First visits with a known day of coming home"),
        N_("Or with a known day of birth. Twins are one."),
    ),
    ("first", "in_time"): (
        N_("First visit within 14 days"),
        N_("Counted from the day of coming home. Share of the first visits with a known day."),
    ),
    ("past_last", None): (
        N_("Children whose time for visit 6 is over"),
        N_("Two weeks after the last day for it, also children without any visit. Twins are one."),
    ),
    ("past_last", "six_of_past"): (
        N_("All six visits held by then"),
        N_("Share of the children whose time for visit 6 is over."),
    ),
    ("all_six", None): (
        N_("Children with all six visits"),
        N_("In the month of the last one. Twins are one."),
    ),
    ("missed", None): (
        N_("Nobody was at home"),
        N_("Visits that were booked, and nobody opened."),
    ),
    ("declined", None): (
        N_("No thanks to one visit"),
        N_("A parent said no to that visit."),
    ),
    ("ended", None): (
        N_("No thanks to all visits"),
        N_("A family wants no more visits, before or after the first one."),
    ),
    ("guided_on", None): (
        N_("Visits that showed the way to"),
        N_("What the family was told of at a visit, and open to everybody."),
    ),
    ("languages", None): (
        N_("Parents who joined the chat, by language"),
        N_("The language in which they read."),
    ),
    ("no_chat", None): (
        N_("Why parents want no messages"),
        N_("Where they wished to tell."),
    ),
    ("no_visits", None): (
        N_("Why families want no visits"),
        N_("Where they wished to tell."),
    ),
    (BY_LANGUAGE, None): (
        N_("Visits by language"),
        N_("The interpreter's language, else that of the chat. Told for all areas together."),
    ),
}


def name(t: Tongue, line: Line) -> str:
    """What that number is called, as plain text."""
    return plain(t.gettext(NAMES[line.measure, line.part][0]))


def explained(t: Tongue, measure: str, part: str | None) -> str:
    """What it counts, and of what it is a share, as plain text."""
    return plain(t.gettext(NAMES[measure, part][1]))


def detail(t: Tongue, line: Line) -> str:
    """What it is counted apart by: an offer, a language, a reason; as plain text."""
    if line.detail is None:
        return ""
    if line.measure == "guided_on" and line.detail in set(Offer):
        return plain(t.gettext(OFFERS[Offer(line.detail)]))
    if line.measure in {"no_chat", "no_visits"} and line.detail in set(WhyNot):
        return plain(t.gettext(REASONS[WhyNot(line.detail)]))
    if line.detail == UNKNOWN:
        # Translators: a language that nobody has told.
        return plain(t.gettext("Not known"))
    return plain(str(spoken.name_for(t, line.detail)))


def where(t: Tongue, line: Line, places: dict[int, Place]) -> tuple[str, str]:
    """The area and the health centre, as plain text; empty for a whole area."""
    if line.area is None:
        # Translators: in a table of figures.
        return plain(t.gettext("All areas")), ""
    place = places[line.area]
    return place.name, dict(place.centres).get(line.centre or 0, "")


def title(t: Tongue, area: str, months: Period) -> str:
    """Of which area and of which months."""
    # Translators: over numbers, or below a picture: which area, and which months.
    return t.fill(t.gettext("{area}, {months}."), area=area, months=period(t, months))


def spanned(t: Tongue, months: Period) -> str:
    """The same alone, on a button or as a title."""
    return str(period(t, months, alone=True))


def period(t: Tongue, months: Period, alone: bool = False) -> Value:
    """Such as "January 2026 – June 2026", as a value for `fill`."""
    first, last = _month(t, months.first, alone), _month(t, months.last, alone=False)
    if months.first == months.last:
        return first
    # Translators: two months, the first and the last of a time.
    return Ready(t.fill(t.gettext("{first} – {last}"), first=first, last=last))


def _month(t: Tongue, number: int, alone: bool) -> str:
    year, rest = divmod(number, MONTHS_IN_YEAR)
    return t.month(date(year, rest + 1, 1), both_names=False, alone=alone)


def hidden(t: Tongue) -> str:
    """In place of a number, as plain text."""
    # Translators: in a table, in place of a small number.
    return plain(t.gettext("hidden"))


def rules(t: Tongue) -> list[str]:
    """What a reader must know, as plain text."""
    return [
        plain(t.gettext(each))
        for each in (
            N_(
                "Numbers from 1 to 4 are hidden, and some others with them, "
                "so that nobody can work them out."
            ),
            N_(
                "Beside a hidden number stands where there is one: for a longer time, "
                "for the area, or for all areas."
            ),
            N_("A half-year is told two weeks after it is over. After that it stays as it is."),
        )
    ]


def not_to_be_passed_on(t: Tongue) -> str:
    """Over figures of a time that is not over."""
    return t.gettext(
        "So far: this time is not over, and the numbers will change. "
        "They are for you alone. Do not pass them on."
    )
