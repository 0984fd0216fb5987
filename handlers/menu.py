"""What a parent can always do: see the menu, change language, ask who we are."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from messaging import join_texts, texts
from messaging.callbacks import (
    MENU_BORN,
    MENU_GROUPS,
    MENU_LANGUAGE,
    MENU_MORE,
    MENU_OTHER,
    MENU_WHO,
    Menu,
)
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from services import children, home
from services.access import Reader
from services.types import Tx

_FAMILY_S = {MENU_OTHER, MENU_BORN}  # handlers/family.py


def make_router() -> Router:
    """The handlers of the menu, for parents who have joined."""
    router = Router(name=__name__)
    router.message.filter(is_parent)
    router.callback_query.filter(is_parent)
    router.message.register(show_menu, Command("help"))
    router.message.register(show_languages, Command("language"))
    router.callback_query.register(show_more, Menu.filter(F.page.in_(MENU_MORE)))
    router.callback_query.register(show_group, Menu.filter(F.page.in_(MENU_GROUPS)))
    router.callback_query.register(show_who, Menu.filter(F.page == MENU_WHO))
    router.callback_query.register(show_languages, Menu.filter(F.page == MENU_LANGUAGE))
    router.callback_query.register(show_menu, Menu.filter(~F.page.in_(_FAMILY_S)))
    return router


async def show_menu(
    event: Message | CallbackQuery, reader: Reader, t: Tongue, now: datetime
) -> Reply:
    """Help is wanted: the few things one can do; *Back* takes the place of the page it was on."""
    menu = texts.menu(t, reader.resting(now))
    return instead(menu) if isinstance(event, CallbackQuery) else say(menu)


async def show_languages(_event: Message | CallbackQuery, languages: Languages) -> Reply:
    """Another language is wanted: all of them, each by its own name."""
    return say(join_texts.choose_language(languages))


async def show_more(
    _query: CallbackQuery, callback_data: Menu, reader: Reader, t: Tongue, tx: Tx, now: datetime
) -> Reply:
    """The rest of the menu."""
    page = MENU_MORE.index(callback_data.page)
    expecting = await children.expecting(tx, reader)
    shown = texts.menu_more(t, page, reader.resting(now), expecting)
    return instead(shown) if page else say(shown)


async def show_group(_query: CallbackQuery, callback_data: Menu, t: Tongue) -> Reply:
    """A few things of one sort."""
    return instead(texts.menu_group(t, callback_data.page))


async def show_who(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime
) -> Reply:
    """Who we are, and who sends us."""
    who = texts.who_are_you(t, await home.employer(tx, reader))
    return say(Said(who, texts.menu_rows(t, reader.resting(now))))
