"""Staff change when a place is open: weekly hours, other days, a later opening (mission F4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.desk import Desk
from handlers.place_drafts import (
    asked_for,
    change,
    choice_of,
    day_at,
    days_ahead,
    draft_of,
    numbers_of,
    saved,
)
from messaging import pickers
from messaging import place_field_texts as words
from messaging.picker_buttons import PickDay, PickHour, PickTime, ShowMonth, ShowMonths, day_of
from messaging.pickers import ANY_DAY
from messaging.place_edit_buttons import (
    CLOSES,
    FIRST,
    LAST,
    LATER,
    OPENS,
    SPAN_CLOSES,
    SPAN_OPENS,
    WORKDAYS,
    AddHours,
    ClearHours,
    CloseDays,
    OtherHours,
    UsualDays,
    WeekdayHours,
)
from messaging.replies import Reply, instead
from programme.errors import NotYours
from programme.localtime import walls
from programme.places import WEEK, Change, Hours, Venue, week_faults

FIRST_HOUR, LAST_HOUR = time(6), time(22)
_DAYS, _OPENING, _CLOSING = {FIRST, LAST, LATER}, {OPENS, SPAN_OPENS}, {CLOSES, SPAN_CLOSES}


def register(router: Router) -> None:
    """The handlers of hours and days."""
    on = router.callback_query.register
    on(show_day, WeekdayHours.filter())
    on(add_hours, AddHours.filter())
    on(clear_hours, ClearHours.filter())
    on(close_days, CloseDays.filter())
    on(other_hours, OtherHours.filter())
    on(usual_days, UsualDays.filter())
    on(turn_month, ShowMonth.filter(F.why.in_(_DAYS)))
    on(list_months, ShowMonths.filter(F.why.in_(_DAYS)))
    on(day_chosen, PickDay.filter(F.why.in_(_DAYS)))
    on(hour_chosen, PickHour.filter(F.why.in_(_OPENING | _CLOSING)))
    on(opens_chosen, PickTime.filter(F.why.in_(_OPENING)))
    on(closes_chosen, PickTime.filter(F.why.in_(_CLOSING)))


def _opening() -> list[time]:
    return walls(ANY_DAY, FIRST_HOUR, LAST_HOUR)[:-1]


def _closing(opens: int) -> list[time]:
    return [each for each in walls(ANY_DAY, FIRST_HOUR, LAST_HOUR) if _minutes(each) > opens]


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute


# --- weekly hours ------------------------------------------------------------------------------


async def show_day(_query: CallbackQuery, callback_data: WeekdayHours, desk: Desk) -> Reply:
    """The hours of one weekday."""
    _weekdays(callback_data.days)
    venue = await draft_of(desk, callback_data.place)
    return instead(words.edit_day(desk.t, venue, callback_data.days))


def _weekdays(days: int) -> Sequence[int]:
    if not 0 <= days <= WORKDAYS:
        raise NotYours
    return range(5) if days == WORKDAYS else (days,)


async def add_hours(_query: CallbackQuery, callback_data: AddHours, desk: Desk) -> Reply:
    """From when."""
    _weekdays(callback_data.days)
    asked = asked_for(desk, OPENS, (callback_data.place, callback_data.days))
    return instead(pickers.times(desk.t, asked, None, _opening()))


async def clear_hours(_query: CallbackQuery, callback_data: ClearHours, desk: Desk) -> Reply:
    """Closed on that weekday."""
    days = _weekdays(callback_data.days)
    venue = await change(desk, callback_data.place, lambda v: _with(v, days, ()))
    return instead(words.edit_hours(desk.t, venue))


def _with(venue: Venue, days: Sequence[int], hours: tuple[Hours, ...]) -> Venue:
    week = list(venue.week) or [()] * WEEK
    for day in days:
        week[day] = hours
    return replace(venue, week=tuple(week))


def _and(venue: Venue, days: Sequence[int], more: Hours) -> Venue:
    """Those hours besides the day's others, or in the place of what they would lie over."""
    for day in days:
        before = venue.week[day] if venue.week else ()
        both = tuple(sorted((*before, more)))
        venue = _with(venue, [day], (more,) if week_faults([both]) else both)
    return venue


async def hour_chosen(_query: CallbackQuery, callback_data: PickHour, desk: Desk) -> Reply:
    """The quarters of that hour."""
    numbers = numbers_of(callback_data, callback_data.why)
    asked = asked_for(desk, callback_data.why, numbers)
    free = _closing(numbers[-1]) if callback_data.why in _CLOSING else _opening()
    return instead(pickers.quarters(desk.t, asked, None, free, callback_data.hour))


