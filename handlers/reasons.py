"""Why a parent wants no visits or no messages, if they wish to tell: one tap, one count (I7)."""

from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import reason_texts, texts
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.reason_buttons import AskWhy, TellWhy
from messaging.replies import Reply, instead, say
from programme.kinds import Rules
from programme.reasons import About, WhyNot
from services import reasons
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of why."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(ask, AskWhy.filter())
    router.callback_query.register(tell, TellWhy.filter())
    return router


async def ask(
    _query: CallbackQuery,
    callback_data: AskWhy,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """The answers; the first page comes beside what has an *Undo*."""
    about, page = callback_data.about, callback_data.page
    if not await reasons.is_open(tx, reader, about, now):
        return say(Said(texts.old_button(t), texts.menu_rows(t)))
    shown = reason_texts.ask(t, about, page)
    return instead(shown) if page else say(shown)


async def tell(
    _query: CallbackQuery,
    callback_data: TellWhy,
    state: FSMContext,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Counted once; for a day or two the chat knows what an *Undo* would take back."""
    about, why = callback_data.about, callback_data.why
    if not await reasons.tell(tx, reader, about, why, now, rules):
        return instead(Said(texts.old_button(t), texts.menu_rows(t)))
    await state.update_data({_key(about): [why, now.isoformat()]})
    return instead(Said(reason_texts.thanks(t), texts.menu_rows(t)))


async def never_told(state: FSMContext, tx: Tx, reader: Reader, about: About, rules: Rules) -> None:
    """An *Undo* of what the reason was for: it is not counted any more."""
    data = await state.get_data()
    if told := data.pop(_key(about), None):
        await state.set_data(data)
        why, at = WhyNot(told[0]), datetime.fromisoformat(told[1])
        await reasons.never_told(tx, reader, about, why, at, rules)


def _key(about: About) -> str:
    return f"why_{about}"
