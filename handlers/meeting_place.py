"""Staff change where a visit is that stands: same time, same people (mission D16)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers import booking_pages as pages
from handlers.desk import Desk
from messaging import booked_texts
from messaging import booking_texts as words
from messaging.meeting_place_buttons import AskMeetingPlace, SetMeetingPlace
from messaging.replies import Reply, instead
from programme.errors import Broken, SlotTaken
from programme.people import BookingState
from services import changing, staff_booking


def register(router: Router) -> None:
    """The two pages; the router is for staff alone."""
    router.callback_query.register(ask, AskMeetingPlace.filter())
    router.callback_query.register(change, SetMeetingPlace.filter())


async def ask(_query: CallbackQuery, callback_data: AskMeetingPlace, desk: Desk) -> Reply:
    """Where, of all places but the one it is at."""
    family, number = callback_data.family, callback_data.booking
    page = await staff_booking.all_six(desk.tx, desk.colleague, family, desk.now, desk.rules)
    booking = staff_booking.booking_of(page, number)
    if booking.state is not BookingState.BOOKED or booking.starts_at <= desk.now or page.rests:
        return instead(pages.booking_page(desk, page, number))
    return instead(words.choose_new_place(desk.t, family, number, booking.place))


async def change(_query: CallbackQuery, callback_data: SetMeetingPlace, desk: Desk) -> Reply:
    """It is there; the parents and the other colleague hear of it."""
    family, number, where = callback_data.family, callback_data.booking, callback_data.place
    who, now, rules = desk.colleague, desk.now, desk.rules
    try:
        await changing.change_place(desk.tx, who, family, number, where, now, rules)
    except SlotTaken:
        return instead(booked_texts.refused(desk.t, booked_texts.way_not_free(desk.t), family))
    except Broken as broken:
        return instead(pages.refused(desk, broken, family))
    page = await staff_booking.all_six(desk.tx, who, family, now, rules)
    booking = staff_booking.booking_of(page, number)
    reads = page.family.reachable_at(now, booking.home)
    return instead(booked_texts.elsewhere(desk.t, booking, family, rules.zone, reads=reads))
