"""Staff change an activity, fact by fact: words, place, languages, for whom, places (E10)."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from handlers.errors import Refused
from messaging import activity_field_texts as words
from messaging import public_words
from messaging.activity_buttons import (
    ActivityAct,
    ActOnActivity,
    AskTranslators,
    Field,
    SetField,
    WordsIn,
)
from messaging.activity_texts import activity_done, fewer_than_signed_up
from messaging.isolates import clean
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from messaging.translating_texts import are_asked
from programme.activities import Activity, ActivityState, ForWhom, Interpreter, SigningUp
from programme.errors import FewerThanSignedUp, NotYours
from programme.web_links import is_a_link
from services import activities as acts
from services.activities import Lacks, Page

Choice = TypeVar("Choice", ForWhom, Interpreter, SigningUp)


class WritingActivity(StatesGroup):
    """What a colleague is to write or send next, for which activity."""

    words = State()
    link = State()
    picture = State()


def register(router: Router) -> None:
    """The handlers of an activity's facts."""
    on = router.callback_query.register
    on(ask_words, ActOnActivity.filter(F.act == ActivityAct.WORDS))
    on(act, ActOnActivity.filter())
    on(chosen, SetField.filter())
    on(ask_words_in, WordsIn.filter())
    on(ask_translators, AskTranslators.filter())
    router.message.register(take_words, StateFilter(WritingActivity.words), F.text)
    router.message.register(take_link, StateFilter(WritingActivity.link), F.text)
    router.message.register(take_picture, StateFilter(WritingActivity.picture), F.photo)
    router.message.register(no_picture, StateFilter(WritingActivity.picture))


# --- words -------------------------------------------------------------------------------------


async def ask_words(
    _query: CallbackQuery, callback_data: ActOnActivity, state: FSMContext, desk: Desk
) -> Reply:
    """In which languages it has words."""
    await state.clear()
    return instead(await _words(desk, callback_data.activity))


async def _words(desk: Desk, number: int, said: str = "") -> Said:
    page = await acts.written(desk.tx, desk.colleague, number, desk.languages.codes)
    states = {each.language: str(each.state) for each in page.wordings}
    codes = desk.languages.codes
    may_ask = bool(page.activity.words) and bool(set(page.unsaid) - set(states))
    return words.edit_words(desk.t, page.activity, codes, states, may_ask, said)


async def ask_words_in(
    _query: CallbackQuery, callback_data: WordsIn, state: FSMContext, desk: Desk
) -> Reply:
    """Write them in that language."""
    number, code = callback_data.activity, callback_data.code
    if code not in desk.languages.codes:
        raise NotYours
    page = await acts.written(desk.tx, desk.colleague, number)
    await state.set_state(WritingActivity.words)
    await state.set_data({"activity": number, "code": code})
    before = page.activity.words.get(code)
    return say(words.ask_words(desk.t, page.activity, desk.languages.get(code), before=before))


