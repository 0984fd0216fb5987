"""What staff do with a family or with their area, each in one or two taps."""

from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers import staff_pages
from messaging import staff_pages as words
from messaging.callbacks import (
    ACT_BORN,
    ACT_BORN_TODAY,
    ACT_BORN_YESTERDAY,
    ACT_LOSS,
    ACT_LOSS_ENDS,
    ACT_MOVE,
    StaffAct,
    StaffLiving,
    StaffLivingUndo,
    StaffMove,
)
from messaging.i18n import Languages, Tongue
from messaging.replies import Reply, instead
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services import access, born, loss, moving, staff_view
from services.access import Colleague
from services.types import Tx

_DAYS_AGO = {ACT_BORN_TODAY: 0, ACT_BORN_YESTERDAY: 1}


def register(router: Router) -> None:
    """The handlers of the acts; the router is for staff alone."""
    on = router.callback_query.register
    on(begin_loss, StaffAct.filter(F.act == ACT_LOSS))
    on(end_loss, StaffAct.filter(F.act == ACT_LOSS_ENDS))
    on(turn_on, StaffLiving.filter())
    on(turn_off_again, StaffLivingUndo.filter())
    on(ask_when_born, StaffAct.filter(F.act == ACT_BORN))
    on(is_born, StaffAct.filter(F.act.in_(set(_DAYS_AGO))))
    on(ask_where, StaffAct.filter(F.act == ACT_MOVE))
    on(ask_parents, StaffMove.filter())


async def _show(
    tx: Tx,
    colleague: Colleague,
    family: int,
    t: Tongue,
    languages: Languages,
    now: datetime,
    rules: Rules,
) -> Reply:
    page = await staff_view.family_page(tx, colleague, family, now, rules, languages.codes)
    return instead(staff_pages.family_page(t, page, rules))


async def begin_loss(
    _query: CallbackQuery,
    callback_data: StaffAct,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Do not contact through Lotsen: done at once, with Undo."""
    await loss.begin_by_staff(tx, colleague, callback_data.family, now, rules)
    return await _show(tx, colleague, callback_data.family, t, languages, now, rules)


async def end_loss(
    _query: CallbackQuery,
    callback_data: StaffAct,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Undo, or after a day: messages again from now on."""
    await loss.end_by_staff(tx, colleague, callback_data.family, now, rules)
    return await _show(tx, colleague, callback_data.family, t, languages, now, rules)


async def turn_on(
    _query: CallbackQuery,
    callback_data: StaffLiving,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """A person has spoken with the family: about these children only."""
    family, living = callback_data.family, callback_data.living
    if silenced := await loss.turn_on(tx, colleague, family, living, now, rules):
        return instead(words.turned_on(t, family, silenced))
    return await _show(tx, colleague, family, t, languages, now, rules)


async def turn_off_again(
    _query: CallbackQuery,
    callback_data: StaffLivingUndo,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Undo of that, for a day."""
    family, silenced = callback_data.family, callback_data.silenced
    if not await loss.turn_off_again(tx, colleague, family, silenced, now, rules):
        return instead(words.too_late(t, family))
    return await _show(tx, colleague, family, t, languages, now, rules)


async def ask_when_born(
    _query: CallbackQuery, callback_data: StaffAct, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """On which day."""
    await access.family_for_staff(tx, colleague, callback_data.family)
    return instead(words.born_question(t, callback_data.family))


async def is_born(
    _query: CallbackQuery,
    callback_data: StaffAct,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Staff confirm the birth; everything expected is here."""
    family = await access.family_for_staff(tx, colleague, callback_data.family)
    day = on_the_clock(now, rules.zone).date() - timedelta(days=_DAYS_AGO[callback_data.act])
    if waiting := born.expected(family):
        await born.born(tx, family.id, day, len(waiting), now, rules)
    return await _show(tx, colleague, family.id, t, languages, now, rules)


async def ask_where(
    _query: CallbackQuery, callback_data: StaffAct, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """To which area."""
    await access.family_for_staff(tx, colleague, callback_data.family)
    others = [(each.id, each.name) for each in await staff_view.other_areas(tx, colleague)]
    return instead(words.area_question(t, callback_data.family, others))


async def ask_parents(
    _query: CallbackQuery,
    callback_data: StaffMove,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The parents are asked; nothing changes before their yes."""
    family, area = callback_data.family, callback_data.area
    await moving.ask_by_staff(tx, colleague, family, area, now, rules)
    return await _show(tx, colleague, family, t, languages, now, rules)
