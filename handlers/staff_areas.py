"""Coordinators run their areas by chat; administrators all of them (mission A4, A15)."""

from datetime import date, datetime, timedelta

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

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
    AREA_LIST,
    AREA_MERGE,
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
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services import areas, own_areas
from services.access import Colleague
from services.types import Tx

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


async def _page(tx: Tx, colleague: Colleague, area: int, t: Tongue, now: datetime) -> Said:
    mine = await own_areas.managed(tx, colleague)
    row = await own_areas.managed_one(tx, colleague, area)
    found = await areas.show(tx, row.id, now)
    several = len(mine) > 1 or own_areas.is_everywhere(colleague)
    return words.area_page(t, row.id, row.name, row.status, found.paused, found.summers, several)


async def from_the_menu(
    query: CallbackQuery,
    callback_data: StaffPage,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """*My area*; *Pause* and *Resume* in older messages are about one's own."""
    mine = await own_areas.managed(tx, colleague)
    act = _OLD_PAGES[callback_data.page]
    if act != AREA_LIST:
        old = AreaAct(area=colleague.area_id, act=act)
        return await pause(query, old, colleague, t, tx, now, rules)
    if len(mine) == 1 and not own_areas.is_everywhere(colleague):
        return instead(await _page(tx, colleague, mine[0].id, t, now))
    return await show_list(query, colleague, t, tx)


async def show_list(_query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx) -> Reply:
    """All areas one runs."""
    mine = [(each.id, each.name) for each in await own_areas.managed(tx, colleague)]
    return instead(words.area_list(t, mine, own_areas.is_everywhere(colleague)))


async def show_area(
    _query: CallbackQuery,
    callback_data: AreaAct,
    state: FSMContext,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """One area."""
    await state.clear()
    return instead(await _page(tx, colleague, callback_data.area, t, now))


async def pause(
    _query: CallbackQuery,
    callback_data: AreaAct,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """No visits and no reminders from now on; or again."""
    area = await own_areas.managed_one(tx, colleague, callback_data.area)
    act = areas.pause if callback_data.act == AREA_PAUSE else areas.resume
    await act(tx, area.id, now, rules)
    return instead(await _page(tx, colleague, area.id, t, now))


async def ask_status(
    _query: CallbackQuery, callback_data: AreaAct, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """How far has it come?"""
    area = await own_areas.managed_one(tx, colleague, callback_data.area)
    return instead(words.ask_status(t, area.id, area.name))


async def set_status(
    _query: CallbackQuery,
    callback_data: AreaState,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """It has come that far."""
    area = await own_areas.managed_one(tx, colleague, callback_data.area)
    await areas.change(tx, area.id, now, rules, status=callback_data.status)
    return instead(await _page(tx, colleague, area.id, t, now))


async def ask_name(
    _query: CallbackQuery,
    callback_data: AreaAct,
    state: FSMContext,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
) -> Reply:
    """A new name; or a new area, which only administrators add."""
    if callback_data.act == AREA_RENAME:
        await own_areas.managed_one(tx, colleague, callback_data.area)
    elif not own_areas.is_everywhere(colleague):
        raise NotYours
    await state.set_state(Naming.area)
    await state.set_data({"area": callback_data.area if callback_data.act == AREA_RENAME else 0})
    return instead(words.ask_area_name(t))


async def take_name(
    message: Message,
    state: FSMContext,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The name is written; a new area begins as planned."""
    name = clean(message.text or "")[:LONGEST_NAME].strip()
    number: int = (await state.get_data())["area"]
    if not name:
        return say(words.ask_area_name(t))
    try:
        if number:
            await own_areas.managed_one(tx, colleague, number)
            await areas.change(tx, number, now, rules, name=name)
        elif own_areas.is_everywhere(colleague):
            number = await areas.add(tx, name, status="planned")
    except AreaExists:
        return say(words.area_name_taken(t, name))
    await state.clear()
    return say(await _page(tx, colleague, number, t, now))


# --- summer ----------------------------------------------------------------------------------


def _first_days(now: datetime, rules: Rules) -> Days:
    today = on_the_clock(now, rules.zone).date()
    return Days(today=today, first=today, last=today + A_YEAR)


def _last_days(now: datetime, rules: Rules, first: date) -> Days:
    today = on_the_clock(now, rules.zone).date()
    return Days(today=today, first=first, last=first + LONGEST_SUMMER)


def _first_of(numbers: tuple[int, ...]) -> date:
    """The first day, which the buttons of the last one carry; raises NotYours for a forged one."""
    try:
        return datetime.strptime(str(numbers[1]), "%Y%m%d").date()  # noqa: DTZ007 - a plain day
    except (IndexError, ValueError) as error:
        raise NotYours from error


async def ask_summer(
    _query: CallbackQuery,
    callback_data: AreaAct,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """From which day are there no visits?"""
    area = await own_areas.managed_one(tx, colleague, callback_data.area)
    found = await areas.show(tx, area.id, now)
    return instead(words.ask_summer(t, area.id, _first_days(now, rules), bool(found.summers)))


async def no_summer(
    _query: CallbackQuery,
    callback_data: AreaAct,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Visits all summer."""
    area = await own_areas.managed_one(tx, colleague, callback_data.area)
    await areas.no_summer(tx, area.id, now, rules)
    return instead(await _page(tx, colleague, area.id, t, now))


async def turn(
    _query: CallbackQuery,
    callback_data: ShowMonth | ShowMonths,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Another month, or all of them."""
    numbers = callback_data.numbers
    area = (await own_areas.managed_one(tx, colleague, numbers[0] if numbers else 0)).id
    days = _first_days(now, rules)
    if callback_data.why == LAST:
        days = _last_days(now, rules, _first_of(numbers))
    return instead(_turned(t, area, days, callback_data))


def _turned(t: Tongue, area: int, days: Days, pressed: ShowMonth | ShowMonths) -> Said:
    first = pressed.why == FIRST
    match pressed:
        case ShowMonth():
            return (words.first_month if first else words.last_month)(t, area, days, pressed.on)
        case ShowMonths():
            return (words.first_months if first else words.last_months)(t, area, days, pressed.page)


async def choose_first(
    _query: CallbackQuery,
    callback_data: PickDay,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The first day is known; the last one?"""
    numbers, day = callback_data.numbers, callback_data.on
    area = (await own_areas.managed_one(tx, colleague, numbers[0] if numbers else 0)).id
    days = _first_days(now, rules)
    if not days.allows(day):
        return instead(words.first_month(t, area, days, day, again=True))
    return instead(words.last_month(t, area, _last_days(now, rules, day), day))


async def choose_last(
    _query: CallbackQuery,
    callback_data: PickDay,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Both days are known: windows that fall there stretch."""
    numbers, day = callback_data.numbers, callback_data.on
    area = (await own_areas.managed_one(tx, colleague, numbers[0] if numbers else 0)).id
    first = _first_of(numbers)
    days = _last_days(now, rules, first)
    if not (_first_days(now, rules).allows(first) and days.allows(day)):
        return instead(words.last_month(t, area, days, day, again=True))
    await areas.set_summer(tx, area, Span(first, day), now, rules)
    return instead(await _page(tx, colleague, area, t, now))


# --- one of two ------------------------------------------------------------------------------


async def ask_into(
    _query: CallbackQuery, callback_data: AreaAct, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """Into which of the others that one runs."""
    area = await own_areas.managed_one(tx, colleague, callback_data.area)
    mine = await own_areas.managed(tx, colleague)
    others = [(each.id, each.name) for each in mine if each.id != area.id]
    return instead(words.ask_into(t, area.id, area.name, others))


async def show_merge(
    _query: CallbackQuery, callback_data: MergeAreas, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """What goes along; nothing has happened yet."""
    gone, into = await _both(tx, colleague, callback_data)
    families, staff = await areas.counted(tx, gone.id)
    return instead(words.what_moves(t, (gone.id, gone.name), (into.id, into.name), families, staff))


async def _both(
    tx: Tx, colleague: Colleague, pressed: MergeAreas
) -> tuple[own_areas.Row, own_areas.Row]:
    if pressed.gone == pressed.into:
        raise NotYours
    gone = await own_areas.managed_one(tx, colleague, pressed.gone)
    return gone, await own_areas.managed_one(tx, colleague, pressed.into)


async def merge(
    _query: CallbackQuery,
    callback_data: MergeAreas,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Two areas are one."""
    gone, into = await _both(tx, colleague, callback_data)
    try:
        await areas.merge(tx, gone.id, into.id, now, rules)
    except PausedArea:
        return instead(words.into_is_paused(t, gone.id, gone.name, into.name))
    return await show_list(_query, colleague, t, tx)
