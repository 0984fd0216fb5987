"""My times: weekly hours, days off, busy times and margins, all by tapping (mission D1, D15).

Whose times a button names is checked by the service against who presses.
"""

from collections.abc import Sequence
from datetime import date, time, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers import times_pages as pages
from handlers.desk import Desk
from handlers.times_pages import BUSY_DAY, BUSY_FROM, BUSY_UNTIL, FROM, OFF, OFF_LAST, UNTIL
from messaging import pickers
from messaging import times_texts as words
from messaging.callbacks import StaffPage
from messaging.hours_buttons import (
    STAFF_TIMES,
    AddTime,
    CopyHours,
    DayHours,
    FreeAgain,
    Margin,
    OneDay,
    OwnHours,
    SetHours,
    SetMargin,
    ShowMargin,
    TimesOf,
    TimesView,
    UntilDay,
)
from messaging.keyboards import Message
from messaging.picker_buttons import PickDay, PickHour, PickTime, ShowMonth, ShowMonths, day_of
from messaging.pickers import Asked, Days
from messaging.replies import Reply, instead
from programme.errors import NotYours
from programme.localtime import instant
from services import availability
from services.availability import MARGINS, WORKDAYS, Times

_DAYS = {OFF, OFF_LAST, BUSY_DAY}
_TIMES = {FROM, UNTIL, BUSY_FROM, BUSY_UNTIL}


def register(router: Router) -> None:
    """The handlers of My times; the router is for staff alone."""
    on = router.callback_query.register
    on(my_times, StaffPage.filter(F.page == STAFF_TIMES))
    on(colleagues, TimesOf.filter(F.view == TimesView.COLLEAGUES))
    on(show, TimesOf.filter())
    on(show_day, DayHours.filter())
    on(set_hours, SetHours.filter())
    on(copy_hours, CopyHours.filter())
    on(own_hours, OwnHours.filter())
    on(show_margin, ShowMargin.filter())
    on(set_margin, SetMargin.filter())
    on(add_time, AddTime.filter())
    on(one_day, OneDay.filter())
    on(until_day, UntilDay.filter())
    on(free_again, FreeAgain.filter())
    on(turn_month, ShowMonth.filter(F.why.in_(_DAYS)))
    on(list_months, ShowMonths.filter(F.why.in_(_DAYS)))
    on(day_chosen, PickDay.filter(F.why.in_(_DAYS)))
    on(hour_chosen, PickHour.filter(F.why.in_(_TIMES)))
    on(hours_begin, PickTime.filter(F.why == FROM))
    on(hours_end, PickTime.filter(F.why == UNTIL))
    on(busy_begins, PickTime.filter(F.why == BUSY_FROM))
    on(busy_ends, PickTime.filter(F.why == BUSY_UNTIL))


async def _times(desk: Desk, staff: int) -> Times:
    """Their times, if this colleague may set them; raises NotYours."""
    return await availability.times(desk.tx, desk.colleague, staff, desk.now, desk.rules)


def _saved(desk: Desk, times: Times, view: TimesView) -> Reply:
    return instead(pages.page(desk.t, times, view, desk.rules, saved=True))


async def my_times(query: CallbackQuery, desk: Desk) -> Reply:
    """One's own times; who visits nobody sees the colleagues whose times they may set."""
    if not availability.visits(desk.colleague):
        return await colleagues(query, desk)
    times = await _times(desk, desk.colleague.member.id)
    return instead(pages.page(desk.t, times, TimesView.ALL, desk.rules))


async def colleagues(_query: CallbackQuery, desk: Desk) -> Reply:
    """Who has no chat."""
    found = await availability.without_chat(desk.tx, desk.colleague)
    own = desk.colleague.member.id if availability.visits(desk.colleague) else 0
    return instead(words.colleagues(desk.t, [(each.id, each.name) for each in found], own))


async def show(_query: CallbackQuery, callback_data: TimesOf, desk: Desk) -> Reply:
    """A page of somebody's times."""
    times = await _times(desk, callback_data.staff)
    return instead(pages.page(desk.t, times, callback_data.view, desk.rules))


async def show_day(_query: CallbackQuery, callback_data: DayHours, desk: Desk) -> Reply:
    """The hours of one weekday."""
    times = await _times(desk, callback_data.staff)
    if callback_data.weekday not in WORKDAYS:
        raise NotYours
    return instead(pages.day_page(desk.t, times, callback_data.weekday))


async def set_hours(_query: CallbackQuery, callback_data: SetHours, desk: Desk) -> Reply:
    """Those hours, or none."""
    span = (callback_data.starts, callback_data.ends)
    return await _set(desk, callback_data.staff, [callback_data.weekday], [span])


