"""Staff change a place, part by part: everything goes into its draft (mission F4)."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from handlers.place_drafts import asked_for, change, days_ahead, draft_of, draft_page, saved
from messaging import pickers
from messaging import place_field_texts as words
from messaging.isolates import clean
from messaging.keyboards import Message as Said
from messaging.place_edit_buttons import (
    FIRST,
    LATER,
    ActOnPlace,
    HouseFlag,
    PlaceAct,
    WayIn,
)
from messaging.replies import Reply, instead, say
from programme.errors import NotYours
from programme.places import InHouse, Point, Venue


class Writing(StatesGroup):
    """What a colleague is to write or send next, for which place."""

    name = State()
    way = State()
    position = State()


def register(router: Router) -> None:
    """The handlers of a draft's parts."""
    on = router.callback_query.register
    on(flag, HouseFlag.filter())
    on(ask_way, WayIn.filter())
    on(act, ActOnPlace.filter())
    router.message.register(write_name, StateFilter(Writing.name), F.text)
    router.message.register(write_way, StateFilter(Writing.way), F.text)
    router.message.register(set_position, StateFilter(Writing.position), F.location)
    router.message.register(no_position, StateFilter(Writing.position), F.text)


async def act(
    _query: CallbackQuery, callback_data: ActOnPlace, state: FSMContext, desk: Desk
) -> Reply:
    """Open one part of the draft, or change what takes one tap."""
    place, venue = callback_data.place, await draft_of(desk, callback_data.place)
    t, codes = desk.t, desk.languages.codes
    match callback_data.act:
        case PlaceAct.HOURS:
            return instead(words.edit_hours(t, venue))
        case PlaceAct.CHANGES:
            return instead(words.edit_changes(t, venue))
        case PlaceAct.ADD_CHANGE:
            return instead(
                pickers.quick_days(t, asked_for(desk, FIRST, (place,)), days_ahead(desk))
            )
        case PlaceAct.HOUSE:
            return instead(words.edit_house(t, venue))
        case PlaceAct.WAY:
            return instead(words.edit_way(t, venue, codes))
        case PlaceAct.LATER:
            days = pickers.quick_days(t, asked_for(desk, LATER, (place,)), days_ahead(desk))
            return instead(words.edit_later(t, venue), days)
        case PlaceAct.NAME | PlaceAct.POSITION:
            return await _wait_for(callback_data.act, state, desk, place)
        case other:
            return instead(await _one_tap(desk, other, venue))


async def _wait_for(what: PlaceAct, state: FSMContext, desk: Desk, place: int) -> Reply:
    await state.set_state(Writing.name if what is PlaceAct.NAME else Writing.position)
    await state.set_data({"place": place})
    return say(words.write_now(desk.t, "name" if what is PlaceAct.NAME else "position"))


_NEXT_DROP_IN = {None: True, True: False, False: None}


async def _one_tap(desk: Desk, what: PlaceAct, venue: Venue) -> Said:
    changed = {
        PlaceAct.DROP_IN: replace(venue, drop_in=_NEXT_DROP_IN[venue.drop_in]),
        PlaceAct.LATER_SOMETIME: replace(venue, later=True, opens_on=None),
        PlaceAct.IS_OPEN: replace(venue, later=False, opens_on=None),
        PlaceAct.NO_POSITION: replace(venue, point=None),
        PlaceAct.NO_WAY: replace(venue, way={}),
    }
    if what not in changed:
        raise NotYours
    return await saved(desk, venue.id, lambda _before: changed[what])


# --- the house, the name, the way --------------------------------------------------------------


async def flag(_query: CallbackQuery, callback_data: HouseFlag, desk: Desk) -> Reply:
    """In the house, or not."""

    def edit(venue: Venue) -> Venue:
        there = {*venue.in_house} - {callback_data.what}
        there |= {callback_data.what} if callback_data.on else set()
        return replace(venue, in_house=tuple(each for each in InHouse if each in there))

    return instead(words.edit_house(desk.t, await change(desk, callback_data.place, edit)))


async def ask_way(
    _query: CallbackQuery, callback_data: WayIn, state: FSMContext, desk: Desk
) -> Reply:
    """Write how to find it in that language."""
    if callback_data.code not in desk.languages.codes:
        raise NotYours
    await draft_of(desk, callback_data.place)
    await state.set_state(Writing.way)
    await state.set_data({"place": callback_data.place, "code": callback_data.code})
    return say(words.write_now(desk.t, "way", callback_data.code))


async def write_name(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The place's name."""
    place = (await state.get_data())["place"]
    name = clean(message.text or "")[: words.LONGEST_NAME].strip()
    if not name:
        return say(words.write_now(desk.t, "name"))
    await state.clear()
    return say(await saved(desk, place, lambda v: replace(v, name=name)))


async def write_way(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """How to find it, in one language; nothing of it is cut off in silence."""
    known, way = await state.get_data(), clean(message.text or "")
    code = known["code"]
    if not way or len(way) > words.LONGEST_WAY:
        return say(words.write_now(desk.t, "way", code))
    await state.clear()
    venue = await change(desk, known["place"], lambda v: replace(v, way={**v.way, code: way}))
    return say(words.edit_way(desk.t, venue, desk.languages.codes))


async def set_position(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The position of the place, which staff send: public, and kept."""
    place = (await state.get_data())["place"]
    await state.clear()
    assert message.location
    point = Point(message.location.latitude, message.location.longitude)
    page = await saved(desk, place, lambda v: replace(v, point=point))
    return say(words.keys_away(desk.t), page)


async def no_position(_message: Message, state: FSMContext, desk: Desk) -> Reply:
    """Not now, or anything else that is no position."""
    place = (await state.get_data())["place"]
    await state.clear()
    return say(words.keys_away(desk.t), await draft_page(desk, place))
