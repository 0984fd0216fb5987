"""Staff write what families can come to: the list, one activity, the timetable (mission E9, E10).

What each fact is changed with is in `activity_fields.py`, the times in `occasions.py`.
"""

from datetime import timedelta

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import activity_fields, closing, occasions
from handlers.activity_pages import activity_page, shown_of, told_in
from handlers.desk import Desk
from messaging import activity_field_texts as fields
from messaging import activity_texts as words
from messaging import occasion_texts
from messaging.activity_buttons import (
    Activities,
    ActivityAct,
    ActivityOfNotice,
    ActOnActivity,
    NewActivity,
    NewActivityKind,
    StaffActivity,
    Timetable,
)
from messaging.activity_texts import Listed
from messaging.notice_buttons import ActOnNotice, NoticeAct
from messaging.replies import Reply, instead
from programme.activities import ActivityState
from programme.errors import NotYours
from services import activities as acts
from services import occasions as times
from services.access import sends_notices, writes_activities
from services.activities import Line, Outcome

PER_PAGE = 8
NEXT_WEEK = 1


def register(router: Router) -> None:
    """The handlers of activities; the router is for staff alone."""
    on = router.callback_query.register
    on(show_list, Activities.filter())
    on(show_activity, StaffActivity.filter())
    on(show_announced, ActivityOfNotice.filter())
    on(ask_kind, NewActivityKind.filter())
    on(begin, NewActivity.filter())
    on(show_facts, ActOnActivity.filter(F.act == ActivityAct.EDIT))
    on(open_, ActOnActivity.filter(F.act == ActivityAct.OPEN))
    on(checked, ActOnActivity.filter(F.act == ActivityAct.CHECK))
    on(ask_cancel, ActOnActivity.filter(F.act == ActivityAct.CANCEL))
    on(cancel, ActOnActivity.filter(F.act == ActivityAct.CANCEL_SURE))
    on(ask_correct, ActOnActivity.filter(F.act == ActivityAct.TELL))
    on(correct, ActOnActivity.filter(F.act.in_({ActivityAct.CORRECT, ActivityAct.TELL_SURE})))
    on(show_timetable, Timetable.filter())
    occasions.register(router)
    closing.register(router)
    activity_fields.register(router)


async def show_list(
    _query: CallbackQuery, callback_data: Activities, state: FSMContext, desk: Desk
) -> Reply:
    """What families can come to in one's areas."""
    await state.clear()
    found = await acts.listed(desk.tx, desk.colleague, desk.t.code, desk.now, desk.rules)
    n = max(callback_data.page, 0)
    shown = [
        Listed(each.activity, each.title, _mark(each)) for each in found[n * PER_PAGE :][:PER_PAGE]
    ]
    more, writes = len(found) > (n + 1) * PER_PAGE, writes_activities(desk.colleague)
    closes = sends_notices(desk.colleague)
    return instead(words.activity_list(desk.t, shown, n, more, writes, closes))


def _mark(line: Line) -> str:
    if line.activity.state is ActivityState.DRAFT:
        return "draft"
    return "ends" if line.ends else "open"


async def show_activity(
    _query: CallbackQuery, callback_data: StaffActivity, state: FSMContext, desk: Desk
) -> Reply:
    """One activity."""
    await state.clear()
    return instead(await activity_page(desk, callback_data.activity))


async def show_announced(
    _query: CallbackQuery, callback_data: ActivityOfNotice, state: FSMContext, desk: Desk
) -> Reply:
    """The activity that a notice tells of."""
    await state.clear()
    back = ActOnNotice(notice=callback_data.notice, act=NoticeAct.WORDS).pack()
    return instead(await activity_page(desk, callback_data.activity, back=back))


async def ask_kind(_query: CallbackQuery, desk: Desk) -> Reply:
    """A new one: of which kind?"""
    return instead(words.ask_kind(desk.t))


