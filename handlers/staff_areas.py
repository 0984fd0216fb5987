"""Coordinators run their areas by chat; administrators all of them (mission A4, A15)."""

from datetime import date, timedelta

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import area_texts as words
from messaging.area_texts import FIRST, LAST
from messaging.callbacks import STAFF_AREA, STAFF_PAUSE, STAFF_RESUME, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import clean
from messaging.keyboards import Message as Said
from messaging.picker_buttons import PickDay, ShowMonth, ShowMonths
from messaging.pickers import Days
from messaging.register_buttons import (
    AREA_ADD,
    AREA_BOKSTART,
    AREA_LIST,
    AREA_MERGE,
    AREA_NO_BOKSTART,
    AREA_NO_SUMMER,
    AREA_PAUSE,
    AREA_RENAME,
    AREA_RESUME,
    AREA_SHOW,
    AREA_STATES,
    AREA_SUMMER,
    AreaAct,
    AreaState,
    MergeAreas,
)
from messaging.replies import Reply, instead, say
from programme.ages import Span
from programme.errors import AreaExists, NotYours, PausedArea
from services import areas, own_areas

LONGEST_NAME = 60
A_YEAR, LONGEST_SUMMER = timedelta(days=365), timedelta(weeks=12)
_OLD_PAGES = {STAFF_AREA: AREA_LIST, STAFF_PAUSE: AREA_PAUSE, STAFF_RESUME: AREA_RESUME}


class Naming(StatesGroup):
    """The name of an area is going to be written."""

    area = State()


def register(router: Router) -> None:
    """The handlers of areas; the router is for staff alone."""
    on = router.callback_query.register
    on(from_the_menu, StaffPage.filter(F.page.in_(set(_OLD_PAGES))))
    on(show_list, AreaAct.filter(F.act == AREA_LIST))
    on(pause, AreaAct.filter(F.act.in_({AREA_PAUSE, AREA_RESUME})))
    on(set_bokstart, AreaAct.filter(F.act.in_({AREA_BOKSTART, AREA_NO_BOKSTART})))
    on(ask_status, AreaAct.filter(F.act == AREA_STATES))
    on(set_status, AreaState.filter(F.status.in_(set(areas.STATES))))
    on(ask_name, AreaAct.filter(F.act.in_({AREA_RENAME, AREA_ADD})))
    on(ask_summer, AreaAct.filter(F.act == AREA_SUMMER))
    on(no_summer, AreaAct.filter(F.act == AREA_NO_SUMMER))
    ours = F.why.in_({FIRST, LAST})
    on(turn, ShowMonth.filter(ours))
    on(turn, ShowMonths.filter(ours))
    on(choose_first, PickDay.filter(F.why == FIRST))
    on(choose_last, PickDay.filter(F.why == LAST))
    on(ask_into, AreaAct.filter(F.act == AREA_MERGE))
    on(show_merge, MergeAreas.filter(F.now.is_(False)))
    on(merge, MergeAreas.filter())
    on(show_area, AreaAct.filter(F.act == AREA_SHOW))
    written = F.content_type == ContentType.TEXT
    router.message.register(take_name, StateFilter(Naming.area), written)


async def _mine(desk: Desk, number: int) -> own_areas.Row:
    """An area that one runs; raises NotYours."""
    return await own_areas.managed_one(desk.tx, desk.colleague, number)


def _everywhere(desk: Desk) -> bool:
    return own_areas.is_everywhere(desk.colleague)


async def _page(desk: Desk, area: int) -> Said:
    mine = await own_areas.managed(desk.tx, desk.colleague)
    row = await _mine(desk, area)
    found = await areas.show(desk.tx, row.id, desk.now)
    several = len(mine) > 1 or _everywhere(desk)
    return words.area_page(
        desk.t, row.id, row.name, row.status, found.paused, found.summers, row.bokstart, several
    )


