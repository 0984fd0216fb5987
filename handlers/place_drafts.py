"""A place's draft, as the handlers of its parts read, change and show it (mission F4)."""

from datetime import date, timedelta

from handlers.desk import Desk
from messaging import place_edit_texts as pages
from messaging import place_field_texts as words
from messaging.keyboards import Button
from messaging.keyboards import Message as Said
from messaging.picker_buttons import PickDay, PickHour, PickTime, ShowMonth, ShowMonths, day_of
from messaging.pickers import Asked, Days
from messaging.place_edit_buttons import (
    CLOSES,
    FIRST,
    LAST,
    LATER,
    OPENS,
    SPAN_CLOSES,
    SPAN_OPENS,
    PlaceAct,
)
from programme.errors import NotYours
from programme.places import Venue
from services import place_editing as editing
from services.place_editing import Edit

FAR = timedelta(days=400)  # how far ahead days may be chosen


async def draft_of(desk: Desk, place: int) -> Venue:
    """The draft, or what it would begin with; raises NotYours."""
    found = await editing.view(desk.tx, desk.colleague, place, desk.now, desk.rules)
    venue = found.draft or found.standing
    if venue is None:
        raise NotYours
    return venue


async def draft_page(desk: Desk, place: int, said: str = "") -> Said:
    """The draft with everything that can be done to it; raises NotYours."""
    found = await editing.view(desk.tx, desk.colleague, place, desk.now, desk.rules)
    venue = await draft_of(desk, place)
    state, stands = found.state and str(found.state), found.standing is not None
    return pages.edit_draft(desk.t, venue, state, found.own, stands, said, found.mark)


async def change(desk: Desk, place: int, edit: Edit) -> Venue:
    """The draft after that change; raises NotYours."""
    await editing.change(desk.tx, desk.colleague, place, edit, desk.now)
    return await draft_of(desk, place)


async def saved(desk: Desk, place: int, edit: Edit) -> Said:
    """The draft's page after that change; raises NotYours."""
    await change(desk, place, edit)
    return await draft_page(desk, place, pages.edit_done(desk.t, "saved"))


_SIZES = {
    OPENS: 2,
    CLOSES: 3,
    FIRST: 1,
    LATER: 1,
    LAST: 2,
    SPAN_OPENS: 3,
    SPAN_CLOSES: 4,
}


def numbers_of(
    data: PickDay | PickHour | PickTime | ShowMonth | ShowMonths, why: str
) -> tuple[int, ...]:
    """The ids of a button; raises NotYours for one that another task or nobody made."""
    if len(data.numbers) != _SIZES[why]:
        raise NotYours
    return data.numbers


def day_at(number: int) -> date:
    """The day that is written as a number, such as 20270305; raises NotYours."""
    try:
        return day_of(str(number))
    except ValueError as error:
        raise NotYours from error


def days_ahead(desk: Desk, first: date | None = None) -> Days:
    """The days that may be chosen, from today or a later day on."""
    start = max(first or desk.today, desk.today)
    return Days(today=desk.today, first=start, last=desk.today + FAR)


def asked_for(desk: Desk, why: str, numbers: tuple[int, ...]) -> Asked:
    """The question of that code; raises NotYours for a day, or a number, that is none."""
    if min(numbers) < 0:
        raise NotYours
    t, place = desk.t, numbers[0]
    questions = {
        OPENS: words.ask_opens,
        SPAN_OPENS: words.ask_opens,
        CLOSES: words.ask_closes,
        SPAN_CLOSES: words.ask_closes,
        FIRST: words.ask_first,
        LATER: words.ask_opening_day,
    }
    asked = words.ask_last(t, day_at(numbers[1])) if why == LAST else questions[why](t)
    part = PlaceAct.HOURS if why in {OPENS, CLOSES} else PlaceAct.CHANGES
    back: Button = pages.act_button(
        t, t.gettext("Back"), place, PlaceAct.DRAFT if why == LATER else part
    )
    return Asked(asked, why, numbers, back)


def choice_of(desk: Desk, data: PickDay | ShowMonth | ShowMonths) -> tuple[Asked, Days]:
    """What a calendar's button belongs to; raises NotYours."""
    numbers = numbers_of(data, data.why)
    days = days_ahead(desk, day_at(numbers[1]) if data.why == LAST else None)
    return asked_for(desk, data.why, numbers), days
