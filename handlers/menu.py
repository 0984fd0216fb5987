"""What a parent can always do: see the menu, change language, ask who we are, stop, come back."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from messaging import join_texts, texts
from messaging.callbacks import MENU_LANGUAGE, MENU_WHO, Menu, Resume, Stop
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, say
from programme.kinds import Rules
from services import home, preferences
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of the menu, for parents who have joined."""
    router = Router(name=__name__)
    router.message.filter(is_parent)
    router.callback_query.filter(is_parent)
    router.message.register(show_menu, Command("help"))
    router.message.register(show_languages, Command("language"))
    router.message.register(stop, Command("stop"))
    router.callback_query.register(show_page, Menu.filter())
    router.callback_query.register(stop, Stop.filter())
    router.callback_query.register(resume, Resume.filter())
    return router


async def show_menu(_message: Message, t: Tongue) -> Reply:
    """Help is wanted: the few things one can do."""
    return say(texts.menu(t))


async def show_languages(_message: Message, languages: Languages) -> Reply:
    """Another language is wanted: all of them, each by its own name."""
    return say(join_texts.choose_language(languages))


async def show_page(
    _query: CallbackQuery,
    callback_data: Menu,
    languages: Languages,
    reader: Reader,
    t: Tongue,
    tx: Tx,
) -> Reply:
    """A button of the menu was pressed."""
    if callback_data.page == MENU_LANGUAGE:
        return say(join_texts.choose_language(languages))
    if callback_data.page == MENU_WHO:
        who = texts.who_are_you(t, await home.employer(tx, reader))
        return say(Said(who, texts.menu_rows(t)))
    return say(texts.menu(t))


async def stop(
    _event: Message | CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """No more messages: done at once, with Undo; a booked visit stands."""
    visit = await preferences.stop(tx, reader, now)
    return say(texts.paused(t, visit.starts_at if visit else None, rules.zone))


async def resume(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """Undo: messages come again, nothing is replayed."""
    await preferences.resume(tx, reader, now, rules)
    return say(Said(texts.resumed(t), texts.menu_rows(t)))
