"""My morning list: what waits now, and at which hour it comes, if it does (mission H3)."""

from datetime import time

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.desk import Desk
from messaging import morning_texts as words
from messaging.morning_buttons import MorningHours, Mornings, SetMorning
from messaging.replies import Reply, instead
from services import mornings


def register(router: Router) -> None:
    """The handlers of the morning list; the router is for staff alone."""
    router.callback_query.register(show, Mornings.filter())
    router.callback_query.register(show_hours, MorningHours.filter())
    router.callback_query.register(choose, SetMorning.filter())


async def show(_query: CallbackQuery, desk: Desk) -> Reply:
    """What waits at this moment."""
    letter = await mornings.now_for(desk.tx, desk.colleague, desk.now, desk.rules)
    return instead(words.morning_page(desk.t, letter, desk.rules.zone))


async def show_hours(_query: CallbackQuery, desk: Desk) -> Reply:
    """When it comes, and the hours to choose."""
    hour = await mornings.hour_of(desk.tx, desk.colleague)
    return instead(words.choose_morning(desk.t, hour, mornings.CHOICES))


async def choose(_query: CallbackQuery, callback_data: SetMorning, desk: Desk) -> Reply:
    """At that hour from now on; a forged one is refused by the service."""
    minutes = callback_data.minutes
    hour = None if minutes < 0 else time(*divmod(minutes % (24 * 60), 60))
    await mornings.set_hour(desk.tx, desk.colleague, hour, desk.now, desk.rules)
    return instead(words.choose_morning(desk.t, hour, mornings.CHOICES))
