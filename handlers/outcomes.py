"""After a visit: done in one tap, and what was different in a few more (mission H5)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.desk import Desk
from messaging import outcome_texts as words
from messaging.outcome_buttons import (
    NeverWas,
    NotHeld,
    ShowOutcome,
    TurnOffer,
    TurnTick,
    VisitDone,
    WasHeld,
)
from messaging.replies import Reply, instead
from messaging.staff_texts import staff_menu
from programme.follow_up import Offer, Tick, VisitOutcome
from services import following_up
from services.following_up import Page


def register(router: Router) -> None:
    """The handlers of what became of a visit; the router is for staff alone."""
    on = router.callback_query.register
    on(done, VisitDone.filter())
    on(never_was, NeverWas.filter())
    on(not_held, NotHeld.filter())
    on(was_held, WasHeld.filter())
    on(show_offers, ShowOutcome.filter(F.offers))
    on(show, ShowOutcome.filter())
    on(turn_tick, TurnTick.filter())
    on(turn_offer, TurnOffer.filter())


async def done(_query: CallbackQuery, callback_data: VisitDone, desk: Desk) -> Reply:
    """It was done, as usual."""
    family, booking = callback_data.family, callback_data.booking
    page = await following_up.done(desk.tx, desk.colleague, family, booking, desk.now, desk.rules)
    return _ticks(desk, page)


def _ticks(desk: Desk, page: Page) -> Reply:
    family, zone = (page.family_id, page.label or page.family_id), desk.rules.zone
    if page.outcome is not None:
        return instead(words.ticked(desk.t, family, page.booking, page.outcome, zone))
    if page.held:
        return instead(words.noted(desk.t, family, page.booking, zone))
    if page.booking.starts_at <= desk.now:  # it was called off or missed meanwhile
        missed = page.booking.id if page.missed else 0
        return instead(words.was_not(desk.t, *family, missed))
    return instead(staff_menu(desk.t, desk.colleague.member))


def _offers(desk: Desk, page: Page) -> Reply:
    found = page.outcome or VisitOutcome()
    return instead(words.shown_way(desk.t, page.family_id, page.booking.id, found))


async def never_was(_query: CallbackQuery, callback_data: NeverWas, desk: Desk) -> Reply:
    """It was not held; unless a colleague has said meanwhile that it was."""
    return await _not_held(callback_data, desk, after_all=False)


async def not_held(_query: CallbackQuery, callback_data: NotHeld, desk: Desk) -> Reply:
    """It was not held, whatever was said before."""
    return await _not_held(callback_data, desk, after_all=True)


async def _not_held(pressed: NeverWas | NotHeld, desk: Desk, after_all: bool) -> Reply:
    family, booking = pressed.family, pressed.booking
    page = await following_up.never_was(
        desk.tx, desk.colleague, family, booking, desk.now, desk.rules, after_all
    )
    if page.held:
        return _ticks(desk, page)
    return instead(words.never_was(desk.t, family, page.label or family))


async def was_held(_query: CallbackQuery, callback_data: WasHeld, desk: Desk) -> Reply:
    """Nobody was at home, somebody had said; it was done, as usual."""
    family, booking = callback_data.family, callback_data.booking
    page = await following_up.was_held(
        desk.tx, desk.colleague, family, booking, desk.now, desk.rules
    )
    return _ticks(desk, page)


async def show(_query: CallbackQuery, callback_data: ShowOutcome, desk: Desk) -> Reply:
    """What is ticked."""
    return _ticks(desk, await _page(callback_data, desk))


async def show_offers(_query: CallbackQuery, callback_data: ShowOutcome, desk: Desk) -> Reply:
    """What the family was shown the way to."""
    return _offers(desk, await _page(callback_data, desk))


async def _page(callback_data: ShowOutcome, desk: Desk) -> Page:
    family, booking = callback_data.family, callback_data.booking
    return await following_up.page(desk.tx, desk.colleague, family, booking, desk.now)


async def turn_tick(_query: CallbackQuery, callback_data: TurnTick, desk: Desk) -> Reply:
    """That one thing was otherwise."""
    return _ticks(desk, await _turned(callback_data, callback_data.tick, desk))


async def turn_offer(_query: CallbackQuery, callback_data: TurnOffer, desk: Desk) -> Reply:
    """They were shown the way to it, or not."""
    return _offers(desk, await _turned(callback_data, callback_data.offer, desk))


async def _turned(pressed: TurnTick | TurnOffer, what: Tick | Offer, desk: Desk) -> Page:
    family, booking = pressed.family, pressed.booking
    return await following_up.turn(
        desk.tx, desk.colleague, family, booking, what, desk.now, desk.rules
    )
