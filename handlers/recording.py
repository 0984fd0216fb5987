"""Staff read texts aloud: language, group, the next missing one, a voice message, keep (F5)."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import recording_texts as words
from messaging import scripts
from messaging.keyboards import VOICE_NAME, File, FileKind
from messaging.keyboards import Message as Said
from messaging.recording_texts import Line, Progress
from messaging.replies import Reply, instead, say
from messaging.speech import Group, Script
from messaging.voice_buttons import (
    HearRecording,
    KeepRecording,
    OneRecording,
    RecordAgain,
    RecordingList,
    Recordings,
    RecordingsIn,
    RecordNext,
    RemoveRecording,
)
from programme.errors import NotYours
from services import recordings
from services.guide import pages_now
from services.recordings import Recording, Shelf

PER_SCREEN = 8


class Speaking(StatesGroup):
    """A colleague is to speak a text as their next message."""

    text = State()


def register(router: Router) -> None:
    """The handlers of recordings; the router is for staff alone."""
    on = router.callback_query.register
    on(show_languages, Recordings.filter())
    on(show_groups, RecordingsIn.filter())
    on(show_next, RecordNext.filter())
    on(show_list, RecordingList.filter())
    on(show_one, OneRecording.filter())
    on(hear, HearRecording.filter())
    on(keep, KeepRecording.filter())
    on(again, RecordAgain.filter())
    on(remove, RemoveRecording.filter())
    router.message.register(take_voice, StateFilter(Speaking.text), F.voice)
    router.message.register(want_voice, StateFilter(Speaking.text))


async def _shelf(desk: Desk, language: str) -> Shelf:
    """Everything of that language; raises NotYours."""
    recordings.check(desk.colleague)
    if language not in desk.languages.codes:
        raise NotYours
    t = desk.languages.get(language)
    found = scripts.wanted(t, desk.languages, await pages_now(t, desk.tx))
    return await recordings.shelf(desk.tx, language, found)


async def show_languages(_query: CallbackQuery, state: FSMContext, desk: Desk) -> Reply:
    """The languages, with how much of each can be heard."""
    await state.clear()
    shelves = [(code, await _shelf(desk, code)) for code in desk.languages.codes]
    found = [(code, shelf.done(), len(shelf.scripts)) for code, shelf in shelves]
    return instead(words.record_languages(desk.t, found))


async def show_groups(
    _query: CallbackQuery, callback_data: RecordingsIn, state: FSMContext, desk: Desk
) -> Reply:
    """The groups of one language."""
    await state.clear()
    shelf = await _shelf(desk, callback_data.language)
    return instead(words.record_groups(desk.t, callback_data.language, _progress(shelf)))


def _progress(shelf: Shelf) -> list[Progress]:
    return [
        Progress(
            group,
            shelf.done(group),
            shelf.old(group),
            sum(each.group is group for each in shelf.scripts),
        )
        for group in Group
    ]


async def show_next(
    _query: CallbackQuery, callback_data: RecordNext, state: FSMContext, desk: Desk
) -> Reply:
    """The next text that nobody has spoken."""
    asked = callback_data
    return instead(await _next(desk, state, asked.language, asked.group, max(asked.skip, 0)))


async def _next(
    desk: Desk,
    state: FSMContext,
    language: str,
    group: Group,
    skip: int = 0,
    after: Script | None = None,
) -> Said:
    """The missing text of that number, or the first one after that script."""
    shelf = await _shelf(desk, language)
    missing = shelf.missing(group)
    if not missing:
        await state.clear()
        return words.record_all_done(desk.t, language, group)
    if after is not None:
        order = {each.key: n for n, each in enumerate(shelf.scripts)}
        skip = sum(order[each.key] <= order[after.key] for each in missing)
    at = skip if skip < len(missing) else 0
    following = at + 1 if len(missing) > 1 else None
    return await _ask(desk, state, language, shelf, missing[at], following)


async def _ask(
    desk: Desk,
    state: FSMContext,
    language: str,
    shelf: Shelf,
    script: Script,
    following: int | None = None,
) -> Said:
    """Ask for that text, and wait for a voice message."""
    await state.set_state(Speaking.text)
    await state.set_data({"language": language, "key": script.key})
    group = script.group
    n = sum(each.group is group for each in shelf.scripts)
    return words.record_ask(desk.t, language, script, shelf.done(group), n, following)


async def take_voice(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The text is spoken; its sound is fetched once this is committed."""
    known, voice = await state.get_data(), message.voice
    script = _script(await _shelf(desk, known["language"]), known["key"])
    if voice is None or script is None:
        raise NotYours
    if fault := recordings.fault_of(voice.duration, voice.file_size or 0):
        return say(words.record_refused(desk.t, known["language"], fault))
    await recordings.send(
        desk.tx,
        desk.colleague,
        script,
        known["language"],
        voice.file_id,
        voice.duration,
        desk.now,
    )
    await state.clear()
    return say(Said(words.record_taken(desk.t)))


