"""A parent takes the visits into their own calendar, or wants no more files (mission D8)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import calendar_texts
from messaging.calendar_buttons import NO_FILES, ParentCalendar
from messaging.i18n import Tongue
from messaging.replies import Reply, say
from services import calendar
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of calendar files."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(no_more, ParentCalendar.filter(F.act == NO_FILES))
    router.callback_query.register(begin, ParentCalendar.filter())
    return router


async def begin(_query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime) -> Reply:
    """The coming visits as a file, and one more with each change."""
    file = await calendar.begin_files(tx, reader, t, now)
    return say(calendar_texts.with_file(t, file) if file else calendar_texts.nothing_yet(t))


async def no_more(_query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx) -> Reply:
    """No more files."""
    await calendar.end_files(tx, reader)
    return say(calendar_texts.no_more_files(t))
