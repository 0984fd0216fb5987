"""Who is this, and in which language do they read: known before any handler runs."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject

from handlers import listening, loss
from handlers.errors import Refused
from messaging import (
    calendar_texts,
    join_texts,
    look_texts,
    staff_calendar_texts,
    staff_texts,
    team_texts,
    texts,
)
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, say
from programme.errors import Broken, NeedsReason
from programme.people import StaffMember
from services import access, busy, calendar, guesses, joining, looks, posters, reach, staff_links
from services.access import Colleague, Reader

# What a dialog that began with a link keeps: the code, or the area in which a parent said no.
_WAY_IN = {"code", "staff_code", "area", "poster"}


async def know_the_person(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: TelegramObject,
    data: dict[str, Any],
) -> object:
    """Give every handler `reader` or `colleague`, and `t`; each None if unknown.

    A family that rests after a loss reaches no handler at all; a broken rule is put into words.
    """
    await _introduce(event, data)
    if quiet := _hush(event, data) or await _not_let_in(event, data):
        return quiet
    try:
        answer = await _with_voice(await _with_calendar(await handler(event, data), data), data)
        await _watch(data)
        return answer
    except NeedsReason as closed:
        raise Refused(say(look_texts.why_open(data["t"], closed.family_id))) from closed
    except Broken as broken:
        raise Refused(_not_found(data)) from broken


async def _watch(data: dict[str, Any]) -> None:
    """Unusually many families in a short time are news to administrators (mission H2)."""
    if data["colleague"]:
        await looks.watch(data["tx"], data["colleague"], data["now"], data["rules"])


async def _with_calendar(answer: object, data: dict[str, Any]) -> object:
    """No letter tells a parent of what they changed themselves: their calendar hears it here."""
    reader, t = data["reader"], data["t"]
    if not isinstance(answer, Reply) or t is None:
        return answer
    if data["colleague"]:
        return await _with_failure(await _with_staff_file(answer, data), data)
    if reader is None:
        return answer
    file = await calendar.own_changes(data["tx"], reader, t, data["now"])
    if file is None:
        return answer
    return replace(answer, messages=(*answer.messages, calendar_texts.changed(t, file)))


async def _with_voice(answer: object, data: dict[str, Any]) -> object:
    """What can be heard of the first path has *Listen* under it, whoever says it."""
    if not isinstance(answer, Reply):
        return answer
    return await listening.on_the_way(answer, data["languages"], data["tx"])


async def _introduce(event: TelegramObject, data: dict[str, Any]) -> None:
    tx, chat_id = data["tx"], _chat_of(event)
    reader = await access.reader_of(tx, chat_id) if chat_id is not None else None
    colleague = None
    if reader is None and chat_id is not None:
        colleague = await access.colleague_of(tx, chat_id)
    if reader and not isinstance(event, ChatMemberUpdated):
        await reach.within_reach(tx, reader, data["now"], data["rules"])
    data["reader"], data["colleague"] = reader, colleague
    data["t"] = await _tongue(data["languages"], reader, colleague, data.get("state"))


def _hush(event: TelegramObject, data: dict[str, Any]) -> Reply | None:
    """After a loss there is one answer to everything, given here so that no handler forgets."""
    reader, languages = data["reader"], data["languages"]
    if reader is None or isinstance(event, ChatMemberUpdated):
        return None
    t = data["t"] or next(iter(languages))
    return loss.hush(event, reader, t, data["now"], languages)


async def _not_let_in(event: TelegramObject, data: dict[str, Any]) -> Reply | None:
    """A colleague whose access rests, and a stranger who tries link after link (mission H1)."""
    chat_id = _chat_of(event)
    known = data["reader"] or data["colleague"]
    if known or chat_id is None or isinstance(event, ChatMemberUpdated):
        return None
    languages, code = data["languages"], _code_of(event)
    resting = await access.resting_colleague(data["tx"], chat_id)
    if resting and not await _on_a_way_in(event, resting, code, data):
        theirs = resting.language if resting.language in languages.codes else languages.codes[0]
        return say(team_texts.your_access_rests(languages.get(theirs)))
    if code and await guesses.too_many(data["tx"], chat_id, code, data["now"]):
        tongues = [data["t"]] if data["t"] else list(languages)
        return say(Said("\n".join(join_texts.too_many_links(each) for each in tongues)))
    return None


async def _on_a_way_in(
    event: TelegramObject, resting: StaffMember, code: str | None, data: dict[str, Any]
) -> bool:
    """Who is on leave may come in as a parent, or be back by a new link: its steps are let through.

    When access rested all that was half said went: what stands there now began with such a link.
    """
    if code:
        tx = data["tx"]
        if await staff_links.is_own(tx, resting, code) or await joining.is_ours(tx, code):
            return True
        return await posters.knows(tx, code)
    if isinstance(event, Message) and (event.text or "").startswith("/start"):
        return False
    begun = await data["state"].get_data() if data.get("state") else {}
    return not begun.keys().isdisjoint(_WAY_IN)


def _code_of(event: TelegramObject) -> str | None:
    text = event.text or "" if isinstance(event, Message) else ""
    command, _, code = text.partition(" ")
    return code.strip() or None if command.partition("@")[0] == "/start" else None


async def _with_staff_file(answer: Reply, data: dict[str, Any]) -> Reply:
    """The same for a colleague."""
    t = data["t"]
    file = await calendar.staff_s_changes(data["tx"], data["colleague"], t, data["now"])
    if file is None:
        return answer
    return replace(answer, messages=(*answer.messages, calendar_texts.changed(t, file)))


async def _with_failure(answer: Reply, data: dict[str, Any]) -> Reply:
    """A colleague whose own calendar cannot be read hears of it once."""
    failed = await busy.told_of_failure(data["tx"], data["colleague"])
    if failed is None or failed.fault is None:
        return answer
    t, zone = data["t"], data["rules"].zone
    told = staff_calendar_texts.cannot_be_read(t, failed.since, failed.fault, zone)
    return replace(answer, messages=(*answer.messages, told))


def _not_found(data: dict[str, Any]) -> Reply:
    t = data["t"] or next(iter(data["languages"]))
    if data["colleague"]:
        return say(Said(texts.old_button(t), staff_texts.menu_rows(t, data["colleague"].member)))
    reader = data["reader"]
    rows = texts.menu_rows(t, reader.resting(data["now"])) if reader else ()
    return say(Said(texts.old_button(t), rows))


def _chat_of(event: TelegramObject) -> int | None:
    match event:
        case Message() | ChatMemberUpdated():
            return event.chat.id
        case CallbackQuery():
            return event.message.chat.id if event.message else event.from_user.id
        case _:
            return None


async def _tongue(
    languages: Languages,
    reader: Reader | None,
    colleague: Colleague | None,
    state: FSMContext | None,
) -> Tongue | None:
    """The reader's language, or the one a newcomer has just chosen; never the phone's."""
    if colleague:  # a language that is not installed any more must not lock anybody out
        theirs = colleague.member.language
        return languages.get(theirs if theirs in languages.codes else languages.codes[0])
    chosen = reader.guardian.language if reader else None
    if chosen is None and state is not None:
        chosen = (await state.get_data()).get("language")
    return languages.get(chosen) if chosen in languages.codes else None
