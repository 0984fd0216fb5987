"""A parent answers a visit, or the offer of one, with one tap; and may change their mind."""

from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from handlers.reasons import never_told
from messaging import calendar_texts, proposal_texts, visit_texts
from messaging.callbacks import Offer, OfferWish, VisitAnswer, VisitNo, VisitUndo
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.keyboards import one_each
from messaging.meeting_place_buttons import MoreOnVisit
from messaging.replies import Reply, instead, say
from programme.kinds import Rules
from programme.people import Booking, BookingState, Choice
from programme.reasons import About
from services import access, answering, declining, looking, reasons, visits
from services.access import Reader
from services.answering import Standing
from services.types import Tx


def make_router() -> Router:
    """The handlers of answers to a visit."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(answer, VisitAnswer.filter())
    router.callback_query.register(more, MoreOnVisit.filter())
    router.callback_query.register(no, VisitNo.filter())
    router.callback_query.register(after_all, VisitUndo.filter())
    router.callback_query.register(offer, Offer.filter())
    return router


async def answer(
    _query: CallbackQuery,
    callback_data: VisitAnswer,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Yes, another time, or no thanks; a visit that has changed is told as it is now."""
    number, revision, choice = callback_data.booking, callback_data.revision, callback_data.choice
    met = await answering.answer(tx, reader, number, revision, choice, now, rules)
    visit = met.booking
    match met.standing:
        case Standing.OPEN if choice is Choice.OTHER_TIME:
            return say(await _another_time(tx, reader, visit, t, now, rules))
        case Standing.OPEN:
            return say(_thanks(t, choice, visit, reader, rules))
        case Standing.CHANGED:
            rows = visit_texts.visit_rows(t, visit.id, visit.revision, visit.house)
            return say(Said(visit_texts.visit_has_changed(t, visit.starts_at, rules.zone), rows))
        case Standing.CANCELLED:
            return say(_gone(t, visit))
        case Standing.OVER:
            return say(Said(visit_texts.visit_is_over(t)))


async def _another_time(
    tx: Tx, reader: Reader, visit: Booking, t: Tongue, now: datetime, rules: Rules
) -> Said:
    """Free times at once, if there are any; staff have heard of the wish in any case."""
    found = await looking.look(tx, reader, visit.visit, now, rules, moves=visit)
    if found.others is None:
        return Said(visit_texts.other_time_ack(t))
    return proposal_texts.free_times(t, found.others, rules.zone)


def _see_you(t: Tongue, visit: Booking, reader: Reader, rules: Rules) -> Said:
    """The time suits; who has no calendar files yet can have them, and choose another place."""
    rows = () if reader.guardian.calendar else calendar_texts.to_calendar_rows(t)
    elsewhere = one_each([proposal_texts.other_place_button(t, visit)])
    said = visit_texts.confirmed(t, visit.starts_at, rules.zone)
    return Said(said, (*rows, *elsewhere))


def _thanks(t: Tongue, choice: Choice, visit: Booking, reader: Reader, rules: Rules) -> Said:
    match choice:
        case Choice.YES:
            return _see_you(t, visit, reader, rules)
        case Choice.OTHER_TIME:
            return Said(visit_texts.other_time_ack(t))
        case Choice.NO_THANKS:
            return visit_texts.which_no(t, visit.id)


def _gone(t: Tongue, visit: Booking) -> Said:
    """A visit that is not booked any more: by the family's own wish, or by staff."""
    if visit.state is BookingState.DECLINED:
        return visit_texts.visit_was_declined(t, visit.id)
    return Said(visit_texts.visit_was_cancelled(t))


async def more(
    _query: CallbackQuery, callback_data: MoreOnVisit, reader: Reader, t: Tongue, tx: Tx
) -> Reply:
    """No thanks, or the way there; an old button is answered when it is pressed."""
    number, revision = callback_data.booking, callback_data.revision
    visit = await access.booking_for(tx, reader, number)
    return say(visit_texts.more_on_visit(t, number, revision, visit.house))


async def no(
    _query: CallbackQuery,
    callback_data: VisitNo,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Only this visit, or all of them; each with Undo."""
    number = callback_data.booking
    if callback_data.every:
        await visits.end_all(tx, reader, now, rules)
        return instead(await _no_more(tx, reader, number, t, now))
    visit = await visits.decline(tx, reader, number, now, rules)
    if visit.starts_at <= now:
        return instead(Said(visit_texts.visit_is_over(t)))
    return instead(visit_texts.only_this_visit(t, visit.starts_at, rules.zone, number))


async def _no_more(tx: Tx, reader: Reader, number: int, t: Tongue, now: datetime) -> Said:
    may_tell = await reasons.is_open(tx, reader, About.VISITS, now)
    return visit_texts.no_more_visits(t, number, reader.resting(now), may_tell)


async def after_all(
    _query: CallbackQuery,
    callback_data: VisitUndo,
    state: FSMContext,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Undo of a no, today or weeks later: the visit stands again, or staff find a time."""
    await never_told(state, tx, reader, About.VISITS, rules)
    if not callback_data.booking:
        await declining.visits_after_all(tx, reader, now, rules)
        return instead(Said(visit_texts.visits_go_on(t)))
    visit = await declining.after_all(tx, reader, callback_data.booking, now, rules)
    if visit is None:
        return instead(Said(visit_texts.other_time_ack(t)))
    return instead(_see_you(t, visit, reader, rules))


async def offer(
    _query: CallbackQuery,
    callback_data: Offer,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """An answer to the offer of a visit."""
    visit = callback_data.visit
    match callback_data.wish:
        case OfferWish.YES:
            booked = await declining.want_time(tx, reader, visit, now, rules)
            found = None if booked else await looking.look(tx, reader, visit, now, rules)
            if found and found.others:
                return say(proposal_texts.free_times(t, found.others, rules.zone))
            return say(_offered(t, booked, reader, rules))
        case OfferWish.NOT_THIS:
            await declining.not_this(tx, reader, visit, now, rules)
            return say(visit_texts.offer_not_this(t, visit))
        case OfferWish.NONE:
            await visits.end_all(tx, reader, now, rules)
            return instead(await _no_more(tx, reader, 0, t, now))
        case OfferWish.MORE:
            return say(visit_texts.offer_more(t, visit))


def _offered(t: Tongue, booked: Booking | None, reader: Reader, rules: Rules) -> Said:
    if booked:
        return _see_you(t, booked, reader, rules)
    return Said(visit_texts.offer_yes(t))
