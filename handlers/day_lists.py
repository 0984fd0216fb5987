"""A day on paper, for who works without the chat; printed by a colleague (mission D15)."""

from datetime import date

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.desk import Desk
from messaging import day_texts as words
from messaging.calendar_buttons import DayList
from messaging.replies import Reply, instead, say
from programme.errors import NotYours
from services import day_list


def register(router: Router) -> None:
    """The handlers of the lists; the router is for staff alone."""
    on = router.callback_query.register
    on(ask_whose, DayList.filter(F.staff == 0))
    on(ask_day, DayList.filter(F.day == ""))
    on(show, DayList.filter())


async def ask_whose(_query: CallbackQuery, desk: Desk) -> Reply:
    """Whose day; not asked where there is only one."""
    found = await day_list.choices(desk.tx, desk.colleague)
    if len(found) == 1:
        return instead(words.which_day(desk.t, found[0], day_list.days(desk.now, desk.rules)))
    return instead(words.whose_day(desk.t, found))


async def ask_day(_query: CallbackQuery, callback_data: DayList, desk: Desk) -> Reply:
    """Which day."""
    member = await day_list.chosen(desk.tx, desk.colleague, callback_data.staff)
    return instead(words.which_day(desk.t, member, day_list.days(desk.now, desk.rules)))


async def show(_query: CallbackQuery, callback_data: DayList, desk: Desk) -> Reply:
    """The list, to read here and to print."""
    member = await day_list.chosen(desk.tx, desk.colleague, callback_data.staff)
    day, who = _day(callback_data.day), desk.colleague
    found = await day_list.day_of(desk.tx, who, member, day, desk.now, desk.rules)
    return say(words.day_list(desk.t, member, found.day, found.lines, desk.rules.zone))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise NotYours from error