async def from_the_menu(query: CallbackQuery, callback_data: StaffPage, desk: Desk) -> Reply:
    """*My area*; *Pause* and *Resume* in older messages are about one's own."""
    mine = await own_areas.managed(desk.tx, desk.colleague)
    act = _OLD_PAGES[callback_data.page]
    if act != AREA_LIST:
        old = AreaAct(area=desk.colleague.area_id, act=act)
        return await pause(query, old, desk)
    if len(mine) == 1 and not _everywhere(desk):
        return instead(await _page(desk, mine[0].id))
    return await show_list(query, desk)


async def show_list(_query: CallbackQuery, desk: Desk) -> Reply:
    """All areas one runs."""
    mine = [(each.id, each.name) for each in await own_areas.managed(desk.tx, desk.colleague)]
    return instead(words.area_list(desk.t, mine, _everywhere(desk)))


async def show_area(
    _query: CallbackQuery, callback_data: AreaAct, state: FSMContext, desk: Desk
) -> Reply:
    """One area."""
    await state.clear()
    return instead(await _page(desk, callback_data.area))


async def pause(_query: CallbackQuery, callback_data: AreaAct, desk: Desk) -> Reply:
    """No visits and no reminders from now on; or again."""
    area = await _mine(desk, callback_data.area)
    act = areas.pause if callback_data.act == AREA_PAUSE else areas.resume
    await act(desk.tx, area.id, desk.now, desk.rules)
    return instead(await _page(desk, area.id))


async def set_bokstart(_query: CallbackQuery, callback_data: AreaAct, desk: Desk) -> Reply:
    """The library comes home to families of the area, or not (mission E11)."""
    area = await _mine(desk, callback_data.area)
    there = callback_data.act == AREA_BOKSTART
    await areas.change(desk.tx, area.id, desk.now, desk.rules, bokstart=there)
    return instead(await _page(desk, area.id))


async def ask_status(_query: CallbackQuery, callback_data: AreaAct, desk: Desk) -> Reply:
    """How far has it come?"""
    area = await _mine(desk, callback_data.area)
    return instead(words.ask_status(desk.t, area.id, area.name))


async def set_status(_query: CallbackQuery, callback_data: AreaState, desk: Desk) -> Reply:
    """It has come that far."""
    area = await _mine(desk, callback_data.area)
    await areas.change(desk.tx, area.id, desk.now, desk.rules, status=callback_data.status)
    return instead(await _page(desk, area.id))


async def ask_name(
    _query: CallbackQuery, callback_data: AreaAct, state: FSMContext, desk: Desk
) -> Reply:
    """A new name; or a new area, which only administrators add."""
    if callback_data.act == AREA_RENAME:
        await _mine(desk, callback_data.area)
    elif not _everywhere(desk):
        raise NotYours
    await state.set_state(Naming.area)
    await state.set_data({"area": callback_data.area if callback_data.act == AREA_RENAME else 0})
    return instead(words.ask_area_name(desk.t))


