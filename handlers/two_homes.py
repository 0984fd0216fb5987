"""A parent tells that the child has two homes: each parent sees only their own visits (B15)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import home_texts
from messaging.home_buttons import ASK, YES, TwoHomes
from messaging.i18n import Tongue
from messaging.replies import Reply, instead
from programme.errors import NotYours
from programme.kinds import Rules
from services import two_homes
from services.access import Reader
from services.two_homes import Keeps
from services.types import Tx


def make_router() -> Router:
    """The handlers of a family that has two homes."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(ask, TwoHomes.filter(F.keeps == ASK))
    router.callback_query.register(go_on, TwoHomes.filter(F.keeps == YES))
    router.callback_query.register(split, TwoHomes.filter())
    return router


async def ask(_query: CallbackQuery, t: Tongue) -> Reply:
    """What it means; nothing has happened yet."""
    return instead(home_texts.two_homes(t))


async def go_on(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """Yes; and where visits are booked, who has them."""
    if times := await two_homes.to_share(tx, reader, now):
        return instead(home_texts.who_has_the_visits(t, times, rules.zone))
    await two_homes.split(tx, reader, Keeps.FIRST, now, rules)
    return instead(home_texts.are_two_homes(t, reader.resting(now)))


async def split(
    _query: CallbackQuery,
    callback_data: TwoHomes,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Who has the booked visits is said."""
    if callback_data.keeps not in set(Keeps):
        raise NotYours
    await two_homes.split(tx, reader, Keeps(callback_data.keeps), now, rules)
    return instead(home_texts.are_two_homes(t, reader.resting(now)))
