"""Staff answer what a parent has written: *Answer*, write, done (mission F7)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from messaging import thread_texts
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from messaging.trust_buttons import AnswerThread, Threads
from programme.kinds import Rules
from services import threads
from services.access import Colleague
from services.threads import Asked
from services.types import Tx


class Answering(StatesGroup):
    """The next text is the answer to a parent."""

    thread = State()


def register(router: Router) -> None:
    """The handlers; the router is for staff alone."""
    router.callback_query.register(show_open, Threads.filter())
    router.callback_query.register(begin, AnswerThread.filter())
    router.message.register(give, StateFilter(Answering.thread), F.content_type == ContentType.TEXT)


async def show_open(
    _query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx, now: datetime
) -> Reply:
    """Who waits for an answer."""
    found = await threads.waiting(tx, colleague, now)
    return instead(
        thread_texts.open_threads(t, [(o.thread_id, o.label or o.family_id) for o in found])
    )


async def begin(
    _query: CallbackQuery,
    callback_data: AnswerThread,
    state: FSMContext,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """What the parent wrote, and in which language they read."""
    found = await threads.open_one(tx, colleague, callback_data.thread, now)
    if found is None:
        return say(thread_texts.already_answered(t))
    await state.set_state(Answering.thread)
    await state.set_data({"thread": callback_data.thread})
    return say(thread_texts.write_answer(t, t.language_name(found.language), found.text))


async def _again(tx: Tx, colleague: Colleague, thread: int, t: Tongue, now: datetime) -> Reply:
    """Nothing could be read: the question once more, if it still waits."""
    found = await threads.open_one(tx, colleague, thread, now)
    if found is None:
        return say(thread_texts.already_answered(t))
    return say(thread_texts.write_answer(t, t.language_name(found.language), found.text))


async def give(
    message: Message,
    state: FSMContext,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The answer, in the colleague's own words, to the parent who asked."""
    thread = int((await state.get_data())["thread"])
    match await threads.answer(tx, colleague, thread, message.text or "", now, rules):
        case Asked.EMPTY:
            return await _again(tx, colleague, thread, t, now)
        case Asked.TOO_LONG:
            return say(Said(thread_texts.too_long(t, threads.LONGEST)))
        case Asked.TOO_LATE:
            await state.clear()
            return say(thread_texts.already_answered(t))
        case _:
            await state.clear()
            return say(thread_texts.answer_given(t))
