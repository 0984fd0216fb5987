"""When an activity takes place: planned, moved, cancelled; who has signed up is told (E8, E9).

What has begun is history and stays. After each act on an open activity `signing_up.changed` plans
what those who signed up must know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from programme.activities import Activity, ActivityState, Occasion
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import exists, instant, on_the_clock
from programme.timetables import AHEAD, MEETINGS, WEEK, Plan, meetings, until
from services import activities as acts
from services import attendance_figures, own_areas, signing_up
from services.access import Colleague
from services.activities import Outcome, Page
from storage import activities
from storage.database import Tx

LONGEST = 12 * 60  # minutes


@dataclass(frozen=True, kw_only=True)
class Span:
    """A day and hours on the clocks: when something is to be."""

    first: date
    begins: time
    minutes: int


@dataclass(frozen=True)
class Planned:
    """What came of planning: how many times were added, and the red days that were left out."""

    outcome: Outcome
    added: int = 0
    left_out: tuple[date, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One line of the timetable."""

    activity: Activity
    occasion: Occasion


async def one(tx: Tx, colleague: Colleague, number: int) -> tuple[Page, Occasion]:
    """One occasion and its activity, of their areas; raises NotYours."""
    activity_id = await activities.activity_of(tx, number)
    if activity_id is None:
        raise NotYours
    page = await acts.seen(tx, colleague, activity_id)
    return page, next(each for each in page.occasions if each.id == number)


async def add(
    tx: Tx, colleague: Colleague, activity: int, span: Span, now: datetime, rules: Rules
) -> Planned:
    """One more date; raises NotYours."""
    return await _plan(tx, colleague, activity, span, Plan((span.first,)), now, rules)


async def add_series(
    tx: Tx,
    colleague: Colleague,
    activity: int,
    span: Span,
    count: int,
    now: datetime,
    rules: Rules,
) -> Planned:
    """So many weekly meetings from that day on; raises NotYours."""
    if count not in MEETINGS:
        raise NotYours
    plan = meetings(span.first, count, rules)
    return await _plan(tx, colleague, activity, span, plan, now, rules)


async def add_weekly(
    tx: Tx,
    colleague: Colleague,
    activity: int,
    span: Span,
    last: date,
    now: datetime,
    rules: Rules,
) -> Planned:
    """Every week until that day, a year ahead at most; raises NotYours."""
    if not span.first <= last <= on_the_clock(now, rules.zone).date() + AHEAD:
        raise NotYours
    plan = until(span.first, last, rules)
    return await _plan(tx, colleague, activity, span, plan, now, rules)


async def _plan(
    tx: Tx,
    colleague: Colleague,
    number: int,
    span: Span,
    plan: Plan,
    now: datetime,
    rules: Rules,
) -> Planned:
    page = await acts.written(tx, colleague, number)
    _must_be_a_time(span)
    if page.activity.state is ActivityState.CANCELLED:
        return Planned(Outcome.GONE)
    if not plan.days:
        return Planned(Outcome.NOTHING, 0, plan.left_out)
    if instant(plan.days[0], span.begins, rules.zone) <= now:
        return Planned(Outcome.OVER)
    there = {each.starts_at for each in page.occasions if not each.cancelled}
    wanted = [instant(day, span.begins, rules.zone) for day in plan.days]
    new = [each for each in wanted if each not in there]
    for starts_at in new:
        await activities.add_occasion(tx, number, starts_at, span.minutes, now)
    await tell(tx, page.activity, now, rules)
    outcome = Outcome.DONE if new else Outcome.TAKEN
    return Planned(outcome, len(new), plan.left_out)


def _must_be_a_time(span: Span) -> None:
    if not 0 < span.minutes <= LONGEST or not exists(span.first, span.begins):
        raise NotYours


