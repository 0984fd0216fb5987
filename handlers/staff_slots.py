"""Staff pick a day and a time for a visit: one that is free, or any at all with a reason (D6)."""

from dataclasses import replace
from datetime import datetime, time

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import booking_pages as pages
from handlers import booking_ways, drafts
from handlers.booking_pages import ANY, FREE
from handlers.desk import Desk
from messaging import booked_texts, pickers
from messaging import booking_texts as words
from messaging.keyboards import Message
from messaging.picker_buttons import PickDay, PickHour, PickTime, ShowMonth, ShowMonths
from messaging.replies import Reply, instead
from programme.ages import Span
from programme.errors import NotYours
from programme.localtime import instant
from programme.people import Slot
from services import staff_booking
from services.staff_booking import Draft, Series

_PICKERS = {FREE, ANY}


def register(router: Router) -> None:
    """The pages of days and times; the router is for staff alone."""
    on = router.callback_query.register
    on(turn_month, ShowMonth.filter(F.why.in_(_PICKERS)))
    on(list_months, ShowMonths.filter(F.why.in_(_PICKERS)))
    on(day_chosen, PickDay.filter(F.why.in_(_PICKERS)))
    on(hour_chosen, PickHour.filter(F.why.in_(_PICKERS)))
    on(free_time_chosen, PickTime.filter(F.why == FREE))
    on(any_time_chosen, PickTime.filter(F.why == ANY))


def _ids(data: PickDay | PickHour | PickTime | ShowMonth | ShowMonths) -> tuple[int, int]:
    """The draft's number, and which of its times; raises NotYours if they are not two."""
    match data.numbers:
        case (draft, n):
            return draft, n
        case _:
            raise NotYours


async def turn_month(
    _query: CallbackQuery, callback_data: ShowMonth, desk: Desk, state: FSMContext
) -> Reply:
    """Another month."""
    number, n = _ids(callback_data)
    draft, page = await drafts.load(state, desk, number)
    return instead(await _month(desk, page, draft, callback_data, n))


async def _month(
    desk: Desk, page: Series, draft: Draft, data: ShowMonth | PickDay, n: int
) -> Message:
    number, shown = data.numbers[0], data.on
    if data.why == ANY:
        days = pages.any_days(desk)
        question = pages.asked(desk, page, ANY, number, n, pages.whole_month(days, shown))
        return pickers.month(desk.t, question, days, shown)
    span = pages.reach(desk, page, draft)
    month = pages.month_of(span, shown)
    found = await pages.free(desk, page, draft, month, n)
    question = pages.asked(desk, page, FREE, number, n, month)
    said = pickers.month(desk.t, question, pages.free_days(desk, span, found), shown)
    return pages.with_button(said, words.any_button(desk.t, number, n))


async def list_months(
    _query: CallbackQuery, callback_data: ShowMonths, desk: Desk, state: FSMContext
) -> Reply:
    """All months there are to choose from."""
    number, n = _ids(callback_data)
    draft, page = await drafts.load(state, desk, number)
    days = pages.any_days(desk)
    if callback_data.why == FREE:
        days = pages.free_days(desk, pages.reach(desk, page, draft), {})
    question = pages.asked(desk, page, callback_data.why, number, n, None)
    return instead(pickers.months(desk.t, question, days, callback_data.page))


async def day_chosen(
    _query: CallbackQuery, callback_data: PickDay, desk: Desk, state: FSMContext
) -> Reply:
    """The times of that day."""
    number, n = _ids(callback_data)
    draft, page = await drafts.load(state, desk, number)
    walls = await _walls(desk, page, draft, callback_data)
    if not walls:
        return instead(await _month(desk, page, draft, callback_data, n))
    question = pages.asked_time(desk, page, callback_data.why, number, n)
    return instead(pickers.times(desk.t, question, callback_data.on, walls))


async def _walls(desk: Desk, page: Series, draft: Draft, data: PickDay | PickHour) -> list[time]:
    """The times of that day that may be chosen now."""
    if data.why == ANY:
        allowed = pages.any_days(desk).allows(data.on)
        return pages.any_walls(desk, data.on) if allowed else []
    found = await pages.free(desk, page, draft, Span(data.on, data.on), _ids(data)[1])
    return pages.walls_of(desk, found, data.on)


async def hour_chosen(
    _query: CallbackQuery, callback_data: PickHour, desk: Desk, state: FSMContext
) -> Reply:
    """The quarters of that hour."""
    number, n = _ids(callback_data)
    draft, page = await drafts.load(state, desk, number)
    walls = await _walls(desk, page, draft, callback_data)
    question = pages.asked_time(desk, page, callback_data.why, number, n)
    return instead(pickers.quarters(desk.t, question, callback_data.on, walls, callback_data.hour))


def _at(data: PickTime, desk: Desk) -> datetime:
    return instant(data.on, data.wall, desk.rules.zone)


async def free_time_chosen(
    _query: CallbackQuery, callback_data: PickTime, desk: Desk, state: FSMContext
) -> Reply:
    """A free time; if it has been taken meanwhile, the day again."""
    number, n = _ids(callback_data)
    draft, page = await drafts.load(state, desk, number)
    at, day = _at(callback_data, desk), Span(callback_data.on, callback_data.on)
    found = await pages.free(desk, page, draft, day, n)
    if at not in found:
        question = pages.asked_time(desk, page, FREE, number, n).again(desk.t)
        walls = pages.walls_of(desk, found, callback_data.on)
        return instead(pickers.times(desk.t, question, callback_data.on, walls))
    draft = staff_booking.with_time(draft, Slot(starts_at=at, staff=found[at]), n)
    await drafts.keep(state, desk, draft, number)
    return instead(booking_ways.shown(desk, page, draft, number))


async def any_time_chosen(
    _query: CallbackQuery, callback_data: PickTime, desk: Desk, state: FSMContext
) -> Reply:
    """Any time: the usual two come; outside hours or window the next question is why."""
    number, n = _ids(callback_data)
    draft, page = await drafts.load(state, desk, number)
    at = _at(callback_data, desk)
    if callback_data.wall not in pages.any_walls(desk, callback_data.on):
        return instead(booked_texts.refused(desk.t, booked_texts.in_past(desk.t), page.family.id))
    team = await staff_booking.usual_team(
        desk.tx, page.family, draft, callback_data.on, desk.now, desk.rules
    )
    slot = Slot(starts_at=at, staff=team)
    draft = staff_booking.with_time(replace(draft, override=None), slot, n)
    await drafts.keep(state, desk, draft, number)
    if await staff_booking.off_hours(desk.tx, draft, slot, desk.now, desk.rules):
        return instead(words.ask_reason(desk.t, number))
    return instead(booking_ways.shown(desk, page, draft, number))
