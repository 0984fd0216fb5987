"""A parent comes by a poster: three questions, one yes, then the staff decide (mission B2)."""

from datetime import date, datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers import picking
from messaging import join_texts
from messaging import poster_texts as words
from messaging.callbacks import ChooseLanguage, Consent, Eligible
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.picker_buttons import PickDay, ShowMonth, ShowMonths
from messaging.pickers import Days
from messaging.poster_texts import BORN, DUE
from messaging.register_buttons import NotBornYet, StepBack, Withdraw
from messaging.replies import Reply, instead, say
from programme.ages import add_months
from programme.births import OLDEST_MONTHS
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services import posters
from services.access import Colleague, Reader
from services.joining import Newcomer
from services.posters import Applied, Asker
from services.types import Tx

OVERDUE, AHEAD = timedelta(weeks=3), timedelta(weeks=42)


class ByPoster(StatesGroup):
    """How far somebody has come."""

    choosing_language = State()
    first_child = State()
    day = State()
    deciding = State()


def make_router() -> Router:
    """The handlers of who comes by a poster; who has joined, and staff, pass by."""
    router = Router(name=__name__)
    router.message.filter(is_nobody)
    router.callback_query.filter(is_nobody)
    router.message.register(still_waits, waits)
    press = router.callback_query.register
    press(withdraw, Withdraw.filter(), waits)
    press(still_waits, waits)
    router.message.register(start, CommandStart(deep_link=True), is_poster)
    press(choose_language, ChooseLanguage.filter(), StateFilter(ByPoster.choosing_language))
    press(first_child, Eligible.filter(), StateFilter(ByPoster.first_child))
    at_day, ours = StateFilter(ByPoster.day), F.why.in_({BORN, DUE})
    press(not_born_yet, NotBornYet.filter(), at_day)
    press(turn_month, ShowMonth.filter(ours), at_day)
    press(turn_months, ShowMonths.filter(ours), at_day)
    press(choose_day, PickDay.filter(ours), at_day)
    press(decide, Consent.filter(), StateFilter(ByPoster.deciding))
    press(step_back, StepBack.filter(), StateFilter(ByPoster))
    picking.register(router)
    asked = StateFilter(ByPoster.first_child, ByPoster.day, ByPoster.deciding)
    for kind in (Eligible, NotBornYet, PickDay, Consent):
        press(ask_again, kind.filter(), asked)
    router.message.register(written, asked, ~F.text.startswith("/start"))
    return router


async def is_nobody(
    _event: Message | CallbackQuery, reader: Reader | None, colleague: Colleague | None
) -> bool:
    """Somebody who is neither a parent nor staff yet."""
    return reader is None and colleague is None


async def is_poster(_message: Message, command: CommandObject, tx: Tx) -> bool:
    """A link that was ever on a poster."""
    return await posters.knows(tx, command.args or "")


async def waits(
    event: Message | CallbackQuery, state: FSMContext, languages: Languages, tx: Tx
) -> bool | dict[str, Any]:
    """Who waits for the staff's yes, and their language; with a personal link they wait no more."""
    who = await posters.waits(tx, event.from_user.id) if event.from_user else None
    if who is None or (await state.get_state() or "").startswith("Joining:"):
        return False
    if isinstance(event, Message) and await _another_link(event, tx):
        return False
    code = who.language if who.language in languages.codes else languages.codes[0]
    return {"who": who, "t": languages.get(code)}


async def _another_link(message: Message, tx: Tx) -> bool:
    command, _, code = (message.text or "").partition(" ")
    return command == "/start" and bool(code) and not await posters.knows(tx, code)


async def still_waits(_event: Message | CallbackQuery, t: Tongue) -> Reply:
    """Whatever they write or press: the staff must say yes first."""
    return say(words.waits_for_staff(t))


