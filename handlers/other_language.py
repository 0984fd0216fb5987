"""My language is not here: which one it is, and easy words in one of ours (mission G6)."""

from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.joining import go_on
from messaging import join_texts, spoken, texts
from messaging.callbacks import OtherLanguages, Spoken
from messaging.i18n import Languages
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from programme.kinds import Rules
from services import joining, preferences
from services.access import Colleague, Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers for whoever reads none of our languages."""
    router = Router(name=__name__)
    router.callback_query.filter(not_staff)
    router.callback_query.register(show, OtherLanguages.filter())
    router.callback_query.register(choose, Spoken.filter())
    return router


async def not_staff(_query: CallbackQuery, colleague: Colleague | None) -> bool:
    """Staff work in one of our languages."""
    return colleague is None


async def show(_query: CallbackQuery, callback_data: OtherLanguages, languages: Languages) -> Reply:
    """Other languages, by their own names."""
    return instead(join_texts.other_languages(languages, callback_data.page))


async def choose(
    _query: CallbackQuery,
    callback_data: Spoken,
    state: FSMContext,
    languages: Languages,
    reader: Reader | None,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Their language is known; then in which of ours to write, and on as everybody."""
    if not spoken.is_known(callback_data.code, languages):
        return say(join_texts.choose_language(languages))
    if callback_data.text not in languages.codes:
        return instead(join_texts.easy_language(languages, callback_data.code))
    t = languages.get(callback_data.text)
    if reader is None:
        return await go_on(tx, state, t, callback_data.code, now, rules)
    await preferences.set_language(tx, reader, t.code)
    await joining.speak(tx, reader, callback_data.code, now, rules)
    said = Said(join_texts.language_set(t), texts.menu_rows(t, reader.resting(now)))
    return Reply(messages=(said,), instead=True, menu=t.code)
