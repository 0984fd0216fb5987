"""A parent says whether and whom they want as interpreter; staff say that one is booked (D9)."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers import staff_pages
from handlers.desk import Desk
from handlers.filters import is_parent
from messaging import interpreter_texts
from messaging.i18n import Tongue
from messaging.interpreter_buttons import (
    ASK,
    WHOM,
    WHOM_ELSE,
    InterpreterBooked,
    WishInterpreter,
)
from messaging.replies import Reply, instead
from programme.errors import NotYours
from programme.kinds import Rules
from programme.people import InterpreterWish
from services import interpreters
from services.access import Reader
from services.types import Tx

_PAGES = {
    ASK: interpreter_texts.do_you_want,
    WHOM: interpreter_texts.whom,
    WHOM_ELSE: interpreter_texts.whom_else,
}


def make_router() -> Router:
    """The handlers for parents who have joined."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(wish, WishInterpreter.filter())
    return router


def register(router: Router) -> None:
    """The handler for staff; the router is for staff alone."""
    router.callback_query.register(is_booked, InterpreterBooked.filter())


async def wish(
    _query: CallbackQuery,
    callback_data: WishInterpreter,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """A page of the question, or the answer."""
    said = callback_data.wish
    if page := _PAGES.get(said):
        return instead(page(t))
    if said not in set(InterpreterWish):
        raise NotYours
    wished = InterpreterWish(said)
    spoken = await interpreters.wish(tx, reader, wished, now, rules)
    language = t.language_name(spoken or reader.guardian.language)
    return instead(interpreter_texts.noted(t, wished, language, reader.resting(now)))


async def is_booked(_query: CallbackQuery, callback_data: InterpreterBooked, desk: Desk) -> Reply:
    """An interpreter is booked for that visit."""
    family, booking = callback_data.family, callback_data.booking
    if not await interpreters.is_booked(
        desk.tx, desk.colleague, family, booking, desk.now, desk.rules
    ):
        raise NotYours
    return instead(await staff_pages.show_family(desk, family))
