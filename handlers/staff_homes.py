"""Staff split a family, join it again, and shield it from the chat (mission B15)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers import staff_pages
from handlers.desk import Desk
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
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.replies import Reply, instead
from programme.errors import NotYours
from services import access, protection, registering, staff_view, two_homes
from services.staff_view import FamilyPage, Parent
from services.two_homes import Keeps


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


async def _page(desk: Desk, family: int) -> FamilyPage:
    """The family's page; raises NotYours also where nothing may be done: after a loss."""
    page = await staff_view.family_page(
        desk.tx, desk.colleague, family, desk.now, desk.rules, desk.languages.codes
    )
    if page.rests:
        raise NotYours
    return page


def _name(t: Tongue, parent: Parent) -> Ready:
    language = t.language_name(parent.spoken or parent.language)
    return home_texts.parent_name(t, parent.role, language)


async def more(_query: CallbackQuery, callback_data: StaffHomes, desk: Desk) -> Reply:
    """One home or two, chat or none."""
    page = await _page(desk, callback_data.family)
    parents = [(each.id, each.home, _name(desk.t, each)) for each in page.parents]
    return instead(
        home_texts.more_about(desk.t, page.name.family_id, page.split, page.protected, parents)
    )


async def ask_second(_query: CallbackQuery, callback_data: StaffHomes, desk: Desk) -> Reply:
    """Who lives in the second home."""
    page = await _page(desk, callback_data.family)
    parents = [(each.id, _name(desk.t, each)) for each in page.parents]
    return instead(home_texts.which_second(desk.t, page.name.family_id, parents))


async def split(_query: CallbackQuery, callback_data: SecondHome, desk: Desk) -> Reply:
    """Two homes from now on; where visits are booked, with which they are is asked first."""
    family, guardian, keeps = callback_data.family, callback_data.guardian, callback_data.keeps
    await _page(desk, family)
    if keeps == ASK and await two_homes.booked(desk.tx, desk.colleague, family, desk.now):
        return instead(home_texts.which_keeps(desk.t, family, guardian))
    if keeps not in {ASK, *Keeps}:
        raise NotYours
    chosen = Keeps.FIRST if keeps == ASK else Keeps(keeps)
    await two_homes.split_by_staff(
        desk.tx, desk.colleague, family, guardian, chosen, desk.now, desk.rules
    )
    return instead(await staff_pages.show_family(desk, family))


async def change_home(_query: CallbackQuery, callback_data: ChangeHome, desk: Desk) -> Reply:
    """A parent lives in the other of the two."""
    family, guardian = callback_data.family, callback_data.guardian
    await _page(desk, family)
    await two_homes.change_home(desk.tx, desk.colleague, family, guardian, desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, family))


async def make_link(_query: CallbackQuery, callback_data: HomeLink, desk: Desk) -> Reply:
    """A link that opens one of the two homes, and its picture."""
    family, home = callback_data.family, callback_data.home
    link = await registering.parent_link(desk.tx, desk.colleague, family, None, desk.now, home)
    return instead(registering_texts.link_to_show(desk.t, family, link, alone=True))


async def join_again(_query: CallbackQuery, callback_data: StaffHomes, desk: Desk) -> Reply:
    """One home again."""
    await _page(desk, callback_data.family)
    await two_homes.join_again(desk.tx, desk.colleague, callback_data.family, desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, callback_data.family))


async def ask_protect(_query: CallbackQuery, callback_data: StaffHomes, desk: Desk) -> Reply:
    """What protected identity means here."""
    await access.family_for_staff(desk.tx, desk.colleague, callback_data.family, desk.now)
    return instead(home_texts.protect_question(desk.t, callback_data.family))


async def protect(_query: CallbackQuery, callback_data: StaffHomes, desk: Desk) -> Reply:
    """No chat from now on."""
    await protection.protect(desk.tx, desk.colleague, callback_data.family, desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, callback_data.family))


async def chat_again(_query: CallbackQuery, callback_data: StaffHomes, desk: Desk) -> Reply:
    """The chat may be used again."""
    await protection.end(desk.tx, desk.colleague, callback_data.family, desk.now, desk.rules)
    return instead(await staff_pages.show_family(desk, callback_data.family))
