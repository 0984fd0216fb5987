"""Pause or stop: away, fewer, days without tips, a pause, a stop, and coming back (B8, A15)."""

from datetime import date, datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from handlers.reasons import never_told
from messaging import consent_texts, pause_texts, texts
from messaging.callbacks import (
    MENU_AWAY,
    MENU_PAUSE,
    MENU_QUIET,
    MENU_REST,
    MENU_STOPPED,
    AwayUndo,
    Back,
    Fewer,
    Menu,
    QuietDay,
    Resume,
    Stop,
    Until,
)
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.reasons import About
from services import away, preferences, reasons
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of everything that makes messages rest, and of coming back."""
    router = Router(name=__name__)
    router.message.filter(is_parent)
    router.callback_query.filter(is_parent)
    router.message.register(show_pause, Command("pause"))
    router.message.register(stop, Command("stop"))
    pressed = router.callback_query
    pressed.register(show_page, Menu.filter(F.page.in_(MENU_PAUSE)))
    pressed.register(show_away, Menu.filter(F.page.in_(MENU_AWAY)))
    pressed.register(show_rest, Menu.filter(F.page == MENU_REST))
    pressed.register(show_quiet_days, Menu.filter(F.page == MENU_QUIET))
    pressed.register(show_stopped, Menu.filter(F.page == MENU_STOPPED))
    pressed.register(set_quiet_day, QuietDay.filter())
    pressed.register(fewer, Fewer.filter())
    pressed.register(leave, Until.filter(F.away))
    pressed.register(pause, Until.filter(~F.away))
    pressed.register(undo_away, AwayUndo.filter())
    pressed.register(come_back, Back.filter())
    pressed.register(stop, Stop.filter())
    pressed.register(resume, Resume.filter())
    return router


async def show_pause(_message: Message, reader: Reader, t: Tongue) -> Reply:
    """Fewer messages are wanted, or none."""
    return say(pause_texts.choose_pause(t, 0, reader.guardian.fewer))


async def show_page(_query: CallbackQuery, callback_data: Menu, reader: Reader, t: Tongue) -> Reply:
    """The same by its button, and what is behind More."""
    page = MENU_PAUSE.index(callback_data.page)
    shown = pause_texts.choose_pause(t, page, reader.guardian.fewer)
    return instead(shown) if page else say(shown)


async def show_away(
    _query: CallbackQuery, callback_data: Menu, t: Tongue, now: datetime, rules: Rules
) -> Reply:
    """Until when is the family away?"""
    page, today = MENU_AWAY.index(callback_data.page), on_the_clock(now, rules.zone).date()
    return instead(pause_texts.choose_away(t, page, today))


async def show_rest(_query: CallbackQuery, t: Tongue, now: datetime, rules: Rules) -> Reply:
    """Until when does this parent want nothing?"""
    return instead(pause_texts.choose_rest(t, on_the_clock(now, rules.zone).date()))


async def show_quiet_days(_query: CallbackQuery, reader: Reader, t: Tongue) -> Reply:
    """On which days does this parent want no tips?"""
    return instead(pause_texts.choose_quiet_days(t, reader.guardian.quiet_days))


async def set_quiet_day(
    _query: CallbackQuery,
    callback_data: QuietDay,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """One day more or less without tips; never all seven."""
    day, quiet = callback_data.day, callback_data.quiet
    days = await preferences.set_quiet_day(tx, reader, day, quiet, now, rules)
    if days is None:
        return say(pause_texts.one_day_must_stay(t))
    return instead(pause_texts.choose_quiet_days(t, days))


async def fewer(
    _query: CallbackQuery, callback_data: Fewer, reader: Reader, t: Tongue, tx: Tx
) -> Reply:
    """Fewer of these, or as many as before."""
    await preferences.set_fewer(tx, reader, callback_data.on)
    return say(pause_texts.fewer_on(t) if callback_data.on else Said(pause_texts.fewer_off(t)))


async def leave(
    _query: CallbackQuery,
    callback_data: Until,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """We are away until…: done at once, with Undo."""
    gone = await away.leave(tx, reader, _day(callback_data.last_day), now, rules)
    return instead(pause_texts.away_until(t, gone.last_day, gone.freed, gone.rest_id, rules.zone))


async def undo_away(
    _query: CallbackQuery,
    callback_data: AwayUndo,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """It was a mistake: everything is as before."""
    again = await away.undo(tx, reader, callback_data.rest, now, rules)
    return instead(pause_texts.not_away(t, again, rules.zone))


async def come_back(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """We are back: messages come again, for both parents."""
    await away.come_back(tx, reader, now, rules)
    return say(pause_texts.back(t, reader.own_rest(now)))


async def pause(
    _query: CallbackQuery,
    callback_data: Until,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Nothing to this parent until then; a visit in that time is asked about."""
    until = _day(callback_data.last_day)
    visit = await preferences.pause(tx, reader, until, now, rules)
    return instead(pause_texts.paused_until(t, until, visit, rules.zone))


def _day(text: str) -> date:
    """The day a button names; one that is none was forged."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotYours from error


async def stop(
    _event: Message | CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """No more messages: done at once; a booked visit stands and is asked about."""
    visit = await preferences.stop(tx, reader, now)
    may_tell = await reasons.is_open(tx, reader, About.MESSAGES, now)
    return say(pause_texts.stopped(t, visit, rules.zone, may_tell))


async def show_stopped(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """What else one may want once messages have stopped."""
    visit = await preferences.next_booked(tx, reader, now)
    starts_at = visit.starts_at if visit else None
    may_tell = await reasons.is_open(tx, reader, About.MESSAGES, now)
    return instead(pause_texts.stopped_more(t, starts_at, rules.zone, may_tell))


async def resume(
    _query: CallbackQuery,
    state: FSMContext,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Undo, or start again: messages come, unless another rest goes on."""
    if preferences.undoes_stop(reader, now):
        await never_told(state, tx, reader, About.MESSAGES, rules)
    still = await preferences.undo_rest(tx, reader, now, rules)
    if still and still.until:
        last = preferences.last_day(still.until, rules)
        return say(pause_texts.resting_until(t, last, still.why))
    welcome = Said(texts.resumed(t), texts.menu_rows(t))
    if reader.guardian.consent_asked_at:  # their stop was a no to the new words
        return say(welcome, consent_texts.ask_again(t))
    return say(welcome)
