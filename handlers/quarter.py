"""/quarter: one page about a quarter for the steering group (mission I8)."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import quarter_texts, staff_texts
from messaging.keyboards import Message as Said
from messaging.note_buttons import QuarterPage
from messaging.replies import Reply, instead, say
from messaging.template import SWEDISH
from programme.cooperation import quarter_numbered
from programme.periods import Period
from services import notes, quarter


def register_commands(router: Router) -> None:
    """What is typed; before everything else that begins with a slash."""
    router.message.register(typed, Command("quarter"))


def register(router: Router) -> None:
    """The handlers of the page; the router is for staff alone."""
    router.callback_query.register(show, QuarterPage.filter())


async def typed(_message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The latest quarter that has figures."""
    await state.clear()
    if not notes.is_coordinator(desk.colleague):
        return say(staff_texts.staff_menu(desk.t, desk.colleague.member))
    return say(await _page(desk, None))


async def show(_query: CallbackQuery, callback_data: QuarterPage, desk: Desk) -> Reply:
    """A quarter, by a button."""
    wanted = quarter_numbered(callback_data.year, callback_data.quarter)
    return instead(await _page(desk, wanted))


async def _page(desk: Desk, months: Period | None) -> Said:
    found = await quarter.for_colleague(desk.tx, desk.colleague, months, desk.now, desk.rules)
    sv = desk.languages.get(SWEDISH)
    text = quarter_texts.as_text(sv, found.months, found.known, found.names)
    return quarter_texts.quarter_page(desk.t, found.months, found.latest, text)
