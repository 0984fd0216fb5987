"""Translators write what is missing, coordinators look through it (mission E3)."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import activity_lines, public_words
from messaging import translating_texts as words
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from messaging.translating_buttons import (
    ActOnWords,
    ShowWords,
    Translations,
    WordsAct,
    WriteIn,
)
from messaging.translating_texts import ShownWords, Waiting
from programme.errors import NotYours
from services import translating
from services.access import translates
from services.translating import Outcome, Seen, WordingState


class WritingWords(StatesGroup):
    """Somebody is to type the words in one language as their next message."""

    text = State()


def register(router: Router) -> None:
    """The handlers of translations; the router is for staff alone."""
    on = router.callback_query.register
    on(show_list, Translations.filter())
    on(show, ShowWords.filter())
    on(act, ActOnWords.filter())
    on(show_languages, WriteIn.filter())
    router.message.register(take_text, StateFilter(WritingWords.text), F.text)


async def show_list(
    _query: CallbackQuery, callback_data: Translations, state: FSMContext, desk: Desk
) -> Reply:
    """What waits for this colleague."""
    await state.clear()
    me = desk.colleague.member
    waiting = [
        Waiting(each.id, each.language, each.title, _how(each.state, each.taken_by == me.id))
        for each in await translating.needed(desk.tx, desk.colleague, desk.now, desk.rules)
    ]
    asked = translates(desk.colleague)
    return instead(words.what_waits(desk.t, waiting, callback_data.page, asked))


def _how(state: WordingState, mine: bool) -> str:
    return "mine" if mine and state is WordingState.TAKEN else str(state)


async def show(
    _query: CallbackQuery, callback_data: ShowWords, state: FSMContext, desk: Desk
) -> Reply:
    """The words beside their source."""
    await state.clear()
    return instead(await _page(desk, callback_data.wording))


async def _page(desk: Desk, number: int, said: str = "") -> Said:
    seen = await translating.see(desk.tx, desk.colleague, number, desk.now, desk.rules)
    theirs = desk.languages.get(seen.wording.language)
    source = desk.languages.get(seen.source[0]) if seen.source else None
    shown = ShownWords(
        id=number,
        state=seen.wording.state,
        revision=seen.wording.revision,
        words=seen.wording.words if _may_read(seen) else None,
        source=seen.source[1] if seen.source else None,
        lines=await _lines(desk, seen, theirs),
        of_activity=seen.of_activity,
        mine=seen.mine,
        free=seen.free,
        looks_through=seen.looks_through,
    )
    return words.words_page(desk.t, theirs, source, shown, said)


def _may_read(seen: Seen) -> bool:
    """A draft is its translator's alone until it is given."""
    there = bool(seen.wording.words.title)
    given = seen.wording.state in {WordingState.GIVEN, WordingState.APPROVED}
    return there and (seen.mine or given)


async def _lines(desk: Desk, seen: Seen, theirs: Tongue) -> tuple[str, ...]:
    """What Lotsen itself tells of an activity, below its words."""
    about = await translating.activity_of(desk.tx, seen.wording.of)
    if about is None:
        return ()
    activity, occasions = about
    zone = desk.rules.zone
    return tuple(activity_lines.lines(theirs, activity, occasions, zone, desk.now))


async def act(
    _query: CallbackQuery, callback_data: ActOnWords, state: FSMContext, desk: Desk
) -> Reply:
    """Take, write, give, leave; yes, other words, ask again."""
    number, done = callback_data.wording, callback_data.act
    if done is WordsAct.WRITE:
        return await _ask_text(number, state, desk)
    if done is WordsAct.AGAIN:
        return await _ask_again(number, desk)
    outcome = await _decided(callback_data, desk)
    if outcome is not Outcome.DONE:
        return instead(await _page(desk, number, words.words_refused(desk.t, outcome)))
    if done is WordsAct.TAKE:
        return await _taken(number, state, desk)
    what = {WordsAct.GIVE: "given", WordsAct.LEAVE: "left", WordsAct.BACK: "back"}
    return instead(await _page(desk, number, words.words_done(desk.t, what.get(done, "saved"))))


async def _taken(number: int, state: FSMContext, desk: Desk) -> Reply:
    """Whoever has just taken it may write at once, if nobody has begun before."""
    seen = await translating.see(desk.tx, desk.colleague, number, desk.now, desk.rules)
    if seen.mine and not seen.wording.words.title:
        await _wait_for(seen, state)
    return instead(await _page(desk, number))


async def _wait_for(seen: Seen, state: FSMContext) -> None:
    await state.set_state(WritingWords.text)
    known = {"language": seen.wording.language, "of_activity": seen.of_activity}
    await state.set_data({"wording": seen.wording.id, **known})


async def _decided(pressed: ActOnWords, desk: Desk) -> Outcome:
    tx, colleague, now, rules = desk.tx, desk.colleague, desk.now, desk.rules
    number, revision = pressed.wording, pressed.revision
    match pressed.act:
        case WordsAct.TAKE:
            return await translating.take(tx, colleague, number, now, rules)
        case WordsAct.LEAVE:
            return await translating.leave(tx, colleague, number, now, rules)
        case WordsAct.GIVE:
            return await translating.give(tx, colleague, number, now, rules)
        case WordsAct.YES:
            return await translating.approve(tx, colleague, number, revision, now, rules)
        case _:
            return await translating.send_back(tx, colleague, number, revision, now, rules)


async def _ask_text(number: int, state: FSMContext, desk: Desk) -> Reply:
    seen = await translating.see(desk.tx, desk.colleague, number, desk.now, desk.rules)
    if not (seen.mine or seen.looks_through):
        return instead(await _page(desk, number, words.words_refused(desk.t, Outcome.TAKEN)))
    await _wait_for(seen, state)
    return say(words.write_words(desk.t, seen.wording.language, number, seen.of_activity))


async def _ask_again(number: int, desk: Desk) -> Reply:
    tx, colleague = desk.tx, desk.colleague
    outcome, asked = await translating.ask_again(tx, colleague, number, desk.now, desk.rules)
    said = words.are_asked(desk.t, asked.languages, asked.nobody)
    if outcome is not Outcome.DONE:
        said = words.words_refused(desk.t, outcome)
    return instead(await _page(desk, number, said))


async def take_text(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The words, if they can be shown; else why not, and they can be written again."""
    known = await state.get_data()
    number, language = int(known["wording"]), str(known["language"])
    written = public_words.taken(message.text or "")
    if fault := public_words.fault(written, desk.languages.get(language).rtl):
        again = words.write_words(desk.t, language, number, bool(known["of_activity"]))
        return say(Said(public_words.fault_text(desk.t, fault)), again)
    await state.clear()
    tx, colleague = desk.tx, desk.colleague
    if translates(colleague):
        outcome = await translating.draft(tx, colleague, number, written)
    else:
        outcome = await translating.write(tx, colleague, number, written, desk.now, desk.rules)
    if outcome is not Outcome.DONE:
        return say(await _page(desk, number, words.words_refused(desk.t, outcome)))
    return say(await _page(desk, number, words.words_done(desk.t, "saved")))


async def show_languages(_query: CallbackQuery, callback_data: WriteIn, desk: Desk) -> Reply:
    """In which languages a translator writes; one more or one less."""
    tx, me, codes = desk.tx, desk.colleague, desk.languages.codes
    if not translates(me):
        raise NotYours
    if callback_data.code:
        code = callback_data.code
        await translating.set_writes_in(tx, me, codes, code, desk.now, desk.rules)
    chosen = await translating.writes_in(tx, me, codes)
    return instead(words.my_languages(desk.t, chosen))
