"""From a family's page: a link for one more parent; the one answer corrected (mission A2, B7)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers import staff_pages
from handlers.desk import Desk
from messaging import registering_texts as words
from messaging.register_buttons import CorrectFirst, LinkForAnyone, ParentLink
from messaging.replies import Reply, instead, say
from services import access, registering


def register(router: Router) -> None:
    """The handlers of a family's page; the router is for staff alone."""
    on = router.callback_query.register
    on(ask_whose, ParentLink.filter(F.role.is_(None)))
    on(make_link, ParentLink.filter())
    on(make_link, LinkForAnyone.filter())
    on(ask_first_child, CorrectFirst.filter(F.yes.is_(None)))
    on(correct_first_child, CorrectFirst.filter())


async def ask_whose(_query: CallbackQuery, callback_data: ParentLink, desk: Desk) -> Reply:
    """Which parent is it for?"""
    await access.family_for_staff(desk.tx, desk.colleague, callback_data.family, desk.now)
    return say(words.ask_whose_link(desk.t, callback_data.family))


async def make_link(
    _query: CallbackQuery, callback_data: ParentLink | LinkForAnyone, desk: Desk
) -> Reply:
    """The link and its picture."""
    family = callback_data.family
    role = callback_data.role if isinstance(callback_data, ParentLink) else None
    link = await registering.parent_link(desk.tx, desk.colleague, family, role, desk.now)
    return instead(words.link_to_show(desk.t, family, link, alone=True))


async def ask_first_child(_query: CallbackQuery, callback_data: CorrectFirst, desk: Desk) -> Reply:
    """The answer as it stands, and both others."""
    family = await access.family_for_staff(desk.tx, desk.colleague, callback_data.family, desk.now)
    return instead(words.correct_first_child(desk.t, family.id, family.eligible))


async def correct_first_child(
    _query: CallbackQuery, callback_data: CorrectFirst, desk: Desk
) -> Reply:
    """The answer is another one."""
    family, yes = callback_data.family, bool(callback_data.yes)
    await registering.correct_eligible(desk.tx, desk.colleague, family, yes, desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, family))
