"""A visit's slip on paper, for a family without the chat (mission B13)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers import booking_pages as pages
from handlers.desk import Desk
from messaging import slip_texts as words
from messaging.booking_buttons import PrintSlip
from messaging.replies import Reply, instead, say
from programme.errors import Broken
from services import papers, slips


def register(router: Router) -> None:
    """The handler of slips; the router is for staff alone."""
    router.callback_query.register(print_slip, PrintSlip.filter())


async def print_slip(_query: CallbackQuery, callback_data: PrintSlip, desk: Desk) -> Reply:
    """The slip as a file, in the language that is pressed."""
    family, number, code = callback_data.family, callback_data.booking, callback_data.language
    try:
        letter = await slips.for_staff(desk.tx, desk.colleague, family, number, desk.now)
    except Broken as broken:
        return instead(pages.refused(desk, broken, family))
    if code not in desk.languages.codes:
        return instead(words.slip_in_which(desk.t, family, number, desk.languages.codes))
    paper = await papers.slip(desk.tx, desk.languages.get(code), letter, desk.rules.zone)
    return say(words.slip_to_print(desk.t, code, paper))
