"""The buttons under the message that shows how far a notice is (mission E4)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.desk import Desk
from messaging import progress_texts as words
from messaging.keyboards import Message as Said
from messaging.progress_buttons import Steer, Steering
from messaging.replies import Reply, instead, say
from services import progress, sending


def register(router: Router) -> None:
    """The handlers of a notice that leaves; the router is for staff alone."""
    on = router.callback_query.register
    on(ask_stop, Steer.filter(F.act == Steering.STOP))
    on(steer, Steer.filter())


async def steer(_query: CallbackQuery, callback_data: Steer, desk: Desk) -> Reply:
    """Hold it back, let it go on, end it, or only look; what is true then is shown at once."""
    tx, colleague, now = desk.tx, desk.colleague, desk.now
    match callback_data.act:
        case Steering.PAUSE:
            await sending.pause(tx, colleague, callback_data.notice, now)
        case Steering.RESUME:
            await sending.resume(tx, colleague, callback_data.notice, now)
        case Steering.STOP_SURE:
            await sending.stop(tx, colleague, callback_data.notice, now)
        case _:
            pass
    return instead(await _page(desk, callback_data.notice))


async def ask_stop(_query: CallbackQuery, callback_data: Steer, desk: Desk) -> Reply:
    """For good?"""
    notice = await sending.under_way(desk.tx, desk.colleague, callback_data.notice)
    facts = await progress.shown(desk.tx, notice, desk.t, desk.now, desk.rules)
    return say(words.ask_stop(desk.t, facts))


async def _page(desk: Desk, number: int) -> Said:
    notice = await sending.under_way(desk.tx, desk.colleague, number)
    facts = await progress.shown(desk.tx, notice, desk.t, desk.now, desk.rules)
    return words.progress(desk.t, facts)
