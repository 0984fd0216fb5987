"""A parent's own yes to research, from the page *My data*: off until they press (mission I6)."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import loss_texts, research_texts
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead
from messaging.research_buttons import Research, ResearchAnswer
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services import research
from services.access import Reader
from services.research import Asked
from services.types import Tx


def make_router() -> Router:
    """The handlers of the page."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(show, Research.filter())
    router.callback_query.register(answer, ResearchAnswer.filter())
    return router


async def show(_query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, rules: Rules) -> Reply:
    """What a yes means."""
    return instead(_page(t, await research.page(tx, reader), rules))


def _page(t: Tongue, asked: Asked | None, rules: Rules) -> Said:
    if asked is None:
        return loss_texts.resting(t, False)
    since = on_the_clock(asked.since, rules.zone).date() if asked.since else None
    return research_texts.research_page(t, since, asked.others)


async def answer(
    _query: CallbackQuery,
    callback_data: ResearchAnswer,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Yes or no, at once."""
    asked = await research.answer(tx, reader, callback_data.yes, now)
    page = _page(t, asked, rules)
    if asked is None:
        return instead(page)
    said = research_texts.said_yes(t) if callback_data.yes else research_texts.said_no(t)
    return instead(Said(said, page.rows))
