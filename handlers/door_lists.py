"""The list for the door: who has a place, who came, on paper (mission E7, E8)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.desk import Desk
from messaging import door_texts as words
from messaging.door_buttons import Door, Doors, PrintDoor, Tick
from messaging.replies import Reply, instead, say
from services import attendance


def register(router: Router) -> None:
    """The handlers of the lists; the router is for staff alone."""
    on = router.callback_query.register
    on(show_all, Doors.filter())
    on(show, Door.filter())
    on(tick, Tick.filter())
    on(on_paper, PrintDoor.filter())


async def show_all(_query: CallbackQuery, callback_data: Doors, desk: Desk) -> Reply:
    """Which list."""
    only, page = callback_data.activity, callback_data.page
    found = await attendance.doors(desk.tx, desk.colleague, desk.now, only)
    return instead(words.doors(desk.t, found, page, desk.rules.zone, only))


async def show(_query: CallbackQuery, callback_data: Door, desk: Desk) -> Reply:
    """Who has a place."""
    return await _door(desk, callback_data.activity, callback_data.occasion, callback_data.page)


async def _door(desk: Desk, activity: int, occasion: int, page: int) -> Reply:
    found = await attendance.door(desk.tx, desk.colleague, activity, occasion, desk.now)
    return instead(words.door(desk.t, found, page, desk.rules.zone))


async def tick(_query: CallbackQuery, callback_data: Tick, desk: Desk) -> Reply:
    """They came, or they did not; the same list again."""
    data = callback_data
    activity = await attendance.tick(
        desk.tx, desk.colleague, data.signup, data.occasion, data.came, desk.now, desk.rules
    )
    return await _door(desk, activity, data.occasion, data.page)


async def on_paper(_query: CallbackQuery, callback_data: PrintDoor, desk: Desk) -> Reply:
    """The list to print."""
    number, occasion = callback_data.activity, callback_data.occasion
    found = await attendance.door(desk.tx, desk.colleague, number, occasion, desk.now)
    return say(words.on_paper(desk.t, found, desk.rules.zone))
