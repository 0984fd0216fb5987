"""When the doors of a place are open, and which place is the nearest."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.places import (
    AHEAD_DAYS,
    MIDNIGHT,
    Change,
    Doors,
    Hours,
    InHouse,
    Point,
    Venue,
    VenueKind,
    day_at,
    is_old,
    metres,
    nearest,
    next_opening,
    status,
    week_at,
    week_faults,
)
from tests.cast import RULES, local

MORNING, LONG = Hours(9 * 60, 12 * 60), Hours(9 * 60, 15 * 60)
AFTERNOON = Hours(13 * 60, 16 * 60)
WEEK = ((LONG,), (MORNING, AFTERNOON), (), (LONG,), (MORNING,), (), ())
MONDAY = date(2027, 3, 1)
HERE = Venue(id=1, name="Opaltorget", kind=VenueKind.FAMILY_CENTRE, week=WEEK)
EASTER = {date(2027, 3, day) for day in (26, 28, 29)}  # Good Friday, Easter Sunday and Monday
FEASTS = Rules(
    is_red=lambda day: day.weekday() == 6 or day in EASTER, is_feast=lambda day: day in EASTER
)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # Sundays on which the clocks change


def on(day, venue=HERE, rules=RULES):
    found = day_at(venue, day, rules)
    return found.doors, found.hours


def test_the_week_says_the_hours():
    assert on(MONDAY) == (Doors.OPEN, (LONG,))
    assert on(MONDAY + timedelta(days=1)) == (Doors.OPEN, (MORNING, AFTERNOON))
    assert on(MONDAY + timedelta(days=2)) == (Doors.CLOSED, ())
    assert [each.doors for each in week_at(HERE, MONDAY, RULES)] == [
        Doors.OPEN,
        Doors.OPEN,
        Doors.CLOSED,
        Doors.OPEN,
        Doors.OPEN,
        Doors.CLOSED,
        Doors.CLOSED,
    ]


@pytest.mark.parametrize("week", [(), ((),) * 7])
def test_hours_that_nobody_gave_are_not_invented(week):
    venue = replace(HERE, week=week)
    assert on(MONDAY, venue) == (Doors.UNKNOWN, ())
    assert status(venue, local("2027-03-01T10:00"), RULES).opens_at is None


def test_what_is_said_for_a_day_comes_before_the_week():
    closed = Change(MONDAY, MONDAY)
    other = Change(MONDAY + timedelta(days=2), MONDAY + timedelta(days=3), (AFTERNOON,))
    venue = replace(HERE, changes=(closed, other))
    assert on(MONDAY, venue) == (Doors.CLOSED, ())
    assert on(MONDAY + timedelta(days=2), venue) == (Doors.OPEN, (AFTERNOON,))
    assert on(MONDAY + timedelta(days=3), venue) == (Doors.OPEN, (AFTERNOON,))
    assert on(MONDAY + timedelta(days=4), venue) == (Doors.OPEN, (MORNING,))


def test_one_open_day_inside_closed_weeks_is_open():
    summer = Change(date(2027, 6, 28), date(2027, 8, 8))
    one_day = Change(date(2027, 7, 14), date(2027, 7, 14), (MORNING,))
    for changes in ((summer, one_day), (one_day, summer)):
        venue = replace(HERE, changes=changes)
        assert on(date(2027, 7, 14), venue) == (Doors.OPEN, (MORNING,))
        assert on(date(2027, 7, 13), venue) == (Doors.CLOSED, ())


def test_of_two_words_about_the_same_days_closed_holds():
    both = (Change(MONDAY, MONDAY, (LONG,)), Change(MONDAY, MONDAY))
    assert on(MONDAY, replace(HERE, changes=both)) == (Doors.CLOSED, ())
    assert on(MONDAY, replace(HERE, changes=both[::-1])) == (Doors.CLOSED, ())


def test_a_red_day_is_not_taken_for_open():
    friday, easter_monday = date(2027, 3, 26), date(2027, 3, 29)
    assert on(friday, rules=FEASTS) == (Doors.RED, ())
    assert on(easter_monday, rules=FEASTS) == (Doors.RED, ())
    said = replace(HERE, changes=(Change(friday, friday, (MORNING,)),))
    assert on(friday, said, FEASTS) == (Doors.OPEN, (MORNING,))  # unless somebody says so


def test_a_red_day_on_which_it_is_closed_every_week_is_closed():
    assert on(date(2027, 3, 27), rules=Rules(is_red=lambda _day: True)) == (Doors.CLOSED, ())


def test_a_library_that_opens_on_sundays_is_asked_for_on_easter_sunday_only():
    library = replace(HERE, week=(*((),) * 6, (LONG,)))
    assert on(date(2027, 3, 21), library, FEASTS) == (Doors.OPEN, (LONG,))
    assert on(SPRING, library, FEASTS) == (Doors.RED, ())


def test_the_next_opening_skips_days_that_nobody_knows():
    thursday_evening = local("2027-03-25T18:00")
    assert next_opening(HERE, thursday_evening, FEASTS) == local("2027-03-30T09:00")
    assert next_opening(HERE, thursday_evening, RULES) == local("2027-03-26T09:00")


@pytest.mark.parametrize(
    ("moment", "until", "opens"),
    [
        ("2027-03-01T08:59", None, "2027-03-01T09:00"),
        ("2027-03-01T09:00", "2027-03-01T15:00", None),
        ("2027-03-01T14:59", "2027-03-01T15:00", None),
        ("2027-03-01T15:00", None, "2027-03-02T09:00"),
        ("2027-03-02T12:00", None, "2027-03-02T13:00"),  # the lunch between
        ("2027-03-03T10:00", None, "2027-03-04T09:00"),
        ("2027-03-05T12:00", None, "2027-03-08T09:00"),
    ],
)
def test_now_it_is_open_until_then_or_opens_next_at(moment, until, opens):
    now = status(HERE, local(moment), RULES)
    assert now.open_until == (local(until) if until else None)
    assert now.opens_at == (local(opens) if opens else None)


def test_a_place_that_opens_later_is_closed_until_that_day():
    venue = replace(HERE, later=True, opens_on=date(2027, 3, 4))
    assert on(MONDAY, venue) == (Doors.NOT_YET, ())
    assert on(date(2027, 3, 4), venue) == (Doors.OPEN, (LONG,))
    assert next_opening(venue, local("2027-03-01T08:00"), RULES) == local("2027-03-04T09:00")
    far = replace(HERE, later=True, opens_on=MONDAY + timedelta(days=200))
    assert next_opening(far, local("2027-03-01T08:00"), RULES) == local("2027-09-17T09:00")


def test_a_place_of_which_nobody_knows_when_it_opens_never_opens():
    venue = replace(HERE, later=True)
    assert on(date(2035, 1, 1), venue) == (Doors.NOT_YET, ())
    assert next_opening(venue, local("2027-03-01T08:00"), RULES) is None


def test_a_place_that_is_closed_for_months_has_no_next_opening():
    long = Change(MONDAY, MONDAY + timedelta(days=AHEAD_DAYS + 5))
    assert next_opening(replace(HERE, changes=(long,)), local("2027-03-01T08:00"), RULES) is None


def test_in_spring_the_missing_hour_moves_forward():
    venue = replace(HERE, week=(*((),) * 6, (Hours(2 * 60, 4 * 60),)))
    opens = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)  # 03:00: there is no 02:00
    assert next_opening(venue, opens - timedelta(hours=1), RULES) == opens
    assert status(venue, opens, RULES).open_until == datetime(2027, 3, 28, 2, 0, tzinfo=UTC)


def test_hours_that_lie_wholly_in_the_missing_hour_are_no_opening():
    venue = replace(HERE, week=(*((),) * 6, (Hours(2 * 60 + 30, 3 * 60),)))
    assert next_opening(venue, datetime(2027, 3, 27, 23, 0, tzinfo=UTC), RULES) == local(
        "2027-04-04T02:30"
    )


def test_in_autumn_doors_are_open_an_hour_longer_and_open_once():
    venue = replace(HERE, week=(*((),) * 6, (Hours(60, 4 * 60),)))
    opens, closes = (datetime(2027, 10, 30, 23, tzinfo=UTC), datetime(2027, 10, 31, 3, tzinfo=UTC))
    assert next_opening(venue, opens - timedelta(hours=3), RULES) == opens
    assert status(venue, opens, RULES).open_until == closes
    assert closes - opens == timedelta(hours=4)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_ordinary_hours_are_the_same_on_the_clock_when_the_clocks_change(day):
    venue = replace(HERE, week=(*((),) * 6, (LONG,)))
    for at, is_open in ((time(8, 59), False), (time(9), True), (time(14, 59), True)):
        assert bool(status(venue, instant(day, at), RULES).open_until) is is_open
    assert on_the_clock(status(venue, instant(day, time(9)), RULES).open_until).time() == time(15)


def test_a_day_may_end_at_midnight():
    venue = replace(HERE, week=((Hours(20 * 60, MIDNIGHT),), *((),) * 6))
    now = status(venue, local("2027-03-01T23:59"), RULES)
    assert now.open_until == local("2027-03-02T00:00")
    assert status(venue, local("2027-03-02T00:00"), RULES).open_until is None


def test_what_was_checked_three_months_ago_is_old_the_day_after():
    assert not is_old(date(2026, 11, 30), date(2027, 2, 28))
    assert is_old(date(2026, 11, 30), date(2027, 3, 1))
    assert is_old(None, MONDAY)


# --- hours, by anybody ---------------------------------------------------------------------------

_MINUTES = st.integers(0, MIDNIGHT)


@st.composite
def _a_day(draw):
    cuts = sorted(draw(st.sets(_MINUTES, min_size=0, max_size=6)))
    return tuple(Hours(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))


_WEEKS = st.tuples(*[_a_day()] * 7)
_MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(week=_WEEKS, now=_MOMENTS)
def test_at_every_moment_a_place_is_open_or_opens_later_and_never_both(week, now):
    venue = replace(HERE, week=week)
    found = status(venue, now, RULES)
    assert not (found.open_until and found.opens_at)
    if found.open_until:
        assert now < found.open_until
        moment = on_the_clock(now)
        shown = moment.hour * 60 + moment.minute
        ambiguous = moment.date() in {date(y, 10, 25 + d) for y in (2026, 2027) for d in range(7)}
        assert ambiguous or any(h.opens <= shown < h.closes for h in week[moment.weekday()])
    elif found.opens_at:
        assert found.opens_at > now
        assert status(venue, found.opens_at, RULES).open_until is not None
        assert status(venue, found.opens_at - timedelta(seconds=1), RULES).opens_at in (
            found.opens_at,
            None,  # hours that follow each other without a pause
        )


@given(week=_WEEKS, now=_MOMENTS)
def test_between_now_and_the_next_opening_it_is_never_open(week, now):
    venue = replace(HERE, week=week)
    opens = status(venue, now, RULES).opens_at
    if opens is None:
        return
    step = (opens - now) / 7
    for n in range(7):
        assert status(venue, now + n * step, RULES).open_until is None


@given(week=_WEEKS)
def test_hours_that_follow_each_other_are_no_fault(week):
    assert week_faults(week) == []


@pytest.mark.parametrize(
    "hours",
    [(Hours(600, 600),), (Hours(700, 600),), (Hours(600, 700), Hours(660, 720)), (Hours(0, 1441),)],
)
def test_hours_that_cannot_be_are_a_fault_of_their_day(hours):
    assert week_faults(((), hours, (), (), (), (), ())) == [1]


# --- how far ----------------------------------------------------------------------------------

_POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
_GOTHENBURG = Point(57.7089, 11.9746)


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    north = Point(58.7089, 11.9746)
    assert metres(_GOTHENBURG, north) == pytest.approx(111_195, rel=1e-3)


def test_a_degree_of_longitude_is_shorter_so_far_north():
    east = Point(57.7089, 12.9746)
    assert metres(_GOTHENBURG, east) == pytest.approx(
        111_195 * math.cos(math.radians(57.7089)), rel=1e-3
    )


@given(one=_POINTS, other=_POINTS, third=_POINTS)
def test_distance_is_a_distance(one, other, third):
    assert metres(one, one) == 0
    assert metres(one, other) == pytest.approx(metres(other, one), abs=1e-3)
    assert 0 <= metres(one, other) <= math.pi * 6_371_001
    assert metres(one, third) <= metres(one, other) + metres(other, third) + 1


def at(number, kind, north, **facts):
    point = Point(57.7 + north / 1000, 11.97)
    return Venue(id=number, name=f"Place {number}", kind=kind, point=point, **facts)


def test_the_nearest_of_each_kind_and_a_house_only_once():
    centre = at(1, VenueKind.FAMILY_CENTRE, 3, in_house=(InHouse.OPEN_PRESCHOOL, InHouse.BVC))
    preschool = at(2, VenueKind.OPEN_PRESCHOOL, 9)
    library, far = at(3, VenueKind.LIBRARY, 5), at(4, VenueKind.LIBRARY, 50)
    found = nearest([far, library, preschool, centre], Point(57.7, 11.97), MONDAY)
    assert [(each.venue.id, each.kinds) for each in found] == [
        (
            1,
            (VenueKind.OPEN_PRESCHOOL, VenueKind.FAMILY_CENTRE, VenueKind.HEALTH_CENTRE),
        ),
        (3, (VenueKind.LIBRARY,)),
    ]
    assert found[0].metres == pytest.approx(333.6, rel=0.01)


def test_a_place_without_a_position_or_not_open_yet_is_not_the_nearest():
    nowhere = Venue(id=1, name="A", kind=VenueKind.LIBRARY)
    later = at(2, VenueKind.LIBRARY, 1, later=True, opens_on=MONDAY + timedelta(days=1))
    assert nearest([nowhere, later], Point(57.7, 11.97), MONDAY) == []
    assert len(nearest([nowhere, later], Point(57.7, 11.97), MONDAY + timedelta(days=1))) == 1


@given(here=_POINTS, spots=st.lists(st.tuples(_POINTS, st.sampled_from(VenueKind)), max_size=8))
def test_nothing_of_that_kind_is_nearer_than_the_nearest(here, spots):
    venues = [
        Venue(id=n, name=str(n), kind=kind, point=point) for n, (point, kind) in enumerate(spots)
    ]
    found = nearest(venues, here, MONDAY)
    assert {kind for each in found for kind in each.kinds} == {kind for _, kind in spots}
    for each in found:
        for kind in each.kinds:
            assert all(each.metres <= metres(v.point, here) for v in venues if kind in v.offers)
