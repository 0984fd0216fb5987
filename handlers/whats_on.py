"""What is on, for parents: today, this week, for my child, near me; to follow a kind (E9)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from messaging import place_texts
from messaging import whats_on_texts as words
from messaging.i18n import Languages, Tongue
from messaging.replies import Reply, instead, say
from messaging.whats_on_buttons import (
    Followed,
    FollowKind,
    ListOn,
    MoreOn,
    OnCard,
    OnNearMe,
    WhatsOn,
)
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services import whats_on
from services.access import Reader
from services.types import Tx
from services.whats_on import Point


class WantingNear(StatesGroup):
    """What a parent was asked for."""

    position = State()


def make_router() -> Router:
    """The handlers of what is on; a position is read only after *Near me*."""
    router = Router(name=__name__)
    router.message.filter(is_parent)
    router.callback_query.filter(is_parent)
    on = router.callback_query.register
    on(show_menu, WhatsOn.filter())
    on(show_more, MoreOn.filter())
    on(show_list, ListOn.filter())
    on(ask_position, OnNearMe.filter())
    on(show_more_on_card, OnCard.filter(F.more))
    on(show_card, OnCard.filter())
    on(follow, FollowKind.filter())
    on(show_followed, Followed.filter())
    asked = StateFilter(WantingNear.position)
    router.message.register(show_near, asked, F.location, ~F.venue)
    router.message.register(not_now, asked, is_not_now)
    return router


async def is_not_now(message: Message, languages: Languages) -> bool:
    """The key was pressed, in whatever language it was shown."""
    return message.text in {place_texts.not_now(t) for t in languages}


async def show_menu(_query: CallbackQuery, t: Tongue) -> Reply:
    """What one can ask."""
    return instead(words.menu(t))


async def show_more(_query: CallbackQuery, t: Tongue) -> Reply:
    """The rest of what one can ask."""
    return instead(words.more_menu(t))


async def show_list(
    _query: CallbackQuery,
    callback_data: ListOn,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """What is on, two at a time."""
    scope, number = callback_data.scope, callback_data.page
    page = await whats_on.page(tx, reader, scope, now, rules, number, words.PER_PAGE)
    if not page.shown:
        return instead(words.nothing(t, scope))
    today = on_the_clock(now, rules.zone).date()
    return instead(words.what_is_on(t, scope, page.shown, number, page.more, today, rules.zone))


async def show_card(
    _query: CallbackQuery,
    callback_data: OnCard,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """All of one activity."""
    card = await whats_on.card(tx, reader, callback_data.activity, now)
    return say(words.card(t, card.activity, card.occasions, now, rules.zone))


async def show_more_on_card(
    _query: CallbackQuery, callback_data: OnCard, reader: Reader, t: Tongue, tx: Tx, now: datetime
) -> Reply:
    """What else one can do about it."""
    card = await whats_on.card(tx, reader, callback_data.activity, now)
    return instead(words.more_on_card(t, card.activity, card.follows))


async def follow(
    query: CallbackQuery,
    callback_data: FollowKind,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """To hear of such activities, or no longer."""
    await whats_on.follow(tx, reader, callback_data.kind, callback_data.on, now)
    if callback_data.activity:
        back = OnCard(activity=callback_data.activity, more=True)
        return await show_more_on_card(query, back, reader, t, tx, now)
    return await show_followed(query, Followed(), reader, t, tx)


async def show_followed(
    _query: CallbackQuery, callback_data: Followed, reader: Reader, t: Tongue, tx: Tx
) -> Reply:
    """What this parent follows."""
    return instead(words.followed(t, await whats_on.followed(tx, reader), callback_data.page))


async def ask_position(_query: CallbackQuery, state: FSMContext, t: Tongue) -> Reply:
    """Near me: where is that."""
    await state.set_state(WantingNear.position)
    return say(place_texts.ask_position(t))


async def not_now(_message: Message, state: FSMContext, t: Tongue) -> Reply:
    """No position; what else one can ask."""
    await state.clear()
    return say(place_texts.all_right(t), words.menu(t))


async def show_near(
    message: Message,
    state: FSMContext,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The position was asked for and came: it is used here, and is gone after this line."""
    await state.clear()
    assert message.location
    here = Point(message.location.latitude, message.location.longitude)
    found = await whats_on.near(tx, reader, here, now, rules)
    shown = words.near(t, found, rules.zone) if found else words.none_near(t)
    return say(place_texts.used_once(t), shown)
