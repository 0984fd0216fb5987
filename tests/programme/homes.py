"""Families of every sort, drawn by hypothesis: what the rules must hold for."""

from datetime import date, time, timedelta

from hypothesis import strategies as st

from programme.ages import Span
from programme.kinds import QuietHours, Rules
from programme.news import Event, News
from programme.people import Area, Booking, BookingState, Child, Family, Guardian, Rest, Why
from programme.questions import Joiner, Move
from tests.cast import ANNA_IN_CHAT, BO_IN_CHAT, JOINED, local

START = local("2027-01-01T00:00")
MINUTES = 500 * 24 * 60
END = START + timedelta(minutes=MINUTES)
HOLIDAYS = {date(2027, 1, 6), date(2027, 3, 26), date(2027, 3, 29), date(2027, 12, 24)}


def closed(day: date) -> bool:
    return day.weekday() == 6 or day in HOLIDAYS


RULES = st.sampled_from(
    [
        Rules(),
        Rules(quiet=None, is_red=closed),
        Rules(quiet=QuietHours(time(16), time(8)), is_red=closed),
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
def rests(draw, whys):
    since = draw(moments())
    length = draw(st.none() | st.integers(1, 60 * 24 * 60))
    return Rest(
        id=draw(st.integers(1, 9)),
        why=draw(st.sampled_from(whys)),
        since=since,
        until=None if length is None else since + timedelta(minutes=length),
        by=draw(st.sampled_from([None, 21, 22])),
    )


def some_rests(*whys):
    return st.lists(rests(whys), max_size=2, unique_by=lambda rest: rest.id).map(tuple)


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
        changed_by=draw(st.sampled_from([None, 21])),
        previous_starts_at=draw(moments()) if revision else None,
        state=draw(st.sampled_from([BookingState.BOOKED, *BookingState])),
        staff=draw(st.sampled_from([(), (ANNA_IN_CHAT, BO_IN_CHAT), (ANNA_IN_CHAT,)])),
        answered=draw(st.booleans()),
        interpreter=draw(st.booleans()),
        interpreter_wanted=draw(st.booleans()),
    )


MONTH_ENDS = st.sampled_from(
    [date(2026, 8, 31), date(2026, 10, 31), date(2026, 12, 31), date(2027, 2, 28)]
)
BIRTHS = st.dates(date(2026, 1, 1), date(2028, 3, 1)) | MONTH_ENDS


@st.composite
def children(draw, number):
    born = draw(st.none() | BIRTHS | BIRTHS)
    due = draw(st.none() | BIRTHS) if born else draw(BIRTHS)
    return Child(
        id=10 + number,
        born=born,
        due=due,
        corrected=draw(st.booleans()),
        silent=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def parents(draw, number):
    return Guardian(
        id=20 + number,
        language="sv",
        active_since=draw(st.just(JOINED) | moments() | st.none()),
        fewer=draw(st.booleans()),
        quiet_days=draw(st.frozensets(st.integers(0, 6), max_size=2)),
        rests=draw(some_rests(Why.STOPPED, Why.PAUSED, Why.UNREACHABLE)),
        by_parent=draw(st.booleans()),
    )


SUMMERS = st.sampled_from([(), (Span(date(2027, 6, 28), date(2027, 8, 8)),)])
EVENTS = st.lists(
    st.builds(
        Event,
        id=st.integers(1, 99),
        what=st.sampled_from([News.ANSWERED, News.PHONE, News.BACK, News.LOSS]),
        at=moments(),
        booking_id=st.sampled_from([None, 31]),
    ),
    max_size=2,
    unique_by=lambda event: event.id,
).map(tuple)


@st.composite
def families(draw):
    """Anything that may be: children born and expected, rests, a pause of the area, news."""
    count = draw(st.integers(0, 2))
    return Family(
        id=1,
        children=tuple(draw(children(n)) for n in range(1, 1 + draw(st.integers(0, 3)))),
        guardians=(draw(parents(1)), draw(parents(2))),
        bookings=tuple(draw(bookings(number)) for number in range(1, count + 1)),
        area=Area(id=1, rests=draw(some_rests(Why.PAUSED)), summers=draw(SUMMERS)),
        rests=draw(some_rests(Why.AWAY, Why.LOSS)),
        staff=(ANNA_IN_CHAT, BO_IN_CHAT),
        events=draw(EVENTS),
        joiners=draw(
            st.sampled_from([(), (Joiner(id=22, asked_by=21, name="Y", asked_at=START),)])
        ),
        move=draw(st.none() | st.builds(Move, area=st.just("Biskopsgården"), asked_at=moments())),
        left_at=draw(st.none() | moments()),
        visits_ended_at=draw(st.sampled_from([None, None, START])),
    )
