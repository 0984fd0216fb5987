"""The buttons under tips and ideas: why did I get this, fewer of these."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import texts
from messaging.callbacks import Fewer, Why
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, say
from programme.kinds import Rules
from services import children, preferences
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of the buttons under tips."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(why, Why.filter())
    router.callback_query.register(fewer, Fewer.filter())
    return router


async def why(
    _query: CallbackQuery,
    callback_data: Why,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Why did I get this: because of the child's age."""
    months = await children.months_old_now(tx, reader, callback_data.child, now, rules.zone)
    return say(Said(texts.why_tip(t, months)))


async def fewer(
    _query: CallbackQuery, callback_data: Fewer, reader: Reader, t: Tongue, tx: Tx
) -> Reply:
    """Fewer of these, or as many as before."""
    await preferences.set_fewer(tx, reader, callback_data.on)
    return say(texts.fewer_on(t) if callback_data.on else Said(texts.fewer_off(t)))
