"""A parent answers a visit with one tap."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import visit_texts
from messaging.callbacks import VisitAnswer
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, say
from programme.kinds import Rules
from programme.people import Booking, Choice
from services import booking
from services.access import Reader
from services.booking import Standing
from services.types import Tx


def make_router() -> Router:
    """The handlers of answers to a visit."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(answer, VisitAnswer.filter())
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
    met = await booking.answer(tx, reader, number, revision, choice, now, rules)
    visit = met.booking
    match met.standing:
        case Standing.OPEN:
            return say(Said(_thanks(t, choice, visit, rules)))
        case Standing.CHANGED:
            rows = visit_texts.visit_rows(t, visit.id, visit.revision)
            return say(Said(visit_texts.visit_has_changed(t, visit.starts_at, rules.zone), rows))
        case Standing.CANCELLED:
            return say(Said(visit_texts.visit_was_cancelled(t)))
        case Standing.OVER:
            return say(Said(visit_texts.visit_is_over(t)))


def _thanks(t: Tongue, choice: Choice, visit: Booking, rules: Rules) -> str:
    match choice:
        case Choice.YES:
            return visit_texts.confirmed(t, visit.starts_at, rules.zone)
        case Choice.OTHER_TIME:
            return visit_texts.other_time_ack(t)
        case Choice.NO_THANKS:
            return visit_texts.no_thanks_ack(t)
