"""What a family that has stopped said to a colleague: one tap, one count (mission I7)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers import staff_pages
from handlers.desk import Desk
from messaging import reason_texts
from messaging.reason_buttons import StaffAskWhy, StaffTellWhy
from messaging.replies import Reply, instead
from services import access, reasons


def register(router: Router) -> None:
    """The handlers of why; the router is for staff alone."""
    on = router.callback_query.register
    on(ask, StaffAskWhy.filter())
    on(tell, StaffTellWhy.filter())


async def ask(_query: CallbackQuery, callback_data: StaffAskWhy, desk: Desk) -> Reply:
    """The answers; of a family of which it is known, the family."""
    number = callback_data.family
    family = await access.family_for_staff(desk.tx, desk.colleague, number, desk.now)
    if not reasons.staff_may_tell(family):
        return instead(await staff_pages.show_family(desk, number))
    return instead(reason_texts.ask_staff(desk.t, number))


async def tell(_query: CallbackQuery, callback_data: StaffTellWhy, desk: Desk) -> Reply:
    """Counted; the family's page has the button no more."""
    number, why = callback_data.family, callback_data.why
    await reasons.tell_by_staff(desk.tx, desk.colleague, number, why, desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, number))
