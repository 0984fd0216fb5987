"""From a family's page: a link for one more parent; the one answer corrected (mission A2, B7)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers import staff_pages
from messaging import registering_texts as words
from messaging.i18n import Languages, Tongue
from messaging.register_buttons import CorrectFirst, LinkForAnyone, ParentLink
from messaging.replies import Reply, instead, say
from programme.kinds import Rules
from services import access, registering, staff_view
from services.access import Colleague
from services.types import Tx


def register(router: Router) -> None:
    """The handlers of a family's page; the router is for staff alone."""
    on = router.callback_query.register
    on(ask_whose, ParentLink.filter(F.role.is_(None)))
    on(make_link, ParentLink.filter())
    on(make_link, LinkForAnyone.filter())
    on(ask_first_child, CorrectFirst.filter(F.yes.is_(None)))
    on(correct_first_child, CorrectFirst.filter())


async def ask_whose(
    _query: CallbackQuery, callback_data: ParentLink, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """Which parent is it for?"""
    await access.family_for_staff(tx, colleague, callback_data.family)
    return say(words.ask_whose_link(t, callback_data.family))


async def make_link(
    _query: CallbackQuery,
    callback_data: ParentLink | LinkForAnyone,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """The link and its picture."""
    family = callback_data.family
    role = callback_data.role if isinstance(callback_data, ParentLink) else None
    link = await registering.parent_link(tx, colleague, family, role, now)
    return instead(words.link_to_show(t, family, link, alone=True))


async def ask_first_child(
    _query: CallbackQuery, callback_data: CorrectFirst, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """The answer as it stands, and both others."""
    family = await access.family_for_staff(tx, colleague, callback_data.family)
    return instead(words.correct_first_child(t, family.id, family.eligible))


async def correct_first_child(
    _query: CallbackQuery,
    callback_data: CorrectFirst,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The answer is another one."""
    family, yes = callback_data.family, bool(callback_data.yes)
    await registering.correct_eligible(tx, colleague, family, yes, now, rules)
    page = await staff_view.family_page(tx, colleague, family, now, rules, languages.codes)
    return instead(staff_pages.family_page(t, page, rules))
