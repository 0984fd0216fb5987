"""The words of a notice in each language, and its picture (mission E1, E2, E3)."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from handlers.notice_pages import page, shown
from messaging import activity_texts, notice_sending_texts, public_words
from messaging import notice_texts as words
from messaging.keyboards import Message as Said
from messaging.notice_buttons import ActOnNotice, NoticeAct, NoticeIn, NoticeTo, WriteNotice
from messaging.reading import guess_language
from messaging.replies import Reply, instead, say
from messaging.translating_texts import are_asked
from programme.errors import NotYours
from programme.notices import NoticeState, WordingState
from services import composing, correcting
from services.composing import Draft

LARGEST = 10 * 1024 * 1024  # bytes: what Telegram sends as a photo


class Composing(StatesGroup):
    """What a coordinator is to write or send next."""

    words = State()
    picture = State()


def register(router: Router) -> None:
    """The handlers of words and picture."""
    on = router.callback_query.register
    on(show, ActOnNotice.filter(F.act == NoticeAct.WORDS))
    on(ask_translators, ActOnNotice.filter(F.act == NoticeAct.ASK))
    on(show_language, NoticeIn.filter())
    on(choose_language, NoticeTo.filter())
    on(ask_words, WriteNotice.filter())
    on(ask_picture, ActOnNotice.filter(F.act == NoticeAct.PICTURE))
    on(no_picture, ActOnNotice.filter(F.act == NoticeAct.NO_PICTURE))
    router.message.register(take_words, StateFilter(Composing.words), F.text)
    router.message.register(take_picture, StateFilter(Composing.picture))


async def show(
    _query: CallbackQuery, callback_data: ActOnNotice, state: FSMContext, desk: Desk
) -> Reply:
    """How far the words are."""
    await state.clear()
    return instead(await _words(desk, callback_data.notice))


async def _words(desk: Desk, number: int, said: str = "") -> Said:
    found = await composing.view(desk.tx, desk.colleague, number)
    return words.notice_words(desk.t, shown(found), desk.languages.codes, said)


async def ask_translators(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """For every chosen language without words."""
    number, act = callback_data.notice, (desk.now, desk.rules)
    asked = await composing.ask_translators(desk.tx, desk.colleague, number, *act)
    said = are_asked(desk.t, asked.languages, asked.nobody, asked.nothing)
    return instead(await _words(desk, number, said))


async def show_language(
    _query: CallbackQuery, callback_data: NoticeIn, state: FSMContext, desk: Desk
) -> Reply:
    """The words in one language."""
    await state.clear()
    found = await composing.view(desk.tx, desk.colleague, callback_data.notice)
    return instead(_language(desk, found, callback_data.language))


def _language(desk: Desk, found: Draft, code: str, said: str = "") -> Said:
    if code not in desk.languages.codes:
        raise NotYours
    there, theirs = found.written(code), desk.languages.get(code)
    waits = there.id if there and there.state is WordingState.GIVEN else 0
    written = there.words if there else None
    return words.notice_language(desk.t, theirs, shown(found), written, waits, said)


async def choose_language(_query: CallbackQuery, callback_data: NoticeTo, desk: Desk) -> Reply:
    """Send it in that language too, or not; one stays."""
    number, code = callback_data.notice, callback_data.language
    found = await composing.draft(desk.tx, desk.colleague, number)
    wanted = {*found.notice.audience.languages} - {code}
    wanted |= {code} if callback_data.on else set()
    chosen = tuple(each for each in desk.languages.codes if each in wanted)
    if not chosen or code not in desk.languages.codes:
        raise NotYours
    at = replace(found.notice.audience, languages=chosen)
    await composing.aim(desk.tx, desk.colleague, number, at)
    return instead(await _words(desk, number))


async def ask_words(
    _query: CallbackQuery, callback_data: WriteNotice, state: FSMContext, desk: Desk
) -> Reply:
    """Write them as the next message."""
    number, code = callback_data.notice, callback_data.language
    found = await composing.view(desk.tx, desk.colleague, number)
    if code not in desk.languages.codes or found.notice.activity is not None:
        raise NotYours
    await state.set_state(Composing.words)
    await state.set_data({"notice": number, "language": code})
    return say(words.notice_write(desk.t, code, number))


async def take_words(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The words, if they can be shown; else why not, and they can be written again."""
    known = await state.get_data()
    number, code = known["notice"], known["language"]
    written = public_words.taken(message.text or "")
    if fault := public_words.fault(written, desk.languages.get(code).rtl):
        again = words.notice_write(desk.t, code, number)
        return say(Said(public_words.fault_text(desk.t, fault)), again)
    await state.clear()
    act = desk.tx, desk.colleague, number, code, written, desk.now, desk.rules
    found = await composing.write(*act)
    said = [await _saved(desk, found), *_doubt(desk, message.text or "", code)]
    return say(_language(desk, found, code, "\n".join(said)))


async def _saved(desk: Desk, found: Draft) -> str:
    """Of a notice that was sent, the words on the phones follow."""
    if found.notice.state is NoticeState.DRAFT:
        return words.notice_saved(desk.t)
    mended = await correcting.correct(desk.tx, desk.colleague, found.notice.id, desk.now)
    return notice_sending_texts.corrected(desk.t, mended.phones, mended.beyond + mended.in_doubt)


def _doubt(desk: Desk, text: str, code: str) -> list[str]:
    guessed = guess_language(text, desk.languages)
    return [] if guessed in {None, code} else [words.looks_like(desk.t, guessed or "", code)]


# --- the picture -------------------------------------------------------------------------------


async def ask_picture(
    _query: CallbackQuery, callback_data: ActOnNotice, state: FSMContext, desk: Desk
) -> Reply:
    """Send it as the next message; of a notice that was sent, in place of the one it has."""
    found = (await composing.view(desk.tx, desk.colleague, callback_data.notice)).notice
    if found.state is not NoticeState.DRAFT and (found.picture is None or found.activity):
        raise NotYours
    await state.set_state(Composing.picture)
    await state.set_data({"notice": callback_data.notice})
    return say(words.send_picture(desk.t, callback_data.notice))


async def take_picture(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """One photo: its number at Telegram is kept, the picture itself is never fetched."""
    known = await state.get_data()
    number, album = known["notice"], message.media_group_id
    if album and album == known.get("album"):
        return Reply()  # the others of the same album are told of once
    if fault := _fault(message):
        await state.update_data(album=album)
        again = words.send_picture(desk.t, number)
        return say(Said(words.picture_fault(desk.t, fault)), again)
    assert message.photo
    await state.clear()
    return say(await page(desk, number, await _pictured(desk, number, message.photo[-1].file_id)))


async def _pictured(desk: Desk, number: int, picture: str) -> str:
    found = await composing.view(desk.tx, desk.colleague, number)
    if found.notice.state is NoticeState.DRAFT:
        await composing.set_picture(desk.tx, desk.colleague, number, picture)
        return words.notice_saved(desk.t)
    await composing.exchange_picture(desk.tx, desk.colleague, number, picture)
    mended = await correcting.correct(desk.tx, desk.colleague, number, desk.now)
    return activity_texts.corrected(desk.t, mended.phones, told=0)


def _fault(message: Message) -> str | None:
    if message.media_group_id:
        return "album"
    if message.document:
        return "file"
    if not message.photo:
        return "none"
    return "large" if (message.photo[-1].file_size or 0) > LARGEST else None


async def no_picture(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """Without a picture, after all."""
    await composing.set_picture(desk.tx, desk.colleague, callback_data.notice, None)
    return instead(await page(desk, callback_data.notice))
