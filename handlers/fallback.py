"""What nobody else took: free text, files, old and forged buttons. Never a dead end."""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.guide import with_voice
from handlers.joining import Joining
from messaging import guide_texts, join_texts, texts, thread_texts
from messaging.finding import finder
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.reading import guess_language
from messaging.replies import Reply, say
from services.access import Reader
from services.guide import pages_now
from services.types import Tx


def make_router() -> Router:
    """The last handlers."""
    router = Router(name=__name__)
    router.message.register(newcomer, lambda _message, reader: reader is None)
    router.message.register(free_text, F.content_type == ContentType.TEXT)
    router.message.register(something_else)
    router.callback_query.register(old_button)
    return router


async def newcomer(
    _message: Message, state: FSMContext, languages: Languages, t: Tongue | None
) -> Reply:
    """Somebody who has not joined writes: the question they are at is asked again."""
    if t is not None and await state.get_state() == Joining.deciding.state:
        return say(join_texts.ask_consent(t))
    if t is not None:
        return say(Said(join_texts.need_link(t)))
    await state.set_state(Joining.choosing_language)
    return say(join_texts.choose_language(languages))


async def free_text(
    message: Message, reader: Reader, t: Tongue, languages: Languages, tx: Tx, now: datetime
) -> Reply:
    """A parent writes something: the page it is about, else whom to ask.

    Who writes in another of our languages is asked, in that one, whether to switch (mission G6).
    """
    text, rest = message.text or "", reader.resting(now)
    said = await _page_about(text, t, languages, tx) or say(texts.not_understood(t, rest=rest))
    spoken = guess_language(text, languages)
    if spoken is None or spoken == t.code:
        return said
    return replace(said, messages=(*said.messages, texts.i_speak(languages.get(spoken))))


async def _page_about(text: str, t: Tongue, languages: Languages, tx: Tx) -> Reply | None:
    """What the guide says to a question in any language; an unknown command is no question."""
    if text.startswith("/"):
        return None
    found = finder(languages).find(text)
    said = guide_texts.answer(t, found, await pages_now(t, tx)) if found.codes else None
    return await with_voice(said, t, tx) if said else None


async def something_else(message: Message, t: Tongue) -> Reply:
    """A picture, voice, file, sticker or place: not fetched, not kept (mission F8)."""
    return say(thread_texts.no_files(t, message.message_id))


async def old_button(
    _query: CallbackQuery,
    languages: Languages,
    reader: Reader | None,
    t: Tongue | None,
    now: datetime,
) -> Reply:
    """A button that is old, or was never there."""
    if t is None:
        return say(join_texts.choose_language(languages))
    rows = texts.menu_rows(t, reader.resting(now)) if reader else ()
    return say(Said(texts.old_button(t), rows))
