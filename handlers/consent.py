"""Yes or no again, to words that have changed (mission B5)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import consent_texts, pause_texts
from messaging.i18n import Tongue
from messaging.replies import Reply, instead, say
from messaging.trust_buttons import ConsentAgain, Trust, TrustPage
from programme.kinds import Rules
from programme.reasons import About
from services import consent, preferences, reasons
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of the question."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(show, Trust.filter(F.page == TrustPage.CONSENT))
    router.callback_query.register(answer, ConsentAgain.filter())
    return router


async def show(_query: CallbackQuery, t: Tongue) -> Reply:
    """The words, with yes and no."""
    return say(consent_texts.ask_again(t))


async def answer(
    _query: CallbackQuery,
    callback_data: ConsentAgain,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Yes: everything goes on. No is a stop: a booked visit stands and is asked about."""
    if callback_data.yes:
        await consent.say_yes(tx, reader, now, rules)
        return instead(consent_texts.said_yes(t, reader.resting(now)))
    visit = await preferences.stop(tx, reader, now)
    may_tell = await reasons.is_open(tx, reader, About.MESSAGES, now)
    return instead(pause_texts.stopped(t, visit, rules.zone, may_tell))
