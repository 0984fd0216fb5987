"""Places families can go to, and when their doors are open (mission F3, E9; domain.md P12-P19).

A `Venue` is a house with a door; `people.Place` only says where a visit is held. Nothing is
assumed: hours that nobody gave are unknown, and a red day is no ordinary weekday.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from programme.ages import add_months
from programme.kinds import SUNDAY, Rules
from programme.localtime import instant, on_the_clock

MIDNIGHT = 24 * 60  # the minute at which a day ends
WEEK = 7
AHEAD_DAYS = 60  # how far the next opening is looked for
CHECKED_MONTHS = 3  # what was checked longer ago is old (mission F4)
EARTH_METRES = 6_371_000


class VenueKind(StrEnum):
    """What a place is. Stored: retire a kind, never rename it. The order parents see."""

    OPEN_PRESCHOOL = "open_preschool"
    FAMILY_CENTRE = "family_centre"
    HEALTH_CENTRE = "health_centre"  # BVC
    LIBRARY = "library"
    DENTAL = "dental"


class InHouse(StrEnum):
    """Who or what one finds there (domain.md P12-P14). Stored: never renamed."""

    MIDWIFE = "midwife"
    BVC = "bvc"
    OPEN_PRESCHOOL = "open_preschool"
    SOCIAL_WORKER = "social_worker"
    DOCTOR = "doctor"
    LIBRARIAN = "librarian"
    PSYCHOLOGIST = "psychologist"
    DENTAL = "dental"


# Whoever looks for one of these finds it in another house as well (P13: a family centre has both).
_ALSO = {
    InHouse.OPEN_PRESCHOOL: VenueKind.OPEN_PRESCHOOL,
    InHouse.BVC: VenueKind.HEALTH_CENTRE,
}


@dataclass(frozen=True)
class Point:
    """A position on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, order=True)
class Hours:
    """From one minute of the day to another, on the clocks of the place."""

    opens: int
    closes: int


@dataclass(frozen=True)
class Change:
    """Days on which the week does not hold: with these hours, or closed without any."""

    first: date
    last: date
    hours: tuple[Hours, ...] = ()

    def covers(self, day: date) -> bool:
        """Whether it is about that day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, kw_only=True)
class Venue:
    """One place, as one edition of it says."""

    name: str
    kind: VenueKind
    in_house: tuple[InHouse, ...] = ()
    drop_in: bool | None = None  # without signing up; None: nobody has said
    week: tuple[tuple[Hours, ...], ...] = ()  # Monday first; empty: nobody has said
    changes: tuple[Change, ...] = ()
    later: bool = False  # it is to open, on `opens_on` if that is known (domain.md P8)
    opens_on: date | None = None
    point: Point | None = None
    way: dict[str, str] = field(default_factory=dict, hash=False)  # how to find in, by language
    id: int = 0
    areas: tuple[int, ...] = ()
    checked_on: date | None = None  # None: nobody has checked it

    @property
    def offers(self) -> frozenset[VenueKind]:
        """What one can go there for: its own kind, and what is in the house."""
        return frozenset({self.kind, *(_ALSO[each] for each in self.in_house if each in _ALSO)})


class Doors(StrEnum):
    """What is known of one day."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"  # nobody has said the hours
    RED = "red"  # an ordinary weekday would be open, but it is a red day: ask
    NOT_YET = "not_yet"  # it has not opened at all


@dataclass(frozen=True)
class Day:
    """One day at a place; hours only if it is open."""

    day: date
    doors: Doors
    hours: tuple[Hours, ...] = ()


def day_at(venue: Venue, day: date, rules: Rules) -> Day:
    """That day at the place: what was said for it comes before the week, a red day is asked for."""
    if not_open_yet(venue, day):
        return Day(day, Doors.NOT_YET)
    if change := _change_for(venue, day):
        return Day(day, Doors.OPEN if change.hours else Doors.CLOSED, change.hours)
    if not any(venue.week):
        return Day(day, Doors.UNKNOWN)
    hours = venue.week[day.weekday()]
    if not hours:
        return Day(day, Doors.CLOSED)
    return Day(day, Doors.RED) if no_ordinary_day(day, rules) else Day(day, Doors.OPEN, hours)


def no_ordinary_day(day: date, rules: Rules) -> bool:
    """A plain Sunday is as its week says; only on a feast does nobody know."""
    return rules.is_feast(day) or (day.weekday() != SUNDAY and rules.is_red(day))


