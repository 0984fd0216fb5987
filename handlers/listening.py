"""Parents listen: to pages, tips, the way in, and to what stands in a message about a visit (F5).

Who listens is kept nowhere. Everything here is said to everybody alike, so nobody is turned away.
"""

from dataclasses import replace
from functools import cache

from aiogram import Router
from aiogram.types import CallbackQuery

from messaging import join_texts, listen_texts, scripts, visit_speech
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.listen_texts import with_listen
from messaging.replies import Reply, say
from messaging.sound import Sound
from messaging.voice_buttons import Listen, ListenLanguages, ListenVisit
from programme.kinds import Rules
from services import listening
from services.guide import pages_now
from services.types import Tx


def make_router() -> Router:
    """The handlers of *Listen* for everybody but staff."""
    router = Router(name=__name__)
    register(router)
    return router


def register(router: Router) -> None:
    """The handlers of *Listen*."""
    router.callback_query.register(hear, Listen.filter())
    router.callback_query.register(hear_visit, ListenVisit.filter())
    router.callback_query.register(hear_languages, ListenLanguages.filter())


async def hear(
    _query: CallbackQuery, callback_data: Listen, t: Tongue | None, languages: Languages, tx: Tx
) -> Reply:
    """One text, in the language in which it was written."""
    if callback_data.language in languages.codes:
        t = languages.get(callback_data.language)
    if t is None:
        return say(join_texts.choose_language(languages))
    pages = await pages_now(t, tx)
    script = scripts.script_for(t, languages, pages, callback_data.key)
    heard = await listening.hear(tx, t.code, [script]) if script else None
    page = next(
        (each for each in pages if f"{scripts.PAGE}:{each.code}" == callback_data.key), None
    )
    return replace(_answer(heard, t), fades=t.code if page and page.fades else None)


async def hear_visit(
    _query: CallbackQuery,
    callback_data: ListenVisit,
    t: Tongue | None,
    languages: Languages,
    tx: Tx,
    rules: Rules,
) -> Reply:
    """What a message says about a visit: its words, dates and times, joined to one voice."""
    said = callback_data.said
    if t is None:
        return say(join_texts.choose_language(languages))
    spoken = visit_speech.scripts_of(said, t, rules.zone) if said else ()
    return _answer(await listening.hear(tx, t.code, spoken), t)


async def hear_languages(
    _query: CallbackQuery, t: Tongue | None, languages: Languages, tx: Tx
) -> Reply:
    """Which languages there are, each in its own."""
    heard = await listening.hear_languages(tx, languages)
    if heard is None:
        return say(join_texts.choose_language(languages))
    return _answer(heard, t or next(iter(languages)))


def _answer(heard: Sound | None, t: Tongue) -> Reply:
    return say(listen_texts.voice(heard) if heard else Said(listen_texts.cannot_be_heard(t)))


async def on_the_way(answer: Reply, languages: Languages, tx: Tx) -> Reply:
    """The answer with *Listen* under what can be heard of it: the first path, wherever it stands.

    Which recording it is, the message's own words tell: so none can ever speak another text.
    """
    messages = [await _offered(said, languages, tx) for said in answer.messages]
    return replace(answer, messages=tuple(messages))


@cache
def _the_choice(languages: Languages) -> str:
    return join_texts.choose_language(languages).text


async def _offered(said: Said, languages: Languages, tx: Tx) -> Said:
    if said.text == _the_choice(languages):
        heard = await listening.some_language_stands(tx, languages)
        return with_listen(said, ListenLanguages().pack(), None) if heard else said
    if (script := scripts.screen(said.text, languages)) is None:
        return said
    t = languages.get(script[0])
    if not await listening.stands(tx, t.code, [script[1]]):
        return said
    return with_listen(said, Listen.to(script[1].key, t.code).pack(), t)
