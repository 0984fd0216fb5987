"""Windows of time: cut anywhere, nothing is lost or doubled, and the lookups miss no family."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.ages import Span
from programme.candidates import Wanted, wanted
from programme.kinds import Kind, QuietHours, Rules
from programme.letters import VisitMissed
from programme.outcome_letters import ASKED_AFTER
from programme.people import Booking, Child, Family, Guardian
from programme.plan import due, everyones
from tests.cast import JOINED, local
from tests.programme.homes import END, RULES, START, families, moments

TICK = timedelta(microseconds=1)


def in_order(letters):
    return sorted(letters, key=lambda letter: letter.key)


@settings(max_examples=15, deadline=None)
@given(family=families(), cuts=st.lists(moments(), min_size=3, max_size=6), rules=RULES)
def test_a_span_cut_in_pieces_holds_the_same_letters(family, cuts, rules):
    cuts = sorted(cuts)
    whole = everyones(family, cuts[0], cuts[-1], rules)
    pieces = [
        letter
        for since, until in pairwise(cuts)
        for letter in everyones(family, since, until, rules)
    ]
    assert in_order(pieces) == in_order(whole)
    keys = [letter.key for letter in whole]
    assert len(set(keys)) == len(keys)


@settings(max_examples=8, deadline=None)
@given(family=families(), rules=RULES)
def test_a_cut_exactly_at_a_letter_neither_loses_nor_doubles_it(family, rules):
    whole = everyones(family, START, END, rules)
    for letter in whole[:6]:
        before = everyones(family, START, letter.due_at, rules)
        after = everyones(family, letter.due_at, END, rules)
        assert in_order(before + after) == in_order(whole)
        assert letter in after


def changes(family: Family) -> Iterator[datetime | None]:
    """Every moment at which a fact of the family changed, as `storage/searches.py` knows them."""
    yield from (booking.changed_at for booking in family.bookings)
    yield from (guardian.active_since for guardian in family.guardians)
    yield from (joiner.asked_at for joiner in family.joiners)
    yield from (event.at for event in family.events)
    yield from (family.left_at, family.move and family.move.asked_at)
    adults = [rest for guardian in family.guardians for rest in guardian.rests]
    for rest in (*family.rests, *adults):
        yield from (rest.since, rest.until)


def found(family: Family, asked: Wanted) -> bool:
    """Whether the storage's lookups would find this family."""

    def then(at: datetime | None) -> bool:
        return at is not None and asked.since <= at < asked.until

    def on(day: date | None, spans) -> bool:
        return day is not None and any(span.first <= day <= span.last for span in spans)

    def at_hour(at: datetime | None, times) -> bool:
        return at is not None and any(first <= at <= last for first, last in times)

    paused = any(then(rest.since) or then(rest.until) for rest in family.area.rests)
    return (
        any(on(child.tips_from, asked.tips) for child in family.children)
        or any(on(child.born, asked.births) for child in family.children)
        or any(on(child.due, asked.expected) for child in family.children)
        or any(at_hour(booking.starts_at, asked.visits) for booking in family.bookings)
        or any(at_hour(guardian.active_since, asked.joined) for guardian in family.guardians)
        or any(then(at) for at in changes(family))
        or any(on(summer.last, asked.summers) for summer in family.area.summers)
        or (paused and any(booking.starts_at >= asked.since for booking in family.bookings))
    )


@settings(max_examples=15, deadline=None)
@given(
    family=families(),
    since=moments(),
    seconds=st.integers(1, 60) | st.integers(1, 10 * 86400),
    rules=RULES,
)
def test_no_family_with_a_letter_is_overlooked(family, since, seconds, rules):
    length = timedelta(seconds=seconds)
    for letter in everyones(family, START, END, rules):
        at = letter.due_at
        assert found(family, wanted(at, at + TICK, rules)), letter
        assert found(family, wanted(at - length, at + TICK, rules)), letter
    if everyones(family, since, since + length, rules):
        assert found(family, wanted(since, since + length, rules))


