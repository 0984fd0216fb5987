"""The pickers: every day and time can be reached by tapping, and only those that may be chosen."""

import json
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messaging import pickers
from messaging.callbacks import CallbackData
from messaging.i18n import Languages, Tongue, load_languages
from messaging.keyboards import Button, Message, for_push
from messaging.picker_buttons import (
    NoChoice,
    PickDay,
    PickHour,
    PickTime,
    ShowMonth,
    ShowMonths,
    pick_time,
)
from messaging.pickers import Asked, Days
from programme.localtime import instant, on_the_clock, walls
from tests.messaging.reading_marks import isolates_fault, runs_from_the_right

_TONGUES = list(load_languages())
_BIG = 2**63 - 1
TODAY = date(2026, 11, 25)
BACK = Button("Back", "k:menu:0")
ASKED = Asked("Which day?", "off", (7,), BACK)

_days = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@st.composite
def spans(draw) -> Days:
    """Any span of days with today before, in or after it, and any weekdays closed."""
    first = draw(_days)
    last = first + timedelta(days=draw(st.integers(0, 900)))
    closed = draw(st.frozensets(st.integers(0, 6), max_size=6))
    return Days(today=draw(_days), first=first, last=last, closed=lambda d: d.weekday() in closed)


def buttons(message: Message) -> list[Button]:
    return [button for row in message.rows for button in row]


def presses(message: Message, kind: type[CallbackData]) -> list[CallbackData]:
    prefix = kind.__prefix__ + ":"
    return [kind.unpack(each.data) for each in buttons(message) if each.data.startswith(prefix)]


def open_days(message: Message) -> list[date]:
    return [press.on for press in presses(message, PickDay)]


@settings(deadline=None, max_examples=60)
@given(days=spans(), t=st.sampled_from(_TONGUES))
def test_only_days_that_may_be_chosen_can_be_pressed(days: Days, t: Tongue):
    first = days.month(days.first)
    for n in range(32):
        shown = pickers.month(t, ASKED, days, first + timedelta(days=n * 30))
        assert all(days.allows(day) for day in open_days(shown))
    assert all(days.allows(day) for day in open_days(pickers.quick_days(t, ASKED, days)))


@settings(deadline=None, max_examples=60)
@given(days=spans(), data=st.data())
def test_every_day_that_may_be_chosen_is_at_most_six_taps_away(days: Days, data):
    every = [days.first + timedelta(days=n) for n in range((days.last - days.first).days + 1)]
    wanted = data.draw(st.sampled_from(every))
    if not days.allows(wanted):
        return
    t = _TONGUES[0]
    page = pickers.quick_days(t, ASKED, days)
    taps = 1  # Another day
    [press] = presses(page, ShowMonth)
    page = pickers.month(t, ASKED, days, press.on)
    if wanted not in open_days(page):
        [listed] = presses(page, ShowMonths)
        page, taps = pickers.months(t, ASKED, days, listed.page), taps + 1
    while wanted not in open_days(page):
        here = [press.on for press in presses(page, ShowMonth)]
        if wanted.replace(day=1) in here:
            page = pickers.month(t, ASKED, days, wanted)
        else:
            turns = {press.page for press in presses(page, ShowMonths)}
            later = wanted > here[-1]
            page = pickers.months(t, ASKED, days, max(turns) if later else min(turns))
        taps += 1
    assert taps + 1 <= 6


def test_a_month_before_and_after_the_turn_of_the_year_is_one_tap_away():
    days = Days(today=TODAY, first=TODAY, last=date(2027, 2, 20))
    page = pickers.month(_TONGUES[0], ASKED, days, TODAY)
    seen = []
    while True:
        seen.append(page.text.splitlines()[-1].strip("\u2068\u2069"))
        after = [press.on for press in presses(page, ShowMonth)][-1]
        if len(seen) > 1 and len(presses(page, ShowMonth)) == 1:
            break
        page = pickers.month(_TONGUES[0], ASKED, days, after)
    assert [line.replace("\u2068", "").replace("\u2069", "") for line in seen] == [
        "Månad: November 2026",
        "Månad: December 2026",
        "Månad: Januari 2027",
        "Månad: Februari 2027",
    ]


