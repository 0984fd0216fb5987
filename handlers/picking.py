"""The dots of the pickers, and the names above their columns: a press of one changes nothing."""

from aiogram import Router
from aiogram.types import CallbackQuery

from messaging.picker_buttons import NoChoice
from messaging.replies import Reply


def register(router: Router) -> None:
    """What pickers of every task share; the rest is each task's own."""
    router.callback_query.register(nothing, NoChoice.filter())


async def nothing(_query: CallbackQuery) -> Reply:
    """The press is answered; the page stays as it is."""
    return Reply()
