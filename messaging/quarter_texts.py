"""The quarter on one page, for the steering group: in Swedish, figures only (mission I8, W8)."""

import html
from collections.abc import Iterator, Sequence

from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, one_each
from messaging.note_buttons import FollowUp, QuarterPage
from messaging.plain import plain
from messaging.yearly_texts import bare, kinds_listed, languages_listed, offers_listed
from programme.cooperation import ATTENDED, Cooperation, Told, and_longer
from programme.measures import measure
from programme.periods import MONTHS_IN_YEAR, QUARTER, Period


def number_of(months: Period) -> tuple[int, int]:
    """Year and number of a quarter."""
    year, rest = divmod(months.first, MONTHS_IN_YEAR)
    return year, rest // QUARTER + 1


def as_text(sv: Tongue, months: Period, known: Cooperation, names: Sequence[str]) -> str:
    """The page as plain text, in Swedish; `names`: of the areas."""
    year, number = number_of(months)
    # Translators: the first line of a page for a steering group.
    head = sv.gettext("Extended home visits, quarter {n} of {year}")
    lines = [sv.fill(head, n=number, year=str(year))]
    lines.append(sv.fill(sv.gettext("Areas: {areas}"), areas=sv.listing(list(names))))
    told = [f"- {each}" for each in _told(sv, months, known)]
    if not told:
        told = [sv.gettext("No figure of this quarter can be shown: all are under five.")]
    end = sv.gettext("Figures under five are hidden: they could tell of somebody.")
    return "\n".join(["\n".join(map(bare, lines)), "", *told, "", bare(end)])


def _told(sv: Tongue, months: Period, known: Cooperation) -> Iterator[str]:
    times = and_longer(months)
    for text, told in (*_counts(sv, known, times), *_shares(sv, known, times)):
        if told and (told.count or told.of):
            values = {"n": told.count} | ({"all": told.of} if told.of is not None else {})
            yield bare(sv.fill(text, **values)) + _of_when(told, months)
    for text, found in (
        (
            sv.gettext("Parents who joined the chat, by language: {list}."),
            languages_listed(sv, known.each(measure("languages"), months)),
        ),
        (
            sv.gettext("At home visits families were shown the way to: {list}."),
            offers_listed(sv, known.each(measure("guided_on"), months)),
        ),
        (
            sv.gettext("How often families came to joint activities: {list}."),
            kinds_listed(sv, known.each(ATTENDED, months)),
        ),
    ):
        if found:
            yield bare(sv.fill(text, list=found))


def _of_when(told: Told, months: Period) -> str:
    """The months it is of, such as 2026-01 – 2026-06, where these are not those of the quarter."""
    return "" if told.months == months else f" ({told.months})"


def _counts(
    sv: Tongue, known: Cooperation, times: Sequence[Period]
) -> Iterator[tuple[str, Told | None]]:
    # Translators: this and the next ones are lines of a page for a steering group.
    yield sv.gettext("Families who were offered it: {n}."), known.count(measure("offered"), times)
    yield sv.gettext("Extended home visits done: {n}."), known.count(measure("visits"), times)
    text = sv.gettext("Children whose six home visits were all done: {n}.")
    yield text, known.count(measure("all_six"), times)
    text = sv.gettext("Families who wanted no more visits: {n}.")
    yield text, known.count(measure("ended"), times)


def _shares(
    sv: Tongue, known: Cooperation, times: Sequence[Period]
) -> Iterator[tuple[str, Told | None]]:
    text = sv.gettext("Said yes: {n} of {all} families who answered.")
    yield text, known.part("answered", "said_yes", times)
    text = sv.gettext("First visit within 14 days: {n} of {all}.")
    yield text, known.part("first", "in_time", times)
    text = sv.gettext("Nurse and parent supporter came together to {n} of {all} home visits.")
    yield text, known.part("visits", "both_staff", times)
    text = sv.gettext("The other parent took part in {n} of {all} home visits.")
    yield text, known.part("visits", "other_parent", times)


def quarter_page(t: Tongue, months: Period, latest: Period, text: str) -> Message:
    """The page, ready to copy, and the quarters beside it."""
    said = t.gettext("A page for the steering group: press it to copy.")
    beside = [Period(months.first - QUARTER, months.first - 1)]
    if months.first < latest.first:
        beside.append(Period(months.last + 1, months.last + QUARTER))
    buttons = [_quarter_button(t, each) for each in beside]
    back = Button(t.gettext("Back"), FollowUp().pack())
    shown = f"<pre>{html.escape(text, quote=False)}</pre>"
    return Message(f"{said}\n{shown}", one_each([*buttons, back]))


def _quarter_button(t: Tongue, months: Period) -> Button:
    year, number = number_of(months)
    # Translators: on a button: a quarter of a year, such as the third.
    text = t.gettext("Quarter {n}, {year}")
    label = t.fill(text, n=number, year=str(year))
    return Button(plain(label), QuarterPage(year=year, quarter=number).pack())
