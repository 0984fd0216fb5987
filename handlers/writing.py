"""Write to your team; call me; and what is not words (mission F7, F8)."""

from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from messaging import thread_texts
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from messaging.trust_buttons import CallMe, Trust, TrustPage
from programme import reasons
from programme.kinds import Rules
from services import requests, threads
from services.access import Reader
from services.threads import Asked
from services.types import Tx

WAITS = timedelta(minutes=30)  # later a text is no message to the team any more


class Writing(StatesGroup):
    """The next text goes to the team."""

    to_team = State()


def make_router() -> Router:
    """The handlers of writing; before all that reads free text."""
    router = Router(name=__name__)
    router.message.filter(is_parent)
    router.callback_query.filter(is_parent)
    router.message.register(show, Command("team"))
    router.callback_query.register(show, Trust.filter(F.page == TrustPage.TEAM))
    router.callback_query.register(leave, Trust.filter(F.page == TrustPage.TEAM_NO))
    router.callback_query.register(call_me, CallMe.filter())
    words = F.content_type == ContentType.TEXT, ~F.text.startswith("/")
    router.message.register(relay, StateFilter(Writing.to_team), *words, still_writing)
    return router


async def still_writing(_message: Message, state: FSMContext, now: datetime) -> bool:
    """Whether the page was opened a moment ago: an old state must not swallow a text."""
    since = datetime.fromisoformat((await state.get_data()).get("since", "1970-01-01T00:00+00:00"))
    return now - since < WAITS


async def show(
    _event: Message | CallbackQuery,
    state: FSMContext,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """When somebody reads, and what not to write; then the next text is relayed."""
    if rest := reader.resting(now):
        return say(thread_texts.first_start_again(t, rest))
    hours = await threads.reads(tx, reader)
    if hours is None:
        return say(thread_texts.nobody_reads(t))
    await state.set_state(Writing.to_team)
    await state.set_data({"since": now.isoformat()})
    return say(thread_texts.may_write(t, hours))


async def leave(
    _query: CallbackQuery, state: FSMContext, reader: Reader, t: Tongue, now: datetime
) -> Reply:
    """Nothing is written after all."""
    await state.clear()
    return instead(thread_texts.after_team(t, reader.resting(now)))


async def relay(
    message: Message,
    state: FSMContext,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """One message to the team. Danger words never come so far: they are answered first."""
    match await threads.ask(tx, reader, message.text or "", now, rules):
        case Asked.EMPTY:
            hours = await threads.reads(tx, reader) or (0, 0)
            return say(thread_texts.may_write(t, hours))
        case Asked.TOO_LONG:
            return say(Said(thread_texts.too_long(t, threads.LONGEST)))
        case Asked.NOBODY:
            await state.clear()
            return say(thread_texts.nobody_reads(t))
        case _:
            await state.clear()
            hours = await threads.reads(tx, reader) or (0, 0)
            return say(thread_texts.given_to_team(t, message.message_id, hours))


async def call_me(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """Staff are told once, however often it is pressed."""
    await requests.ask(tx, reader, reasons.Asked.CALL, now, rules)
    return say(thread_texts.will_call(t))