async def begin(_query: CallbackQuery, callback_data: NewActivity, desk: Desk) -> Reply:
    """A draft of that kind."""
    number = await acts.begin(desk.tx, desk.colleague, callback_data.kind, desk.now)
    return instead(await activity_page(desk, number))


async def show_facts(
    _query: CallbackQuery, callback_data: ActOnActivity, state: FSMContext, desk: Desk
) -> Reply:
    """All that can be changed."""
    await state.clear()
    page = await acts.written(desk.tx, desk.colleague, callback_data.activity)
    return instead(fields.edit_activity(desk.t, page.activity, told_in(desk, page)))


async def open_(_query: CallbackQuery, callback_data: ActOnActivity, desk: Desk) -> Reply:
    """Families see it from now on."""
    number, codes = callback_data.activity, desk.languages.codes
    outcome = await acts.open_(desk.tx, desk.colleague, number, codes, desk.now, desk.rules)
    done = "opened" if outcome is Outcome.DONE else str(outcome)
    return instead(await activity_page(desk, number, words.activity_done(desk.t, done)))


async def checked(_query: CallbackQuery, callback_data: ActOnActivity, desk: Desk) -> Reply:
    """It is right today: one tap."""
    number = callback_data.activity
    await acts.check(desk.tx, desk.colleague, number, desk.now, desk.rules)
    return instead(await activity_page(desk, number, words.activity_done(desk.t, "checked")))


async def ask_cancel(_query: CallbackQuery, callback_data: ActOnActivity, desk: Desk) -> Reply:
    """All of it, for good?"""
    page = await acts.written(desk.tx, desk.colleague, callback_data.activity)
    return instead(words.ask_cancel(desk.t, shown_of(desk, page)))


async def cancel(_query: CallbackQuery, callback_data: ActOnActivity, desk: Desk) -> Reply:
    """It does not take place any more."""
    number = callback_data.activity
    outcome = await times.cancel_all(desk.tx, desk.colleague, number, desk.now, desk.rules)
    done = "cancelled" if outcome is Outcome.DONE else str(outcome)
    return instead(await activity_page(desk, number, words.activity_done(desk.t, done)))


async def ask_correct(_query: CallbackQuery, callback_data: ActOnActivity, desk: Desk) -> Reply:
    """Correct every notice that has told of it: silently, or telling everybody?"""
    page, many = await acts.untold(desk.tx, desk.colleague, callback_data.activity, desk.now)
    return instead(words.ask_correct(desk.t, shown_of(desk, page), many))


async def correct(_query: CallbackQuery, callback_data: ActOnActivity, desk: Desk) -> Reply:
    """Every notice that has told of it says on the phones what is so now."""
    number, tell = callback_data.activity, callback_data.act is ActivityAct.TELL_SURE
    phones, told = await acts.correct(desk.tx, desk.colleague, number, desk.now, tell)
    return instead(await activity_page(desk, number, words.corrected(desk.t, phones, told)))


async def show_timetable(_query: CallbackQuery, callback_data: Timetable, desk: Desk) -> Reply:
    """This week or next week, everywhere or at one place."""
    week, place = callback_data.week, callback_data.place
    if week not in {0, NEXT_WEEK}:
        raise NotYours
    monday = desk.today - timedelta(days=desk.today.weekday()) + timedelta(weeks=week)
    every = await times.timetable(desk.tx, desk.colleague, monday, desk.rules)
    venues = {each.activity.venue.id: each.activity.venue for each in every if each.activity.venue}
    shown = [
        (each.activity, each.occasion)
        for each in every
        if not place or (each.activity.venue and each.activity.venue.id == place)
    ]
    lines = await acts.listed(desk.tx, desk.colleague, desk.t.code, desk.now, desk.rules)
    return instead(
        occasion_texts.timetable(
            desk.t,
            shown,
            monday,
            week,
            [(number, venue.name) for number, venue in venues.items()],
            place,
            [(each.title, each.ends) for each in lines if each.ends],
            desk.rules.zone,
        )
    )
