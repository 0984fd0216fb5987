"""*My calendar*: visits as a file, a private calendar, busy times out of one's own (D8, D15)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from messaging import staff_calendar_texts as words
from messaging.calendar_buttons import (
    END_FEED,
    END_OWN,
    FEED,
    GET_FILE,
    NEW_FEED,
    OWN,
    SET_OWN,
    STAFF_CALENDAR,
    STAFF_NO_FILES,
    StaffCalendar,
)
from messaging.callbacks import StaffPage
from messaging.i18n import Tongue
from messaging.replies import Reply, instead, say
from programme.kinds import Rules
from services import busy, calendar
from services.access import Colleague
from services.types import Tx


class Giving(StatesGroup):
    """What is waited for."""

    address = State()


def register(router: Router) -> None:
    """The handlers of calendars; the router is for staff alone."""
    on = router.callback_query.register
    on(show, StaffPage.filter(F.page == STAFF_CALENDAR))
    on(get_file, StaffCalendar.filter(F.act == GET_FILE))
    on(no_more_files, StaffCalendar.filter(F.act == STAFF_NO_FILES))
    on(show_feed, StaffCalendar.filter(F.act == FEED))
    on(new_feed, StaffCalendar.filter(F.act == NEW_FEED))
    on(end_feed, StaffCalendar.filter(F.act == END_FEED))
    on(show_own, StaffCalendar.filter(F.act == OWN))
    on(ask_address, StaffCalendar.filter(F.act == SET_OWN))
    on(end_own, StaffCalendar.filter(F.act == END_OWN))
    router.message.register(
        take_address, StateFilter(Giving.address), F.content_type == ContentType.TEXT
    )


async def show(
    _query: CallbackQuery, state: FSMContext, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """The page."""
    if await state.get_state() == Giving.address.state:
        await state.clear()
    found = await calendar.settled(tx, colleague)
    return instead(words.my_calendar(t, found.files, found.feed, found.busy_url is not None))


async def get_file(
    _query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx, now: datetime
) -> Reply:
    """The coming visits as a file, and one more with each change."""
    file = await calendar.begin_staff_files(tx, colleague, t, now)
    return say(words.my_visits(t, file) if file else words.no_visits_yet(t))


async def no_more_files(_query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx) -> Reply:
    """No more files."""
    await calendar.end_staff_files(tx, colleague)
    return instead(words.staff_files_off(t))


async def show_feed(_query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx) -> Reply:
    """What a private calendar is, and whether there is one."""
    return instead(words.private_calendar(t, (await calendar.settled(tx, colleague)).feed))


async def new_feed(
    _query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx, public_url: str | None
) -> Reply:
    """An address, shown once; the one before stops."""
    if public_url is None:
        return instead(words.no_public_address(t))
    token = await calendar.new_feed(tx, colleague.member.id)
    return say(words.new_address(t, calendar.address(public_url, token)))


async def end_feed(_query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx) -> Reply:
    """No private calendar any more."""
    await calendar.end_feed(tx, colleague.member.id)
    return instead(words.feed_ended(t))


async def show_own(
    _query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx, rules: Rules
) -> Reply:
    """Whether busy times are read, and how it went."""
    there = (await calendar.settled(tx, colleague)).busy_url is not None
    last = await busy.reading(tx, colleague)
    fault, at = (last.fault, last.since if last.fault else last.at) if last else (None, None)
    return instead(words.own_calendar(t, there, at, fault, rules.zone))


async def ask_address(_query: CallbackQuery, state: FSMContext, t: Tongue) -> Reply:
    """The address is written next."""
    await state.set_state(Giving.address)
    return instead(words.ask_own_address(t))


async def take_address(
    message: Message, state: FSMContext, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """The address was written; one that cannot be used may be written again."""
    try:
        await busy.set_address(tx, colleague, message.text or "")
    except busy.Unreadable:
        return say(words.not_an_address(t))
    await state.clear()
    return say(words.own_address_set(t))


async def end_own(_query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx) -> Reply:
    """It is read no more."""
    await busy.end_address(tx, colleague)
    return instead(words.own_address_ended(t))
