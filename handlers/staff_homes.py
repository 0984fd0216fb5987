"""Staff split a family, join it again, and shield it from the chat (mission B15)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers import staff_pages
from messaging import home_texts, registering_texts
from messaging.home_buttons import (
    ASK,
    CHAT,
    JOIN,
    MORE,
    PROTECT,
    PROTECTED,
    SPLIT,
    ChangeHome,
    HomeLink,
    SecondHome,
    StaffHomes,
)
from messaging.i18n import Languages, Tongue
from messaging.isolates import Ready
from messaging.replies import Reply, instead
from programme.errors import NotYours
from programme.kinds import Rules
from services import access, protection, registering, staff_view, two_homes
from services.access import Colleague
from services.staff_view import FamilyPage, Parent
from services.two_homes import Keeps
from services.types import Tx


def register(router: Router) -> None:
    """The handlers of homes; the router is for staff alone."""
    on = router.callback_query.register
    on(more, StaffHomes.filter(F.act == MORE))
    on(ask_second, StaffHomes.filter(F.act == SPLIT))
    on(join_again, StaffHomes.filter(F.act == JOIN))
    on(ask_protect, StaffHomes.filter(F.act == PROTECT))
    on(protect, StaffHomes.filter(F.act == PROTECTED))
    on(chat_again, StaffHomes.filter(F.act == CHAT))
    on(split, SecondHome.filter())
    on(change_home, ChangeHome.filter())
    on(make_link, HomeLink.filter())


async def _page(
    tx: Tx, who: Colleague, family: int, languages: Languages, now: datetime, rules: Rules
) -> FamilyPage:
    """The family's page; raises NotYours also where nothing may be done: after a loss."""
    page = await staff_view.family_page(tx, who, family, now, rules, languages.codes)
    if page.rests:
        raise NotYours
    return page


def _name(t: Tongue, parent: Parent) -> Ready:
    language = t.language_name(parent.spoken or parent.language)
    return home_texts.parent_name(t, parent.role, language)


async def more(
    _query: CallbackQuery,
    callback_data: StaffHomes,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """One home or two, chat or none."""
    page = await _page(tx, colleague, callback_data.family, languages, now, rules)
    parents = [(each.id, each.home, _name(t, each)) for each in page.parents]
    return instead(
        home_texts.more_about(t, page.name.family_id, page.split, page.protected, parents)
    )


async def ask_second(
    _query: CallbackQuery,
    callback_data: StaffHomes,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Who lives in the second home."""
    page = await _page(tx, colleague, callback_data.family, languages, now, rules)
    parents = [(each.id, _name(t, each)) for each in page.parents]
    return instead(home_texts.which_second(t, page.name.family_id, parents))


async def split(
    _query: CallbackQuery,
    callback_data: SecondHome,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Two homes from now on; where visits are booked, with which they are is asked first."""
    family, guardian, keeps = callback_data.family, callback_data.guardian, callback_data.keeps
    await _page(tx, colleague, family, languages, now, rules)
    if keeps == ASK and await two_homes.booked(tx, colleague, family, now):
        return instead(home_texts.which_keeps(t, family, guardian))
    if keeps not in {ASK, *Keeps}:
        raise NotYours
    chosen = Keeps.FIRST if keeps == ASK else Keeps(keeps)
    await two_homes.split_by_staff(tx, colleague, family, guardian, chosen, now, rules)
    page = await _page(tx, colleague, family, languages, now, rules)
    return instead(staff_pages.family_page(t, page, rules))


async def change_home(
    _query: CallbackQuery,
    callback_data: ChangeHome,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """A parent lives in the other of the two."""
    family, guardian = callback_data.family, callback_data.guardian
    await _page(tx, colleague, family, languages, now, rules)
    await two_homes.change_home(tx, colleague, family, guardian, now, rules)
    page = await _page(tx, colleague, family, languages, now, rules)
    return instead(staff_pages.family_page(t, page, rules))


async def make_link(
    _query: CallbackQuery,
    callback_data: HomeLink,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """A link that opens one of the two homes, and its picture."""
    family, home = callback_data.family, callback_data.home
    link = await registering.parent_link(tx, colleague, family, None, now, home)
    return instead(registering_texts.link_to_show(t, family, link, alone=True))


async def join_again(
    _query: CallbackQuery,
    callback_data: StaffHomes,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """One home again."""
    await _page(tx, colleague, callback_data.family, languages, now, rules)
    await two_homes.join_again(tx, colleague, callback_data.family, now, rules)
    page = await _page(tx, colleague, callback_data.family, languages, now, rules)
    return instead(staff_pages.family_page(t, page, rules))


async def ask_protect(
    _query: CallbackQuery, callback_data: StaffHomes, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """What protected identity means here."""
    await access.family_for_staff(tx, colleague, callback_data.family)
    return instead(home_texts.protect_question(t, callback_data.family))


async def protect(
    _query: CallbackQuery,
    callback_data: StaffHomes,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """No chat from now on."""
    await protection.protect(tx, colleague, callback_data.family, now, rules)
    page = await staff_view.family_page(
        tx, colleague, callback_data.family, now, rules, languages.codes
    )
    return instead(staff_pages.family_page(t, page, rules))


async def chat_again(
    _query: CallbackQuery,
    callback_data: StaffHomes,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The chat may be used again."""
    await protection.end(tx, colleague, callback_data.family, now, rules)
    page = await staff_view.family_page(
        tx, colleague, callback_data.family, now, rules, languages.codes
    )
    return instead(staff_pages.family_page(t, page, rules))