@pytest.mark.parametrize(
    "first, last, today, labels",
    [
        (0, 300, 0, ["Today", "Tomorrow", "Friday 27 November"]),
        (-500, 0, 0, ["Today", "Yesterday", "Monday 23 November"]),
        (3, 9, 0, ["Saturday 28 November", "Sunday 29 November", "Monday 30 November"]),
    ],
)
def test_the_quick_choices_are_the_nearest_days(first, last, today, labels, languages: Languages):
    days = Days(today=TODAY, first=TODAY + timedelta(days=first), last=TODAY + timedelta(days=last))
    page = pickers.quick_days(languages.get("en"), ASKED, days, count=3)
    assert [each.text for each in buttons(page)] == [*labels, "Another day", "Back"]


def test_a_week_begins_on_monday_and_reads_from_the_right_where_the_language_does():
    days = Days(today=TODAY, first=date(2026, 11, 1), last=date(2026, 11, 30))
    for t in _TONGUES:
        heads, first_week, *_ = pickers.month(t, ASKED, days, TODAY).rows
        shown = [button.text for button in first_week]  # 1 November 2026 is a Sunday
        assert shown == (["1", *"······"] if t.rtl else [*"······", "1"]), t.code
        assert len({button.text for button in heads}) == 7
        monday = heads[-1 if t.rtl else 0].text
        assert t.traits.babel.days["format"]["wide"][0].casefold()[:1] == monday.casefold()[:1] or (
            t.rtl
        )


def test_digits_are_those_of_letters_and_trams_and_arabic_months_have_both_names():
    days = Days(today=TODAY, first=TODAY, last=date(2027, 11, 30))
    for t in _TONGUES:
        page = pickers.month(t, ASKED, days, TODAY)
        assert all(char.isascii() for each in buttons(page) for char in each.text if char.isdigit())
        if t.traits.second_months:
            assert "نوفمبر (تشرين الثاني) 2026" in page.text
            listed = pickers.months(t, ASKED, days, 0)
            assert buttons(listed)[4].text == "مارس (آذار) 2027"


def _pages(t: Tongue) -> list[Message]:
    days = Days(today=TODAY, first=date(2025, 2, 1), last=date(2028, 11, 30))
    day, many = date(2027, 3, 5), walls(date(2027, 3, 5), time(0), time(23, 45))
    question = t.gettext("Which day?")
    asked = Asked(question, "abcd", (_BIG, _BIG), Button(t.gettext("Back"), "k:menu:0"))
    return [
        pickers.quick_days(t, asked, days),
        pickers.month(t, asked.again(t), days, date(2026, 8, 1)),  # six weeks
        *(pickers.months(t, asked, days, page) for page in range(4)),
        pickers.times(t, asked, day, many),
        pickers.times(t, asked, day, many[40:50]),
        pickers.quarters(t, asked, day, many, 9),
        pickers.quarters(t, asked, day, many[40:60], 3),
    ]


def test_every_page_fits_into_telegram_with_the_biggest_ids():
    for t in _TONGUES:
        for page in _pages(t):
            assert all(len(each.data.encode()) <= 64 for each in buttons(page))
            assert len(buttons(page)) <= 100
            assert all(len(row) <= 7 for row in page.rows)
            assert len(json.dumps(for_push(page.rows), ensure_ascii=False).encode()) < 10_000


def test_every_page_reads_in_the_direction_of_its_language():
    for t in _TONGUES:
        for page in _pages(t):
            assert isolates_fault(page.text) is None
            for line in page.text.splitlines():
                assert runs_from_the_right(line) == t.rtl, (t.code, line)
            for each in buttons(page):
                has_letters = any(c.isalpha() for c in each.text)
                assert runs_from_the_right(each.text) == (t.rtl and has_letters), each.text


