"""/note: a coordinator keeps one line under a heading of the yearly follow-up (mission I8)."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import note_texts as words
from messaging import staff_texts
from messaging.isolates import clean
from messaging.keyboards import Message as Said
from messaging.note_buttons import (
    ActOnNote,
    FollowUp,
    NewNote,
    NoteAct,
    NoteArea,
    NoteList,
    NoteYear,
    UnderHeading,
)
from messaging.replies import Reply, instead, say
from programme.errors import NotYours
from services import notes


class WritingNote(StatesGroup):
    """A coordinator is to type one line, or to choose its heading."""

    line = State()
    heading = State()


def register_commands(router: Router) -> None:
    """What is typed; before everything else that begins with a slash."""
    router.message.register(begin, Command("note"))


def register(router: Router) -> None:
    """The handlers of lines; the router is for staff alone."""
    on = router.callback_query.register
    on(show_desk, FollowUp.filter())
    on(ask_heading, NewNote.filter())
    on(choose, UnderHeading.filter())
    on(show_list, NoteList.filter())
    on(show, ActOnNote.filter(F.act == NoteAct.SHOW))
    on(ask_words, ActOnNote.filter(F.act == NoteAct.WORDS))
    on(ask_other_heading, ActOnNote.filter(F.act == NoteAct.HEADING))
    on(drop, ActOnNote.filter(F.act == NoteAct.DROP))
    on(set_year, NoteYear.filter())
    on(set_area, NoteArea.filter())
    router.message.register(take_line, StateFilter(WritingNote.line), F.text)


async def begin(_message: Message, command: CommandObject, state: FSMContext, desk: Desk) -> Reply:
    """Typed: with the line, or without it. In both ways the heading is a button."""
    await state.clear()
    if not notes.is_coordinator(desk.colleague):
        return say(staff_texts.staff_menu(desk.t, desk.colleague.member))
    line = clean(command.args or "")
    if not line:
        return say(words.choose_heading(desk.t))
    if fault := notes.line_fault(line):
        again = words.choose_heading(desk.t)
        return say(Said(words.line_refused(desk.t, fault)), again)
    await state.set_state(WritingNote.heading)
    await state.set_data({"line": line})
    return say(words.choose_heading(desk.t, line=line))


async def show_desk(_query: CallbackQuery, state: FSMContext, desk: Desk) -> Reply:
    """Everything about the follow-up."""
    await state.clear()
    _only_coordinators(desk)
    return instead(words.follow_up_desk(desk.t))


def _only_coordinators(desk: Desk) -> None:
    if not notes.is_coordinator(desk.colleague):
        raise NotYours


async def ask_heading(_query: CallbackQuery, state: FSMContext, desk: Desk) -> Reply:
    """A new line."""
    await state.clear()
    _only_coordinators(desk)
    return instead(words.choose_heading(desk.t))


async def choose(
    _query: CallbackQuery, callback_data: UnderHeading, state: FSMContext, desk: Desk
) -> Reply:
    """A heading for a line that is written, for one that is to be, or another one for it."""
    heading, number = callback_data.heading, callback_data.note
    waiting = await state.get_state() == WritingNote.heading
    known = await state.get_data()
    await state.clear()
    if number:
        await notes.move(desk.tx, desk.colleague, number, heading)
        return instead(await _page(desk, number, saved=True))
    if waiting and known.get("line"):
        return instead(await _kept(desk, heading, str(known["line"])))
    _only_coordinators(desk)
    await state.set_state(WritingNote.line)
    await state.set_data({"heading": heading})
    return instead(words.write_line(desk.t, heading))


async def _kept(desk: Desk, heading: notes.Heading, line: str) -> Said:
    tx, colleague = desk.tx, desk.colleague
    number = await notes.keep(tx, colleague, heading, line, desk.now, desk.rules)
    return await _page(desk, number, saved=True)


async def _page(desk: Desk, number: int, saved: bool = False) -> Said:
    shown = await notes.see(desk.tx, desk.colleague, number, desk.now, desk.rules)
    note = shown.note
    others = [year for year in shown.years if year != note.year]
    said = words.note_done(desk.t, "saved") if saved else ""
    about = (number, note.heading, note.line, note.year, others, shown.areas, note.area_id)
    return words.note_page(desk.t, *about, said)


async def take_line(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The line, if it can be kept; else why not, and it can be written again."""
    known = await state.get_data()
    line = clean(message.text or "")
    heading = notes.Heading(known["heading"]) if "heading" in known else None
    if fault := notes.line_fault(line):
        refused = Said(words.line_refused(desk.t, fault))
        return say(refused, words.write_line(desk.t, heading))
    await state.clear()
    if heading:
        return say(await _kept(desk, heading, line))
    number = int(known["note"])
    await notes.reword(desk.tx, desk.colleague, number, line)
    return say(await _page(desk, number, saved=True))


async def show_list(
    _query: CallbackQuery, callback_data: NoteList, state: FSMContext, desk: Desk
) -> Reply:
    """The lines of the years that are open."""
    await state.clear()
    return instead(await _list(desk, callback_data.page))


async def _list(desk: Desk, page: int, said: str = "") -> Said:
    found = await notes.listed(desk.tx, desk.colleague, desk.now, desk.rules)
    lines = [(each.id, each.heading, each.line) for each in found]
    return words.note_list(desk.t, lines, page, said)


async def show(
    _query: CallbackQuery, callback_data: ActOnNote, state: FSMContext, desk: Desk
) -> Reply:
    """One line."""
    await state.clear()
    return instead(await _page(desk, callback_data.note))


async def ask_words(
    _query: CallbackQuery, callback_data: ActOnNote, state: FSMContext, desk: Desk
) -> Reply:
    """It is typed anew."""
    await notes.see(desk.tx, desk.colleague, callback_data.note, desk.now, desk.rules)
    await state.set_state(WritingNote.line)
    await state.set_data({"note": callback_data.note})
    return say(words.write_line(desk.t, None))


async def ask_other_heading(
    _query: CallbackQuery, callback_data: ActOnNote, state: FSMContext, desk: Desk
) -> Reply:
    """Another heading for it."""
    await state.clear()
    number = callback_data.note
    shown = await notes.see(desk.tx, desk.colleague, number, desk.now, desk.rules)
    return instead(words.choose_heading(desk.t, number, shown.note.line))


async def drop(
    _query: CallbackQuery, callback_data: ActOnNote, state: FSMContext, desk: Desk
) -> Reply:
    """It is gone; a line is written again in ten seconds."""
    await state.clear()
    await notes.drop(desk.tx, desk.colleague, callback_data.note)
    return instead(await _list(desk, 0, words.note_done(desk.t, "dropped")))


async def set_year(_query: CallbackQuery, callback_data: NoteYear, desk: Desk) -> Reply:
    """Until March a line may be about the year before."""
    number, year = callback_data.note, callback_data.year
    await notes.set_year(desk.tx, desk.colleague, number, year, desk.now, desk.rules)
    return instead(await _page(desk, number, saved=True))


async def set_area(_query: CallbackQuery, callback_data: NoteArea, desk: Desk) -> Reply:
    """It is about another of one's areas."""
    number = callback_data.note
    await notes.set_area(desk.tx, desk.colleague, number, callback_data.area)
    return instead(await _page(desk, number, saved=True))
