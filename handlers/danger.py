"""Danger words first, and clearing the chat: quick, quiet and honest (mission B12)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from messaging import exit_texts
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.reading import guess_language, is_emergency
from messaging.replies import Reply, instead, say
from messaging.trust_buttons import ClearAll, ClearNow, DeleteSent, Trust, TrustPage
from services import clearing
from services.types import Tx


def make_router() -> Router:
    """The handlers that come before all others of a parent's chat."""
    router = Router(name=__name__)
    router.message.register(danger, F.content_type == ContentType.TEXT, in_danger)
    router.message.register(show_exit, Command("clear"), is_parent)
    pressed = router.callback_query
    pressed.register(show_exit, Trust.filter(F.page == TrustPage.EXIT), is_parent)
    pressed.register(clear_all, ClearAll.filter(), is_parent)
    pressed.register(clear_now, ClearNow.filter())
    pressed.register(delete_sent, DeleteSent.filter(), is_parent)
    return router


async def in_danger(message: Message, languages: Languages) -> bool:
    """Danger words are heard before everything else."""
    return is_emergency(message.text or "", languages)


async def danger(message: Message, t: Tongue | None, languages: Languages) -> Reply:
    """Who helps at once, also for somebody whose language nobody knows yet."""
    return danger_reply(t or _guessed(message, languages))


def danger_reply(t: Tongue) -> Reply:
    """The answer to danger words, which is gone in ten minutes with what it answers."""
    return Reply(messages=(exit_texts.danger(t),), fades=t.code)


def _guessed(message: Message, languages: Languages) -> Tongue:
    code = guess_language(message.text or "", languages)
    return languages.get(code or languages.codes[0])


async def show_exit(_event: Message | CallbackQuery, t: Tongue) -> Reply:
    """What clearing does, and what it cannot do."""
    return say(exit_texts.before_clearing(t))


async def clear_all(query: CallbackQuery, t: Tongue, tx: Tx, now: datetime) -> Reply:
    """Everything here goes, at once; the answer in ten minutes."""
    await clearing.everything(tx, query.from_user.id, now, t.code)
    return Reply(messages=(exit_texts.cleared(t),), fades=t.code)


async def clear_now(query: CallbackQuery, tx: Tx, now: datetime) -> Reply:
    """What would go in ten minutes goes now; nothing is said to it."""
    await clearing.at_once(tx, query.from_user.id, now)
    return Reply()


async def delete_sent(
    query: CallbackQuery, callback_data: DeleteSent, t: Tongue, tx: Tx, now: datetime
) -> Reply:
    """A message of the person's own, in their own chat: a forged number finds nothing else."""
    await clearing.delete_one(tx, query.from_user.id, callback_data.message, now)
    return instead(Said(exit_texts.deleted(t)))
