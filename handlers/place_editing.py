"""Staff look after places: checked today, a new version, a second person, published (mission F4).

How each part of a place is changed is in `place_fields.py`.
"""

from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import place_fields, place_hours
from handlers.desk import Desk
from handlers.place_drafts import draft_page
from messaging import place_edit_texts as words
from messaging.keyboards import Message as Said
from messaging.place_edit_buttons import (
    ActOnPlace,
    BringBack,
    NewPlace,
    NewPlaceKind,
    PlaceAct,
    PlaceEdition,
    PlaceHistory,
    PublishPlace,
    StaffPlace,
    StaffPlaces,
)
from messaging.place_edit_texts import Listed
from messaging.replies import Reply, instead
from programme.errors import NotYours
from services import place_editing as editing
from services.place_editing import Line, Outcome

PER_PAGE = 8


def register(router: Router) -> None:
    """The handlers of places; the router is for staff alone."""
    on = router.callback_query.register

    on(show_list, StaffPlaces.filter())
    on(show_place, StaffPlace.filter())
    on(ask_kind, NewPlaceKind.filter())
    on(begin_new, NewPlace.filter())
    on(checked, ActOnPlace.filter(F.act == PlaceAct.CHECK))
    on(show_draft, ActOnPlace.filter(F.act == PlaceAct.DRAFT))
    on(send, ActOnPlace.filter(F.act == PlaceAct.SEND))
    on(publish, PublishPlace.filter())
    on(drop, ActOnPlace.filter(F.act == PlaceAct.DROP))
    on(ask_gone, ActOnPlace.filter(F.act == PlaceAct.GONE))
    on(gone, ActOnPlace.filter(F.act == PlaceAct.GONE_SURE))
    on(show_history, PlaceHistory.filter())
    on(show_edition, PlaceEdition.filter())
    on(bring_back, BringBack.filter())
    place_hours.register(router)
    place_fields.register(router)


async def show_list(_query: CallbackQuery, callback_data: StaffPlaces, desk: Desk) -> Reply:
    """The places of one's areas."""
    return instead(await _list(desk, callback_data.page))


async def _list(desk: Desk, page: int) -> Said:
    found = await editing.listed(desk.tx, desk.colleague, desk.now, desk.rules)
    begin = max(page, 0) * PER_PAGE
    shown = [Listed(each.id, each.name, _mark(each)) for each in found[begin : begin + PER_PAGE]]
    old = sum(each.old for each in found)
    return words.edit_list(desk.t, shown, old, max(page, 0), len(found) > begin + PER_PAGE)


def _mark(line: Line) -> str | None:
    return str(line.open) if line.open else ("old" if line.old else None)


async def show_place(
    _query: CallbackQuery, callback_data: StaffPlace, state: FSMContext, desk: Desk
) -> Reply:
    """What stands of one place; one that does not stand yet is its draft."""
    await state.clear()
    return instead(await _place(desk, callback_data.place))


async def _place(desk: Desk, place: int, said: str = "") -> Said:
    found = await editing.view(desk.tx, desk.colleague, place, desk.now, desk.rules)
    if found.standing is None:
        return await draft_page(desk, place, said)
    state = str(found.state) if found.state else None
    return words.edit_place(desk.t, found.standing, state, found.author, said)


async def ask_kind(_query: CallbackQuery, desk: Desk) -> Reply:
    """A new place."""
    return instead(words.edit_kind(desk.t))


async def begin_new(_query: CallbackQuery, callback_data: NewPlace, desk: Desk) -> Reply:
    """A draft of that kind, without a name yet."""
    number = await editing.begin_new(desk.tx, desk.colleague, callback_data.kind, desk.now)
    return instead(await draft_page(desk, number))


async def checked(_query: CallbackQuery, callback_data: ActOnPlace, desk: Desk) -> Reply:
    """What stands is right today: one tap."""
    await editing.check(desk.tx, desk.colleague, callback_data.place, desk.now, desk.rules)
    return instead(await _place(desk, callback_data.place, words.edit_done(desk.t, "checked")))


async def show_draft(
    _query: CallbackQuery, callback_data: ActOnPlace, state: FSMContext, desk: Desk
) -> Reply:
    """The new version, or what it would begin with."""
    await state.clear()
    return instead(await draft_page(desk, callback_data.place))


async def send(_query: CallbackQuery, callback_data: ActOnPlace, desk: Desk) -> Reply:
    """Ready for a second person."""
    place, codes = callback_data.place, desk.languages.codes
    outcome = await editing.send(desk.tx, desk.colleague, place, codes)
    return instead(await _after(desk, place, outcome, "sent"))


async def publish(_query: CallbackQuery, callback_data: PublishPlace, desk: Desk) -> Reply:
    """The second person has looked at it."""
    place, seen, codes = callback_data.place, callback_data.seen, desk.languages.codes
    outcome = await editing.publish(desk.tx, desk.colleague, place, seen, codes, desk.now)
    return instead(await _after(desk, place, outcome, "published"))


async def _after(desk: Desk, place: int, outcome: Outcome, done: str) -> Said:
    if outcome is Outcome.DONE:
        return await _place(desk, place, words.edit_done(desk.t, done))
    if outcome is not Outcome.MISSING:
        return await draft_page(desk, place, words.edit_refused(desk.t, outcome))
    found = await editing.view(desk.tx, desk.colleague, place, desk.now, desk.rules)
    lacking = editing.missing(found.draft, desk.languages.codes) if found.draft else []
    return await draft_page(desk, place, words.edit_missing(desk.t, lacking))


async def drop(_query: CallbackQuery, callback_data: ActOnPlace, desk: Desk) -> Reply:
    """Throw the draft away."""
    await editing.drop(desk.tx, desk.colleague, callback_data.place, desk.now)
    try:
        return instead(await _place(desk, callback_data.place))
    except NotYours:  # it had never stood: it is gone with its draft
        return instead(await _list(desk, 0))


async def ask_gone(_query: CallbackQuery, callback_data: ActOnPlace, desk: Desk) -> Reply:
    """For good?"""
    place = callback_data.place
    found = await editing.view(desk.tx, desk.colleague, place, desk.now, desk.rules)
    if found.standing is None:
        raise NotYours
    return instead(words.edit_gone(desk.t, found.standing))


async def gone(_query: CallbackQuery, callback_data: ActOnPlace, desk: Desk) -> Reply:
    """Families do not see it any more."""
    await editing.end(desk.tx, desk.colleague, callback_data.place, desk.now)
    return instead(await _list(desk, 0))


async def show_history(_query: CallbackQuery, callback_data: PlaceHistory, desk: Desk) -> Reply:
    """What stood."""
    place, page = callback_data.place, max(callback_data.page, 0)
    found, more = await editing.history(desk.tx, desk.colleague, place, page)
    shown = [
        (each.id, each.published_at or each.made_at, each.author, each.reviewer) for each in found
    ]
    return instead(words.edit_history(desk.t, place, shown, page, more))


async def show_edition(_query: CallbackQuery, callback_data: PlaceEdition, desk: Desk) -> Reply:
    """One version that stood."""
    found, venue = await editing.edition(desk.tx, desk.colleague, callback_data.edition)
    return instead(words.edit_edition(desk.t, replace(venue, id=int(found.key)), found.id))


async def bring_back(_query: CallbackQuery, callback_data: BringBack, desk: Desk) -> Reply:
    """That version as a draft: a second person looks at it as at any other."""
    number = callback_data.edition
    place = await editing.bring_back(desk.tx, desk.colleague, number, desk.now)
    return instead(await draft_page(desk, place, words.edit_done(desk.t, "saved")))
