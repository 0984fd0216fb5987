"""Booking by staff: from what is due, or from a family's page, to a time (mission D1-D13).

Every id on a button is checked against who presses, by the services; a draft is this chat's own.
"""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import booking_pages as pages
from handlers import (
    booking_ways,
    drafts,
    meeting_place,
    slip_printing,
    staff_drafts,
    staff_slots,
    who_comes,
)
from handlers.desk import Desk
from messaging import booked_texts, series_texts
from messaging import booking_texts as words
from messaging.booking_buttons import (
    STAFF_BOOK,
    AskCancel,
    Begin,
    Cancel,
    Find,
    Move,
    NotHome,
    OtherMeetings,
    RequestDone,
    ShowBooking,
    ShowVisits,
    Withdraw,
)
from messaging.callbacks import StaffPage
from messaging.keyboards import Message
from messaging.replies import Reply, instead
from programme.errors import Broken, NotYours
from programme.people import BookingState
from services import proposing, requests, staff_booking
from services.staff_booking import Draft, Series


def register(router: Router) -> None:
    """The handlers of booking; the router is for staff alone."""
    on = router.callback_query.register
    on(show_due, StaffPage.filter(F.page == STAFF_BOOK))
    on(request_done, RequestDone.filter())
    on(show_visits, ShowVisits.filter())
    on(other_meetings, OtherMeetings.filter())
    on(begin, Begin.filter())
    on(find, Find.filter())
    on(show_booking, ShowBooking.filter())
    on(move, Move.filter())
    on(ask_cancel, AskCancel.filter())
    on(cancel, Cancel.filter())
    on(not_home, NotHome.filter())
    on(withdraw, Withdraw.filter())
    staff_drafts.register(router)
    staff_slots.register(router)
    meeting_place.register(router)
    who_comes.register(router)
    slip_printing.register(router)


async def _series(desk: Desk, family: int) -> Series:
    """A family's visits; raises NotYours."""
    return await staff_booking.all_six(desk.tx, desk.colleague, family, desk.now, desk.rules)


async def show_due(_query: CallbackQuery, callback_data: StaffPage, desk: Desk) -> Reply:
    """What is to be booked now, and what parents have asked for."""
    return instead(await _due(desk, max(callback_data.n, 0)))


async def _due(desk: Desk, page: int) -> Message:
    due = await staff_booking.due(desk.tx, desk.colleague, desk.now, desk.rules)
    asked = await requests.open_of(desk.tx, desk.colleague, desk.now) if page == 0 else []
    return pages.due_page(desk.t, due, asked, page)


async def request_done(_query: CallbackQuery, callback_data: RequestDone, desk: Desk) -> Reply:
    """What a parent asked for is taken care of; the list without it."""
    await requests.done(desk.tx, desk.colleague, callback_data.request, desk.now, desk.rules)
    return instead(await _due(desk, 0))


async def show_visits(_query: CallbackQuery, callback_data: ShowVisits, desk: Desk) -> Reply:
    """A family's visits."""
    return instead(pages.visits_page(desk, await _series(desk, callback_data.family)))


async def other_meetings(_query: CallbackQuery, callback_data: OtherMeetings, desk: Desk) -> Reply:
    """What else can be booked."""
    page = await _series(desk, callback_data.family)
    if page.rests or not page.steps:
        return instead(pages.visits_page(desk, page))
    child = page.steps[0].child.id
    return instead(series_texts.other_meetings(desk.t, page.family.id, child))


async def _new(desk: Desk, page: Series, data: Begin | Find) -> Draft:
    return await staff_booking.new_draft(
        desk.tx, page, data.child, data.visit, data.meeting, desk.rules, desk.now
    )


async def begin(_query: CallbackQuery, callback_data: Begin, desk: Desk) -> Reply:
    """One visit, and the ways to a time for it."""
    page = await _series(desk, callback_data.family)
    if page.rests or not page.steps:
        return instead(pages.visits_page(desk, page))
    draft = await _new(desk, page, callback_data)
    step = pages.step_of(page, draft)
    if step and step.booking and step.booking.state is BookingState.BOOKED:
        return instead(pages.booking_page(desk, page, step.booking.id))
    return instead(pages.begin_page(desk, page, draft))


async def find(_query: CallbackQuery, callback_data: Find, desk: Desk, state: FSMContext) -> Reply:
    """That way to a time."""
    page = await _series(desk, callback_data.family)
    if page.rests or not page.steps:
        return instead(pages.visits_page(desk, page))
    draft = await _new(desk, page, callback_data)
    if page.family.split_at:
        number = await drafts.keep(state, desk, draft)
        return instead(words.ask_home(desk.t, number, page.family.id, callback_data.how))
    return instead(await booking_ways.find(desk, page, draft, callback_data.how, state))


async def show_booking(_query: CallbackQuery, callback_data: ShowBooking, desk: Desk) -> Reply:
    """One booking."""
    page = await _series(desk, callback_data.family)
    return instead(pages.booking_page(desk, page, callback_data.booking))


async def move(_query: CallbackQuery, callback_data: Move, desk: Desk, state: FSMContext) -> Reply:
    """Another time for what is booked."""
    page = await _series(desk, callback_data.family)
    old = staff_booking.booking_of(page, callback_data.booking)
    if old.state is not BookingState.BOOKED or old.starts_at <= desk.now or page.rests:
        return instead(pages.visits_page(desk, page))
    draft = staff_booking.moving(old, page.family.id)
    return instead(await booking_ways.find(desk, page, draft, callback_data.how, state))


async def ask_cancel(_query: CallbackQuery, callback_data: AskCancel, desk: Desk) -> Reply:
    """Why."""
    page = await _series(desk, callback_data.family)
    staff_booking.booking_of(page, callback_data.booking)
    return instead(words.ask_cancel(desk.t, callback_data.family, callback_data.booking))


async def cancel(_query: CallbackQuery, callback_data: Cancel, desk: Desk) -> Reply:
    """Cancelled, for that reason."""
    family, why = callback_data.family, callback_data.why
    try:
        await staff_booking.cancel(
            desk.tx, desk.colleague, family, callback_data.booking, why, desk.now, desk.rules
        )
    except Broken as broken:
        return instead(pages.refused(desk, broken, family))
    return instead(booked_texts.cancelled(desk.t, family))


async def not_home(_query: CallbackQuery, callback_data: NotHome, desk: Desk) -> Reply:
    """Nobody was at home."""
    family = callback_data.family
    try:
        await staff_booking.missed(
            desk.tx, desk.colleague, family, callback_data.booking, desk.now, desk.rules
        )
    except Broken as broken:
        return instead(pages.refused(desk, broken, family))
    return instead(booked_texts.missed(desk.t, family, callback_data.booking))


async def withdraw(_query: CallbackQuery, callback_data: Withdraw, desk: Desk) -> Reply:
    """Proposed times are taken back."""
    page = await _series(desk, callback_data.family)
    if not any(each.id == callback_data.proposal for each in page.family.proposals):
        raise NotYours
    await proposing.withdraw(desk.tx, desk.colleague, callback_data.proposal, desk.now, desk.rules)
    return instead(booked_texts.withdrawn(desk.t, callback_data.family))
