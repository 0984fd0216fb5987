"""A family of a colleague's list opens with a reason, in one tap or in a few words (mission H2)."""

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers import staff_pages
from handlers.desk import Desk
from messaging import look_texts
from messaging.isolates import clean
from messaging.look_buttons import Because, OpenWith
from messaging.replies import Reply, instead, say
from programme.looks import LookWhy
from services import access
from services.looks import LONGEST


class Opening(StatesGroup):
    """The next text is the reason."""

    words = State()


def register(router: Router) -> None:
    """The handlers of reasons; the router is for staff alone."""
    on = router.callback_query.register
    on(ask_words, OpenWith.filter(F.why == Because.OTHER))
    on(open_it, OpenWith.filter())
    router.message.register(
        open_with_words, StateFilter(Opening.words), F.content_type == ContentType.TEXT
    )


async def open_it(_query: CallbackQuery, callback_data: OpenWith, desk: Desk) -> Reply:
    """One tap: the family, as it is now."""
    number, who = callback_data.family, desk.colleague
    why = LookWhy(callback_data.why)
    await access.open_with_reason(desk.tx, who, number, why, desk.now)
    return instead(await staff_pages.show_family(desk, number))


async def ask_words(
    _query: CallbackQuery, callback_data: OpenWith, state: FSMContext, desk: Desk
) -> Reply:
    """Another reason: which?"""
    await access.may_ask_for(desk.tx, desk.colleague, callback_data.family)
    await state.set_state(Opening.words)
    await state.set_data({"family": callback_data.family})
    return instead(look_texts.write_reason(desk.t))


async def open_with_words(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The reason is written: the family, as it is now."""
    words, number = clean(message.text or ""), (await state.get_data())["family"]
    if not words or words.startswith("/") or len(words) > LONGEST:
        return say(look_texts.write_reason(desk.t))
    await state.clear()
    why = LookWhy.OTHER
    await access.open_with_reason(desk.tx, desk.colleague, number, why, desk.now, words)
    return say(await staff_pages.show_family(desk, number))