async def take_words(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """Title and text in one message; nothing of it is cut off in silence."""
    known, new = await state.get_data(), public_words.taken(message.text or "")
    number, code = known["activity"], known["code"]
    page = await acts.written(desk.tx, desk.colleague, number)
    theirs = desk.languages.get(code)
    if fault := public_words.fault(new, theirs.rtl):
        return say(words.ask_words(desk.t, page.activity, theirs, fault))
    await state.clear()
    await acts.write_words(desk.tx, desk.colleague, number, code, new, desk.now, desk.rules)
    return say(await _words(desk, number, activity_done(desk.t, "done")))


async def ask_translators(
    _query: CallbackQuery, callback_data: AskTranslators, desk: Desk
) -> Reply:
    """What is missing is asked of the areas' translators."""
    number, codes = callback_data.activity, desk.languages.codes
    asked = await acts.ask_translators(desk.tx, desk.colleague, number, codes, desk.now, desk.rules)
    return instead(await _words(desk, number, are_asked(desk.t, asked.languages, asked.nobody)))


# --- one fact each ------------------------------------------------------------------------------


async def act(
    _query: CallbackQuery, callback_data: ActOnActivity, state: FSMContext, desk: Desk
) -> Reply:
    """Open one fact, or change what takes one tap."""
    number = callback_data.activity
    page = await acts.written(desk.tx, desk.colleague, number)
    match callback_data.act:
        case ActivityAct.LINK:
            await _wait(state, WritingActivity.link, number)
            return say(words.ask_link(desk.t, page.activity))
        case ActivityAct.PICTURE:
            await _wait(state, WritingActivity.picture, number)
            return say(words.ask_picture(desk.t, page.activity))
        case ActivityAct.CHILDCARE:
            return instead(await _saved(desk, number, childcare=not page.activity.childcare))
        case ActivityAct.FREE:
            return instead(await _saved(desk, number, free=_NEXT_FREE[page.activity.free]))
        case ActivityAct.NO_LINK:
            await state.clear()
            return instead(await _linked(desk, number, None))
        case ActivityAct.NO_PICTURE:
            await state.clear()
            return instead(await _saved(desk, number, picture=None))
        case other:
            return instead(await _question(desk, page, other))


_NEXT_FREE = {None: True, True: False, False: None}


async def _wait(state: FSMContext, what: State, number: int) -> None:
    await state.set_state(what)
    await state.set_data({"activity": number})


async def _question(desk: Desk, page: Page, what: ActivityAct) -> Said:
    t, activity, codes = desk.t, page.activity, desk.languages.codes
    if what in _PLAIN:
        return _PLAIN[what](t, activity)
    match what:
        case ActivityAct.PLACE:
            venues = await acts.places_to_choose(desk.tx, desk.colleague)
            return words.ask_place(t, activity, venues)
        case ActivityAct.SPOKEN:
            return words.ask_spoken(t, activity, codes)
        case ActivityAct.INTERPRETER:
            return words.ask_interpreter(t, activity, codes)
        case ActivityAct.CAPACITY:
            return words.ask_capacity(t, activity, await acts.capacity(desk.tx, activity.id))
        case ActivityAct.AREAS:
            rows = await acts.areas_to_choose(desk.tx, desk.colleague)
            return words.ask_areas(t, activity, [(each.id, each.name) for each in rows])
        case _:
            raise NotYours


_PLAIN = {
    ActivityAct.FOR_WHOM: words.ask_whom,
    ActivityAct.AGE: words.ask_age,
    ActivityAct.SIGNING_UP: words.ask_signing_up,
}


async def _saved(desk: Desk, number: int, **facts: object) -> Said:
    """All that can be changed, after that change; one that families must know stays said."""
    await acts.change(desk.tx, desk.colleague, number, **facts)
    return await _facts(desk, number)


async def _facts(desk: Desk, number: int) -> Said:
    return await _edited(desk, number, activity_done(desk.t, "done"))


async def _edited(desk: Desk, number: int, said: str) -> Said:
    activity = await _whole(desk, number)
    page = await acts.written(desk.tx, desk.colleague, number)
    return words.edit_activity(desk.t, activity, len(page.notices), said)


async def _whole(desk: Desk, number: int) -> Activity:
    """The activity as it is now; raises Refused if it is open and lacks what families must know."""
    page = await acts.written(desk.tx, desk.colleague, number)
    open_ = page.activity.state is ActivityState.OPEN
    if open_ and {Lacks.WHERE, Lacks.SPOKEN} & set(page.lacks):
        said = activity_done(desk.t, "needed")
        raise Refused(say(words.edit_activity(desk.t, page.activity, said=said)))
    return page.activity


async def chosen(_query: CallbackQuery, callback_data: SetField, desk: Desk) -> Reply:
    """One tap out of several; what can be pressed again stays open."""
    page = await acts.written(desk.tx, desk.colleague, callback_data.activity)
    return instead(await _SET[callback_data.field](desk, page, callback_data.value))


async def _set_place(desk: Desk, page: Page, value: str) -> Said:
    place = _number(value) if value else None
    number = page.activity.id
    await acts.set_place(desk.tx, desk.colleague, number, place, desk.now, desk.rules)
    return await _facts(desk, number)


async def _set_area(desk: Desk, page: Page, value: str) -> Said:
    area, number = _number(value), page.activity.id
    await acts.set_area(desk.tx, desk.colleague, number, area, area not in page.activity.areas)
    again = await acts.written(desk.tx, desk.colleague, number)
    return await _question(desk, again, ActivityAct.AREAS)


async def _set_spoken(desk: Desk, page: Page, value: str) -> Said:
    spoken = _toggled(page.activity.spoken, _language(desk, value))
    activity = await _with(desk, page, spoken=spoken)
    return words.ask_spoken(desk.t, activity, desk.languages.codes)


async def _set_interpreter(desk: Desk, page: Page, value: str) -> Said:
    which = _one_of(Interpreter, value) if value else None
    into = ",".join(page.activity.interpreted) if which else ""
    activity = await _with(desk, page, interpreter=which, interpreted=into)
    return words.ask_interpreter(desk.t, activity, desk.languages.codes)


async def _set_interpreted(desk: Desk, page: Page, value: str) -> Said:
    into = _toggled(page.activity.interpreted, _language(desk, value))
    activity = await _with(desk, page, interpreted=into)
    return words.ask_interpreter(desk.t, activity, desk.languages.codes)


async def _set_whom(desk: Desk, page: Page, value: str) -> Said:
    return await _saved(desk, page.activity.id, for_whom=_one_of(ForWhom, value))


async def _set_signing_up(desk: Desk, page: Page, value: str) -> Said:
    how, number = _one_of(SigningUp, value), page.activity.id
    outcome = await acts.set_signing_up(desk.tx, desk.colleague, number, how)
    said = activity_done(desk.t, str(outcome))
    return await _edited(desk, number, said)


async def _set_capacity(desk: Desk, page: Page, value: str) -> Said:
    wanted = _number(value) if value else None
    if wanted is not None and wanted not in words.CAPACITIES:
        raise NotYours
    number = page.activity.id
    try:
        await acts.set_capacity(desk.tx, desk.colleague, number, wanted, desk.now)
    except FewerThanSignedUp as error:
        said = fewer_than_signed_up(desk.t, error.taken, error.capacity)
        return words.ask_capacity(desk.t, page.activity, await acts.capacity(desk.tx, number), said)
    return await _facts(desk, number)


async def _set_youngest(desk: Desk, page: Page, value: str) -> Said:
    """The youngest; then the oldest is asked for."""
    months = _age(value)
    activity = await _with(desk, page, months_from=months or None, months_to=None)
    if months is None:
        return await _facts(desk, page.activity.id)
    return words.ask_oldest(desk.t, activity)


async def _set_oldest(desk: Desk, page: Page, value: str) -> Said:
    months = _age(value)
    if months is not None and months <= (page.activity.months_from or 0):
        raise NotYours
    return await _saved(desk, page.activity.id, months_to=months)


_SET: dict[Field, Callable[[Desk, Page, str], Awaitable[Said]]] = {
    Field.PLACE: _set_place,
    Field.AREA: _set_area,
    Field.SPOKEN: _set_spoken,
    Field.INTERPRETER: _set_interpreter,
    Field.INTERPRETED: _set_interpreted,
    Field.FOR_WHOM: _set_whom,
    Field.SIGNING_UP: _set_signing_up,
    Field.CAPACITY: _set_capacity,
    Field.YOUNGEST: _set_youngest,
    Field.OLDEST: _set_oldest,
}


async def _with(desk: Desk, page: Page, **facts: object) -> Activity:
    await acts.change(desk.tx, desk.colleague, page.activity.id, **facts)
    return await _whole(desk, page.activity.id)


def _age(value: str) -> int | None:
    months = _number(value) if value else None
    if months is not None and months not in words.AGES:
        raise NotYours
    return months


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise NotYours
    return int(value)


def _language(desk: Desk, code: str) -> str:
    if code not in {*desk.languages.codes, *words.MORE_LANGUAGES}:
        raise NotYours
    return code


def _toggled(before: tuple[str, ...], code: str) -> str:
    after = [each for each in before if each != code] + [code] * (code not in before)
    return ",".join(after)


def _one_of(kind: type[Choice], value: str) -> Choice:
    try:
        return kind(value)
    except ValueError as error:
        raise NotYours from error


# --- what is written or sent --------------------------------------------------------------------


async def take_link(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The address of a digital one: https only, for phones show it as it is."""
    number, link = (await state.get_data())["activity"], clean(message.text or "")
    page = await acts.written(desk.tx, desk.colleague, number)
    if not is_a_link(link):
        return say(words.ask_link(desk.t, page.activity, wrong=True))
    await state.clear()
    return say(await _linked(desk, number, link))


async def _linked(desk: Desk, number: int, link: str | None) -> Said:
    await acts.set_link(desk.tx, desk.colleague, number, link, desk.now, desk.rules)
    return await _facts(desk, number)


async def take_picture(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """A photo: Telegram's number of it is kept, the photo itself is never fetched."""
    number = (await state.get_data())["activity"]
    assert message.photo
    await state.clear()
    return say(await _saved(desk, number, picture=message.photo[-1].file_id))


async def no_picture(_message: Message, state: FSMContext, desk: Desk) -> Reply:
    """Anything that is no photo, such as a file."""
    number = (await state.get_data())["activity"]
    page = await acts.written(desk.tx, desk.colleague, number)
    return say(words.ask_picture(desk.t, page.activity, wrong=True))
