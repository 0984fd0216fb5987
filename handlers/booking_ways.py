"""The ways to a time for a visit: the three best, one agreed by phone, any that is free."""

from dataclasses import replace

from aiogram.fsm.context import FSMContext

from handlers import booking_pages as pages
from handlers import drafts
from handlers.booking_pages import ONLY
from handlers.desk import Desk
from messaging import booked_texts
from messaging import booking_texts as words
from messaging.booking_buttons import (
    How,
)
from messaging.keyboards import Message
from programme.people import Slot
from services import staff_booking
from services.staff_booking import Draft, Series


async def find(desk: Desk, page: Series, draft: Draft, how: How, state: FSMContext) -> Message:
    """Times for it, found that way; or why there are none."""
    missing = await staff_booking.missing(desk.tx, page.family, draft)
    if missing:
        roles = [each.role for each in missing]
        return booked_texts.no_hours(desk.t, roles, page.family.id)
    if how in {How.PICK, How.ANY}:
        number = await drafts.keep(state, desk, draft)
        return await pick(desk, page, draft, number, ONLY)
    draft = replace(draft, times=tuple(await best(desk, page, draft, agreed=how is How.NOW)))
    number = await drafts.keep(state, desk, draft)
    if not draft.times:
        return booked_texts.no_times(desk.t, number, page.family.id)
    if how is How.NOW:
        return pages.which_time(desk, page, draft, number)
    return shown(desk, page, draft, number)


async def find_for_them(
    desk: Desk, page: Series, draft: Draft, number: int, state: FSMContext, *, now: bool
) -> Message:
    """Times at which the people who were chosen can come; `now`: to book one of them at once."""
    draft = replace(draft, times=tuple(await best(desk, page, draft, agreed=now)))
    await drafts.keep(state, desk, draft, number)
    if not draft.times:
        return booked_texts.not_together(desk.t, number, page.family.id, now=now)
    return (pages.which_time if now else shown)(desk, page, draft, number)


async def best(desk: Desk, page: Series, draft: Draft, agreed: bool = False) -> list[Slot]:
    """The three times that suit best, none of those that are chosen already."""
    days = pages.reach(desk, page, draft)
    old = [slot.starts_at for slot in draft.times]
    return await staff_booking.best(
        desk.tx, page.family, draft, days, desk.now, desk.rules, old, agreed
    )


def shown(desk: Desk, page: Series, draft: Draft, number: int) -> Message:
    """The draft; first of all why, if it is outside the visit's window."""
    rules = desk.rules
    outside = any(
        staff_booking.outside(page.family, draft, slot.starts_at, rules) for slot in draft.times
    )
    if outside and draft.override is None:
        return words.ask_reason(desk.t, number)
    return pages.draft_page(desk, page, draft, number)


async def pick(desk: Desk, page: Series, draft: Draft, number: int, n: int) -> Message:
    """The nearest free days of the window."""
    days = pages.reach(desk, page, draft)
    near = days if days.last - days.first <= pages.A_MONTH else pages.first_month(days)
    found = await pages.free(desk, page, draft, near, n)
    return pages.pick_page(desk, page, number, n, days, found)
