"""Help for staff: the programme, a checklist for each visit, questions to talk over (H6)."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import help_texts as words
from messaging.help_buttons import OpenHelp, StaffHelp
from messaging.replies import Reply, instead, say


def register(router: Router) -> None:
    """The handlers of the help; the router is for staff alone."""
    router.callback_query.register(show_list, StaffHelp.filter())
    router.callback_query.register(show_page, OpenHelp.filter())


def register_commands(router: Router) -> None:
    """What is typed: the same list."""
    router.message.register(show_list, Command("help"))


async def show_list(event: Message | CallbackQuery, desk: Desk) -> Reply:
    """The pages there are."""
    found = words.help_list(desk.t)
    return instead(found) if isinstance(event, CallbackQuery) else say(found)


async def show_page(_query: CallbackQuery, callback_data: OpenHelp, desk: Desk) -> Reply:
    """One of them; of a page that is gone the list."""
    page = desk.t.help_page(callback_data.code)
    if page is None:
        return instead(words.help_list(desk.t))
    family, booking = callback_data.family, callback_data.booking
    return instead(words.help_page(desk.t, page, family, booking))
