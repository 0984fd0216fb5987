"""Places for parents: open today, this week, near me (mission F3, E9)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from messaging import place_texts as words
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.place_buttons import (
    Nearby,
    NearMe,
    PlaceCard,
    Places,
    PlacesToday,
    PlacesWeek,
    PlaceWay,
    PlaceWeek,
    read_near,
)
from messaging.replies import Reply, instead, say
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services import places
from services.access import Reader
from services.places import Point
from services.types import Tx


class Asking(StatesGroup):
    """What a parent was asked for."""

    position = State()


def make_router() -> Router:
    """The handlers of places; a position is read only after *Near me*."""
    router = Router(name=__name__)
    router.message.filter(is_parent)
    router.callback_query.filter(is_parent)
    router.message.register(show_menu, Command("places"))
    on = router.callback_query.register
    on(show_menu, Places.filter())
    on(show_today, PlacesToday.filter())
    on(show_weeks, PlacesWeek.filter())
    on(ask_position, NearMe.filter())
    on(show_card, PlaceCard.filter())
    on(show_week, PlaceWeek.filter())
    on(show_way, PlaceWay.filter())
    on(show_nearby, Nearby.filter())
    asked = StateFilter(Asking.position)
    only_a_position = (F.location, ~F.venue)
    router.message.register(show_nearest, asked, *only_a_position)
    router.message.register(not_now, asked, is_not_now)
    router.message.register(not_asked, *only_a_position)
    return router


async def is_not_now(message: Message, languages: Languages) -> bool:
    """The key was pressed, in whatever language it was shown."""
    return message.text in {words.not_now(t) for t in languages}


async def show_menu(event: Message | CallbackQuery, t: Tongue) -> Reply:
    """What one can ask about places."""
    return instead(words.menu(t)) if isinstance(event, CallbackQuery) else say(words.menu(t))


async def show_today(
    _query: CallbackQuery,
    callback_data: PlacesToday,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """What is open today, two places at a time."""
    page = await places.page(tx, reader, now, rules, callback_data.page, words.PER_PAGE)
    if not page.shown:
        return instead(words.no_places(t))
    day = on_the_clock(now, rules.zone).date()
    shown = words.today(t, page.shown, day, callback_data.page, page.more, rules.zone)
    return instead(shown)


async def show_weeks(
    _query: CallbackQuery,
    callback_data: PlacesWeek,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The week of one place after the other."""
    page = await places.page(tx, reader, now, rules, callback_data.page, 1)
    if not page.shown:
        return instead(words.no_places(t))
    [(venue, _)] = page.shown
    after = PlacesWeek(page=callback_data.page + 1).pack() if page.more else None
    return instead(words.week(t, venue, places.days(venue, now, rules), after))


async def show_card(
    _query: CallbackQuery,
    callback_data: PlaceCard,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """All of one place."""
    venue, status = await places.with_status(tx, callback_data.place, now, rules)
    return instead(words.card(t, venue, status, rules.zone))


async def show_week(
    _query: CallbackQuery,
    callback_data: PlaceWeek,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The next seven days of one place."""
    venue = await places.one(tx, callback_data.place)
    return say(words.week(t, venue, places.days(venue, now, rules)))


async def show_way(_query: CallbackQuery, callback_data: PlaceWay, t: Tongue, tx: Tx) -> Reply:
    """How to find one place."""
    venue = await places.one(tx, callback_data.place)
    pin = words.pin(t, venue)
    return say(*([pin] if pin else []), words.way(t, venue))


async def ask_position(_query: CallbackQuery, state: FSMContext, t: Tongue) -> Reply:
    """Near me: where is that."""
    await state.set_state(Asking.position)
    return say(words.ask_position(t))


async def not_now(_message: Message, state: FSMContext, t: Tongue) -> Reply:
    """No position; the rest of what one can ask."""
    await state.clear()
    return say(words.all_right(t), words.menu(t))


async def show_nearest(
    message: Message, state: FSMContext, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """The position was asked for and came: it is used here, and is gone after this line."""
    await state.clear()
    assert message.location
    here = Point(message.location.latitude, message.location.longitude)
    found = [
        (each.venue.id, round(each.metres)) for each in await places.near(tx, here, now, rules)
    ]
    if not found:
        return say(words.used_once(t), words.none_near(t))
    return say(words.used_once(t), await _nearby(t, tx, found, 0, now, rules))


async def _nearby(
    t: Tongue, tx: Tx, found: list[tuple[int, int]], n: int, now: datetime, rules: Rules
) -> Said:
    venue, status = await places.with_status(tx, found[n][0], now, rules)
    return words.nearby(t, venue, status, rules.zone, found, n)


async def show_nearby(
    _query: CallbackQuery, callback_data: Nearby, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """The next of the nearest."""
    try:
        found = read_near(callback_data.found)
    except ValueError as error:
        raise NotYours from error
    if not 0 <= callback_data.n < len(found):
        raise NotYours
    return say(await _nearby(t, tx, found, callback_data.n, now, rules))


async def not_asked(_message: Message, t: Tongue) -> Reply:
    """A position that nobody asked for."""
    return say(words.position_not_used(t))