async def move(
    tx: Tx, colleague: Colleague, number: int, span: Span, now: datetime, rules: Rules
) -> Outcome:
    """Another day or hour for one occasion; raises NotYours."""
    page, occasion = await one(tx, colleague, number)
    await acts.written(tx, colleague, page.activity.id)
    _must_be_a_time(span)
    starts_at = instant(span.first, span.begins, rules.zone)
    if refused := _cannot_change(page, occasion, now):
        return refused
    if starts_at <= now:
        return Outcome.OVER
    others = {each.starts_at for each in page.occasions if not each.cancelled} - {
        occasion.starts_at
    }
    if starts_at in others:
        return Outcome.TAKEN
    if (starts_at, span.minutes) == (occasion.starts_at, occasion.minutes):
        return Outcome.DONE
    await attendance_figures.begin_anew(tx, page.activity.id, occasion, rules)
    unheard = number in await signing_up.unheard(tx, page.activity.id, rules)
    await activities.move_occasion(tx, number, starts_at, span.minutes, now, unheard)
    await tell(tx, page.activity, now, rules)
    return Outcome.DONE


def _cannot_change(page: Page, occasion: Occasion, now: datetime) -> Outcome | None:
    if page.activity.state is ActivityState.CANCELLED or occasion.cancelled:
        return Outcome.GONE
    return Outcome.OVER if occasion.starts_at <= now else None


async def cancel(
    tx: Tx, colleague: Colleague, numbers: Sequence[int], now: datetime, rules: Rules
) -> Outcome:
    """These occasions of one activity do not take place; what has begun stays. Raises NotYours."""
    if not numbers:
        return Outcome.NOTHING
    page, _ = await one(tx, colleague, numbers[0])
    await acts.written(tx, colleague, page.activity.id)
    known = {each.id: each for each in page.occasions}
    wanted = [known[each] for each in numbers if each in known]
    open_ones = [each for each in wanted if _cannot_change(page, each, now) is None]
    for each in open_ones:
        await activities.cancel_occasion(tx, each.id, now)
    if open_ones:
        await tell(tx, page.activity, now, rules)
        return Outcome.DONE
    return Outcome.OVER if any(each.starts_at <= now for each in wanted) else Outcome.GONE


def within(page: Page, first: date, last: date, now: datetime, rules: Rules) -> list[Occasion]:
    """What lies ahead and takes place on those days."""
    return [
        each
        for each in page.occasions
        if not each.cancelled and each.starts_at > now
        if first <= on_the_clock(each.starts_at, rules.zone).date() <= last
    ]


async def cancel_days(
    tx: Tx,
    colleague: Colleague,
    activity: int,
    first: date,
    last: date,
    now: datetime,
    rules: Rules,
) -> tuple[Outcome, int]:
    """None on those days, such as in summer; how many that were. Raises NotYours."""
    page = await acts.written(tx, colleague, activity)
    found = within(page, first, last, now, rules)
    outcome = await cancel(tx, colleague, [each.id for each in found], now, rules)
    return outcome, len(found)


async def cancel_all(
    tx: Tx, colleague: Colleague, activity: int, now: datetime, rules: Rules
) -> Outcome:
    """The whole activity does not take place any more; raises NotYours."""
    page = await acts.written(tx, colleague, activity)
    if page.activity.state is ActivityState.CANCELLED:
        return Outcome.GONE
    for each in page.occasions:
        if not each.cancelled and each.starts_at > now:
            await activities.cancel_occasion(tx, each.id, now)
    await activities.change(tx, activity, state=ActivityState.CANCELLED)
    await tell(tx, page.activity, now, rules)
    return Outcome.DONE


async def tell(tx: Tx, activity: Activity, now: datetime, rules: Rules) -> None:
    """Who has signed up hears of it; of a draft nobody knows."""
    if activity.state is ActivityState.OPEN:
        await signing_up.changed(tx, activity.id, now, rules)
        await attendance_figures.recount(tx, activity.id, rules)


async def timetable(tx: Tx, colleague: Colleague, monday: date, rules: Rules) -> list[Entry]:
    """What takes place in that week in their areas, by time; raises NotYours."""
    own = [each.id for each in await own_areas.with_activities(tx, colleague)]
    since = instant(monday, time(), rules.zone)
    end = instant(monday + WEEK, time(), rules.zone)
    found = await activities.between(tx, own, since, end)
    known = await activities.load(tx, list({number for number, _ in found}))
    return [Entry(known[number], occasion) for number, occasion in found]
