"""/plan: what is coming to a parent, and what of it they skip (mission C6)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from messaging import plan_texts
from messaging.callbacks import MENU_PLAN, Menu, Plan, Skip
from messaging.i18n import Tongue
from messaging.replies import Reply, instead, say
from programme.coming import Mark
from programme.kinds import Rules
from services import coming
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of the page on what is coming."""
    router = Router(name=__name__)
    router.message.filter(is_parent)
    router.callback_query.filter(is_parent)
    router.message.register(show, Command("plan"))
    router.callback_query.register(show, Menu.filter(F.page == MENU_PLAN))
    router.callback_query.register(turn, Plan.filter())
    router.callback_query.register(skip, Skip.filter())
    return router


async def show(
    _event: Message | CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """The first page."""
    entries = await coming.entries(tx, reader, now, rules)
    return say(plan_texts.plan(t, entries, 0, reader.resting(now), rules.zone))


async def turn(
    _query: CallbackQuery,
    callback_data: Plan,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Another page, in place of the one before."""
    entries, page = await coming.entries(tx, reader, now, rules), callback_data.page
    return instead(plan_texts.plan(t, entries, page, reader.resting(now), rules.zone))


async def skip(
    _query: CallbackQuery,
    callback_data: Skip,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Not this message, or this message after all."""
    name = Mark(callback_data.kind, callback_data.number, callback_data.code)
    entry = await coming.skip(tx, reader, name, callback_data.on, now, rules)
    said = plan_texts.skipped if entry.skipped else plan_texts.not_skipped
    return instead(said(t, entry, rules.zone))
