"""When each kind of message may leave: quiet hours, urgency, lateness."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from programme.kinds import (
    KINDS,
    Doubt,
    Kind,
    Lane,
    QuietHours,
    Rules,
    first_leave,
    may_leave,
    open_lanes,
    too_late_after,
)
from programme.localtime import instant, on_the_clock
from tests.cast import RULES, local

VISITS = [kind for kind, rule in KINDS.items() if rule.lane is Lane.VISITS]
NEWS = [kind for kind, rule in KINDS.items() if rule.urgent_within]
STAFF = [kind for kind, rule in KINDS.items() if rule.lane is Lane.STAFF]
AT_ONCE = {
    Kind.TEAM_ASK,
    Kind.OUTCOME_ASK,
    Kind.TRANSLATE_ASK,
    Kind.TRANSLATED,
    Kind.CALENDAR_UNREAD,
    Kind.UNUSUAL_LOOKS,
    Kind.CONFIRM_COLLEAGUE,
    Kind.ACCESS_RESTS,
}
OTHERS = [kind for kind in Kind if kind not in (*VISITS, *STAFF)]
TO_PARENTS = [kind for kind in Kind if kind not in STAFF]

INSTANTS = st.integers(0, 3 * 365 * 86400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
HOURS = st.integers(0, 47).map(lambda half: time(half // 2, half % 2 * 30))
QUIET = st.builds(QuietHours, HOURS, HOURS)


def quiet(start: str, end: str) -> Rules:
    return Rules(quiet=QuietHours(time.fromisoformat(start), time.fromisoformat(end)))


def test_every_kind_has_its_row():
    assert set(KINDS) == set(Kind)


def test_the_table_of_the_house_stands():
    capped = {kind for kind, rule in KINDS.items() if rule.capped}
    silent = {kind for kind, rule in KINDS.items() if rule.silent}
    again = {kind for kind, rule in KINDS.items() if rule.in_doubt is Doubt.AGAIN_ONCE}
    tips = {Kind.TIP, Kind.STRENGTH, Kind.EARLY_TIP, Kind.BOKSTART}
    assert capped == {*tips, Kind.DIGEST, Kind.NOTICE}
    edits = {Kind.NOTICE_EDIT, Kind.NOTICE_RECALL}
    assert silent == {Kind.SAME_MORNING, *edits}
    assert again == {*VISITS, *STAFF, *edits, Kind.PLACE_OFFERED}
    assert set(STAFF) == {
        *(Kind.STAFF_NEWS, Kind.CALL_TODAY, Kind.TO_BOOK, Kind.FIRST_VISIT, Kind.TEAM_ASK),
        *(Kind.POSTER_ASK, Kind.OUTCOME_ASK, Kind.TRANSLATE_ASK, Kind.TRANSLATED),
        *(Kind.CHECK_AGAIN, Kind.CALENDAR_UNREAD, Kind.YEARLY, Kind.MORNING_LIST),
        *(Kind.UNUSUAL_LOOKS, Kind.CONFIRM_COLLEAGUE, Kind.ACCESS_RESTS),
    }
    assert set(NEWS) == {
        Kind.VISIT_BOOKED,
        Kind.VISIT_MOVED,
        Kind.VISIT_CHANGED,
        Kind.VISIT_CANCELLED,
        Kind.VISIT_OFF,
        Kind.VISIT_ON_HOLD,
        Kind.ACTIVITY_CHANGED,
    }
    assert {KINDS[kind].urgent_within for kind in NEWS} == {timedelta(hours=18)}
    assert {kind: rule.sent_at for kind, rule in KINDS.items() if rule.sent_at} == {
        Kind.DAY_BEFORE: time(17),
        Kind.ERASURE: time(10),
        Kind.SAME_MORNING: time(7, 30),
        Kind.VISIT_OFFER: time(10),
        **dict.fromkeys((*tips, Kind.DIGEST), time(10)),
        Kind.ACTIVITY_REMINDER: time(17),
        **dict.fromkeys((each for each in STAFF if each not in AT_ONCE), time(7, 30)),
        Kind.YEARLY: time(8),
    }


def test_lanes_leave_in_the_order_of_the_house():
    assert [lane.name for lane in sorted(Lane)] == ["VISITS", "STAFF", "TIPS", "NOTICES"]


@pytest.mark.parametrize(
    ("wall", "visits", "others"),
    [
        ("00:00", False, False),
        ("06:59:59", False, False),
        ("07:00", True, False),
        ("07:59:59", True, False),
        ("08:00", True, True),
        ("12:00", True, True),
        ("19:59:59", True, True),
        ("20:00", False, False),
        ("23:59", False, False),
    ],
)
@pytest.mark.parametrize("day", ["2026-11-22", "2027-03-28", "2027-10-31"])
def test_visits_leave_from_7_everything_else_from_8_and_nothing_after_20(day, wall, visits, others):
    at = local(f"{day}T{wall}")
    assert [may_leave(kind, at, RULES) for kind in VISITS] == [visits] * len(VISITS)
    assert [may_leave(kind, at, RULES) for kind in OTHERS] == [others] * len(OTHERS)
    assert (Lane.VISITS in open_lanes(at, RULES)) is visits
    assert (Lane.TIPS in open_lanes(at, RULES)) is others


@pytest.mark.parametrize(
    ("rules", "wall", "visits", "others"),
    [
        (quiet("21:30", "07:45"), "06:44", False, False),
        (quiet("21:30", "07:45"), "06:45", True, False),
        (quiet("21:30", "07:45"), "07:45", True, True),
        (quiet("21:30", "07:45"), "21:29", True, True),
        (quiet("21:30", "07:45"), "21:30", False, False),
        (quiet("13:00", "15:00"), "12:59", True, True),  # a rest at midday
        (quiet("13:00", "15:00"), "13:00", False, False),
        (quiet("13:00", "15:00"), "14:00", True, False),
        (quiet("13:00", "15:00"), "15:00", True, True),
        (quiet("00:00", "06:00"), "23:59", True, True),
        (quiet("00:00", "06:00"), "00:00", False, False),
        (quiet("00:00", "06:00"), "05:00", True, False),
        (quiet("22:00", "00:30"), "00:00", True, False),  # never before the day itself begins
        (quiet("22:00", "00:30"), "23:59", False, False),
        (Rules(quiet=None), "03:00", True, True),
    ],
)
def test_an_installation_may_set_other_quiet_hours(rules, wall, visits, others):
    at = local(f"2026-11-22T{wall}")
    assert may_leave(Kind.DAY_BEFORE, at, rules) is visits
    assert may_leave(Kind.TIP, at, rules) is others


@pytest.mark.parametrize("wall", ["03:00", "19:59", "20:00", "23:00"])
def test_quiet_hours_without_length_are_none(wall):
    at = local(f"2026-11-22T{wall}")
    assert all(may_leave(kind, at, quiet("20:00", "20:00")) for kind in TO_PARENTS)


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2026-11-20T06:59", False),  # a Friday
        ("2026-11-20T07:00", True),
        ("2026-11-20T17:59", True),
        ("2026-11-20T18:00", False),
        ("2026-11-21T10:00", False),
        ("2026-11-22T10:00", False),
        ("2026-11-23T07:00", True),
    ],
)
def test_staff_are_written_to_in_working_hours_only(at, leaves):
    assert [may_leave(kind, local(at), RULES) for kind in STAFF] == [leaves] * len(STAFF)
    assert (Lane.STAFF in open_lanes(local(at), RULES)) is leaves


def test_what_staff_should_hear_on_a_red_day_waits_for_the_next_working_day():
    rules = Rules(is_red=lambda day: day in {date(2026, 12, 24), date(2026, 12, 25)})
    eve = local("2026-12-24T09:00")  # a Thursday; Friday is red, then comes the weekend
    assert first_leave(Kind.STAFF_NEWS, eve, rules) == local("2026-12-28T07:00")
    assert first_leave(Kind.STAFF_NEWS, eve, RULES) == eve
    assert not may_leave(Kind.STAFF_NEWS, eve, rules)


@pytest.mark.parametrize("rules", [quiet("13:00", "14:00"), quiet("13:00", "13:30")])
@pytest.mark.parametrize("wall", ["00:00", "12:15", "12:59", "13:00", "13:20", "14:00", "23:00"])
def test_quiet_hours_of_an_hour_or_less_hold_no_visit_back(rules, wall):
    assert may_leave(Kind.DAY_BEFORE, local(f"2026-11-22T{wall}"), rules)


@pytest.mark.parametrize("kind", NEWS)
def test_news_of_a_visit_within_18_hours_leaves_at_any_hour(kind):
    begins = local("2026-11-23T15:00")
    assert not may_leave(kind, local("2026-11-22T20:59:59"), RULES, begins)
    assert may_leave(kind, local("2026-11-22T21:00"), RULES, begins)
    assert may_leave(kind, local("2026-11-23T03:00"), RULES, begins)
    assert not may_leave(kind, local("2026-11-23T03:00"), RULES)


@pytest.mark.parametrize("kind", [Kind.DAY_BEFORE, Kind.SAME_MORNING])
def test_a_reminder_is_never_so_urgent_that_it_comes_at_night(kind):
    assert not may_leave(kind, local("2026-11-22T23:00"), RULES, local("2026-11-23T09:00"))


def test_what_is_ready_at_night_leaves_in_the_morning():
    night = local("2026-11-22T20:00")
    assert first_leave(Kind.VISIT_BOOKED, night, RULES) == local("2026-11-23T07:00")
    assert first_leave(Kind.TIP, night, RULES) == local("2026-11-23T08:00")
    assert first_leave(Kind.TIP, local("2026-11-23T03:00"), RULES) == local("2026-11-23T08:00")
    day = local("2026-11-22T19:59")
    assert first_leave(Kind.TIP, day, RULES) == day
    assert first_leave(Kind.TIP, night, Rules(quiet=None)) == night
    urgent = local("2026-11-23T12:00")
    assert first_leave(Kind.VISIT_BOOKED, night, RULES, urgent) == night


@settings(max_examples=150, deadline=None)
@given(at=INSTANTS, kind=st.sampled_from(Kind), hours=QUIET, ahead=st.none() | st.integers(1, 5000))
@example(local("2026-11-22T14:00"), Kind.DAY_BEFORE, QuietHours(time(13), time(14)), None)
@example(local("2027-03-28T01:30"), Kind.TIP, QuietHours(time(20), time(2, 30)), None)
@example(local("2027-10-31T02:10"), Kind.TIP, QuietHours(time(20), time(2, 30)), None)
def test_what_may_leave_first_may_leave_and_never_before_it_is_ready(at, kind, hours, ahead):
    rules = Rules(quiet=hours)
    begins = None if ahead is None else at + timedelta(minutes=ahead)
    first = first_leave(kind, at, rules, begins)
    assert first >= at
    assert may_leave(kind, first, rules, begins)
    weekend = timedelta(days=2, hours=14) if kind in STAFF else timedelta(0)
    assert first - at <= timedelta(days=1, hours=1) + weekend  # the night of 25 hours


@settings(max_examples=150, deadline=None)
@given(at=INSTANTS, kind=st.sampled_from(Kind), hours=QUIET)
def test_nothing_waits_longer_than_until_the_doors_open(at, kind, hours):
    rules = Rules(quiet=hours)
    first = first_leave(kind, at, rules)
    # The hour that is missing in spring may be spent waiting; any other minute before is quiet.
    assume(on_the_clock(at).utcoffset() == on_the_clock(first).utcoffset())
    moments = [at + (first - at) * n / 20 for n in range(20)] if first > at else []
    assert not any(may_leave(kind, moment, rules) for moment in moments)


@pytest.mark.parametrize(
    ("kind", "due", "too_late"),
    [
        (Kind.DAY_BEFORE, "2026-11-22T17:00", "2026-11-22T20:00"),
        (Kind.SAME_MORNING, "2026-11-23T07:30", "2026-11-23T09:59:59.999999"),
        (Kind.VISIT_BOOKED, "2026-11-20T12:00", "2026-11-23T09:59:59.999999"),
        (Kind.VISIT_MOVED, "2026-11-20T12:00", "2026-11-23T09:59:59.999999"),
        (Kind.VISIT_CANCELLED, "2026-11-20T12:00", "2026-11-23T09:59:59.999999"),
        (Kind.TIP, "2026-11-20T10:00", "2026-12-04T10:00"),
        (Kind.STRENGTH, "2026-11-20T10:00", "2026-12-04T10:00"),
        (Kind.EARLY_TIP, "2026-11-20T10:00", "2026-12-04T10:00"),
        (Kind.DIGEST, "2026-11-20T10:00", "2026-11-27T10:00"),
        (Kind.JOIN_ASK, "2026-11-20T12:00", "2026-11-27T12:00"),
        (Kind.STAFF_NEWS, "2026-11-20T12:00", "2026-12-04T12:00"),
        (Kind.CALL_TODAY, "2026-11-20T07:30", "2026-11-23T09:59:59.999999"),
        (Kind.VISIT_ON_HOLD, "2026-11-20T12:00", "2026-11-23T09:59:59.999999"),
    ],
)
def test_each_kind_has_its_hour_after_which_it_is_too_late(kind, due, too_late):
    begins = local("2026-11-23T10:00")
    assert too_late_after(kind, local(due), RULES, begins) == local(too_late)


def test_lateness_of_visit_news_needs_the_visit():
    with pytest.raises(ValueError, match="visit begins"):
        too_late_after(Kind.VISIT_BOOKED, local("2026-11-20T12:00"), RULES, None)


def test_the_night_of_a_clock_change_is_as_quiet_as_any():
    for day in (date(2027, 3, 28), date(2027, 10, 31)):
        midnight = instant(day, time())
        hours = range(int((instant(day, time(7)) - midnight) / timedelta(hours=1)))
        assert not any(
            may_leave(Kind.DAY_BEFORE, midnight + timedelta(hours=n), RULES) for n in hours
        )
        assert may_leave(Kind.DAY_BEFORE, instant(day, time(7)), RULES)


# fmt: off
STORED = (
    "visit_booked", "visit_moved", "visit_cancelled", "visit_off", "visit_changed",
    "visit_missed", "times_proposed", "visit_on_hold", "visit_offer", "join_ask", "joined",
    "welcomed", "not_ours", "away_note", "area_ask", "goodbye", "day_before", "same_morning",
    "tip", "strength", "early_tip", "digest", "team_ask", "team_answer", "consent_ask",
    "erasure", "notice", "notice_urgent", "notice_edit", "notice_recall", "activity_reminder",
    "activity_changed", "place_offered", "bokstart", "translate_ask", "translated",
    "check_again", "yearly", "calendar_unread", "morning_list", "staff_news", "call_today",
    "to_book", "first_visit", "outcome_ask", "poster_ask",
)
# fmt: on


def test_a_kind_that_the_database_may_hold_keeps_its_name():
    """A row names its kind: renamed, what waits could not be read by the next version."""
    assert set(STORED) <= {kind.value for kind in Kind}
