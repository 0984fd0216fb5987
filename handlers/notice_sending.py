"""Before a notice is sent, while it leaves, and afterwards (mission E1, E2, E4-E6)."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.desk import Desk
from handlers.notice_pages import page
from messaging import letters, pickers
from messaging import notice_sending_texts as words
from messaging.keyboards import Message as Said
from messaging.notice_buttons import SEND_DAY, SEND_TIME, ActOnNotice, NoticeAct
from messaging.notice_sending_texts import Counted, Hindrance
from messaging.picker_buttons import PickDay, PickHour, PickTime, ShowMonth, ShowMonths
from messaging.pickers import Days
from messaging.replies import Reply, instead, say
from programme.by_notice import a_letter, worth_saying
from programme.errors import NotYours
from programme.localtime import instant, walls
from programme.notice_errors import (
    AlreadySent,
    NoReaders,
    SaidAlready,
    TooLate,
    WordsMissing,
    WordsTooLong,
)
from programme.notices import Notice, NoticeState
from services import composing, correcting, sending

FIRST, LAST = time(8), time(19, 45)  # when notices may leave
FAR = timedelta(days=90)
_REFUSED = (AlreadySent, NoReaders, TooLate, WordsMissing, WordsTooLong)


def register(router: Router) -> None:
    """The handlers of sending."""
    on = router.callback_query.register

    on(check, ActOnNotice.filter(F.act == NoticeAct.CHECK))
    on(preview, ActOnNotice.filter(F.act == NoticeAct.PREVIEW))
    on(send, ActOnNotice.filter(F.act.in_({NoticeAct.SEND, NoticeAct.SEND_AGAIN})))
    on(ask_day, ActOnNotice.filter(F.act.in_({NoticeAct.WHEN, NoticeAct.WHEN_AGAIN})))
    on(turn_month, ShowMonth.filter(F.why == SEND_DAY))
    on(list_months, ShowMonths.filter(F.why == SEND_DAY))
    on(day_chosen, PickDay.filter(F.why == SEND_DAY))
    on(hour_chosen, PickHour.filter(F.why == SEND_TIME))
    on(time_chosen, PickTime.filter(F.why == SEND_TIME))
    on(unschedule, ActOnNotice.filter(F.act == NoticeAct.UNSCHEDULE))
    on(hold, ActOnNotice.filter(F.act.in_({NoticeAct.PAUSE, NoticeAct.RESUME})))
    on(ask_stop, ActOnNotice.filter(F.act == NoticeAct.STOP))
    on(stop, ActOnNotice.filter(F.act == NoticeAct.STOP_SURE))
    on(ask_recall, ActOnNotice.filter(F.act == NoticeAct.RECALL))
    on(recall, ActOnNotice.filter(F.act == NoticeAct.RECALL_SURE))


async def check(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """Who gets it, who does not, and what is in the way."""
    return instead(await _check(desk, callback_data.notice))


async def _check(desk: Desk, number: int, said: str = "") -> Said:
    found = await composing.draft(desk.tx, desk.colleague, number)
    counted = await composing.count(desk.tx, desk.colleague, number, desk.now, desk.rules)
    numbers = {code: n for code in desk.languages.codes if (n := counted.parents.get(code, 0)) > 0}
    who = Counted(
        families=counted.families,
        parents=numbers,
        later=counted.later,
        left_out=counted.left_out,
        unsaid=counted.unsaid,
    )
    in_the_way = Hindrance(
        missing=found.missing,
        long=sending.too_long(found.notice, desk.languages, desk.rules),
        begun=not worth_saying(found.notice, desk.now),
    )
    return words.notice_check(desk.t, number, who, in_the_way, said)


async def preview(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """One message for each language, by the same function that delivery says it with."""
    notice = (await composing.view(desk.tx, desk.colleague, callback_data.notice)).notice
    shown = [words.harmless(each) for each in _as_on_phones(desk, notice)]
    draft = notice.state is NoticeState.DRAFT
    return say(*shown, words.preview_end(desk.t, notice.id, draft))


def _as_on_phones(desk: Desk, notice: Notice) -> list[Said]:
    at = notice.send_at or desk.now
    found = []
    for code in notice.audience.languages:
        if letter := a_letter(notice, code, desk.rules):
            t, zone = desk.languages.get(code), desk.rules.zone
            found.append(letters.render([replace(letter, at=at)], t, zone))
    return found


async def send(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """Now."""
    again = callback_data.act is NoticeAct.SEND_AGAIN
    return instead(await _schedule(desk, callback_data.notice, None, again))


async def _schedule(desk: Desk, number: int, at: datetime | None, again: bool) -> Said:
    await composing.draft(desk.tx, desk.colleague, number)
    act = desk.tx, desk.colleague, number, at, desk.now, desk.rules, desk.languages, again
    try:
        await sending.schedule(*act)
    except SaidAlready:
        return words.said_already(desk.t, number, later=at is not None)
    except _REFUSED:
        return await _check(desk, number)
    return await page(desk, number, words.notice_done(desk.t, "scheduled" if at else "sent"))


# --- at a time ---------------------------------------------------------------------------------


def _days(desk: Desk) -> Days:
    first = desk.today if _open_walls(desk, None) else desk.today + timedelta(days=1)
    return Days(today=desk.today, first=first, last=desk.today + FAR)


def _open_walls(desk: Desk, data: PickDay | PickHour | PickTime | None) -> list[time]:
    """The times of that day, None: of today, that lie ahead."""
    day = data.on if data else desk.today
    return [
        wall
        for wall in walls(day, FIRST, LAST, zone=desk.rules.zone)
        if instant(day, wall, desk.rules.zone) > desk.now
    ]


def _numbers(
    data: PickDay | PickHour | PickTime | ShowMonth | ShowMonths,
) -> tuple[int, bool]:
    match data.numbers:
        case (notice, again):
            return notice, bool(again)
        case _:
            raise NotYours


async def ask_day(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """On which day."""
    await composing.draft(desk.tx, desk.colleague, callback_data.notice)
    again = callback_data.act is NoticeAct.WHEN_AGAIN
    asked = words.ask_send_day(desk.t, callback_data.notice, again)
    return instead(pickers.quick_days(desk.t, asked, _days(desk)))


async def turn_month(_query: CallbackQuery, callback_data: ShowMonth, desk: Desk) -> Reply:
    """Another month."""
    asked = words.ask_send_day(desk.t, *_numbers(callback_data))
    return instead(pickers.month(desk.t, asked, _days(desk), callback_data.on))


async def list_months(_query: CallbackQuery, callback_data: ShowMonths, desk: Desk) -> Reply:
    """All months."""
    asked = words.ask_send_day(desk.t, *_numbers(callback_data))
    return instead(pickers.months(desk.t, asked, _days(desk), callback_data.page))


async def day_chosen(_query: CallbackQuery, callback_data: PickDay, desk: Desk) -> Reply:
    """At which hour of that day."""
    numbers, days = _numbers(callback_data), _days(desk)
    if not days.allows(callback_data.on):
        asked = words.ask_send_day(desk.t, *numbers).again(desk.t)
        return instead(pickers.month(desk.t, asked, days, callback_data.on))
    asked = words.ask_send_time(desk.t, *numbers)
    there = _open_walls(desk, callback_data)
    return instead(pickers.times(desk.t, asked, callback_data.on, there))


async def hour_chosen(_query: CallbackQuery, callback_data: PickHour, desk: Desk) -> Reply:
    """The exact time."""
    asked = words.ask_send_time(desk.t, *_numbers(callback_data))
    there = _open_walls(desk, callback_data)
    day, hour = callback_data.on, callback_data.hour
    return instead(pickers.quarters(desk.t, asked, day, there, hour))


async def time_chosen(_query: CallbackQuery, callback_data: PickTime, desk: Desk) -> Reply:
    """It is planned for then."""
    number, again = _numbers(callback_data)
    day, wall = callback_data.on, callback_data.wall
    if not _days(desk).allows(day) or wall not in _open_walls(desk, callback_data):
        asked = words.ask_send_day(desk.t, number, again).again(desk.t)
        return instead(pickers.month(desk.t, asked, _days(desk), day))
    at = instant(day, wall, desk.rules.zone)
    return instead(await _schedule(desk, number, at, again))


# --- while it leaves, and afterwards -----------------------------------------------------------


async def unschedule(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """A draft again, if it does not leave yet."""
    try:
        await sending.unschedule(desk.tx, desk.colleague, callback_data.notice)
    except AlreadySent:
        return instead(await _faster(desk, callback_data.notice))
    return instead(await page(desk, callback_data.notice))


async def _faster(desk: Desk, number: int) -> Said:
    return await page(desk, number, words.notice_done(desk.t, "faster"))


async def hold(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """Nothing leaves for now; or it goes on."""
    act = sending.pause if callback_data.act is NoticeAct.PAUSE else sending.resume
    done = await act(desk.tx, desk.colleague, callback_data.notice, desk.now)
    return instead(await (page if done else _faster)(desk, callback_data.notice))


async def ask_stop(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """For good?"""
    await composing.view(desk.tx, desk.colleague, callback_data.notice)
    return instead(words.ask_stop(desk.t, callback_data.notice))


async def stop(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """Nothing more of it leaves."""
    done = await sending.stop(desk.tx, desk.colleague, callback_data.notice, desk.now)
    return instead(await (page if done else _faster)(desk, callback_data.notice))


async def ask_recall(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """From all phones?"""
    await composing.view(desk.tx, desk.colleague, callback_data.notice)
    return instead(words.ask_recall(desk.t, callback_data.notice))


async def recall(_query: CallbackQuery, callback_data: ActOnNotice, desk: Desk) -> Reply:
    """Take it away from the phones."""
    number = callback_data.notice
    mended = await correcting.recall(desk.tx, desk.colleague, number, desk.now)
    said = words.withdrawn_now(desk.t, mended.phones, mended.beyond + mended.in_doubt)
    return instead(await page(desk, number, said))
