"""What staff do with a family or with their area, each in one or two taps."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers import staff_pages
from handlers.desk import Desk
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
from messaging.replies import Reply, instead
from services import access, born, loss, moving, staff_view

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


async def begin_loss(_query: CallbackQuery, callback_data: StaffAct, desk: Desk) -> Reply:
    """Do not contact through Lotsen: done at once, with Undo."""
    await loss.begin_by_staff(desk.tx, desk.colleague, callback_data.family, desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, callback_data.family))


async def end_loss(_query: CallbackQuery, callback_data: StaffAct, desk: Desk) -> Reply:
    """Undo, or after a day: messages again from now on."""
    await loss.end_by_staff(desk.tx, desk.colleague, callback_data.family, desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, callback_data.family))


async def turn_on(_query: CallbackQuery, callback_data: StaffLiving, desk: Desk) -> Reply:
    """A person has spoken with the family: about these children only."""
    family, living = callback_data.family, callback_data.living
    if silenced := await loss.turn_on(
        desk.tx, desk.colleague, family, living, desk.now, desk.rules
    ):
        return instead(words.turned_on(desk.t, family, silenced))
    return instead(await staff_pages.show_family(desk, family))


async def turn_off_again(
    _query: CallbackQuery, callback_data: StaffLivingUndo, desk: Desk
) -> Reply:
    """Undo of that, for a day."""
    family, silenced = callback_data.family, callback_data.silenced
    if not await loss.turn_off_again(
        desk.tx, desk.colleague, family, silenced, desk.now, desk.rules
    ):
        return instead(words.too_late(desk.t, family))
    return instead(await staff_pages.show_family(desk, family))


async def ask_when_born(_query: CallbackQuery, callback_data: StaffAct, desk: Desk) -> Reply:
    """On which day."""
    await access.family_for_staff(desk.tx, desk.colleague, callback_data.family, desk.now)
    return instead(words.born_question(desk.t, callback_data.family))


async def is_born(_query: CallbackQuery, callback_data: StaffAct, desk: Desk) -> Reply:
    """Staff confirm the birth; everything expected is here."""
    family = await access.family_for_staff(desk.tx, desk.colleague, callback_data.family, desk.now)
    day = desk.today - timedelta(days=_DAYS_AGO[callback_data.act])
    if waiting := born.expected(family):
        await born.born(desk.tx, family.id, day, len(waiting), desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, family.id))


async def ask_where(_query: CallbackQuery, callback_data: StaffAct, desk: Desk) -> Reply:
    """To which area."""
    await access.family_for_staff(desk.tx, desk.colleague, callback_data.family, desk.now)
    others = [
        (each.id, each.name) for each in await staff_view.other_areas(desk.tx, desk.colleague)
    ]
    return instead(words.area_question(desk.t, callback_data.family, others))


async def ask_parents(_query: CallbackQuery, callback_data: StaffMove, desk: Desk) -> Reply:
    """The parents are asked; nothing changes before their yes."""
    family, area = callback_data.family, callback_data.area
    await moving.ask_by_staff(desk.tx, desk.colleague, family, area, desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, family))
