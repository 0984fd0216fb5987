"""/yearly: the blocks of the yearly follow-up, ready to copy (mission I5)."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import staff_texts, yearly_texts
from messaging.note_buttons import YearlyBlocks
from messaging.replies import Reply, say
from messaging.template import SWEDISH
from services import notes, yearly


def register_commands(router: Router) -> None:
    """What is typed; before everything else that begins with a slash."""
    router.message.register(typed, Command("yearly"))


def register(router: Router) -> None:
    """The handlers of the blocks; the router is for staff alone."""
    router.callback_query.register(show, YearlyBlocks.filter())


async def typed(_message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The year that is being worked on."""
    await state.clear()
    if not notes.is_coordinator(desk.colleague):
        return say(staff_texts.staff_menu(desk.t, desk.colleague.member))
    return await _blocks(desk, 0)


async def show(_query: CallbackQuery, callback_data: YearlyBlocks, desk: Desk) -> Reply:
    """A year, by a button."""
    return await _blocks(desk, callback_data.year)


async def _blocks(desk: Desk, year: int) -> Reply:
    found = await yearly.for_colleague(desk.tx, desk.colleague, year, desk.now, desk.rules)
    sv = desk.languages.get(SWEDISH)
    made = yearly_texts.made(sv, found.figures, found.lines)
    content = yearly_texts.as_text(sv, found.year, made)
    there = [yearly_texts.block_message(desk.t, each) for each in made if each.text]
    about = (desk.t, found.year, made, found.months, found.ready, content)
    return say(*there, yearly_texts.overview(*about))
