"""Staff plan when an activity takes place, move a time, cancel one or several (mission E8, E9).

Days and hours are picked: every button carries what was chosen before it, nothing is typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.activity_pages import times_page, told_in
from handlers.desk import Desk
from messaging import occasion_texts as words
from messaging import pickers
from messaging.activity_buttons import (
    BEGINS,
    ENDS,
    FIRST,
    LAST,
    MOVED,
    MOVED_BEGINS,
    MOVED_ENDS,
    OFF_FIRST,
    OFF_LAST,
    ActivityAct,
    ActOnActivity,
    ActOnOccasion,
    NewTimes,
    OccasionAct,
    OffDays,
    Planning,
    SeriesOf,
    StaffOccasion,
    Times,
)
from messaging.activity_texts import activity_done
from messaging.keyboards import Button
from messaging.keyboards import Message as Said
from messaging.picker_buttons import PickDay, PickHour, PickTime, ShowMonth, ShowMonths, day_of
from messaging.pickers import Asked, Days
from messaging.replies import Reply, instead
from programme.errors import NotYours
from programme.localtime import on_the_clock, walls
from programme.timetables import AHEAD
from services import activities as acts
from services import occasions as times
from services.access import writes_activities
from services.activities import Outcome
from services.occasions import Planned, Span

FIRST_HOUR, LAST_HOUR = time(6), time(22)
HOUR = 60
_DAYS = {FIRST, LAST, MOVED, OFF_FIRST, OFF_LAST}
_BEGINNINGS, _ENDINGS = {BEGINS, MOVED_BEGINS}, {ENDS, MOVED_ENDS}
_HOWS = tuple(Planning)  # their place stands on buttons: only ever add at the end


def register(router: Router) -> None:
    """The handlers of times."""
    on = router.callback_query.register
    on(show_times, Times.filter())
    on(ask_first, NewTimes.filter())
    on(series_of, SeriesOf.filter())
    on(show_one, StaffOccasion.filter())
    on(ask_moved, ActOnOccasion.filter(F.act == OccasionAct.MOVE))
    on(ask_cancel, ActOnOccasion.filter(F.act == OccasionAct.CANCEL))
    on(cancel, ActOnOccasion.filter(F.act == OccasionAct.CANCEL_SURE))
    on(ask_off_days, ActOnActivity.filter(F.act == ActivityAct.OFF_DAYS))
    on(off_days, OffDays.filter())
    on(turn_month, ShowMonth.filter(F.why.in_(_DAYS)))
    on(list_months, ShowMonths.filter(F.why.in_(_DAYS)))
    on(day_chosen, PickDay.filter(F.why.in_(_DAYS)))
    on(hour_chosen, PickHour.filter(F.why.in_(_BEGINNINGS | _ENDINGS)))
    on(begins_chosen, PickTime.filter(F.why.in_(_BEGINNINGS)))
    on(ends_chosen, PickTime.filter(F.why.in_(_ENDINGS)))


async def show_times(
    _query: CallbackQuery, callback_data: Times, state: FSMContext, desk: Desk
) -> Reply:
    """The coming times."""
    await state.clear()
    return instead(await times_page(desk, callback_data.activity, callback_data.page))


# --- what is asked, and what its buttons carry --------------------------------------------------


@dataclass(frozen=True)
class _Step:
    """One question: its words, and how many numbers its buttons carry."""

    what: str
    size: int


# activity, how · the same, the beginning · activity, first day, beginning, minutes ·
# occasion · occasion, the beginning · activity · activity, first day
_STEPS = {
    FIRST: _Step("first", 2),
    BEGINS: _Step("begins", 2),
    ENDS: _Step("ends", 3),
    LAST: _Step("last", 4),
    MOVED: _Step("moved", 1),
    MOVED_BEGINS: _Step("begins", 1),
    MOVED_ENDS: _Step("ends", 2),
    OFF_FIRST: _Step("off_first", 1),
    OFF_LAST: _Step("off_last", 2),
}
_OF_OCCASION = {MOVED, MOVED_BEGINS, MOVED_ENDS}


def _asked(desk: Desk, why: str, numbers: Sequence[int]) -> Asked:
    """The question of that code; raises NotYours for a button that nobody made."""
    step = _STEPS[why]
    if len(numbers) != step.size:
        raise NotYours
    data = StaffOccasion if why in _OF_OCCASION else Times
    name = "occasion" if data is StaffOccasion else "activity"
    back = Button(desk.t.gettext("Back"), data(**{name: numbers[0]}).pack())
    return Asked(words.question(desk.t, step.what), why, tuple(numbers), back)


def _days(desk: Desk, why: str, numbers: Sequence[int]) -> Days:
    """The days that may be chosen: a year ahead at most."""
    first = _day(numbers[1]) if why in {LAST, OFF_LAST} else desk.today
    return Days(today=desk.today, first=max(first, desk.today), last=desk.today + AHEAD)


def _day(number: int) -> date:
    try:
        return day_of(str(number))
    except ValueError as error:
        raise NotYours from error


def _number(day: date) -> int:
    return int(f"{day:%Y%m%d}")


def _walls(day: date, after: int | None = None) -> list[time]:
    """The beginnings of that day, or its ends after that minute."""
    every = walls(day, FIRST_HOUR, LAST_HOUR)
    return every[:-1] if after is None else [each for each in every if _minutes(each) > after]


def _minutes(wall: time) -> int:
    return wall.hour * HOUR + wall.minute


async def turn_month(_query: CallbackQuery, callback_data: ShowMonth, desk: Desk) -> Reply:
    """Another month."""
    why, numbers = callback_data.why, callback_data.numbers
    asked = _asked(desk, why, numbers)
    return instead(pickers.month(desk.t, asked, _days(desk, why, numbers), callback_data.on))


async def list_months(_query: CallbackQuery, callback_data: ShowMonths, desk: Desk) -> Reply:
    """The months."""
    why, numbers = callback_data.why, callback_data.numbers
    asked = _asked(desk, why, numbers)
    return instead(pickers.months(desk.t, asked, _days(desk, why, numbers), callback_data.page))


async def hour_chosen(_query: CallbackQuery, callback_data: PickHour, desk: Desk) -> Reply:
    """The quarters of that hour."""
    why, numbers, day = callback_data.why, callback_data.numbers, callback_data.on
    asked = _asked(desk, why, numbers)
    free = _walls(day, numbers[-1] if why in _ENDINGS else None)
    return instead(pickers.quarters(desk.t, asked, day, free, callback_data.hour))


# --- a new time -----------------------------------------------------------------------------------


async def ask_first(_query: CallbackQuery, callback_data: NewTimes, desk: Desk) -> Reply:
    """On which day it is first."""
    await acts.written(desk.tx, desk.colleague, callback_data.activity)
    numbers = (callback_data.activity, _HOWS.index(callback_data.how))
    asked = _asked(desk, FIRST, numbers)
    return instead(pickers.quick_days(desk.t, asked, _days(desk, FIRST, numbers)))


async def day_chosen(_query: CallbackQuery, callback_data: PickDay, desk: Desk) -> Reply:
    """A day, of whatever was asked."""
    why, numbers, day = callback_data.why, callback_data.numbers, callback_data.on
    asked, days = _asked(desk, why, numbers), _days(desk, why, numbers)
    if not days.allows(day):
        return instead(pickers.month(desk.t, asked.again(desk.t), days, day))
    match str(why):
        case "anf" | "amd":
            then = _asked(desk, BEGINS if why == FIRST else MOVED_BEGINS, numbers)
            return instead(pickers.times(desk.t, then, day, _walls(day)))
        case "acf":
            until = (numbers[0], _number(day))
            then, later = _asked(desk, OFF_LAST, until), _days(desk, OFF_LAST, until)
            return instead(pickers.quick_days(desk.t, then, later))
        case "acl":
            return instead(await _how_many_off(desk, numbers[0], _day(numbers[1]), day))
        case _:
            return instead(await _weekly(desk, numbers, day))


async def begins_chosen(_query: CallbackQuery, callback_data: PickTime, desk: Desk) -> Reply:
    """Until when."""
    why, day, wall = callback_data.why, callback_data.on, callback_data.wall
    asked = _asked(desk, why, callback_data.numbers)
    if wall not in _walls(day):
        return instead(pickers.times(desk.t, asked.again(desk.t), day, _walls(day)))
    begins = _minutes(wall)
    numbers = (*callback_data.numbers, begins)
    then = _asked(desk, ENDS if why == BEGINS else MOVED_ENDS, numbers)
    return instead(pickers.times(desk.t, then, day, _walls(day, begins)))


async def ends_chosen(_query: CallbackQuery, callback_data: PickTime, desk: Desk) -> Reply:
    """Day and hours are known: planned, moved, or one more question."""
    why, numbers, day = callback_data.why, callback_data.numbers, callback_data.on
    asked, begins = _asked(desk, why, numbers), numbers[-1]
    free = _walls(day, begins)
    if callback_data.wall not in free:
        return instead(pickers.times(desk.t, asked.again(desk.t), day, free))
    minutes = _minutes(callback_data.wall) - begins
    span = _span(day, begins, minutes)
    if why == MOVED_ENDS:
        return instead(await _moved(desk, numbers[0], span))
    if numbers[1] >= len(_HOWS):
        raise NotYours
    return instead(await _next(desk, numbers[0], _HOWS[numbers[1]], span))


def _span(day: date, begins: int, minutes: int) -> Span:
    wall = time(*divmod(begins, HOUR)) if 0 <= begins < 24 * HOUR else None
    if wall is None or minutes <= 0:
        raise NotYours
    return Span(first=day, begins=wall, minutes=minutes)


async def _next(desk: Desk, activity: int, how: Planning, span: Span) -> Said:
    await acts.written(desk.tx, desk.colleague, activity)
    begins = _minutes(span.begins)
    match how:
        case Planning.ONE:
            done = await times.add(desk.tx, desk.colleague, activity, span, desk.now, desk.rules)
            return await _planned(desk, activity, done)
        case Planning.SERIES:
            return words.ask_count(desk.t, activity, span.first, begins, span.minutes)
        case Planning.WEEKLY:
            numbers = (activity, _number(span.first), begins, span.minutes)
            asked, days = _asked(desk, LAST, numbers), _days(desk, LAST, numbers)
            return pickers.month(desk.t, asked, days, span.first)


async def _planned(desk: Desk, activity: int, done: Planned) -> Said:
    said = list(words.planned(desk.t, done.added, done.left_out))
    if done.outcome is not Outcome.DONE:
        said.insert(0, activity_done(desk.t, str(done.outcome)))
    return await times_page(desk, activity, 0, *said)


async def series_of(_query: CallbackQuery, callback_data: SeriesOf, desk: Desk) -> Reply:
    """So many meetings."""
    number, count = callback_data.activity, callback_data.count
    span = _span(day_of(callback_data.day), callback_data.begins, callback_data.minutes)
    done = await times.add_series(
        desk.tx, desk.colleague, number, span, count, desk.now, desk.rules
    )
    return instead(await _planned(desk, number, done))


async def _weekly(desk: Desk, numbers: Sequence[int], last: date) -> Said:
    activity, first, begins, minutes = numbers
    span = _span(_day(first), begins, minutes)
    done = await times.add_weekly(
        desk.tx, desk.colleague, activity, span, last, desk.now, desk.rules
    )
    return await _planned(desk, activity, done)


# --- one time ------------------------------------------------------------------------------------


async def show_one(_query: CallbackQuery, callback_data: StaffOccasion, desk: Desk) -> Reply:
    """One time."""
    return instead(await occasion_page(desk, callback_data.occasion))


async def occasion_page(desk: Desk, number: int, said: str = "") -> Said:
    """One time with what can be done with it; raises NotYours."""
    page, each = await times.one(desk.tx, desk.colleague, number)
    zone = desk.rules.zone
    ahead = each.starts_at > desk.now
    on_its_day = on_the_clock(each.starts_at, zone).date() == desk.today
    today = on_its_day and each.ends_at > desk.now and acts.may_close(desk.colleague, page)
    writes = writes_activities(desk.colleague)
    many = told_in(desk, page)
    return words.occasion_page(desk.t, page.activity, each, zone, ahead, today, writes, many, said)


async def ask_moved(_query: CallbackQuery, callback_data: ActOnOccasion, desk: Desk) -> Reply:
    """To which day."""
    number = callback_data.occasion
    await times.one(desk.tx, desk.colleague, number)
    asked = _asked(desk, MOVED, (number,))
    return instead(pickers.quick_days(desk.t, asked, _days(desk, MOVED, (number,))))


async def _moved(desk: Desk, number: int, span: Span) -> Said:
    outcome = await times.move(desk.tx, desk.colleague, number, span, desk.now, desk.rules)
    return await occasion_page(desk, number, activity_done(desk.t, str(outcome)))


async def ask_cancel(_query: CallbackQuery, callback_data: ActOnOccasion, desk: Desk) -> Reply:
    """Really?"""
    page, each = await times.one(desk.tx, desk.colleague, callback_data.occasion)
    return instead(words.ask_cancel_time(desk.t, page.activity, each, desk.rules.zone))


async def cancel(_query: CallbackQuery, callback_data: ActOnOccasion, desk: Desk) -> Reply:
    """It does not take place."""
    number = callback_data.occasion
    outcome = await times.cancel(desk.tx, desk.colleague, [number], desk.now, desk.rules)
    done = "cancelled" if outcome is Outcome.DONE else str(outcome)
    return instead(await occasion_page(desk, number, activity_done(desk.t, done)))


# --- several -------------------------------------------------------------------------------------


async def ask_off_days(_query: CallbackQuery, callback_data: ActOnActivity, desk: Desk) -> Reply:
    """From which day on."""
    number = callback_data.activity
    await acts.written(desk.tx, desk.colleague, number)
    asked = _asked(desk, OFF_FIRST, (number,))
    return instead(pickers.quick_days(desk.t, asked, _days(desk, OFF_FIRST, (number,))))


async def _how_many_off(desk: Desk, activity: int, first: date, last: date) -> Said:
    page = await acts.written(desk.tx, desk.colleague, activity)
    found = times.within(page, first, last, desk.now, desk.rules)
    if not found:
        return await times_page(desk, activity, 0, activity_done(desk.t, "nothing"))
    return words.ask_off_days(desk.t, activity, first, last, len(found))


async def off_days(_query: CallbackQuery, callback_data: OffDays, desk: Desk) -> Reply:
    """None on those days."""
    number = callback_data.activity
    first, last = day_of(callback_data.first), day_of(callback_data.last)
    outcome, _ = await times.cancel_days(
        desk.tx, desk.colleague, number, first, last, desk.now, desk.rules
    )
    done = "cancelled" if outcome is Outcome.DONE else str(outcome)
    return instead(await times_page(desk, number, 0, activity_done(desk.t, done)))
