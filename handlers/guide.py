"""The parent guide: its pages, those for the child's age first (mission F1, F2).

What a parent reads is kept nowhere.
"""

from dataclasses import replace
from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from messaging import guide_texts, scripts
from messaging.guide import Page, by_age
from messaging.guide_buttons import Guide, GuidePage
from messaging.i18n import Tongue
from messaging.listen_texts import with_listen
from messaging.replies import Reply, instead, say
from messaging.speech import aloud
from messaging.voice_buttons import Listen
from programme.kinds import Rules
from services import children, listening
from services.access import Reader
from services.guide import pages_now
from services.types import Tx


def make_router() -> Router:
    """The handlers of the guide."""
    router = Router(name=__name__)
    router.message.filter(is_parent)
    router.callback_query.filter(is_parent)
    router.message.register(show, Command("guide"))
    router.callback_query.register(turn, Guide.filter())
    router.callback_query.register(read, GuidePage.filter())
    return router


async def show(
    _message: Message, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """The guide is wanted: its first pages."""
    return say(guide_texts.guide(t, await _in_order(reader, t, tx, now, rules), 0))


async def turn(
    _query: CallbackQuery,
    callback_data: Guide,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """More pages, in place of the ones before."""
    pages = await _in_order(reader, t, tx, now, rules)
    return instead(guide_texts.guide(t, pages, callback_data.screen))


async def read(
    _query: CallbackQuery,
    callback_data: GuidePage,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """One page, with the next one beside; a page that is gone shows the list."""
    pages = await _in_order(reader, t, tx, now, rules)
    at = next((n for n, page in enumerate(pages) if page.code == callback_data.code), None)
    if at is None:
        return instead(guide_texts.guide(t, pages, 0))
    following = pages[at + 1] if at + 1 < len(pages) else None
    reply = await with_voice(guide_texts.opened(t, pages[at], following), t, tx)
    # A page that goes by itself leaves the list where it is.
    return reply if reply.fades else replace(reply, instead=True)


async def _in_order(reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules) -> list[Page]:
    return by_age(await pages_now(t, tx), await children.ages(tx, reader, now, rules.zone))


async def with_voice(answer: Reply, t: Tongue, tx: Tx) -> Reply:
    """The answer with *Listen* under its page, if that can be heard as it is written."""
    first, *others = answer.messages
    shown = aloud(first.text)
    for script in (scripts.of_page(t, each) for each in await pages_now(t, tx)):
        if shown.startswith(script.words) and await listening.stands(tx, t.code, [script]):
            heard = with_listen(first, Listen.to(script.key, t.code).pack(), t)
            return replace(answer, messages=(heard, *others))
    return answer