async def copy_hours(_query: CallbackQuery, callback_data: CopyHours, desk: Desk) -> Reply:
    """The hours of one weekday on all of them."""
    times = await _times(desk, callback_data.staff)
    spans = times.week.get(callback_data.weekday, ())
    return await _set(desk, callback_data.staff, list(WORKDAYS), spans)


async def _set(
    desk: Desk, staff: int, weekdays: list[int], spans: Sequence[tuple[int, int]]
) -> Reply:
    times = await availability.set_hours(
        desk.tx, desk.colleague, staff, weekdays, spans, desk.now, desk.rules
    )
    return _saved(desk, times, TimesView.WEEK)


async def own_hours(_query: CallbackQuery, callback_data: OwnHours, desk: Desk) -> Reply:
    """Other hours: from when."""
    staff, weekday = callback_data.staff, callback_data.weekday
    await _times(desk, staff)
    asked = pages.ask_from(desk.t, staff, weekday, callback_data.more)
    return instead(pickers.times(desk.t, asked, None, pages.from_walls()))


async def hours_begin(_query: CallbackQuery, callback_data: PickTime, desk: Desk) -> Reply:
    """Until when."""
    staff, weekday, more = _numbers(callback_data, 3)
    await _times(desk, staff)
    if callback_data.wall not in pages.from_walls():
        raise NotYours
    asked = pages.ask_until(desk.t, staff, weekday, bool(more), callback_data.wall)
    return instead(pickers.times(desk.t, asked, None, pages.until_walls(callback_data.wall)))


async def hours_end(_query: CallbackQuery, callback_data: PickTime, desk: Desk) -> Reply:
    """From when and until when are known; with `more` they stand beside those before."""
    staff, weekday, more, starts = _numbers(callback_data, 4)
    times = await _times(desk, staff)
    before = times.week.get(weekday, ()) if more else ()
    return await _set(
        desk, staff, [weekday], [*before, (starts, pages.minutes(callback_data.wall))]
    )


async def show_margin(_query: CallbackQuery, callback_data: ShowMargin, desk: Desk) -> Reply:
    """How many minutes for the way, or for the talk."""
    await _times(desk, callback_data.staff)
    return instead(words.choose_margin(desk.t, callback_data.staff, callback_data.what, MARGINS))


async def set_margin(_query: CallbackQuery, callback_data: SetMargin, desk: Desk) -> Reply:
    """So many."""
    which = "travel" if callback_data.what is Margin.TRAVEL else "debrief"
    times = await availability.set_margins(
        desk.tx,
        desk.colleague,
        callback_data.staff,
        desk.now,
        desk.rules,
        **{which: callback_data.minutes},
    )
    return _saved(desk, times, TimesView.ALL)


async def add_time(_query: CallbackQuery, callback_data: AddTime, desk: Desk) -> Reply:
    """A day off, or a busy time: on which day."""
    staff = callback_data.staff
    await _times(desk, staff)
    asked = pages.ask_off(desk.t, staff) if callback_data.off else pages.ask_busy(desk.t, staff)
    return instead(pickers.quick_days(desk.t, asked, pages.days(desk.now, desk.rules)))


async def one_day(_query: CallbackQuery, callback_data: OneDay, desk: Desk) -> Reply:
    """Off on that day alone."""
    day = day_of(callback_data.day)
    times = await availability.add_days_off(
        desk.tx, desk.colleague, callback_data.staff, day, day, desk.now, desk.rules
    )
    return _saved(desk, times, TimesView.OFF)


async def until_day(_query: CallbackQuery, callback_data: UntilDay, desk: Desk) -> Reply:
    """Off until another day: which."""
    await _times(desk, callback_data.staff)
    first = day_of(callback_data.day)
    asked = pages.ask_last(desk.t, callback_data.staff, first)
    days = pages.days(desk.now, desk.rules, first + timedelta(days=1))
    return instead(pickers.month(desk.t, asked, days, first))


async def free_again(_query: CallbackQuery, callback_data: FreeAgain, desk: Desk) -> Reply:
    """A day off, or a busy time, is none."""
    before = await _times(desk, callback_data.staff)
    view = TimesView.OFF if callback_data.busy in {x.id for x in before.off} else TimesView.BUSY
    times = await availability.free_again(
        desk.tx, desk.colleague, callback_data.staff, callback_data.busy, desk.now, desk.rules
    )
    return _saved(desk, times, view)


