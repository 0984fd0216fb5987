"""The way in: /start with a personal link, language, consent, one question, welcome."""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers import posters
from handlers.filters import has_language, is_parent
from messaging import join_texts, names, reason_texts, texts
from messaging.callbacks import ChooseLanguage, Consent, Eligible, MoreReasons, Reason, Role
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from programme.kinds import Rules
from programme.people import Why
from services import born, home, joining, links, preferences
from services.access import Reader, reader_of
from services.joining import Link, Question
from services.types import Tx


class Joining(StatesGroup):
    """How far a newcomer has come."""

    choosing_language = State()
    deciding = State()
    asked = State()


_REFUSED_LINKS = {
    Link.UNKNOWN: join_texts.link_unknown,
    Link.USED: join_texts.link_used,
    Link.EXPIRED: join_texts.link_expired,
    Link.TAKEN: join_texts.already_in,
}


def make_router() -> Router:
    """The handlers of the way in."""
    router = Router(name=__name__)
    router.message.register(start, CommandStart())
    router.callback_query.register(choose_language, ChooseLanguage.filter())
    deciding = StateFilter(Joining.deciding)
    router.callback_query.register(decide, Consent.filter(), deciding, has_language)
    router.callback_query.register(eligible, Eligible.filter(), is_parent)
    router.callback_query.register(role, Role.filter(), is_parent)
    router.callback_query.register(more_reasons, MoreReasons.filter(), has_language, was_asked_why)
    router.callback_query.register(reason, Reason.filter(), has_language, was_asked_why)
    return router


async def was_asked_why(
    _query: CallbackQuery, callback_data: Reason | MoreReasons, state: FSMContext
) -> bool:
    """Whether this person said no in that area: the button alone proves nothing."""
    return (await state.get_data()).get("area") == callback_data.area


async def start(
    _message: Message,
    command: CommandObject,
    state: FSMContext,
    languages: Languages,
    reader: Reader | None,
    t: Tongue | None,
    tx: Tx,
    now: datetime,
) -> Reply:
    """Somebody pressed Start: language first; who has joined already sees the menu."""
    if reader and t and not reader.guardian.resting(Why.STOPPED, now):
        await state.clear()
        own = await links.is_own(tx, reader, command.args or "")
        words = join_texts.own_link(t) if own else join_texts.already_in(t)
        return say(Said(words, texts.menu_rows(t, reader.resting(now))))
    if reader and t:
        await state.set_state(Joining.deciding)
        return say(join_texts.ask_consent(t))
    await state.set_state(Joining.choosing_language)
    await state.set_data({"code": command.args} if command.args else {})
    return say(join_texts.choose_language(languages))


