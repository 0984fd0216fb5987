"""For whom a notice is: areas, languages, age, and who of the parents (mission E1)."""

from collections.abc import Callable
from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.desk import Desk
from messaging import audience_texts as words
from messaging.audience_texts import AGES
from messaging.keyboards import Message as Said
from messaging.notice_buttons import (
    ANY_AGE,
    ActOnNotice,
    NoticeAct,
    NoticeAge,
    NoticeArea,
    NoticeFollowers,
)
from messaging.replies import Reply, instead
from programme.errors import NotYours
from programme.notices import Audience
from services import composing

_FLAGS: dict[NoticeAct, Callable[[Audience], Audience]] = {
    NoticeAct.FATHERS: lambda at: replace(at, fathers=not at.fathers),
    NoticeAct.EXPECTING: lambda at: replace(at, expecting=not at.expecting),
    NoticeAct.FIRST_CHILD: lambda at: replace(at, first_child=not at.first_child),
    NoticeAct.SIGNED_UP: lambda at: replace(at, signed_up=not at.signed_up),
}


def register(router: Router) -> None:
    """The handlers of the audience."""
    on = router.callback_query.register
    on(show, ActOnNotice.filter(F.act == NoticeAct.WHOM))
    on(show_areas, ActOnNotice.filter(F.act == NoticeAct.AREAS))
    on(ask_age, ActOnNotice.filter(F.act == NoticeAct.AGE))
    on(ask_followers, ActOnNotice.filter(F.act == NoticeAct.FOLLOWS))
    on(flag, ActOnNotice.filter(F.act.in_(set(_FLAGS))))
    on(area, NoticeArea.filter())
    on(age, NoticeAge.filter())
    on(followers, NoticeFollowers.filter())


async def _audience(desk: Desk, number: int) -> Audience:
    return (await composing.draft(desk.tx, desk.colleague, number)).notice.audience


async def _page(desk: Desk, number: int) -> Said:
    found = await composing.draft(desk.tx, desk.colleague, number)
    names, there = [each.name for each in found.areas], found.notice.activity is not None
    return words.notice_whom(desk.t, number, names, found.notice.audience, there)


async def _aim(desk: Desk, number: int, at: Audience) -> Reply:
    await composing.aim(desk.tx, desk.colleague, number, at)
    return instead(await _page(desk, number))


async def show(
    _query: CallbackQuery, callback_data: ActOnNotice, state: FSMContext, desk: Desk
) -> Reply:
    """For whom it is."""
    await state.clear()
    return instead(await _page(desk, callback_data.notice))


async def flag(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """One condition more, or one less."""
    at = await _audience(desk, callback_data.notice)
    return await _aim(desk, callback_data.notice, _FLAGS[callback_data.act](at))


async def show_areas(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """To which areas."""
    return instead(await _areas(desk, callback_data.notice))


async def _areas(desk: Desk, number: int, said: str = "") -> Said:
    found = await composing.draft(desk.tx, desk.colleague, number)
    there = found.notice.audience.areas
    rows = [(each.id, each.name, each.id in there) for each in found.own]
    return words.notice_areas(desk.t, number, rows, said)


async def area(_query: CallbackQuery, callback_data: NoticeArea, desk: Desk) -> Reply:
    """To that area as well, or not to it."""
    at = await _audience(desk, callback_data.notice)
    areas = [each for each in at.areas if each != callback_data.area]
    areas += [callback_data.area] if callback_data.on else []
    if not areas:
        said = words.one_area_at_least(desk.t)
        return instead(await _areas(desk, callback_data.notice, said))
    chosen = replace(at, areas=tuple(areas))
    await composing.aim(desk.tx, desk.colleague, callback_data.notice, chosen)
    return instead(await _areas(desk, callback_data.notice))


async def ask_age(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """From which age on."""
    await _audience(desk, callback_data.notice)
    return instead(words.age_from(desk.t, callback_data.notice))


async def age(_query: CallbackQuery, callback_data: NoticeAge, desk: Desk) -> Reply:
    """An age is chosen: the first, or both."""
    number, first, until = callback_data.notice, callback_data.first, callback_data.until
    at = await _audience(desk, number)
    if first == ANY_AGE:
        return await _aim(desk, number, replace(at, months_from=None, months_to=None))
    if first not in AGES or (until not in {*AGES, ANY_AGE, -1}) or 0 <= until < first:
        raise NotYours
    if until < 0:
        return instead(words.age_until(desk.t, number, first))
    last = None if until == ANY_AGE else until
    return await _aim(desk, number, replace(at, months_from=first, months_to=last))


async def ask_followers(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """Only to those who want to hear of something."""
    await _audience(desk, callback_data.notice)
    return instead(words.notice_followers(desk.t, callback_data.notice))


async def followers(_query: CallbackQuery, callback_data: NoticeFollowers, desk: Desk) -> Reply:
    """Of what, or to everybody."""
    at = await _audience(desk, callback_data.notice)
    return await _aim(desk, callback_data.notice, replace(at, follows=callback_data.kind))
