"""Windows of time: cut anywhere, nothing is lost or doubled, and the lookups miss no family."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.candidates import births_due, news_since, visits_due
from programme.kinds import KINDS, Kind, QuietHours, Rules
from programme.letters import AgeLetter
from programme.people import Booking, BookingState, Child, Family, Guardian
from programme.plan import due
from tests.cast import JOINED, local

START = local("2027-01-01T00:00")
MINUTES = 500 * 24 * 60
NEWS = {kind for kind, rule in KINDS.items() if rule.urgent_within}

RULES = st.sampled_from(
    [
        Rules(),
        Rules(quiet=None),
        Rules(quiet=QuietHours(time(16), time(8))),
        Rules(quiet=QuietHours(time(22), time(11))),
        Rules(quiet=QuietHours(time(13), time(15))),
        Rules(quiet=QuietHours(time(9), time(23))),
        Rules(quiet=QuietHours(time(8), time(7))),
    ]
)


@st.composite
def moments(draw, least=0, most=MINUTES):
    """Minutes, and now and then a split second more."""
    return START + timedelta(
        minutes=draw(st.integers(least, most)), microseconds=draw(st.sampled_from([0, 0, 1]))
    )


@st.composite
def bookings(draw, number):
    starts_at = draw(moments())
    revision = draw(st.integers(0, 2))
    return Booking(
        id=30 + number,
        child_id=11,
        visit=number,
        starts_at=starts_at,
        revision=revision,
        changed_at=draw(
            st.none()
            | st.integers(-10, 30 * 24 * 60).map(lambda m: starts_at - timedelta(0, m * 60))
        ),
        previous_starts_at=draw(moments()) if revision else None,
        state=draw(st.sampled_from([BookingState.BOOKED, *BookingState])),
        answered=draw(st.booleans()),
    )


MONTH_ENDS = st.sampled_from(
    [date(2026, 8, 31), date(2026, 10, 31), date(2026, 12, 31), date(2027, 2, 28)]
)
BIRTHS = st.dates(date(2026, 1, 1), date(2028, 3, 1)) | MONTH_ENDS


@st.composite
def families(draw):
    children = tuple(
        Child(id=11 + n, born=born) for n, born in enumerate(draw(st.lists(BIRTHS, max_size=2)))
    )
    parents = tuple(
        Guardian(
            id=21 + n,
            language="sv",
            active_since=draw(st.just(JOINED) | moments()),
            fewer=draw(st.booleans()),
        )
        for n in range(2)
    )
    count = draw(st.integers(0, 3))
    booked = tuple(draw(bookings(number)) for number in range(1, count + 1))
    return Family(id=1, children=children, guardians=parents, bookings=booked)


@settings(max_examples=25, deadline=None)
@given(family=families(), cuts=st.lists(moments(), min_size=3, max_size=6), rules=RULES)
def test_a_span_cut_in_pieces_holds_the_same_letters(family, cuts, rules):
    cuts = sorted(cuts)
    for guardian in family.guardians:
        whole = due(family, guardian, cuts[0], cuts[-1], rules)
        pieces = [
            letter
            for since, until in pairwise(cuts)
            for letter in due(family, guardian, since, until, rules)
        ]
        assert pieces == whole
        keys = [letter.key for letter in whole]
        assert len(set(keys)) == len(keys)


@settings(max_examples=25, deadline=None)
@given(family=families(), rules=RULES)
def test_a_cut_exactly_at_a_letter_neither_loses_nor_doubles_it(family, rules):
    until = START + timedelta(minutes=MINUTES)
    for guardian in family.guardians:
        whole = due(family, guardian, START, until, rules)
        for letter in whole[:12]:
            before = due(family, guardian, START, letter.at, rules)
            after = due(family, guardian, letter.at, until, rules)
            assert before + after == whole
            assert letter in after


def _found(family: Family, guardian: Guardian, letter, since, until, rules) -> bool:
    """Whether the storage's lookups would find this family for that letter."""
    if isinstance(letter, AgeLetter):
        child = next(child for child in family.children if child.id == letter.child_id)
        spans = births_due(since, until, rules)
        return any(span.first <= child.tips_from <= span.last for span in spans)
    if letter.kind in NEWS:
        booking = next(each for each in family.bookings if each.id == letter.booking_id)
        facts = (booking.changed_at, guardian.active_since)
        return any(news_since(since, until, rules) <= fact < until for fact in facts)
    times = visits_due(since, until, rules)
    return any(first <= letter.starts_at <= last for first, last in times)


