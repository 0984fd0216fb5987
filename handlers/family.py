"""The other parent comes by a link; a child has come."""

from datetime import date, datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import family_texts, home_texts, texts
from messaging.callbacks import (
    MENU_BORN,
    MENU_OTHER,
    BornCount,
    BornDays,
    BornOn,
    BornUndo,
    FromDue,
    JoinAnswer,
    Menu,
)
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services import born, links
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of the other parent and of a birth, for parents who have joined."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    press = router.callback_query.register
    press(other_parent, Menu.filter(F.page == MENU_OTHER))
    press(is_it, JoinAnswer.filter())
    press(when_born, Menu.filter(F.page == MENU_BORN))
    press(older_days, BornDays.filter())
    press(how_many, BornOn.filter())
    press(tell_birth, BornCount.filter())
    press(undo_birth, BornUndo.filter())
    press(follow_due, FromDue.filter())
    return router


async def other_parent(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime
) -> Reply:
    """A link for the other parent; who comes by it is asked about first."""
    link = await links.own_link(tx, reader, now)
    if link is None:
        return say(Said(family_texts.no_link_now(t), home_texts.other_parent_rows(t)))
    return say(Said(family_texts.other_parent(t, link), home_texts.other_parent_rows(t)))


async def is_it(
    _query: CallbackQuery,
    callback_data: JoinAnswer,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Is that the person I sent my link to?"""
    yes = callback_data.yes
    await links.answer(tx, reader, callback_data.joiner, yes, now, rules)
    words = family_texts.let_in(t) if yes else family_texts.not_let_in(t)
    return instead(Said(words, texts.menu_rows(t, reader.resting(now))))


async def when_born(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """Our child is here: on which day?"""
    if not await born.expects(tx, reader):
        return say(_known(t))
    return say(family_texts.when_born(t, _today(now, rules)))


def _today(now: datetime, rules: Rules) -> date:
    return on_the_clock(now, rules.zone).date()


def _known(t: Tongue) -> Said:
    return Said(family_texts.born_already(t), texts.menu_rows(t))


async def older_days(
    _query: CallbackQuery, callback_data: BornDays, t: Tongue, now: datetime, rules: Rules
) -> Reply:
    """Days before yesterday."""
    today = _today(now, rules)
    return instead(family_texts.older_days(t, today, born.OLDEST_DAY, callback_data.page))


async def how_many(
    _query: CallbackQuery,
    callback_data: BornOn,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The day is known: how many children?"""
    day = _day(callback_data.day)
    if not born.may_be(day, now, rules):
        raise NotYours
    if not await born.expects(tx, reader):
        return instead(_known(t))
    return instead(family_texts.how_many(t, day))


def _day(said: str) -> date:
    """The day a button names; raises NotYours for one that no button of ours names."""
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise NotYours from error


async def tell_birth(
    _query: CallbackQuery,
    callback_data: BornCount,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Congratulations; or the other parent was faster."""
    day, count = _day(callback_data.day), callback_data.count
    birth = await born.born(tx, reader, day, count, now, rules)
    if birth is None:
        return instead(_known(t))
    return instead(
        family_texts.congratulations(t, day, count, birth.child_id, birth.at, birth.early)
    )


async def undo_birth(
    _query: CallbackQuery,
    callback_data: BornUndo,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """A wrong press: all is as it was."""
    undone = await born.undo(tx, reader, callback_data.at, now, rules)
    if undone is born.Undone.BOOKED:
        return say(Said(family_texts.visit_is_booked(t), texts.menu_rows(t)))
    return instead(Said(family_texts.not_born(t), texts.menu_rows(t)))


async def follow_due(
    _query: CallbackQuery,
    callback_data: FromDue,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Tips follow the due date, or the birth date again."""
    child, on = callback_data.child, callback_data.on
    await born.follow_due(tx, reader, child, on, now, rules)
    if on:
        return say(family_texts.from_due(t, child))
    return instead(Said(family_texts.from_birth(t), texts.menu_rows(t)))