async def want_voice(_message: Message, state: FSMContext, desk: Desk) -> Reply:
    """Something else was sent: it is not read, and not fetched."""
    return say(words.record_wants_voice(desk.t, (await state.get_data())["language"]))


def _script(shelf: Shelf, key: str) -> Script | None:
    return next((each for each in shelf.scripts if each.key == key), None)


async def keep(
    _query: CallbackQuery, callback_data: KeepRecording, state: FSMContext, desk: Desk
) -> Reply:
    """It is good: families hear it, and the next one is asked for."""
    kept = await recordings.keep(desk.tx, desk.colleague, callback_data.recording)
    return await _go_on(desk, state, kept, words.record_kept(desk.t), kept=True)


async def remove(
    _query: CallbackQuery, callback_data: RemoveRecording, state: FSMContext, desk: Desk
) -> Reply:
    """It goes; the text is missing again."""
    gone = await recordings.remove(desk.tx, desk.colleague, callback_data.recording)
    return await _go_on(desk, state, gone, words.record_removed(desk.t))


async def _go_on(
    desk: Desk, state: FSMContext, found: Recording, said: str, kept: bool = False
) -> Reply:
    """What was done, then the next missing text; a file stays where it is, so it is said below."""
    shelf = await _shelf(desk, found.language)
    script = _script(shelf, found.key)
    if script is None:
        await state.clear()
        return say(Said(said), words.record_groups(desk.t, found.language, _progress(shelf)))
    after = script if kept else None
    return say(Said(said), await _next(desk, state, found.language, script.group, after=after))


async def again(
    _query: CallbackQuery, callback_data: RecordAgain, state: FSMContext, desk: Desk
) -> Reply:
    """The same text once more; what families hear now stays until the new one is kept."""
    found = await recordings.one(desk.tx, desk.colleague, callback_data.recording)
    shelf = await _shelf(desk, found.language)
    script = _script(shelf, found.key)
    if script is None:
        raise NotYours
    return say(await _ask(desk, state, found.language, shelf, script))


async def show_list(
    _query: CallbackQuery, callback_data: RecordingList, state: FSMContext, desk: Desk
) -> Reply:
    """What has been recorded of a group."""
    await state.clear()
    asked = callback_data
    lines = _lines(await _shelf(desk, asked.language), asked.group)
    screen = max(asked.screen, 0)
    begin = screen * PER_SCREEN
    shown, more = lines[begin : begin + PER_SCREEN], len(lines) > begin + PER_SCREEN
    return instead(words.record_list(desk.t, asked.language, asked.group, shown, screen, more))


def _lines(shelf: Shelf, group: Group) -> Sequence[Line]:
    return [
        Line(shelf.standing[each.key].id, each.words, not shelf.stands(each))
        for each in shelf.scripts
        if each.group is group and each.key in shelf.standing
    ]


async def show_one(_query: CallbackQuery, callback_data: OneRecording, desk: Desk) -> Reply:
    """One recording, with what it says."""
    found = await recordings.one(desk.tx, desk.colleague, callback_data.recording)
    shelf = await _shelf(desk, found.language)
    script = _script(shelf, found.key)
    spoken, old = (script.words, script.mark != found.words) if script else ("", True)
    return instead(
        words.record_one(desk.t, found.id, spoken, found.speaker, found.made_at.date(), old)
    )


async def hear(_query: CallbackQuery, callback_data: HearRecording, desk: Desk) -> Reply:
    """How families hear it."""
    content, seconds = await recordings.sound(desk.tx, desk.colleague, callback_data.recording)
    return say(Said("", file=File(FileKind.VOICE, VOICE_NAME, content, seconds)))