def test_words_stand_one_to_a_row():
    for t in _TONGUES:
        for page in _pages(t):
            for row in page.rows:
                long = [each for each in row if len(each.text) > 14]
                assert not long or len(row) == 1, [each.text for each in row]


# --- times -------------------------------------------------------------------------------------

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


def _offered(day: date) -> list[time]:
    """Every time that can be reached by tapping."""
    every = walls(day, time(0), time(23, 45))
    page = pickers.times(_TONGUES[0], ASKED, day, every)
    found: list[time] = []
    for press in presses(page, PickHour):
        within = pickers.quarters(_TONGUES[0], ASKED, day, every, press.hour)
        found += [each.wall for each in presses(within, PickTime)]
    return found


def test_the_hour_that_spring_leaves_out_is_not_offered():
    offered = _offered(SPRING)
    assert len(offered) == 23 * 4
    assert not {wall.hour for wall in offered} & {2}


def test_the_hour_that_autumn_doubles_is_offered_once():
    offered = _offered(AUTUMN)
    assert len(offered) == len(set(offered)) == 24 * 4
    assert sum(wall.hour == 2 for wall in offered) == 4


@given(day=st.dates(date(2024, 1, 1), date(2032, 1, 1)))
def test_what_is_pressed_is_what_the_clocks_will_show(day: date):
    for wall in walls(day, time(0), time(23, 45)):
        shown = on_the_clock(instant(day, wall))
        assert (shown.date(), shown.time()) == (day, wall)


def test_few_times_stand_on_one_page_and_of_many_the_hour_is_asked_first():
    day = date(2027, 3, 5)
    few, many = walls(day, time(9), time(12, 30)), walls(day, time(9), time(13))
    t = _TONGUES[0]
    assert len(presses(pickers.times(t, ASKED, day, few), PickTime)) == 15
    assert len(presses(pickers.times(t, ASKED, day, many), PickHour)) == 5


def test_an_hour_without_times_shows_the_hours_again(languages: Languages):
    day = date(2027, 3, 5)
    many = walls(day, time(9), time(13))
    page = pickers.quarters(languages.get("en"), ASKED, day, many, 22)
    assert "cannot be chosen" in page.text
    assert len(presses(page, PickHour)) == 5


# --- forged ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind, data",
    [
        *((PickDay, f"yd:off:7:{day}") for day in ("", "2027", "20270230", "2027-3-5", "٢٠٢٧٠٣٠٥")),
        *((PickDay, f"yd:off:{ids}:20270305") for ids in ("x", "7.", "-7", "1.5.x", "٧")),
        (PickTime, "yt:off:7:20270305:2560"),
        (PickTime, "yt:off:7:20270305:9"),
        (PickHour, "yh:off:7:20270305:x"),
        (ShowMonth, "ym:off:7:202713"),
        (ShowMonths, "yl:off:7:x"),
    ],
)
def test_what_cannot_be_read_is_no_button(kind, data):
    with pytest.raises((ValueError, TypeError)):
        kind.unpack(data)


def test_a_button_gives_back_what_was_packed():
    read = PickTime.unpack(pick_time("off", (7, _BIG), date(2027, 3, 5), time(9, 15)))
    assert (read.numbers, read.on, read.wall) == ((7, _BIG), date(2027, 3, 5), time(9, 15))
    assert PickDay.unpack("yd:off::20270305").numbers == ()
    assert NoChoice().pack() == "yx"


def test_a_month_far_away_shows_the_nearest_one_with_days(languages: Languages):
    days = Days(today=TODAY, first=TODAY, last=date(2027, 2, 20))
    page = pickers.month(languages.get("en"), ASKED, days, date(1999, 1, 1))
    assert "November 2026" in page.text
    assert pickers.months(languages.get("en"), ASKED, days, -5) == pickers.months(
        languages.get("en"), ASKED, days, 0
    )
