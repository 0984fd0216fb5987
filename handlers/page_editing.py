"""Staff write pages of the guide: each language, a second person, published, kept (mission F4)."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import page_edit_texts as words
from messaging import place_edit_texts
from messaging.guide import Page, rewritten
from messaging.isolates import clean_lines
from messaging.keyboards import Message as Said
from messaging.page_edit_buttons import (
    ActOnPage,
    BringPageBack,
    PageAct,
    PageIn,
    PageIsRight,
    PrintGuide,
    PublishPage,
    StaffGuidePage,
    StaffPages,
    WritePage,
)
from messaging.page_faults import written_fault
from messaging.replies import Reply, instead, say
from programme.errors import NotYours
from services import page_editing as editing
from services import papers
from services.guide import pages_now
from services.place_editing import Outcome

PER_SCREEN = 8


class WritingPage(StatesGroup):
    """A colleague is to write a page as their next message."""

    text = State()


def register(router: Router) -> None:
    """The handlers of pages; the router is for staff alone."""
    on = router.callback_query.register
    on(show_list, StaffPages.filter())
    on(print_guide, PrintGuide.filter())
    on(show_page, StaffGuidePage.filter())
    on(show_language, PageIn.filter())
    on(ask_text, WritePage.filter())
    on(is_right, PageIsRight.filter())
    on(act, ActOnPage.filter())
    on(publish, PublishPage.filter())
    on(bring_back, BringPageBack.filter())
    router.message.register(take_text, StateFilter(WritingPage.text), F.text)


async def show_list(_query: CallbackQuery, callback_data: StaffPages, desk: Desk) -> Reply:
    """The pages of the guide."""
    states = await editing.states(desk.tx, desk.colleague)
    begin = max(callback_data.screen, 0) * PER_SCREEN
    marks = [(page, _mark(states.get(page.code))) for page in desk.t.pages]
    shown, more = marks[begin : begin + PER_SCREEN], len(marks) > begin + PER_SCREEN
    return instead(words.pages_list(desk.t, shown, max(callback_data.screen, 0), more))


def _mark(state: editing.EditionState | None) -> str | None:
    return str(state) if state else None


async def print_guide(_query: CallbackQuery, callback_data: PrintGuide, desk: Desk) -> Reply:
    """The whole guide as a file, in the language that is pressed."""
    code = callback_data.language
    await editing.states(desk.tx, desk.colleague)  # only who may open the list
    if code not in desk.languages.codes:
        return instead(words.print_which(desk.t, desk.languages.codes))
    guide = await papers.booklet(desk.tx, desk.languages.get(code))
    return say(words.to_print(desk.t, code, guide))


async def show_page(
    _query: CallbackQuery, callback_data: StaffGuidePage, state: FSMContext, desk: Desk
) -> Reply:
    """One page and its languages."""
    await state.clear()
    return instead(await _page(desk, callback_data.page))


async def _page(desk: Desk, code: str, said: str = "") -> Said:
    page = desk.t.page(code)
    if page is None:
        raise NotYours
    found = await editing.view(desk.tx, desk.colleague, code)
    done = found.draft.done if found.draft else ()
    codes = desk.languages.codes
    state, own = _mark(found.state), found.own
    return words.pages_one(desk.t, page, codes, done, state, own, said, found.mark)


async def _in(desk: Desk, code: str, language: str) -> Page:
    """The page in that language: the draft's text, else what stands; raises NotYours."""
    if language not in desk.languages.codes:
        raise NotYours
    t = desk.languages.get(language)
    page = next((each for each in await pages_now(t, desk.tx) if each.code == code), None)
    if page is None:
        raise NotYours
    found = await editing.view(desk.tx, desk.colleague, code)
    if found.draft and language in found.draft.texts:
        return rewritten(page, found.draft.texts[language], page.checked_on, t.rtl)
    return page