def not_open_yet(venue: Venue, day: date) -> bool:
    """Whether it is to open, and has not by that day."""
    return venue.later and (venue.opens_on is None or day < venue.opens_on)


def _change_for(venue: Venue, day: date) -> Change | None:
    """Of several the shortest: one open Friday inside closed summer weeks. Closed before hours."""
    covering = [each for each in venue.changes if each.covers(day)]
    return min(covering, key=lambda c: (c.last - c.first, bool(c.hours)), default=None)


def week_at(venue: Venue, first: date, rules: Rules) -> list[Day]:
    """Seven days, from that one on."""
    return [day_at(venue, first + timedelta(days=n), rules) for n in range(WEEK)]


@dataclass(frozen=True)
class Status:
    """How it stands at this moment: open until then, or when it opens next, if that is known."""

    today: Day
    open_until: datetime | None = None
    opens_at: datetime | None = None


def status(venue: Venue, now: datetime, rules: Rules) -> Status:
    """Whether the doors are open now, today's hours, and the next opening."""
    today = day_at(venue, on_the_clock(now, rules.zone).date(), rules)
    for begins, ends in _spans(today, rules):
        if begins <= now < ends:
            return Status(today, open_until=ends)
    return Status(today, opens_at=next_opening(venue, now, rules))


def next_opening(venue: Venue, now: datetime, rules: Rules) -> datetime | None:
    """The first instant after now at which the doors open; None if none is known."""
    first = on_the_clock(now, rules.zone).date()
    if venue.later and venue.opens_on is not None:
        first = max(first, venue.opens_on)
    for n in range(AHEAD_DAYS):
        for begins, _ in _spans(day_at(venue, first + timedelta(days=n), rules), rules):
            if begins > now:
                return begins
    return None


def _spans(day: Day, rules: Rules) -> Iterator[tuple[datetime, datetime]]:
    """The day's hours as instants; one that the clocks leave out is no time at all."""
    for each in sorted(day.hours):
        begins, ends = (_at(day.day, minute, rules) for minute in (each.opens, each.closes))
        if begins < ends:
            yield begins, ends


def _at(day: date, minute: int, rules: Rules) -> datetime:
    if minute == MIDNIGHT:
        return instant(day + timedelta(days=1), time(), rules.zone)
    return instant(day, clock(minute), rules.zone)


def clock(minute: int) -> time:
    """That minute of a day as the clocks show it; the day's end shows 00:00."""
    return time(minute // 60 % 24, minute % 60)


def is_old(checked_on: date | None, today: date) -> bool:
    """Whether staff should check the place again: never checked, or long ago."""
    return checked_on is None or add_months(checked_on, CHECKED_MONTHS) < today


def metres(one: Point, other: Point) -> float:
    """How far it is, as a bird flies: along the great circle."""
    south, north = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    up = north - south
    # The haversine form stays exact for places that lie side by side.
    part = math.sin(up / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(across / 2) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(part)))


@dataclass(frozen=True)
class Near:
    """A place, how far it is, and what it is the nearest for."""

    venue: Venue
    metres: float
    kinds: tuple[VenueKind, ...]


def nearest(venues: Iterable[Venue], here: Point, today: date) -> list[Near]:
    """The nearest of each kind, a house once, in the order of the kinds; only those that are open
    to families already and whose position is known."""
    known = [each for each in venues if each.point and not not_open_yet(each, today)]
    found: dict[int, Near] = {}
    for kind in VenueKind:
        there = [each for each in known if kind in each.offers]
        if not there:
            continue
        best = min(there, key=lambda each: (_far(each, here), each.name, each.id))
        before = found.get(best.id, Near(best, _far(best, here), ()))
        found[best.id] = replace(before, kinds=(*before.kinds, kind))
    return list(found.values())


def _far(venue: Venue, here: Point) -> float:
    return metres(venue.point, here) if venue.point else math.inf


def week_faults(week: Sequence[Sequence[Hours]]) -> list[int]:
    """The weekdays whose hours cannot be: they run backwards, or one begins inside another."""
    return [n for n, hours in enumerate(week) if not _fit(sorted(hours))]


def _fit(hours: list[Hours]) -> bool:
    in_day = all(0 <= each.opens < each.closes <= MIDNIGHT for each in hours)
    return in_day and all(a.closes <= b.opens for a, b in pairwise(hours))