async def choose_language(
    _query: CallbackQuery,
    callback_data: ChooseLanguage,
    state: FSMContext,
    languages: Languages,
    reader: Reader | None,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """A language was chosen: a parent goes on in it, a newcomer is asked for their yes."""
    if callback_data.code not in languages.codes:
        return say(join_texts.choose_language(languages))
    t = languages.get(callback_data.code)
    if reader:
        await preferences.set_language(tx, reader, t.code)
        rows = texts.menu_rows(t, reader.resting(now))
        return _in_their_language(Said(join_texts.language_set(t), rows), t)
    return await go_on(tx, state, t, None, now, rules)


async def go_on(
    tx: Tx, state: FSMContext, t: Tongue, spoken: str | None, now: datetime, rules: Rules
) -> Reply:
    """What the newcomer's link opens: the question, or why not.

    `spoken`: their own language, if it is not one of ours.
    """
    data = await state.get_data()
    if "poster" in data:
        return await posters.go_on(tx, state, t, spoken, now, rules)
    code = data.get("code")
    if code is None:
        await state.set_data({"language": t.code})
        return _in_their_language(Said(join_texts.need_link(t)), t)
    link = await joining.try_link(tx, code, now)
    if link is Link.GOOD:
        await state.set_state(Joining.deciding)
        own = {"spoken": spoken} if spoken else {}
        await state.set_data({"code": code, "language": t.code, **own})
        return _in_their_language(join_texts.ask_consent(t), t)
    await state.set_state(None)
    await state.set_data({"language": t.code})
    return _in_their_language(Said(_REFUSED_LINKS[link](t)), t)


def _in_their_language(message: Said, t: Tongue) -> Reply:
    return Reply(messages=(message,), instead=True, menu=t.code)


async def decide(
    query: CallbackQuery,
    callback_data: Consent,
    state: FSMContext,
    reader: Reader | None,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Yes or no to messages: no is as easy as yes."""
    data = await state.get_data()
    if not callback_data.yes:
        return await _no(tx, state, t, data, now, rules)
    await state.clear()
    if reader:
        await preferences.resume(tx, reader, now, rules)
        return instead(Said(texts.resumed(t), texts.menu_rows(t)))
    person = query.from_user
    name = names.first_name(person.first_name)
    spoken = data.get("spoken")
    link = await joining.join(
        tx, str(data["code"]), person.id, t.code, now, rules, spoken=spoken, name=name
    )
    reader = await reader_of(tx, person.id)
    if link is Link.GOOD and reader:
        return await _joined(tx, state, reader, t)
    return await _not_in_yet(state, link, t)


async def _joined(tx: Tx, state: FSMContext, reader: Reader, t: Tongue) -> Reply:
    """Thanks, and the one thing that is still to be asked."""
    thanks = Said(join_texts.consent_yes(t))
    asked = await joining.question(tx, reader)
    if asked is Question.NOTHING:
        return instead(thanks, *await _welcome(tx, reader, t))
    await state.set_state(Joining.asked)
    by_family = asked is Question.ELIGIBLE
    return instead(thanks, join_texts.ask_eligible(t) if by_family else join_texts.ask_role(t))


async def _not_in_yet(state: FSMContext, link: Link, t: Tongue) -> Reply:
    """They wait for the other parent's yes, are back in a new chat, or the link opens nothing."""
    if link is Link.WAITS:
        return instead(Said(join_texts.waits_for_yes(t)), join_texts.ask_role(t))
    if link is Link.BACK:
        return instead(Said(join_texts.is_back(t), texts.menu_rows(t)))
    await state.set_data({"language": t.code})
    return instead(Said(_REFUSED_LINKS[link](t)))


async def _no(
    tx: Tx, state: FSMContext, t: Tongue, data: dict[str, Any], now: datetime, rules: Rules
) -> Reply:
    """Nothing is kept of the person but, for a day or two, how to thank for a reason."""
    no = Said(join_texts.consent_no(t))
    area = await joining.decline(tx, data["code"], now, rules.zone) if "code" in data else None
    await state.set_state(None)
    await state.set_data({"language": t.code, "area": area} if area else {"language": t.code})
    return instead(no, join_texts.ask_reason(t, area)) if area else instead(no)


async def eligible(
    _query: CallbackQuery,
    callback_data: Eligible,
    state: FSMContext,
    reader: Reader,
    t: Tongue,
    tx: Tx,
) -> Reply:
    """The one question is answered: welcome, and who the people are who come."""
    await preferences.set_eligible(tx, reader, callback_data.yes)
    if await state.get_state() != Joining.asked.state:
        return say(texts.menu(t))  # a second tap: the answer counts, the welcome was said
    await state.clear()
    welcome = await _welcome(tx, reader, t)
    if callback_data.yes:
        return instead(*welcome)
    return instead(Said(join_texts.not_eligible_ack(t)), *welcome)


async def _welcome(tx: Tx, reader: Reader, t: Tongue) -> tuple[Said, Said]:
    """Who writes, and who the people are who come."""
    expecting = await born.expects(tx, reader)
    welcome = join_texts.welcome_expecting(t) if expecting else Said(join_texts.welcome(t))
    trust = join_texts.trust_note(t, await home.employer(tx, reader))
    return welcome, Said(trust, texts.menu_rows(t))


async def role(
    _query: CallbackQuery,
    callback_data: Role,
    state: FSMContext,
    reader: Reader,
    t: Tongue,
    tx: Tx,
) -> Reply:
    """What this parent is to the child; asked of who comes second, in place of the question."""
    await joining.set_role(tx, reader, callback_data.role)
    if await state.get_state() != Joining.asked.state:
        return say(texts.menu(t))
    await state.clear()
    return instead(*await _welcome(tx, reader, t))


async def more_reasons(_query: CallbackQuery, callback_data: MoreReasons, t: Tongue) -> Reply:
    """The next answers to "why"."""
    return instead(join_texts.ask_reason(t, callback_data.area, callback_data.page))


async def reason(
    _query: CallbackQuery,
    callback_data: Reason,
    state: FSMContext,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Why no thanks: one count, and the chat is forgotten."""
    if callback_data.code in reason_texts.REASONS:
        await joining.note_reason(tx, callback_data.area, callback_data.code, now, rules.zone)
    await state.clear()
    return instead(Said(reason_texts.thanks(t)))