async def show_language(
    _query: CallbackQuery, callback_data: PageIn, state: FSMContext, desk: Desk
) -> Reply:
    """The page in one language, as families would see it."""
    await state.clear()
    page = await _in(desk, callback_data.page, callback_data.language)
    return instead(words.pages_language(desk.t, page, callback_data.language))


async def ask_text(
    _query: CallbackQuery, callback_data: WritePage, state: FSMContext, desk: Desk
) -> Reply:
    """Write it anew: as the next message."""
    await _in(desk, callback_data.page, callback_data.language)
    await state.set_state(WritingPage.text)
    await state.set_data({"page": callback_data.page, "language": callback_data.language})
    return say(words.pages_write(desk.t, callback_data.language))


async def take_text(message: Message, state: FSMContext, desk: Desk) -> Reply:
    """The new text, if it can be a page; else why not, and it can be written again."""
    known = await state.get_data()
    text = clean_lines(message.text or "")
    if fault := written_fault(text, desk.languages.get(known["language"]).rtl):
        again = words.pages_write(desk.t, known["language"])
        return say(Said(words.pages_fault(desk.t, fault)), again)
    await state.clear()
    return say(await _written(desk, known["page"], known["language"], text))


async def is_right(_query: CallbackQuery, callback_data: PageIsRight, desk: Desk) -> Reply:
    """Nothing is to be changed in that language."""
    await _in(desk, callback_data.page, callback_data.language)
    return instead(await _written(desk, callback_data.page, callback_data.language, None))


async def _written(desk: Desk, code: str, language: str, text: str | None) -> Said:
    first = {
        t.code: page.text
        for t in desk.languages
        for page in await pages_now(t, desk.tx)
        if page.code == code
    }
    await editing.write(desk.tx, desk.colleague, code, language, text, first, desk.now)
    return await _page(desk, code, place_edit_texts.edit_done(desk.t, "saved"))


async def act(_query: CallbackQuery, callback_data: ActOnPage, desk: Desk) -> Reply:
    """Send, throw away, or what stood before."""
    code, codes = callback_data.page, desk.languages.codes
    match callback_data.act:
        case PageAct.SEND:
            outcome = await editing.send(desk.tx, desk.colleague, code, codes)
            return instead(await _after(desk, code, outcome, "sent"))
        case PageAct.DROP:
            await editing.drop(desk.tx, desk.colleague, code)
            return instead(await _page(desk, code))
        case PageAct.HISTORY:
            return await _history(desk, code)


async def publish(_query: CallbackQuery, callback_data: PublishPage, desk: Desk) -> Reply:
    """The second person has looked at it."""
    code, seen, codes = callback_data.page, callback_data.seen, desk.languages.codes
    outcome = await editing.publish(desk.tx, desk.colleague, code, seen, codes, desk.now)
    return instead(await _after(desk, code, outcome, "published"))


async def _after(desk: Desk, code: str, outcome: Outcome, done: str) -> Said:
    if outcome is Outcome.DONE:
        return await _page(desk, code, place_edit_texts.edit_done(desk.t, done))
    if outcome is not Outcome.MISSING:
        return await _page(desk, code, place_edit_texts.edit_refused(desk.t, outcome))
    draft = (await editing.view(desk.tx, desk.colleague, code)).draft
    lacking = editing.missing(draft, desk.languages.codes)
    return await _page(desk, code, words.pages_missing(desk.t, lacking))


async def _history(desk: Desk, code: str) -> Reply:
    shown = [
        (each.id, (each.published_at or each.made_at).date(), each.author, each.reviewer)
        for each in await editing.history(desk.tx, desk.colleague, code)
    ]
    return instead(words.pages_history(desk.t, code, shown))


async def bring_back(_query: CallbackQuery, callback_data: BringPageBack, desk: Desk) -> Reply:
    """That version as a draft."""
    number = callback_data.edition
    code = await editing.bring_back(desk.tx, desk.colleague, number, desk.now)
    return instead(await _page(desk, code, place_edit_texts.edit_done(desk.t, "saved")))