async def take_name(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The name is written; a new area begins as planned."""
    name = clean(message.text or "")[:LONGEST_NAME].strip()
    number: int = (await state.get_data())["area"]
    if not name:
        return say(words.ask_area_name(desk.t))
    try:
        if number:
            await _mine(desk, number)
            await areas.change(desk.tx, number, desk.now, desk.rules, name=name)
        elif _everywhere(desk):
            number = await areas.add(desk.tx, name, status="planned")
    except AreaExists:
        return say(words.area_name_taken(desk.t, name))
    await state.clear()
    return say(await _page(desk, number))


# --- summer ----------------------------------------------------------------------------------


def _first_days(today: date) -> Days:
    return Days(today=today, first=today, last=today + A_YEAR)


def _last_days(today: date, first: date) -> Days:
    return Days(today=today, first=first, last=first + LONGEST_SUMMER)


async def _picked_for(desk: Desk, numbers: tuple[int, ...]) -> int:
    """The area whose summer it is, which the buttons carry; raises NotYours."""
    return (await _mine(desk, numbers[0] if numbers else 0)).id


def _first_of(numbers: tuple[int, ...]) -> date:
    """The first day, which the buttons of the last one carry; raises NotYours for a forged one."""
    try:
        return date.fromisoformat(str(numbers[1]))
    except (IndexError, ValueError) as error:
        raise NotYours from error


async def ask_summer(_query: CallbackQuery, callback_data: AreaAct, desk: Desk) -> Reply:
    """From which day are there no visits?"""
    area = await _mine(desk, callback_data.area)
    found = await areas.show(desk.tx, area.id, desk.now)
    return instead(words.ask_summer(desk.t, area.id, _first_days(desk.today), bool(found.summers)))


async def no_summer(_query: CallbackQuery, callback_data: AreaAct, desk: Desk) -> Reply:
    """Visits all summer."""
    area = await _mine(desk, callback_data.area)
    await areas.no_summer(desk.tx, area.id, desk.now, desk.rules)
    return instead(await _page(desk, area.id))


async def turn(_query: CallbackQuery, callback_data: ShowMonth | ShowMonths, desk: Desk) -> Reply:
    """Another month, or all of them."""
    numbers = callback_data.numbers
    area = await _picked_for(desk, numbers)
    days = _first_days(desk.today)
    if callback_data.why == LAST:
        days = _last_days(desk.today, _first_of(numbers))
    return instead(_turned(desk.t, area, days, callback_data))


def _turned(t: Tongue, area: int, days: Days, pressed: ShowMonth | ShowMonths) -> Said:
    first = pressed.why == FIRST
    match pressed:
        case ShowMonth():
            return (words.first_month if first else words.last_month)(t, area, days, pressed.on)
        case ShowMonths():
            return (words.first_months if first else words.last_months)(t, area, days, pressed.page)


async def choose_first(_query: CallbackQuery, callback_data: PickDay, desk: Desk) -> Reply:
    """The first day is known; the last one?"""
    numbers, day = callback_data.numbers, callback_data.on
    area = await _picked_for(desk, numbers)
    days = _first_days(desk.today)
    if not days.allows(day):
        return instead(words.first_month(desk.t, area, days, day, again=True))
    return instead(words.last_month(desk.t, area, _last_days(desk.today, day), day))


async def choose_last(_query: CallbackQuery, callback_data: PickDay, desk: Desk) -> Reply:
    """Both days are known: windows that fall there stretch."""
    numbers, day = callback_data.numbers, callback_data.on
    area = await _picked_for(desk, numbers)
    first = _first_of(numbers)
    days = _last_days(desk.today, first)
    if not (_first_days(desk.today).allows(first) and days.allows(day)):
        return instead(words.last_month(desk.t, area, days, day, again=True))
    await areas.set_summer(desk.tx, area, Span(first, day), desk.now, desk.rules)
    return instead(await _page(desk, area))


# --- one of two ------------------------------------------------------------------------------


async def ask_into(_query: CallbackQuery, callback_data: AreaAct, desk: Desk) -> Reply:
    """Into which of the others that one runs."""
    area = await _mine(desk, callback_data.area)
    mine = await own_areas.managed(desk.tx, desk.colleague)
    others = [(each.id, each.name) for each in mine if each.id != area.id]
    return instead(words.ask_into(desk.t, area.id, area.name, others))


async def show_merge(_query: CallbackQuery, callback_data: MergeAreas, desk: Desk) -> Reply:
    """What goes along; nothing has happened yet."""
    gone, into = await _both(desk, callback_data)
    families, staff = await areas.counted(desk.tx, gone.id)
    return instead(
        words.what_moves(desk.t, (gone.id, gone.name), (into.id, into.name), families, staff)
    )


async def _both(desk: Desk, pressed: MergeAreas) -> tuple[own_areas.Row, own_areas.Row]:
    if pressed.gone == pressed.into:
        raise NotYours
    gone = await _mine(desk, pressed.gone)
    return gone, await _mine(desk, pressed.into)


async def merge(_query: CallbackQuery, callback_data: MergeAreas, desk: Desk) -> Reply:
    """Two areas are one."""
    gone, into = await _both(desk, callback_data)
    try:
        await areas.merge(desk.tx, gone.id, into.id, desk.now, desk.rules)
    except PausedArea:
        return instead(words.into_is_paused(desk.t, gone.id, gone.name, into.name))
    return await show_list(_query, desk)
