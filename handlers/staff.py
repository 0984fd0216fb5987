"""The chat of staff: whom to phone, answers, families, and one page for each (mission H1).

Who has ended is nobody here; another area's family is answered like one that does not exist.
"""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import (
    absences,
    activities,
    day_lists,
    door_lists,
    family_reasons,
    interpreters,
    listening,
    looks,
    mornings,
    notes,
    notice_progress,
    notices,
    outcomes,
    page_editing,
    picking,
    place_editing,
    quarter,
    recording,
    registering,
    reports,
    staff_acts,
    staff_areas,
    staff_booking,
    staff_calendar,
    staff_help,
    staff_homes,
    staff_pages,
    staff_posters,
    staff_team,
    staff_threads,
    staff_times,
    translating,
    yearly,
)
from handlers import staff_links as links_of_a_family
from handlers.desk import Desk, at_desk
from messaging import join_texts, staff_texts, texts
from messaging.callbacks import (
    STAFF_ANSWERS,
    STAFF_FAMILIES,
    STAFF_LANGUAGE,
    STAFF_PHONE,
    ChooseLanguage,
    StaffFamily,
    StaffPage,
)
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from programme.kinds import Rules
from services import staff_links, staff_view
from services.access import Colleague
from services.types import Tx

# What staff do, task by task; each may also wait for something that is written (by its state).
PARTS = (
    staff_acts,
    staff_team,
    staff_times,
    staff_homes,
    absences,
    interpreters,
    registering,
    links_of_a_family,
    staff_calendar,
    place_editing,
    page_editing,
    recording,
    notices,
    listening,
    looks,
    mornings,
    day_lists,
    door_lists,
    staff_posters,
    staff_areas,
    staff_booking,
    outcomes,
    family_reasons,
    picking,
    activities,
    staff_threads,
    translating,
    notice_progress,
    notes,
    yearly,
    quarter,
    staff_help,
    reports,
)
# Of those, the ones with commands of their own.
TYPED = (notes, yearly, quarter, staff_help, reports)


def make_router() -> Router:
    """Everything a colleague writes or presses ends here."""
    router = Router(name=__name__)
    router.message.filter(at_desk)
    router.callback_query.filter(at_desk)
    router.message.register(open_link, CommandStart(deep_link=True))
    router.message.register(show_languages, Command("language"))
    for part in TYPED:
        part.register_commands(router)
    router.message.register(show_menu, F.text.startswith("/"))  # Telegram shows parents' commands
    router.callback_query.register(set_language, ChooseLanguage.filter())
    router.callback_query.register(show_languages, StaffPage.filter(F.page == STAFF_LANGUAGE))
    router.callback_query.register(show_phone, StaffPage.filter(F.page == STAFF_PHONE))
    router.callback_query.register(show_answers, StaffPage.filter(F.page == STAFF_ANSWERS))
    router.callback_query.register(show_families, StaffPage.filter(F.page == STAFF_FAMILIES))
    router.callback_query.register(show_family, StaffFamily.filter())
    for part in PARTS:
        part.register(router)
    router.message.register(free_text)
    router.callback_query.register(show_menu, StaffPage.filter())
    router.callback_query.register(old_button)
    return router


async def open_link(
    _message: Message, command: CommandObject, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """Their own link once more; or a family's, or one of nobody."""
    if await staff_links.is_own(tx, colleague.member, command.args or ""):
        return say(staff_texts.staff_menu(t, colleague.member))
    return say(staff_texts.chat_is_staffs(t, colleague.member))


async def show_menu(
    event: Message | CallbackQuery, state: FSMContext, colleague: Colleague, t: Tongue
) -> Reply:
    """The few things staff can do; what was begun is forgotten."""
    await state.clear()
    menu = staff_texts.staff_menu(t, colleague.member)
    return instead(menu) if isinstance(event, CallbackQuery) else say(menu)


async def show_languages(_event: Message | CallbackQuery, languages: Languages) -> Reply:
    """Another language is wanted: all of them, each by its own name."""
    return say(join_texts.choose_language(languages, others=False))


async def free_text(_message: Message, colleague: Colleague, t: Tongue) -> Reply:
    """Nothing that staff write is read or kept."""
    return say(staff_texts.only_buttons(t, colleague.member))


async def set_language(
    _query: CallbackQuery,
    callback_data: ChooseLanguage,
    languages: Languages,
    colleague: Colleague,
    tx: Tx,
) -> Reply:
    """From now on in that language."""
    if callback_data.code not in languages.codes:
        return say(join_texts.choose_language(languages, others=False))
    t = languages.get(callback_data.code)
    await staff_links.set_language(tx, colleague, t.code)
    said = Said(join_texts.language_set(t), staff_texts.menu_rows(t, colleague.member))
    return Reply(messages=(said,), instead=True, menu=t.code)


async def show_phone(
    _query: CallbackQuery,
    callback_data: StaffPage,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Whom to phone."""
    lines = await staff_view.to_phone(tx, colleague, now, rules, languages.codes)
    return instead(staff_pages.phone_page(t, lines, max(callback_data.n, 0), rules))


async def show_answers(
    _query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """The latest answers."""
    return instead(staff_pages.answer_page(t, await staff_view.answers(tx, colleague, now), rules))


async def show_families(_query: CallbackQuery, callback_data: StaffPage, desk: Desk) -> Reply:
    """The families of the area, page by page."""
    names = await staff_view.all_families(desk.tx, desk.colleague, desk.now)
    return instead(staff_pages.families_page(desk.t, names, max(callback_data.n, 0)))


async def show_family(_query: CallbackQuery, callback_data: StaffFamily, desk: Desk) -> Reply:
    """One family."""
    return say(await staff_pages.show_family(desk, callback_data.family))


async def old_button(_query: CallbackQuery, colleague: Colleague, t: Tongue) -> Reply:
    """A button that is old, or was never there."""
    return say(Said(texts.old_button(t), staff_texts.menu_rows(t, colleague.member)))
