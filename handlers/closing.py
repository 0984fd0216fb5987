"""Closed today: what would be said and to how many, then one tap (mission E12)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.activity_pages import entry_lines
from handlers.desk import Desk
from handlers.occasions import occasion_page
from messaging import occasion_texts as words
from messaging import public_words
from messaging.activity_buttons import (
    Activities,
    ActOnOccasion,
    ClosePlace,
    OccasionAct,
    StaffOccasion,
)
from messaging.activity_texts import activity_done
from messaging.keyboards import Button
from messaging.replies import Reply, instead
from services import closing
from services.activities import Outcome


def register(router: Router) -> None:
    """The handlers of closing a time or a place."""
    on = router.callback_query.register
    on(preview_time, ActOnOccasion.filter(F.act == OccasionAct.CLOSE))
    on(close_time, ActOnOccasion.filter(F.act == OccasionAct.CLOSE_SURE))
    on(which_place, ClosePlace.filter(F.place == 0))
    on(close_place, ClosePlace.filter(F.sure))
    on(preview_place, ClosePlace.filter())


async def preview_time(_query: CallbackQuery, callback_data: ActOnOccasion, desk: Desk) -> Reply:
    """What closing that time would say, and to how many."""
    number, codes = callback_data.occasion, desk.languages.codes
    found = await closing.preview(desk.tx, desk.colleague, number, codes, desk.now, desk.rules)
    heads = [words.is_off(desk.t), *entry_lines(desk, found.page.activity, found.occasion)]
    sure = ActOnOccasion(occasion=number, act=OccasionAct.CLOSE_SURE).pack()
    back = Button(desk.t.gettext("Back"), StaffOccasion(occasion=number).pack())
    say_it = words.close_button(desk.t, sure)
    return instead(words.ask_close(desk.t, heads, found.readers, say_it, back))


async def close_time(_query: CallbackQuery, callback_data: ActOnOccasion, desk: Desk) -> Reply:
    """That time is closed."""
    number, languages = callback_data.occasion, desk.languages
    outcome, readers = await closing.urgent_closed(
        desk.tx, desk.colleague, number, languages, desk.now, desk.rules
    )
    said = activity_done(desk.t, str(outcome))
    if outcome is Outcome.DONE:
        said = words.closed(desk.t, readers)
    return instead(await occasion_page(desk, number, said))


async def which_place(_query: CallbackQuery, desk: Desk) -> Reply:
    """Which of the places that would be open."""
    venues = await closing.open_today(desk.tx, desk.colleague, desk.now, desk.rules)
    return instead(words.ask_which_place(desk.t, venues))


async def preview_place(_query: CallbackQuery, callback_data: ClosePlace, desk: Desk) -> Reply:
    """What closing that place would say, and to how many."""
    number, codes = callback_data.place, desk.languages.codes
    found = await closing.preview_place(
        desk.tx, desk.colleague, number, codes, desk.now, desk.rules
    )
    said = words.closed_place(desk.t, found.venue, desk.today)
    heads = [public_words.as_html(said, desk.t.rtl)]
    for each in found.entries:
        heads += entry_lines(desk, each.activity, each.occasion)
    say_it = words.close_button(desk.t, ClosePlace(place=number, sure=True).pack())
    back = Button(desk.t.gettext("Back"), ClosePlace().pack())
    return instead(words.ask_close(desk.t, heads, found.readers, say_it, back))


async def close_place(_query: CallbackQuery, callback_data: ClosePlace, desk: Desk) -> Reply:
    """That place is closed today."""
    place, languages = callback_data.place, desk.languages
    readers = await closing.close_place(
        desk.tx, desk.colleague, place, languages, desk.now, desk.rules
    )
    back = Button(desk.t.gettext("Back"), Activities().pack())
    return instead(words.place_closed(desk.t, readers, back))
