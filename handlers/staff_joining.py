"""A colleague's way in: /start with a one-time link, language first, then the menu (mission H1)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from messaging import join_texts, staff_texts
from messaging.callbacks import ChooseLanguage
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, say
from services import staff_links
from services.access import Colleague, Reader
from services.joining import Link
from services.types import Tx


class StaffJoining(StatesGroup):
    """How far somebody of the staff has come."""

    choosing_language = State()


def make_router() -> Router:
    """The handlers of a colleague's way in."""
    router = Router(name=__name__)
    router.message.register(start, CommandStart(deep_link=True), opens_for_staff)
    choosing = StateFilter(StaffJoining.choosing_language)
    router.callback_query.register(choose_language, ChooseLanguage.filter(), choosing, is_nobody)
    router.message.register(ask_again, choosing, is_nobody, ~F.text.startswith("/start"))
    return router


async def opens_for_staff(_message: Message, command: CommandObject, tx: Tx) -> bool:
    """A link that was made for somebody of the staff."""
    return await staff_links.is_ours(tx, command.args or "")


async def is_nobody(
    _event: Message | CallbackQuery, reader: Reader | None, colleague: Colleague | None
) -> bool:
    """Somebody who is neither a parent nor staff yet."""
    return reader is None and colleague is None


async def start(
    message: Message,
    command: CommandObject,
    state: FSMContext,
    languages: Languages,
    t: Tongue | None,
    tx: Tx,
) -> Reply:
    """The link is opened: language first; a chat that is a parent's already stays theirs."""
    if await staff_links.chat_is_a_parents(tx, message.chat.id):
        return say(Said(staff_texts.chat_is_a_familys(t or next(iter(languages)))))
    await state.set_state(StaffJoining.choosing_language)
    await state.set_data({"staff_code": command.args})
    return say(join_texts.choose_language(languages, others=False))


async def ask_again(_message: Message, languages: Languages) -> Reply:
    """Something else than a language was said."""
    return say(join_texts.choose_language(languages, others=False))


async def choose_language(
    query: CallbackQuery,
    callback_data: ChooseLanguage,
    state: FSMContext,
    languages: Languages,
    tx: Tx,
    now: datetime,
) -> Reply:
    """Welcome, or why the link does not open."""
    if callback_data.code not in languages.codes:
        return say(join_texts.choose_language(languages, others=False))
    t = languages.get(callback_data.code)
    code = str((await state.get_data()).get("staff_code"))
    opened = await staff_links.open_link(tx, code, query.from_user.id, t.code, now)
    await state.clear()
    if opened.colleague is None:
        await state.set_data({"language": t.code})
        return _in_their_language(Said(_why_not(t, opened.link)), t)
    welcome = staff_texts.welcome(t, opened.colleague.member, opened.area)
    return _in_their_language(welcome, t)


def _why_not(t: Tongue, link: Link) -> str:
    match link:
        case Link.USED:
            return join_texts.link_used(t)
        case Link.EXPIRED:
            return join_texts.link_expired(t)
        case _:
            return join_texts.link_unknown(t)


def _in_their_language(message: Said, t: Tongue) -> Reply:
    return Reply(messages=(message,), instead=True, menu=t.code)