@settings(max_examples=25, deadline=None)
@given(
    family=families(),
    since=moments(),
    seconds=st.integers(1, 60) | st.integers(1, 10 * 86400),
    rules=RULES,
)
def test_no_family_with_a_letter_is_overlooked(family, since, seconds, rules):
    for guardian in family.guardians:
        for letter in due(family, guardian, START, START + timedelta(minutes=MINUTES), rules):
            for first, last in (
                (letter.at, letter.at + timedelta(microseconds=1)),
                (letter.at - timedelta(seconds=seconds), letter.at + timedelta(seconds=1)),
            ):
                assert _found(family, guardian, letter, first, last, rules)
        window = (since, since + timedelta(seconds=seconds))
        for letter in due(family, guardian, *window, rules):
            assert _found(family, guardian, letter, *window, rules)


@settings(max_examples=30, deadline=None)
@given(family=families(), rules=RULES)
def test_no_letter_about_a_coming_visit_is_due_after_it_began(family, rules):
    for guardian in family.guardians:
        for letter in due(family, guardian, START, START + timedelta(minutes=MINUTES), rules):
            if letter.begins:
                assert letter.at < letter.begins
            assert letter.at <= letter.not_after
            assert letter.at >= guardian.active_since


@settings(max_examples=25, deadline=None)
@given(family=families(), rules=RULES)
def test_an_empty_window_holds_nothing_and_looks_for_nobody(family, rules):
    for guardian in family.guardians:
        assert due(family, guardian, START, START, rules) == []
    assert births_due(START, START, rules) == []
    assert visits_due(START, START, rules) == []


def test_quiet_hours_that_hold_a_tip_over_midnight_lose_it_neither_in_rules_nor_in_lookups():
    rules = Rules(quiet=QuietHours(time(8), time(7)))  # awake from seven to eight only
    at, tick = local("2027-01-01T07:00"), timedelta(microseconds=1)
    parent = Guardian(id=21, language="sv", active_since=JOINED)
    family = Family(id=1, children=(Child(id=11, born=date(2026, 10, 31)),), guardians=(parent,))
    [letter] = due(family, parent, at, at + tick, rules)
    assert letter.key == "tip:11:own_language:21"  # of the day before, New Year's Eve
    assert _found(family, parent, letter, at, at + tick, rules)


@pytest.mark.parametrize("hour", ["2026-11-09T17:00", "2026-11-10T07:00", "2026-11-10T07:30"])
def test_the_lookup_for_visits_knows_all_three_hours_of_reminding(hour):
    at = local(hour)
    [(first, last)] = visits_due(at, at + timedelta(microseconds=1), Rules())
    assert first <= local("2026-11-10T08:00") <= last


def test_the_lookup_for_births_asks_in_few_intervals():
    long = births_due(START, START + timedelta(days=400), Rules())
    assert len(long) <= 3
    day = births_due(local("2027-03-01T09:00"), local("2027-03-01T11:00"), Rules())
    assert 30 <= len(day) <= 41
    assert births_due(local("2027-03-01T10:00:01"), local("2027-03-02T10:00"), Rules()) == []
    for earlier, later in pairwise(day):
        assert earlier.last < later.first - timedelta(days=1)


def test_the_lookup_for_visits_asks_for_whole_days_near_the_window():
    eve = local("2026-11-09T17:00")
    tick = timedelta(microseconds=1)
    assert visits_due(eve, eve + tick, Rules()) == [
        (local("2026-11-10T00:00"), local("2026-11-11T00:00"))
    ]
    assert visits_due(eve + tick, eve + timedelta(hours=10), Rules()) == []


def test_news_is_looked_for_since_yesterday_only_when_a_morning_dawns():
    seven = local("2026-11-10T07:00")
    minute = timedelta(minutes=1)
    assert news_since(seven - minute, seven, Rules()) == seven - minute
    assert news_since(seven - minute, seven + minute, Rules()) < seven - timedelta(hours=12)
    assert news_since(seven, seven + minute, Rules(quiet=None)) == seven


def test_an_answer_ends_one_reminder_and_touches_nothing_else():
    family = Family(
        id=1,
        guardians=(Guardian(id=21, language="sv", active_since=JOINED),),
        bookings=(Booking(id=31, child_id=11, visit=1, starts_at=local("2027-02-01T10:00")),),
    )
    answered = replace(family, bookings=(replace(family.bookings[0], answered=True),))
    until = START + timedelta(days=100)
    before = due(family, family.guardians[0], START, until, Rules())
    after = due(answered, family.guardians[0], START, until, Rules())
    assert [letter for letter in before if letter not in after] == [
        letter for letter in before if letter.kind is Kind.SAME_MORNING
    ]
