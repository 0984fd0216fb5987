"""Coordinators tell many families something: the list, a new notice, its draft (mission E1).

Its words and picture are in `notice_words.py`, for whom it is in `notice_audience.py`, the sending
in `notice_sending.py`.
"""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import notice_audience, notice_sending, notice_words
from handlers.desk import Desk
from handlers.notice_pages import page, title_of
from messaging import activity_lines
from messaging import notice_texts as words
from messaging.activity_texts import activities_button
from messaging.keyboards import Message as Said
from messaging.notice_buttons import (
    ActOnNotice,
    BeginNotice,
    NewNotice,
    NoticeAct,
    NoticeDesk,
    NoticeList,
)
from messaging.replies import Reply, instead
from messaging.translating_texts import translations_button
from services import composing, own_areas
from services.access import meets_families

PER_PAGE = 8


def register(router: Router) -> None:
    """The handlers of notices; the router is for staff alone."""
    on = router.callback_query.register
    on(show_desk, NoticeDesk.filter())
    on(show_list, NoticeList.filter())
    on(ask_about, NewNotice.filter())
    on(begin, BeginNotice.filter())
    on(show, ActOnNotice.filter(F.act == NoticeAct.SHOW))
    on(urgent, ActOnNotice.filter(F.act == NoticeAct.URGENT))
    on(ask_drop, ActOnNotice.filter(F.act == NoticeAct.DROP))
    on(drop, ActOnNotice.filter(F.act == NoticeAct.DROP_SURE))
    for part in (notice_words, notice_audience, notice_sending):
        part.register(router)


async def show_desk(_query: CallbackQuery, state: FSMContext, desk: Desk) -> Reply:
    """Everything about notices and activities."""
    await state.clear()
    await own_areas.managed(desk.tx, desk.colleague)
    more = [activities_button(desk.t), translations_button(desk.t)]
    return instead(words.notice_desk(desk.t, more if meets_families(desk.colleague) else []))


async def show_list(_query: CallbackQuery, callback_data: NoticeList, desk: Desk) -> Reply:
    """The notices of one's areas."""
    return instead(await _list(desk, max(callback_data.page, 0)))


async def _list(desk: Desk, number: int) -> Said:
    found = await composing.listed(desk.tx, desk.colleague)
    begins = number * PER_PAGE
    titles = [
        (each.id, each.state, await title_of(desk, each))
        for each in found[begins : begins + PER_PAGE]
    ]
    return words.notice_list(desk.t, titles, number, len(found) > begins + PER_PAGE)


async def ask_about(_query: CallbackQuery, callback_data: NewNotice, desk: Desk) -> Reply:
    """A new notice: with words of its own, or about an activity."""
    number = max(callback_data.page, 0)
    found = await composing.announceable(desk.tx, desk.colleague, desk.now)
    begins = number * PER_PAGE
    shown = [
        (each.id, activity_lines.title(desk.t, each)) for each in found[begins : begins + PER_PAGE]
    ]
    more = len(found) > begins + PER_PAGE
    return instead(words.notice_about(desk.t, shown, number, more))


async def begin(_query: CallbackQuery, callback_data: BeginNotice, desk: Desk) -> Reply:
    """A draft: a row, so that nothing of it is lost."""
    about, codes = callback_data.activity or None, desk.languages.codes
    number = await composing.begin(desk.tx, desk.colleague, about, codes, desk.now)
    return instead(await page(desk, number))


async def show(
    _query: CallbackQuery, callback_data: ActOnNotice, state: FSMContext, desk: Desk
) -> Reply:
    """One notice: a draft, or one that leaves or has left."""
    await state.clear()
    return instead(await page(desk, callback_data.notice))


async def urgent(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """Before everything else, or in its turn."""
    found = await composing.draft(desk.tx, desk.colleague, callback_data.notice)
    wanted = not found.notice.urgent
    await composing.set_urgent(desk.tx, desk.colleague, callback_data.notice, wanted)
    return instead(await page(desk, callback_data.notice))


async def ask_drop(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """For good?"""
    await composing.draft(desk.tx, desk.colleague, callback_data.notice)
    return instead(words.ask_drop(desk.t, callback_data.notice))


async def drop(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """The draft is thrown away."""
    act = desk.tx, desk.colleague, callback_data.notice, desk.now, desk.rules
    await composing.drop(*act)
    return instead(await _list(desk, 0))
