"""What staff choose before they send or book: place, interpreter, reason; then the act itself."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import booking_pages as pages
from handlers import booking_ways, drafts
from handlers.booking_pages import ANY, ONLY
from handlers.desk import Desk
from messaging import booked_texts, pickers
from messaging import booking_texts as words
from messaging.booking_buttons import Draft as DraftAct
from messaging.booking_buttons import (
    DraftPage,
    SetHome,
    SetPlace,
    SetReason,
    TakeTime,
)
from messaging.keyboards import Message
from messaging.replies import Reply, instead
from programme.errors import Broken, NotYours, SlotTaken
from services import staff_booking
from services.staff_booking import Draft, Series


def register(router: Router) -> None:
    """The acts on a draft; the router is for staff alone."""
    on = router.callback_query.register
    on(take_time, TakeTime.filter())
    on(set_home, SetHome.filter())
    on(set_place, SetPlace.filter())
    on(set_reason, SetReason.filter())
    for page, handler in _ON_DRAFT.items():
        on(handler, DraftAct.filter(F.page == page))


async def take_time(
    _query: CallbackQuery, callback_data: TakeTime, desk: Desk, state: FSMContext
) -> Reply:
    """That one of the three."""
    draft, page = await drafts.load(state, desk, callback_data.draft)
    if not 0 <= callback_data.n < len(draft.times):
        raise NotYours
    draft = replace(draft, times=(draft.times[callback_data.n],))
    await drafts.keep(state, desk, draft, callback_data.draft)
    return instead(booking_ways.shown(desk, page, draft, callback_data.draft))


async def show_draft(
    _query: CallbackQuery, callback_data: DraftAct, desk: Desk, state: FSMContext
) -> Reply:
    """The draft as it is."""
    draft, page = await drafts.load(state, desk, callback_data.draft)
    if not draft.times:
        return instead(await booking_ways.pick(desk, page, draft, callback_data.draft, ONLY))
    return instead(booking_ways.shown(desk, page, draft, callback_data.draft))


async def pick_free(
    _query: CallbackQuery, callback_data: DraftAct, desk: Desk, state: FSMContext
) -> Reply:
    """Another free time."""
    draft, page = await drafts.load(state, desk, callback_data.draft)
    return instead(await booking_ways.pick(desk, page, draft, callback_data.draft, callback_data.n))


async def pick_only(
    _query: CallbackQuery, callback_data: DraftAct, desk: Desk, state: FSMContext
) -> Reply:
    """A free time in place of all that were shown."""
    draft, page = await drafts.load(state, desk, callback_data.draft)
    return instead(await booking_ways.pick(desk, page, draft, callback_data.draft, ONLY))


async def pick_any(
    _query: CallbackQuery, callback_data: DraftAct, desk: Desk, state: FSMContext
) -> Reply:
    """Any day at all."""
    number = callback_data.draft
    _, page = await drafts.load(state, desk, number)
    question = pages.asked(desk, page, ANY, number, callback_data.n, None)
    return instead(pickers.quick_days(desk.t, question, pages.any_days(desk)))


async def ask_place(
    _query: CallbackQuery, callback_data: DraftAct, desk: Desk, state: FSMContext
) -> Reply:
    """Where."""
    await drafts.load(state, desk, callback_data.draft)
    return instead(words.choose_place(desk.t, callback_data.draft))


async def set_home(
    _query: CallbackQuery, callback_data: SetHome, desk: Desk, state: FSMContext
) -> Reply:
    """With that one of two homes; then the way to a time that was chosen before."""
    draft, page = await drafts.load(state, desk, callback_data.draft)
    if callback_data.home not in {0, 1, 2}:
        raise NotYours
    draft = replace(draft, home=callback_data.home)
    return instead(await booking_ways.find(desk, page, draft, callback_data.how, state))


async def _change(
    desk: Desk, state: FSMContext, number: int, other: Callable[[Draft], Draft]
) -> Reply:
    """The draft with other facts, and its page."""
    draft, page = await drafts.load(state, desk, number)
    draft = other(draft)
    await drafts.keep(state, desk, draft, number)
    return instead(pages.draft_page(desk, page, draft, number))


async def set_place(
    _query: CallbackQuery, callback_data: SetPlace, desk: Desk, state: FSMContext
) -> Reply:
    """There."""
    where = callback_data.place
    return await _change(desk, state, callback_data.draft, lambda it: replace(it, place=where))


async def turn_interpreter(
    _query: CallbackQuery, callback_data: DraftAct, desk: Desk, state: FSMContext
) -> Reply:
    """With an interpreter, or without one after all."""

    def turned(draft: Draft) -> Draft:
        return replace(draft, interpreter=not draft.interpreter)

    return await _change(desk, state, callback_data.draft, turned)


async def set_reason(
    _query: CallbackQuery, callback_data: SetReason, desk: Desk, state: FSMContext
) -> Reply:
    """Why it is at an unusual time."""
    why = callback_data.why
    return await _change(desk, state, callback_data.draft, lambda it: replace(it, override=why))


async def send(
    _query: CallbackQuery, callback_data: DraftAct, desk: Desk, state: FSMContext
) -> Reply:
    """The family is asked."""
    draft, page = await drafts.load(state, desk, callback_data.draft)

    async def act() -> Message:
        made = await staff_booking.propose(desk.tx, desk.colleague, draft, desk.now, desk.rules)
        return booked_texts.proposed(desk.t, made, draft.family_id, desk.rules.zone)

    return await _done(act, desk, page, draft, callback_data.draft, state)


async def book(
    _query: CallbackQuery, callback_data: DraftAct, desk: Desk, state: FSMContext
) -> Reply:
    """Agreed by phone: booked at once."""
    draft, page = await drafts.load(state, desk, callback_data.draft)
    if len(draft.times) != 1:
        raise NotYours

    async def act() -> Message:
        made = await staff_booking.book(desk.tx, desk.colleague, draft, desk.now, desk.rules)
        moved, reads = draft.moves is not None, pages.reads(desk, page, draft)
        return booked_texts.now_booked(
            desk.t, made, draft.family_id, desk.rules.zone, reads=reads, moved=moved
        )

    return await _done(act, desk, page, draft, callback_data.draft, state)


async def _done(
    act: Callable[[], Awaitable[Message]],
    desk: Desk,
    page: Series,
    draft: Draft,
    number: int,
    state: FSMContext,
) -> Reply:
    """The act's answer; or what speaks against it, and other times where one was taken."""
    try:
        said = await act()
    except SlotTaken:
        return instead(await _others(desk, page, draft, number, state))
    except Broken as broken:
        return instead(pages.refused(desk, broken, draft.family_id))
    await drafts.drop(state)
    return instead(said)


async def _others(
    desk: Desk, page: Series, draft: Draft, number: int, state: FSMContext
) -> Message:
    """Somebody was faster: other times."""
    once = len(draft.times) == 1
    draft = replace(draft, times=tuple(await booking_ways.best(desk, page, draft, once)))
    await drafts.keep(state, desk, draft, number)
    if not draft.times:
        return booked_texts.no_times(desk.t, number, page.family.id)
    notes = [booked_texts.taken_line(desk.t)]
    show = pages.which_time if once else pages.draft_page
    return show(desk, page, draft, number, notes)


_ON_DRAFT = {
    DraftPage.SHOW: show_draft,
    DraftPage.CHANGE: pick_free,
    DraftPage.PICK: pick_only,
    DraftPage.ANY: pick_any,
    DraftPage.PLACE: ask_place,
    DraftPage.INTERPRETER: turn_interpreter,
    DraftPage.SEND: send,
    DraftPage.BOOK: book,
}
