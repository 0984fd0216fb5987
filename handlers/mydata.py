"""My data, and forget me (mission B9). No "are you sure": one page that explains, one button."""

from datetime import date, datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.filters import is_parent
from messaging import look_texts, mydata_texts, signup_texts
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.look_buttons import WhoLooked
from messaging.replies import Reply, instead, say
from messaging.trust_buttons import Forget, Trust, TrustPage
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking
from services import forgetting, looks, mydata
from services.access import Reader
from services.forgetting import Kept
from services.types import Tx


def make_router() -> Router:
    """The handlers of both."""
    router = Router(name=__name__)
    router.message.filter(is_parent)
    router.callback_query.filter(is_parent)
    router.message.register(show_data, Command("mydata"))
    router.message.register(show_forget, Command("forget"))
    router.callback_query.register(show_data, Trust.filter(F.page == TrustPage.MY_DATA))
    router.callback_query.register(show_forget, Trust.filter(F.page == TrustPage.FORGET))
    router.callback_query.register(show_looks, WhoLooked.filter())
    router.callback_query.register(forget, Forget.filter())
    return router


async def show_data(
    _event: Message | CallbackQuery, reader: Reader, t: Tongue, tx: Tx, rules: Rules
) -> Reply:
    """Everything that is saved, to read and as a file."""
    found = await mydata.held_about(tx, reader)
    agreed, research = (_day(each, rules) for each in (found.agreed_at, found.research_at))
    return say(
        mydata_texts.about_you(t, found.chat_id, agreed, found.messages, research),
        mydata_texts.about_family(t, found.area, found.label, found.children),
        *mydata_texts.about_visits(t, found.bookings, rules.zone),
        *signup_texts.listed(t, found.signups),
        mydata_texts.all_in_a_file(t, found.as_json(), research=not found.hushed),
    )


async def show_looks(
    _query: CallbackQuery,
    callback_data: WhoLooked,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Who of the staff has opened this family's page."""
    found = await looks.who_looked(tx, reader, now, rules)
    lines = [(each.day, each.name, each.role, each.why) for each in found.lines]
    return say(look_texts.who_looked(t, lines, found.in_lists, max(callback_data.n, 0)))


def _day(at: datetime | None, rules: Rules) -> date | None:
    return on_the_clock(at, rules.zone).date() if at else None


async def show_forget(
    _event: Message | CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """What goes and what stays."""
    known = await forgetting.before(tx, reader, now)
    return say(mydata_texts.before_forgetting(t, known.others, known.visit, rules.zone))


async def forget(
    _query: CallbackQuery,
    callback_data: Forget,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Done at once; but a visit that was booked since the question was asked is asked about."""
    known = await forgetting.before(tx, reader, now)
    if known.visit and callback_data.visit != known.visit.id:
        shown = mydata_texts.before_forgetting(t, known.others, known.visit, rules.zone)
        return instead(shown)
    kept = await forgetting.forget(tx, reader, callback_data.come, now, rules, t.code)
    return Reply(messages=(_done(t, kept, known.visit, rules),), forgets=True)


def _done(t: Tongue, kept: Kept, visit: Booking | None, rules: Rules) -> Said:
    if visit and kept is Kept.TO_COME:
        return mydata_texts.forgotten_and_we_come(t, visit, rules.zone)
    if visit and kept is Kept.TO_TELL:
        return mydata_texts.forgotten_and_we_stay(t, visit, rules.zone)
    if kept is Kept.FOR_THE_OTHER:
        return mydata_texts.forgotten_for_the_other(t)
    return mydata_texts.forgotten(t)
