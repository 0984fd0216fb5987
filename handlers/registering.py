"""Staff register a family in under a minute; nothing is stored before the last tap (mission B1).

The questions and their order are in `registering_steps.py`.
"""

from datetime import date

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers import registering_steps as steps
from handlers.desk import Desk
from handlers.registering_steps import Known
from messaging import registering_texts as words
from messaging import spoken
from messaging.callbacks import CallbackData
from messaging.i18n import Languages, Tongue
from messaging.isolates import clean
from messaging.join_texts import for_everybody
from messaging.keyboards import Message as Said
from messaging.picker_buttons import PickDay, ShowMonth, ShowMonths
from messaging.register_buttons import (
    Expected,
    FamilyArea,
    FamilyLanguage,
    FamilySpoken,
    FirstChild,
    Interpreter,
    NewFamily,
    Protected,
    RegisterNow,
    SpokenPage,
    StepBack,
)
from messaging.registering_texts import BORN, DUE
from messaging.replies import Reply, instead, say
from messaging.staff_texts import invitation
from services import registering

LONGEST_LABEL = 40

_ANSWERS = (FamilyArea, FirstChild, FamilyLanguage, FamilySpoken, Interpreter, Protected)


class Registering(StatesGroup):
    """A family is being described."""

    going_on = State()


def register(router: Router) -> None:
    """The handlers of registering; the router is for staff alone."""
    on, going_on = router.callback_query.register, StateFilter(Registering)
    ours = F.why.in_({BORN, DUE})
    on(begin, NewFamily.filter())
    for answer in _ANSWERS:
        on(answered, answer.filter(), going_on)
    on(answered, PickDay.filter(ours), going_on)
    on(turn, Expected.filter(), going_on)
    on(turn, ShowMonth.filter(ours), going_on)
    on(turn, ShowMonths.filter(ours), going_on)
    on(turn, SpokenPage.filter(), going_on)
    on(step_back, StepBack.filter(), going_on)
    on(finish, RegisterNow.filter(), going_on)
    written = F.content_type == ContentType.TEXT
    router.message.register(take_label, going_on, written)


async def _areas(desk: Desk) -> list[registering.Row]:
    return await registering.open_areas(desk.tx, desk.colleague)


async def _page(desk: Desk, known: Known) -> Said:
    """The question that the conversation is at."""
    t = desk.t
    match known["at"]:
        case steps.AREA:
            return words.ask_area(t, [(each.id, each.name) for each in await _areas(desk)])
        case steps.DAY:
            return words.ask_born(t, steps.born_days(desk.today), first=not known["several"])
        case steps.FIRST:
            return words.ask_first_child(t)
        case steps.LANGUAGE:
            return words.ask_family_language(t, desk.languages)
        case steps.SPOKEN:
            return words.ask_spoken(t, spoken.offered(desk.languages))
        case steps.INTERPRETER:
            return words.ask_interpreter(t)
        case _:
            return words.check_family(t, steps.draft(known))


async def begin(_query: CallbackQuery, state: FSMContext, desk: Desk) -> Reply:
    """A new family: where does it live? Not asked of who works in one area."""
    await state.clear()
    areas = await _areas(desk)
    if not areas:
        return instead(words.no_open_area(desk.t))
    known = steps.begin(areas)
    await state.set_state(Registering.going_on)
    await state.set_data(known)
    return instead(await _page(desk, known))


async def answered(
    _query: CallbackQuery, callback_data: CallbackData, state: FSMContext, desk: Desk
) -> Reply:
    """One answer; then the next question, or the same one to a press that was meant for another."""
    known, areas = await state.get_data(), await _areas(desk)
    known = steps.learn(known, callback_data, areas, desk.today, desk.languages)
    await state.set_data(known)
    return instead(await _page(desk, known))


async def step_back(_query: CallbackQuery, state: FSMContext, desk: Desk) -> Reply:
    """The question before."""
    known = steps.back(await state.get_data())
    await state.set_data(known)
    return instead(await _page(desk, known))


async def turn(
    _query: CallbackQuery,
    callback_data: Expected | ShowMonth | ShowMonths | SpokenPage,
    state: FSMContext,
    desk: Desk,
) -> Reply:
    """Another page of the same question."""
    known = await state.get_data()
    page = _turned(known["at"], callback_data, desk.t, desk.languages, desk.today)
    return instead(page or await _page(desk, known))


def _turned(
    at: str, pressed: CallbackData, t: Tongue, languages: Languages, today: date
) -> Said | None:
    born, due = steps.born_days(today), steps.due_days(today)
    match at, pressed:
        case ("day", Expected(on=True)):
            return words.due_months(t, due, 0)
        case ("day", ShowMonth(why="rgb")):
            return words.born_month(t, born, pressed.on)
        case ("day", ShowMonth()):
            return words.due_month(t, due, pressed.on)
        case ("day", ShowMonths(why="rgb")):
            return words.born_months(t, born, pressed.page)
        case ("day", ShowMonths()):
            return words.due_months(t, due, pressed.page)
        case ("spoken", SpokenPage()):
            return words.ask_spoken(t, spoken.offered(languages), pressed.page)
        case _:
            return None


async def take_label(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """Staff's own short word, at the end; written earlier it is not kept."""
    known = await state.get_data()
    if known["at"] == steps.CHECK:
        known = {**known, "label": clean(message.text or "")[:LONGEST_LABEL].strip() or None}
        await state.set_data(known)
    return say(await _page(desk, known))


async def finish(_query: CallbackQuery, state: FSMContext, desk: Desk) -> Reply:
    """Registered: the words to say aloud, the picture to scan, the link to send."""
    known, t = await state.get_data(), desk.t
    if known["at"] != steps.CHECK:
        return instead(await _page(desk, known))
    answers = steps.answers(known)
    done = await registering.register(desk.tx, desk.colleague, answers, desk.now, desk.rules)
    await state.clear()
    if done.link is None:
        return instead(words.registered_without_chat(t, done.family_id, done.area))
    return instead(
        Said(words.is_registered(t, done.family_id, done.area)),
        *aloud(known["family_language"], desk.languages),
        words.link_to_show(t, done.family_id, done.link),
    )


def aloud(code: str, languages: Languages) -> list[Said]:
    """What to say, in the family's language and in Swedish; in easy words for all others."""
    others = for_everybody(languages)
    first = [languages.get(code)] if code in languages.codes else others
    both = dict.fromkeys((*first, languages.get(languages.codes[0])))
    return [Said(invitation(each)) for each in both]
