"""A parent chooses a time, asks for others or for a person, or another place (mission D3-D4, D16).

From an offer to a booked visit it is two taps at most: *Yes, please*, and the time.
"""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import proposal_texts, visit_texts
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.proposal_buttons import (
    AskMenu,
    AskStaff,
    BookTime,
    CallAboutTimes,
    ChoosePlace,
    MoreTimes,
    NoTimes,
    OtherPlaces,
    OtherTimes,
    PickTime,
)
from messaging.replies import Reply, instead, say
from programme.errors import SlotTaken
from programme.kinds import Rules
from programme.people import Booking
from services import choosing, declining, looking, places_of_visits, requests
from services.access import Reader
from services.looking import Outcome, Picked
from services.types import Tx


def make_router() -> Router:
    """The handlers of times, places and wishes."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(pick, PickTime.filter())
    router.callback_query.register(more, MoreTimes.filter())
    router.callback_query.register(others, OtherTimes.filter())
    router.callback_query.register(call_me, CallAboutTimes.filter())
    router.callback_query.register(none_of_them, NoTimes.filter())
    router.callback_query.register(look, BookTime.filter())
    router.callback_query.register(where_else, OtherPlaces.filter())
    router.callback_query.register(place, ChoosePlace.filter())
    router.callback_query.register(what_to_ask, AskMenu.filter())
    router.callback_query.register(ask, AskStaff.filter())
    return router


async def pick(
    _query: CallbackQuery,
    callback_data: PickTime,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """That time: booked, or other times if it is not to be had any more."""
    met = await choosing.pick(tx, reader, callback_data.slot, now, rules)
    if met.others is None and met.booking is None:
        await declining.want_any_time(tx, reader, callback_data.slot, now, rules)
    return say(_picked(t, met, rules))


def _picked(t: Tongue, met: Picked, rules: Rules) -> Said:
    match met.outcome, met.booking:
        case Outcome.BOOKED, Booking() as visit:
            return proposal_texts.booked(t, visit, rules.zone)
        case Outcome.ALREADY, Booking() as visit:
            return proposal_texts.already_booked(t, visit, rules.zone)
        case Outcome.PAST, _:
            return proposal_texts.time_has_passed(t, met.others, rules.zone)
        case _:
            return proposal_texts.time_is_gone(t, met.others, rules.zone)


async def more(
    _query: CallbackQuery,
    callback_data: MoreTimes,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The next answers; times that have passed are not among them."""
    found = await choosing.still_open(tx, reader, callback_data.proposal, now)
    return instead(proposal_texts.more_times(t, found, callback_data.page, rules.zone))


async def others(
    _query: CallbackQuery,
    callback_data: OtherTimes,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Other times, perhaps in the evening."""
    number, evening = callback_data.proposal, callback_data.evening
    met = await choosing.other_times(tx, reader, number, evening, now, rules)
    if met.booking:
        return say(proposal_texts.already_booked(t, met.booking, rules.zone))
    if met.others is None:
        return say(Said(proposal_texts.no_other_times(t)))
    return say(proposal_texts.other_times(t, met.others, rules.zone))


async def call_me(
    _query: CallbackQuery,
    callback_data: CallAboutTimes,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """A call about it; the times are kept meanwhile."""
    await choosing.call_about(tx, reader, callback_data.proposal, now, rules)
    return say(Said(proposal_texts.asked(t)))


async def none_of_them(
    _query: CallbackQuery,
    callback_data: NoTimes,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """No thanks: the visit that is booked stays, or this one is not wanted."""
    number = callback_data.proposal
    visit, stays = await choosing.none_of_them(tx, reader, number, now, rules)
    if stays:
        return say(Said(proposal_texts.kept(t, stays, rules.zone)))
    if visit:
        return say(visit_texts.offer_not_this(t, visit))
    return say(Said(proposal_texts.no_times(t)))


async def look(
    _query: CallbackQuery,
    callback_data: BookTime,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """A parent looks for a time alone."""
    visit = callback_data.visit or await looking.next_visit(tx, reader, now, rules)
    if visit is None:
        return say(Said(proposal_texts.nothing_to_book(t)))
    found = await looking.look(tx, reader, visit, now, rules)
    if found.others:
        return say(proposal_texts.free_times(t, found.others, rules.zone))
    if found.booking:
        return say(proposal_texts.already_booked(t, found.booking, rules.zone))
    await declining.want_time(tx, reader, visit, now, rules)
    return say(Said(visit_texts.offer_yes(t)))


async def where_else(
    _query: CallbackQuery,
    callback_data: OtherPlaces,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """Where it could be; on a page of its own, the next one in its place."""
    page = callback_data.page
    visit = await places_of_visits.coming(tx, reader, callback_data.booking, now)
    if visit is None:
        return say(Said(visit_texts.visit_is_over(t)))
    shown = proposal_texts.which_place(t, visit, page)
    return instead(shown) if page else say(shown)


async def place(
    _query: CallbackQuery,
    callback_data: ChoosePlace,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Let it be there; nobody asks why."""
    number, where = callback_data.booking, callback_data.place
    visit = await places_of_visits.coming(tx, reader, number, now)
    if visit is None:
        return say(Said(visit_texts.visit_is_over(t)))
    try:
        visit = await places_of_visits.choose(tx, reader, number, where, now, rules)
    except SlotTaken:
        return say(proposal_texts.place_is_not_free(t, visit))
    return instead(proposal_texts.place_is_set(t, visit, rules.zone))


async def what_to_ask(_query: CallbackQuery, t: Tongue) -> Reply:
    """What one can ask for."""
    return say(proposal_texts.what_to_ask(t))


async def ask(
    _query: CallbackQuery,
    callback_data: AskStaff,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """A call, a talk, a walk: staff hear, the other parent does not."""
    await requests.ask(tx, reader, callback_data.what, now, rules)
    return say(Said(proposal_texts.asked(t)))
