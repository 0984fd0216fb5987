from dataclasses import replace
from datetime import date, time, timedelta
from itertools import product

import pytest
from bidi import get_display

from messaging.activity_lines import KINDS, hours, kind_name, lines, title
from messaging.i18n import Languages, Tongue
from messaging.plain import markup_fault
from programme.activities import ActivityKind, ActivityState, SigningUp, Words
from programme.localtime import STOCKHOLM, instant
from tests.handlers.wording import foreign_words
from tests.messaging.activity_samples import (
    ACTIVITIES,
    BARE,
    FATHERS,
    FIRST,
    LECTURE,
    MORNING,
    TIMES,
    held,
)
from tests.messaging.reading_marks import isolates_fault, runs_from_the_right, without_isolates


@pytest.fixture
def english(languages: Languages) -> Tongue:
    return languages.get("en")


def said(t: Tongue, activity, occasions, since=None) -> list[str]:
    return [without_isolates(line) for line in lines(t, activity, occasions, STOCKHOLM, since)]


def test_a_series_is_read_with_each_of_its_dates_and_all_that_one_asks_about(english):
    assert said(english, FATHERS, held(4)) == [
        "4 times:",
        "Tuesday 2 March, 17:30–19:00",
        "Tuesday 9 March, 17:30–19:00",
        "Tuesday 16 March, 17:30–19:00",
        "Tuesday 23 March, 17:30–19:00",
        "Where: Familjecentral &lt;Opaltorget&gt;",
        "Languages: Swedish and Arabic.",
        "Interpreter, a man: Arabic and Somali.",
        "For fathers.",
        "The child's age: 2 months – 1 year and 6 months.",
        "Free, with child care.",
        "Sign up only once.",
    ]


def test_a_cancelled_meeting_of_a_series_stands_among_the_others(english):
    told = said(english, FATHERS, held(4, off=(2,)))
    assert told[0] == "3 times:"
    assert told[3] == "Tuesday 16 March: cancelled"


def test_a_weekly_one_is_read_by_its_weekday_and_its_end(english):
    day = held(16)[3].starts_at
    assert said(english, MORNING, held(16), since=day)[0] == (
        "Every Tuesday, 17:30–19:00, until Tuesday 15 June."
    )
    assert said(english, MORNING, held(16))[0] == (
        "Every Tuesday, 17:30–19:00, from Tuesday 2 March until Tuesday 15 June."
    )


def test_weeks_without_it_are_told(english):
    told = said(english, MORNING, held(16, off=(4, 7, 8, 9)))
    assert told[1:3] == [
        "Not on Tuesday 30 March.",
        "Not from Tuesday 20 April to Tuesday 4 May.",
    ]


def test_a_moved_time_stands_beside_the_weekly_ones(english):
    moved = held(1, FIRST + timedelta(days=8), time(9))
    told = said(english, MORNING, (*held(16, off=(1,)), *moved))
    assert told[1:3] == ["Not on Tuesday 9 March.", "Also: Wednesday 10 March, 09:00–10:30"]


def test_two_weekdays_with_the_same_hours_are_one_line(english):
    told = said(english, MORNING, (*held(8), *held(8, FIRST + timedelta(days=2))))
    assert told[0].startswith("Every Tuesday and Thursday, 17:30–19:00, from")


def test_an_end_in_another_year_says_so(english):
    told = said(english, MORNING, held(50))
    assert told[0].endswith("until Tuesday 8 February 2028.")


def test_a_time_across_a_clock_change_stays_on_the_wall(english):
    told = said(english, MORNING, held(40, date(2027, 3, 2), time(10)))
    assert told[0].startswith("Every Tuesday, 10:00–11:30,")


def test_one_date_is_one_line_and_its_sign_up_is_for_it_alone(english):
    told = said(english, LECTURE, held(1))
    assert told == [
        "When: Tuesday 2 March, 17:30–19:00",
        "On the internet: https://example.org/a?b=1&amp;c=2",
        "The child's age: 1 year or older.",
        "You need to sign up before you come.",
    ]


def test_what_is_called_off_says_so_first_and_nothing_that_invites(english):
    gone = replace(FATHERS, state=ActivityState.CANCELLED)
    assert said(english, gone, held(1)) == [
        "Cancelled. It does not take place.",
        "Tuesday 2 March, 17:30–19:00",
        "Where: Familjecentral &lt;Opaltorget&gt;",
    ]
    assert said(english, MORNING, held(1, off=(0,)))[0] == "Cancelled. It does not take place."


def test_what_nobody_has_said_has_no_line(english):
    assert said(english, BARE, ()) == ["You can come without signing up."]


def test_the_title_is_the_readers_own_or_the_sort_of_activity(languages: Languages):
    for t in languages:
        assert title(t, FATHERS) == FATHERS.words[t.code].title
        assert title(t, replace(FATHERS, words={})) == kind_name(t, ActivityKind.FATHERS)
    blank = replace(FATHERS, words={"en": Words(" \u200e\n ")})
    assert title(languages.get("en"), blank) == "Group for fathers"


def test_every_kind_has_a_name():
    assert set(KINDS) == set(ActivityKind)


def test_every_line_is_whole_and_in_its_own_language_and_direction(languages: Languages):
    for t in languages:
        for activity, occasions in product(ACTIVITIES, TIMES):
            for line in lines(t, activity, occasions, STOCKHOLM):
                assert without_isolates(line).strip(), line
                assert markup_fault(line) is None, line
                assert isolates_fault(line) is None, line
                assert not {"{", "}", "\n"} & set(line), line
                assert not t.rtl or runs_from_the_right(line), line


def test_no_line_is_in_another_language(languages: Languages):
    for t in languages:
        for activity in ACTIVITIES:
            plain = replace(activity, venue=None, link=None)
            text = "\n".join(lines(t, plain, TIMES[7], STOCKHOLM))
            # Swedish words in brackets are on the signs families see: they are in no line here.
            assert not foreign_words(text, t, languages), (t.code, text)


def test_the_eye_sees_hours_and_places_in_their_order(languages: Languages):
    t = languages.get("ar")
    for line in lines(t, FATHERS, held(4), STOCKHOLM):
        seen = without_isolates(get_display(line, base_dir="R"))
        for value in ("17:30–19:00", "Familjecentral"):
            assert value not in line or value in seen


def test_a_page_of_lines_stays_short(languages: Languages):
    for t in languages:
        for activity, occasions in product(ACTIVITIES, TIMES):
            text = "\n".join(lines(t, activity, occasions, STOCKHOLM))
            assert len(text) < 900, (t.code, text)


def test_hours_end_on_the_clocks_after_the_change(english):
    night = held(1, date(2027, 3, 28), time(0, 30), minutes=120)[0]
    assert hours(english, night, STOCKHOLM) == "00:30–03:30"
    assert night.starts_at == instant(date(2027, 3, 28), time(0, 30))


def test_signing_up_is_told_in_its_three_ways(english):
    told = [said(english, replace(BARE, signing_up=each), held(3))[-1] for each in SigningUp]
    assert told == [
        "You can come without signing up.",
        "Sign up only once.",
        "Sign up for each time you come.",
    ]
