"""A parent answers whether another area's team may take over (mission B16)."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import move_texts, texts
from messaging.callbacks import AreaAnswer
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, say
from programme.kinds import Rules
from services import moving
from services.access import Reader
from services.moving import Answered
from services.types import Tx


def make_router() -> Router:
    """The handler of the answer."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(answer, AreaAnswer.filter())
    return router


async def answer(
    _query: CallbackQuery,
    callback_data: AreaAnswer,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Yes or no, once, from either parent."""
    asked, yes = callback_data.asked, callback_data.yes
    came_to, area = await moving.answer(tx, reader, asked, yes, now, rules)
    match came_to:
        case Answered.YES:
            return say(Said(move_texts.new_team(t, area)))
        case Answered.NO:
            return say(Said(move_texts.same_team(t)))
        case Answered.OLD:
            return say(Said(texts.old_button(t), texts.menu_rows(t)))