async def withdraw(
    _query: CallbackQuery,
    state: FSMContext,
    who: Asker,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """They do not want to any more."""
    await posters.withdraw(tx, who, now, rules)
    await state.set_state(None)
    await state.set_data({"language": t.code})
    return instead(Said(words.withdrawn(t)))


async def start(
    _message: Message, command: CommandObject, state: FSMContext, languages: Languages
) -> Reply:
    """The picture was scanned: language first, as for everybody."""
    await state.set_state(ByPoster.choosing_language)
    await state.set_data({"poster": command.args})
    return say(join_texts.choose_language(languages))


async def choose_language(
    _query: CallbackQuery,
    callback_data: ChooseLanguage,
    state: FSMContext,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Their language is known."""
    if callback_data.code not in languages.codes:
        return say(join_texts.choose_language(languages))
    return await go_on(tx, state, languages.get(callback_data.code), None, now, rules)


async def go_on(
    tx: Tx, state: FSMContext, t: Tongue, spoken: str | None, now: datetime, rules: Rules
) -> Reply:
    """The first question, or why the poster opens nothing. `spoken`: a language not ours."""
    code = (await state.get_data())["poster"]
    area = await posters.opens(tx, code)
    if area is None:
        await state.set_state(None)
        await state.set_data({"language": t.code})
        return Reply(messages=(Said(words.poster_closed(t)),), instead=True, menu=t.code)
    await posters.count(tx, area, Figure.POSTER_OPENED, now, rules)
    await state.set_state(ByPoster.first_child)
    await state.set_data({"poster": code, "language": t.code, "spoken": spoken})
    return Reply(messages=(join_texts.ask_eligible(t),), instead=True, menu=t.code)


def _today(now: datetime, rules: Rules) -> date:
    return on_the_clock(now, rules.zone).date()


def _days(why: str, today: date) -> Days:
    if why == BORN:
        return Days(today=today, first=add_months(today, -OLDEST_MONTHS), last=today)
    return Days(today=today, first=today - OVERDUE, last=today + AHEAD)


def _grid(t: Tongue, why: str, today: date, shown: date, again: bool = False) -> Said:
    page = words.ask_born if why == BORN else words.ask_due
    return page(t, _days(why, today), shown, again)


async def _question(state: FSMContext, t: Tongue, today: date) -> Said:
    match await state.get_state():
        case ByPoster.first_child.state:
            return join_texts.ask_eligible(t)
        case ByPoster.day.state:
            return _grid(t, BORN, today, today)
        case _:
            return words.ask_consent(t)


async def first_child(
    _query: CallbackQuery,
    callback_data: Eligible,
    state: FSMContext,
    t: Tongue,
    now: datetime,
    rules: Rules,
) -> Reply:
    """First child, or first in Sweden: yes or no."""
    await state.update_data(eligible=callback_data.yes)
    await state.set_state(ByPoster.day)
    return instead(await _question(state, t, _today(now, rules)))


async def not_born_yet(
    _query: CallbackQuery, callback_data: NotBornYet, t: Tongue, now: datetime, rules: Rules
) -> Reply:
    """The other calendar: of due dates, or of birth dates."""
    today = _today(now, rules)
    return instead(_grid(t, DUE if callback_data.on else BORN, today, today))


async def turn_month(
    _query: CallbackQuery, callback_data: ShowMonth, t: Tongue, now: datetime, rules: Rules
) -> Reply:
    """Another month."""
    return instead(_grid(t, callback_data.why, _today(now, rules), callback_data.on))


async def turn_months(
    _query: CallbackQuery, callback_data: ShowMonths, t: Tongue, now: datetime, rules: Rules
) -> Reply:
    """All months, a year at a time."""
    why = callback_data.why
    return instead(words.list_months(t, why, _days(why, _today(now, rules)), callback_data.page))


async def choose_day(
    _query: CallbackQuery,
    callback_data: PickDay,
    state: FSMContext,
    t: Tongue,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The day is known; now the yes to messages is asked for."""
    why, day, today = callback_data.why, callback_data.on, _today(now, rules)
    if not _days(why, today).allows(day):
        return instead(_grid(t, why, today, day, again=True))
    born, due = (day.isoformat(), None) if why == BORN else (None, day.isoformat())
    await state.update_data(born=born, due=due)
    await state.set_state(ByPoster.deciding)
    return instead(words.ask_consent(t))


async def step_back(
    _query: CallbackQuery,
    state: FSMContext,
    languages: Languages,
    t: Tongue | None,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The question before."""
    at = await state.get_state()
    if t is None:
        return say(join_texts.choose_language(languages))
    before = ByPoster.day if at == ByPoster.deciding.state else ByPoster.first_child
    await state.set_state(before)
    return instead(await _question(state, t, _today(now, rules)))


async def ask_again(
    _query: CallbackQuery, state: FSMContext, languages: Languages, now: datetime, rules: Rules
) -> Reply:
    """A button of another question: this one is open."""
    t = languages.get((await state.get_data())["language"])
    return instead(await _question(state, t, _today(now, rules)))


async def written(
    _message: Message, state: FSMContext, languages: Languages, now: datetime, rules: Rules
) -> Reply:
    """Something is written between the questions: the open one is asked again."""
    t = languages.get((await state.get_data())["language"])
    return say(await _question(state, t, _today(now, rules)))


async def decide(
    query: CallbackQuery,
    callback_data: Consent,
    state: FSMContext,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Yes or no to messages; only after a yes anything is kept, and the staff are asked."""
    data = await state.get_data()
    await state.set_state(None)
    await state.set_data({"language": t.code})
    if not callback_data.yes:
        if area := await posters.opens(tx, data["poster"]):
            await posters.count(tx, area, Figure.DECLINED_CHAT, now, rules)
        return instead(Said(join_texts.consent_no(t)))
    who = Newcomer(query.from_user.id, t.code, data.get("spoken"))
    child = _date(data.get("born")), _date(data.get("due"))
    done = await posters.apply(tx, data["poster"], who, child, data["eligible"], now, rules)
    return instead(_said(t, done))


def _date(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _said(t: Tongue, done: Applied) -> Said:
    match done:
        case Applied.WAITS:
            return words.waits_for_staff(t)
        case Applied.FULL:
            return Said(words.many_ask(t))
        case Applied.TAKEN:
            return Said(join_texts.already_in(t))
        case Applied.CLOSED:
            return Said(words.poster_closed(t))
