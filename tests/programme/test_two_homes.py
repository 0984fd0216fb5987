"""Of two homes neither learns what the other has: the rules alone (mission B15)."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from programme import coming
from programme.letters import DayBefore, OfferLetter, SameMorning, VisitBooked, VisitCancelled
from programme.people import BookingState, Rest, Why
from programme.plan import due
from tests.cast import AMINA, BO, JOINED, YUSUF, a_booking, a_family, local
from tests.programme.homes import END, RULES, START, families, moments

HIS = replace(YUSUF, home=2)
STARTS = local("2026-11-09T10:30")
ALWAYS = (local("2026-11-01T00:00"), local("2027-11-01T00:00"))
HOUR = timedelta(hours=1)


def two_homes(*bookings, **facts):
    return a_family(*bookings, guardians=(AMINA, HIS), split_at=JOINED, **facts)


def letters(family, guardian, *kinds):
    from programme.kinds import Rules

    return [each for each in due(family, guardian, *ALWAYS, Rules()) if isinstance(each, kinds)]


def test_a_visit_of_one_home_is_told_and_reminded_of_there_alone():
    family = two_homes(a_booking(STARTS, home=1))
    assert len(letters(family, AMINA, VisitBooked, DayBefore, SameMorning)) == 3
    assert letters(family, HIS, VisitBooked, DayBefore, SameMorning) == []


def test_a_visit_with_both_is_told_to_both():
    family = two_homes(a_booking(STARTS))
    assert len(letters(family, HIS, VisitBooked, DayBefore, SameMorning)) == 3


def test_what_the_other_home_has_kept_is_cancelled_as_it_was_known():
    kept = a_booking(STARTS + 24 * HOUR, home=1, revision=1)
    known = a_booking(
        STARTS,
        id=77,
        home=2,
        state=BookingState.CANCELLED,
        changed_at=JOINED + HOUR,
        stands_for=kept.id,
    )
    [letter] = letters(two_homes(kept, parted=(known,)), HIS, VisitCancelled)
    assert (letter.booking_id, letter.starts_at) == (kept.id, STARTS)
    assert letters(two_homes(kept, parted=(known,)), AMINA, VisitCancelled) == []


def test_an_offer_to_one_home_comes_whatever_the_other_has_booked():
    booked = two_homes(a_booking(STARTS, home=1))
    free = two_homes()
    assert letters(booked, HIS, OfferLetter) == letters(free, HIS, OfferLetter) != []
    assert letters(booked, AMINA, OfferLetter) != letters(free, AMINA, OfferLetter)


def test_a_protected_identity_has_no_letter_at_all():
    family = a_family(a_booking(STARTS), protected=True)
    from programme.kinds import Rules

    assert due(family, AMINA, *ALWAYS, Rules()) == []
    assert not family.reachable_at(STARTS)


def test_staff_call_about_a_home_that_reads_nothing_though_the_other_does():
    asleep = replace(HIS, rests=(Rest(id=5, why=Why.STOPPED, since=JOINED),))
    family = a_family(split_at=JOINED, guardians=(AMINA, asleep))
    assert family.reachable_at(STARTS)
    assert family.reachable_at(STARTS, home=1)
    assert not family.reachable_at(STARTS, home=2)


@st.composite
def pairs(draw):
    """Two families that differ in what is the first home's, and in nothing else."""
    family = draw(families())
    first, second = family.guardians
    his = replace(second, home=2, rests=(*second.rests, *draw(own_rests())))
    homes = st.sampled_from([1, 2])
    seen = tuple(replace(each, home=draw(homes)) for each in family.bookings)
    parted = tuple(
        replace(each, id=each.id + 50, home=draw(homes), stands_for=each.id) for each in seen[:1]
    )
    hers = replace(first, home=1)
    whole = replace(
        family, guardians=(hers, his), bookings=seen, parted=parted, split_at=START, joiners=()
    )
    without = replace(
        whole,
        guardians=(replace(hers, language="ar", fewer=not hers.fewer, rests=()), his),
        bookings=tuple(each for each in seen if each.home == 2)
        + draw(st.sampled_from([(), (a_booking(STARTS, id=99, home=1, staff=(BO,)),)])),
        parted=tuple(each for each in parted if each.home == 2),
    )
    return whole, without, his


def own_rests():
    some = st.builds(
        Rest,
        id=st.integers(20, 29),
        why=st.just(Why.AWAY),
        since=moments(),
        until=moments(),
        by=st.sampled_from([None, 21, 22, 23]),
    )
    return st.lists(some.filter(lambda each: each.since < each.until), max_size=1)


@settings(max_examples=150, deadline=None)
@given(pair=pairs(), rules=RULES, now=moments())
def test_nothing_that_reaches_one_home_depends_on_the_other(pair, rules, now):
    whole, without, his = pair
    assert due(whole, his, START, END, rules) == due(without, his, START, END, rules)
    assert coming.entries(whole, his, now, rules) == coming.entries(without, his, now, rules)