async def opens_chosen(_query: CallbackQuery, callback_data: PickTime, desk: Desk) -> Reply:
    """Until when."""
    numbers = (*numbers_of(callback_data, callback_data.why), _minutes(callback_data.wall))
    why = CLOSES if callback_data.why == OPENS else SPAN_CLOSES
    asked = asked_for(desk, why, numbers)
    return instead(pickers.times(desk.t, asked, None, _closing(numbers[-1])))


async def closes_chosen(_query: CallbackQuery, callback_data: PickTime, desk: Desk) -> Reply:
    """Those hours, on that weekday or on those days."""
    numbers = numbers_of(callback_data, callback_data.why)
    if callback_data.wall not in _closing(numbers[-1]):
        asked = asked_for(desk, callback_data.why, numbers).again(desk.t)
        return instead(pickers.times(desk.t, asked, None, _closing(numbers[-1])))
    hours = Hours(numbers[-1], _minutes(callback_data.wall))
    if callback_data.why == SPAN_CLOSES:
        place, first, last, _ = numbers
        return await _say_of(desk, place, day_at(first), day_at(last), (hours,))
    place, days, _ = numbers
    weekdays = _weekdays(days)
    venue = await change(desk, place, lambda v: _and(v, weekdays, hours))
    return instead(words.edit_hours(desk.t, venue))


# --- days with other hours ------------------------------------------------------------------------


async def turn_month(_query: CallbackQuery, callback_data: ShowMonth, desk: Desk) -> Reply:
    """Another month."""
    return instead(pickers.month(desk.t, *choice_of(desk, callback_data), callback_data.on))


async def list_months(_query: CallbackQuery, callback_data: ShowMonths, desk: Desk) -> Reply:
    """The months."""
    return instead(pickers.months(desk.t, *choice_of(desk, callback_data), callback_data.page))


async def day_chosen(_query: CallbackQuery, callback_data: PickDay, desk: Desk) -> Reply:
    """The first or the last day with other hours, or the day on which it opens."""
    asked, days = choice_of(desk, callback_data)
    place, on = callback_data.numbers[0], callback_data.on
    if not days.allows(on):
        return instead(pickers.month(desk.t, asked.again(desk.t), days, on))
    if callback_data.why == LATER:
        opened = await saved(desk, place, lambda v: replace(v, later=True, opens_on=on))
        return instead(opened)
    if callback_data.why == FIRST:
        until = asked_for(desk, LAST, (place, int(f"{on:%Y%m%d}")))
        return instead(pickers.quick_days(desk.t, until, days_ahead(desk, on)))
    await draft_of(desk, place)
    return instead(words.edit_span(desk.t, place, day_at(callback_data.numbers[1]), on))


async def close_days(_query: CallbackQuery, callback_data: CloseDays, desk: Desk) -> Reply:
    """Closed on those days."""
    first, last = day_of(callback_data.first), day_of(callback_data.last)
    return await _say_of(desk, callback_data.place, first, last, ())


async def other_hours(_query: CallbackQuery, callback_data: OtherHours, desk: Desk) -> Reply:
    """Other hours on those days: from when."""
    numbers = (callback_data.place, int(callback_data.first), int(callback_data.last))
    asked = asked_for(desk, SPAN_OPENS, numbers)
    return instead(pickers.times(desk.t, asked, None, _opening()))


async def usual_days(_query: CallbackQuery, callback_data: UsualDays, desk: Desk) -> Reply:
    """The week holds again on those days."""
    first, last = day_of(callback_data.first), day_of(callback_data.last)
    venue = await change(desk, callback_data.place, lambda v: _without(v, first, last))
    return instead(words.edit_changes(desk.t, venue))


def _without(venue: Venue, first: date, last: date) -> Venue:
    kept = (each for each in venue.changes if (each.first, each.last) != (first, last))
    return replace(venue, changes=tuple(kept))


async def _say_of(
    desk: Desk, place: int, first: date, last: date, hours: tuple[Hours, ...]
) -> Reply:
    if last < first:
        raise NotYours
    said = Change(first, last, hours)

    def edit(venue: Venue) -> Venue:
        changes = (*_without(venue, first, last).changes, said)
        # What is over needs no saying any more.
        ahead = [each for each in changes if each.last >= desk.today]
        return replace(venue, changes=tuple(sorted(ahead, key=lambda c: (c.first, c.last))))

    return instead(words.edit_changes(desk.t, await change(desk, place, edit)))
