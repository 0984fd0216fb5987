"""/report: whoever runs an area sees its figures, as text, pictures, a table (mission I1, I3)."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import report_pages as words
from messaging import staff_texts
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from messaging.report_buttons import EVERYWHERE, ReportArea, ReportFile, ReportOf
from programme.errors import NotYours
from programme.periods import Period
from services import own_areas, report_files, reports
from services.report_files import Form
from services.reports import Wanted


def register_commands(router: Router) -> None:
    """What is typed; before everything else that begins with a slash."""
    router.message.register(begin, Command("report"))


def register(router: Router) -> None:
    """The handlers of the report; the router is for staff alone."""
    on = router.callback_query.register
    on(choose, ReportArea.filter())
    on(show, ReportOf.filter())
    on(send, ReportFile.filter())


async def begin(_message: Message, state: FSMContext, desk: Desk) -> Reply:
    """Typed: which area, or which time of the only one."""
    await state.clear()
    try:
        return say(await _which(desk, None))
    except NotYours:
        return say(staff_texts.staff_menu(desk.t, desk.colleague.member))


async def choose(_query: CallbackQuery, callback_data: ReportArea, desk: Desk) -> Reply:
    """Which area, then which time."""
    return instead(await _which(desk, callback_data.area))


async def _which(desk: Desk, area: int | None) -> Said:
    own = await own_areas.managed(desk.tx, desk.colleague)
    everywhere = own_areas.is_everywhere(desk.colleague)
    if area is None and (everywhere or len(own) != 1):
        return words.which_area(desk.t, [(row.id, row.name) for row in own], everywhere)
    chosen = own[0].id if area is None else area
    if chosen not in {*(row.id for row in own), *([EVERYWHERE] if everywhere else [])}:
        raise NotYours
    times = await reports.times(desk.tx, desk.today)
    return words.which_time(desk.t, chosen, times, reports.not_over(desk.today))


async def show(_query: CallbackQuery, callback_data: ReportOf, desk: Desk) -> Reply:
    """The figures in short."""
    try:
        found = await _wanted(desk, callback_data)
    except reports.NothingToTell:
        return instead(words.nothing_yet(desk.t))
    area = None if found.together else found.areas[0].name
    return instead(words.figures(desk.t, callback_data, found.summary, found.report.places, area))


async def send(_query: CallbackQuery, callback_data: ReportFile, desk: Desk) -> Reply:
    """The same as pictures, or as a table; drawn beside the chat, which goes on."""
    try:
        form = Form(callback_data.form)
        found = await _wanted(desk, callback_data)
    except ValueError as error:
        raise NotYours from error
    except reports.NothingToTell:
        return instead(words.nothing_yet(desk.t))
    files = await report_files.beside(desk.tx, desk.t, found, form)
    return say(*words.with_files(desk.t, files, callback_data.so_far))


async def _wanted(desk: Desk, asked: ReportOf | ReportFile) -> Wanted:
    return await reports.ask_by_staff(
        desk.tx,
        desk.colleague,
        Period(asked.first, asked.last),
        desk.now,
        desk.rules,
        area=None if asked.area == EVERYWHERE else asked.area,
        so_far=asked.so_far,
    )