def _numbers(data: PickDay | PickTime | PickHour | ShowMonth | ShowMonths, many: int) -> list[int]:
    """The ids of the button; raises NotYours if there are more or fewer: it is forged."""
    if len(data.numbers) != many:
        raise NotYours
    return list(data.numbers)


def _asked(data: PickDay | ShowMonth | ShowMonths, desk: Desk) -> tuple[Asked, Days]:
    """What is asked on the page that this button stands on, and which days it offers."""
    days = pages.days(desk.now, desk.rules)
    if data.why == OFF_LAST:
        staff, written = _numbers(data, 2)
        first = pages.day(written)
        later = pages.days(desk.now, desk.rules, first + timedelta(days=1))
        return pages.ask_last(desk.t, staff, first), later
    [staff] = _numbers(data, 1)
    ask = pages.ask_off if data.why == OFF else pages.ask_busy
    return ask(desk.t, staff), days


async def turn_month(_query: CallbackQuery, callback_data: ShowMonth, desk: Desk) -> Reply:
    """Another month."""
    asked, days = _asked(callback_data, desk)
    return instead(pickers.month(desk.t, asked, days, callback_data.on))


async def list_months(_query: CallbackQuery, callback_data: ShowMonths, desk: Desk) -> Reply:
    """All months."""
    asked, days = _asked(callback_data, desk)
    return instead(pickers.months(desk.t, asked, days, callback_data.page))


async def day_chosen(_query: CallbackQuery, callback_data: PickDay, desk: Desk) -> Reply:
    """The day off, its last day, or the day of a busy time."""
    asked, days = _asked(callback_data, desk)
    staff, day = callback_data.numbers[0], callback_data.on
    await _times(desk, staff)
    if not days.allows(day):
        return instead(pickers.month(desk.t, asked.again(desk.t), days, day))
    if callback_data.why == OFF:
        return instead(words.one_day_or_more(desk.t, staff, day))
    if callback_data.why == BUSY_DAY:
        return instead(_busy_from(desk, staff, day))
    first = pages.day(callback_data.numbers[1])
    times = await availability.add_days_off(
        desk.tx, desk.colleague, staff, first, day, desk.now, desk.rules
    )
    return _saved(desk, times, TimesView.OFF)


def _busy_from(desk: Desk, staff: int, day: date) -> Message:
    return pickers.times(desk.t, pages.ask_busy_from(desk.t, staff), day, pages.from_walls(day))


async def busy_begins(_query: CallbackQuery, callback_data: PickTime, desk: Desk) -> Reply:
    """Until when."""
    [staff] = _numbers(callback_data, 1)
    await _times(desk, staff)
    day, since = callback_data.on, callback_data.wall
    asked = pages.ask_busy_until(desk.t, staff, since)
    return instead(pickers.times(desk.t, asked, day, pages.until_walls(since, day)))


async def busy_ends(_query: CallbackQuery, callback_data: PickTime, desk: Desk) -> Reply:
    """Something else takes that time."""
    staff, since = _numbers(callback_data, 2)
    day, starts = callback_data.on, pages.wall(since)
    times = await availability.add_busy(
        desk.tx,
        desk.colleague,
        staff,
        instant(day, starts, desk.rules.zone),
        instant(day, callback_data.wall, desk.rules.zone),
        desk.now,
        desk.rules,
    )
    return _saved(desk, times, TimesView.BUSY)


async def hour_chosen(_query: CallbackQuery, callback_data: PickHour, desk: Desk) -> Reply:
    """The quarters of that hour."""
    asked, day, walls = _clock(callback_data, desk)
    return instead(pickers.quarters(desk.t, asked, day, walls, callback_data.hour))


def _clock(data: PickHour, desk: Desk) -> tuple[Asked, date | None, list[time]]:
    """What is asked on the page of hours that this button stands on."""
    match data.why:
        case pages.FROM:
            staff, weekday, more = _numbers(data, 3)
            return pages.ask_from(desk.t, staff, weekday, bool(more)), None, pages.from_walls()
        case pages.UNTIL:
            staff, weekday, more, since = _numbers(data, 4)
            starts = pages.wall(since)
            asked = pages.ask_until(desk.t, staff, weekday, bool(more), starts)
            return asked, None, pages.until_walls(starts)
        case pages.BUSY_FROM:
            [staff] = _numbers(data, 1)
            return pages.ask_busy_from(desk.t, staff), data.on, pages.from_walls(data.on)
        case _:
            staff, since = _numbers(data, 2)
            starts = pages.wall(since)
            asked = pages.ask_busy_until(desk.t, staff, starts)
            return asked, data.on, pages.until_walls(starts, data.on)