@settings(max_examples=15, deadline=None)
@given(family=families(), rules=RULES)
def test_every_letter_leaves_in_its_time_and_to_who_reads(family, rules):
    for letter in everyones(family, START, END, rules):
        assert letter.due_at <= letter.at <= letter.not_after
        if letter.begins and not isinstance(letter, VisitMissed):  # which is told afterwards
            assert letter.at < letter.begins
        if letter.guardian_id is not None:
            guardian = family.guardian(letter.guardian_id)
            assert guardian is not None and guardian.listens_at(letter.at)
            resting = any(rest.covers(letter.at) for rest in family.rests)
            assert not resting or letter.kind is Kind.AWAY_NOTE


@settings(max_examples=8, deadline=None)
@given(family=families(), rules=RULES)
def test_an_empty_window_holds_nothing_and_looks_for_nobody(family, rules):
    assert everyones(family, START, START, rules) == []
    asked = wanted(START, START, rules)
    assert asked.tips == asked.births == asked.expected == asked.summers == []
    assert asked.visits == asked.joined == []
    assert not found(family, asked)


def test_quiet_hours_that_hold_a_tip_over_midnight_lose_it_neither_in_rules_nor_in_lookups():
    rules = Rules(quiet=QuietHours(time(8), time(7)))  # awake from seven to eight only
    at = local("2027-01-01T07:00")
    parent = Guardian(id=21, language="sv", active_since=JOINED)
    family = Family(id=1, children=(Child(id=11, born=date(2026, 10, 31)),), guardians=(parent,))
    [letter] = due(family, parent, at, at + TICK, rules)
    assert letter.key == "tip:11:own_language:21"  # of the day before, New Year's Eve
    assert found(family, wanted(at, at + TICK, rules))


@pytest.mark.parametrize("hour", ["2026-11-09T17:00", "2026-11-10T07:00", "2026-11-10T07:30"])
def test_the_lookup_for_visits_knows_all_three_hours_of_reminding(hour):
    at = local(hour)
    times = wanted(at, at + TICK, Rules()).visits
    assert any(first <= local("2026-11-10T08:00") <= last for first, last in times)


def test_the_lookup_for_visits_knows_when_staff_should_call():
    rules = Rules(is_red=lambda day: date(2026, 12, 24) <= day <= date(2026, 12, 27))
    last_working_day = local("2026-12-23T07:30")
    times = wanted(last_working_day, last_working_day + TICK, rules).visits
    assert any(first <= local("2026-12-28T10:00") <= last for first, last in times)


def test_the_lookup_knows_due_dates_who_joined_yesterday_and_summers_that_are_over():
    ten = local("2026-11-12T10:00")
    assert wanted(ten, ten + TICK, Rules()).expected == [
        Span(date(2026, 12, 24), date(2026, 12, 24))
    ]
    yesterday = local("2026-11-11T00:00"), local("2026-11-12T00:00")
    assert wanted(ten, ten + TICK, Rules()).joined[0] == yesterday  # the other: kept long enough
    after = local("2027-08-09T10:00")
    assert wanted(after, after + TICK, Rules()).summers == [
        Span(date(2027, 8, 8), date(2027, 8, 8))
    ]


def test_the_lookup_for_births_asks_in_few_intervals():
    long = wanted(START, START + timedelta(days=400), Rules())
    assert len(long.tips) <= 3
    assert len(long.births) <= 8  # from age to age of the six visits, and the end
    day = wanted(local("2027-03-01T09:00"), local("2027-03-01T11:00"), Rules())
    assert 30 <= len(day.tips) <= 41
    assert len(day.births) == 7  # six visits, and the day from which nothing is kept
    later = wanted(local("2027-03-01T10:00:01"), local("2027-03-02T07:00"), Rules())
    assert (later.tips, later.births, later.expected, later.joined) == ([], [], [], [])
    for earlier, later in pairwise(day.tips):
        assert earlier.last < later.first - timedelta(days=1)


def test_the_lookup_for_visits_asks_for_whole_days_near_the_window():
    eve = local("2026-11-09T17:00")
    just_been = eve - ASKED_AFTER
    assert wanted(eve, eve + TICK, Rules()).visits == [
        (local("2026-11-10T00:00"), local("2026-11-11T00:00")),
        (just_been, just_been + TICK),
    ]
    night = timedelta(hours=10)
    assert wanted(eve + TICK, eve + night, Rules()).visits == [
        (just_been + TICK, just_been + night)
    ]


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
