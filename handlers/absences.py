"""Staff tell that somebody is ill, and give on their visits in one step (mission D10)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery

from messaging import absence_texts
from messaging.absence_buttons import IllUntil, Settle, WhoIsIll
from messaging.i18n import Tongue
from messaging.keyboards import Message
from messaging.replies import Reply, instead
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services import absences
from services.absences import Case, Fate
from services.access import Colleague
from services.types import Tx

_DAYS_AHEAD = (0, 1, 2, 4, 6, 13)  # today, and so many days from now


def register(router: Router) -> None:
    """The handlers of who is ill; the router is for staff alone."""
    on = router.callback_query.register
    on(who, WhoIsIll.filter())
    on(until_when, IllUntil.filter(F.last_day.is_(None)))
    on(ill, IllUntil.filter())
    on(settle, Settle.filter(F.now))
    on(show, Settle.filter())


async def who(_query: CallbackQuery, colleague: Colleague, t: Tongue, tx: Tx) -> Reply:
    """I, or a colleague of the area."""
    team = await absences.team(tx, colleague)
    return instead(absence_texts.who_is_ill(t, team, colleague.member.id))


async def until_when(
    _query: CallbackQuery, callback_data: IllUntil, t: Tongue, now: datetime, rules: Rules
) -> Reply:
    """The last day."""
    today = on_the_clock(now, rules.zone).date()
    days = [today + timedelta(days=each) for each in _DAYS_AHEAD]
    return instead(absence_texts.until_when(t, callback_data.staff, days))


async def ill(
    _query: CallbackQuery,
    callback_data: IllUntil,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Their visits in that time, and what would be said; nothing is said yet."""
    try:
        last = date.fromisoformat(callback_data.last_day or "")
    except ValueError as error:
        raise NotYours from error
    found = await absences.ill(tx, colleague, callback_data.staff, last, now, rules)
    return instead(await _page(tx, colleague, callback_data.staff, found, t, rules))


async def show(
    _query: CallbackQuery,
    callback_data: Settle,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """The same of who has left, or is ill already."""
    found = await absences.cases(tx, colleague, callback_data.staff, now, rules)
    return instead(await _page(tx, colleague, callback_data.staff, found, t, rules))


async def _page(
    tx: Tx, colleague: Colleague, staff: int, found: Sequence[Case], t: Tongue, rules: Rules
) -> Message:
    name = (await absences.whose(tx, colleague, staff)).member.name
    count = len({case.name.family_id for case in found if case.fate is not Fate.PHONE})
    return absence_texts.visits_of(t, name, staff, _lines(t, found, rules), count)


async def settle(
    _query: CallbackQuery,
    callback_data: Settle,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """All of them in one step; what became of each."""
    done = await absences.settle(tx, colleague, callback_data.staff, now, rules)
    return instead(absence_texts.result(t, _lines(t, done, rules)))


def _lines(t: Tongue, found: Sequence[Case], rules: Rules) -> list[str]:
    return [_line(t, each, rules) for each in found]


def _line(t: Tongue, case: Case, rules: Rules) -> str:
    family, starts_at = case.name.label or case.name.family_id, case.booking.starts_at
    match case.fate:
        case Fate.GIVEN:
            name = case.instead.name if case.instead else ""
            return absence_texts.given_line(t, family, name, starts_at, rules.zone)
        case Fate.OFFERED:
            return absence_texts.offered_line(t, family, starts_at, rules.zone)
        case Fate.CANCELLED:
            return absence_texts.cancelled_line(t, family, starts_at, rules.zone)
        case Fate.PHONE:
            return absence_texts.phone_line(t, family, starts_at, rules.zone)
