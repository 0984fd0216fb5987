"""Staff answer who came by a poster; coordinators make, renew and end it (mission B2)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from messaging import area_texts
from messaging import poster_texts as words
from messaging.i18n import Languages, Tongue
from messaging.register_buttons import (
    POSTER_END,
    POSTER_NEW,
    POSTER_SHOW,
    AskedByPoster,
    PosterAnswer,
    PosterPage,
)
from messaging.replies import Reply, instead
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services import own_areas, papers, posters
from services.access import Colleague
from services.posters import Decided
from services.types import Tx


def register(router: Router) -> None:
    """The handlers of posters; the router is for staff alone."""
    on = router.callback_query.register
    on(show_waiting, AskedByPoster.filter())
    on(answer, PosterAnswer.filter())
    on(show_poster, PosterPage.filter(F.act == POSTER_SHOW))
    on(new_poster, PosterPage.filter(F.act == POSTER_NEW))
    on(end_poster, PosterPage.filter(F.act == POSTER_END))


async def show_waiting(_query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx) -> Reply:
    """Who has waited longest."""
    waiting = await posters.waiting(tx, colleague)
    if not waiting:
        return instead(words.nobody_waits(t))
    first = waiting[0]
    language = first.spoken or first.language
    told = words.asker_line(t, first.born, first.due, first.eligible, language)
    return instead(words.one_waits(t, first.guardian_id, told, len(waiting) - 1))


async def answer(
    _query: CallbackQuery,
    callback_data: PosterAnswer,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Yes, welcome; or not ours."""
    asker, yes = callback_data.asker, callback_data.yes
    decided, family = await posters.answer(tx, colleague, asker, yes, now, rules)
    match decided:
        case Decided.WELCOME:
            return instead(words.now_welcome(t, family))
        case Decided.NOT_OURS:
            return instead(words.now_refused(t))
        case _:
            return instead(words.decided_already(t))


async def show_poster(
    _query: CallbackQuery,
    callback_data: PosterPage,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    rules: Rules,
) -> Reply:
    """Whether there is one."""
    area = callback_data.area
    found = await posters.show(tx, colleague, area)
    back = area_texts.to_area_button(t, area)
    if not found.open:
        return instead(area_texts.not_open(t, found.area, back))
    made = on_the_clock(found.made_at, rules.zone).date() if found.made_at else None
    return instead(words.poster_page(t, area, found.area, made, found.readers, back))


async def new_poster(
    _query: CallbackQuery,
    callback_data: PosterPage,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
) -> Reply:
    """The picture, and paper with it; the one before opens nothing any more."""
    area = await own_areas.managed_one(tx, colleague, callback_data.area)
    link = await posters.renew(tx, colleague, area.id, now)
    made = words.poster_made(t, area.name, link, area_texts.to_area_button(t, area.id))
    poster, card = await papers.invitations(tx, languages, link)
    return instead(made, words.to_hang_up(t, poster), words.to_hand_over(t, card))


async def end_poster(
    query: CallbackQuery,
    callback_data: PosterPage,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Nobody comes by it any more."""
    await posters.end(tx, colleague, callback_data.area, now)
    return await show_poster(query, callback_data, colleague, t, tx, rules)
