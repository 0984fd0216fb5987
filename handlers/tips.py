"""The buttons under tips and ideas: was it useful, why did I get this, fewer of these."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import texts
from messaging.callbacks import MoreOnTip, Vote, Why
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, say
from programme.kinds import Rules
from services import children
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of the buttons under tips."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(vote, Vote.filter())
    router.callback_query.register(more, MoreOnTip.filter())
    router.callback_query.register(why, Why.filter())
    return router


async def vote(
    _query: CallbackQuery,
    callback_data: Vote,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Useful or not: counted without who."""
    child, code, useful = callback_data.child, callback_data.code, callback_data.useful
    await children.vote(tx, reader, child, code, useful, now, rules.zone)
    return say(Said(texts.voted(t)))


async def more(_query: CallbackQuery, callback_data: MoreOnTip, t: Tongue) -> Reply:
    """What else one can say to a tip."""
    return say(texts.more_on_tip(t, callback_data.code, callback_data.child))


async def why(
    _query: CallbackQuery,
    callback_data: Why,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Why did I get this: because of the child's age, or because one is expected."""
    child, code = callback_data.child, callback_data.code
    months = await children.months_old_now(tx, reader, child, code, now, rules.zone)
    return say(Said(texts.why_early(t) if months is None else texts.why_tip(t, months)))
