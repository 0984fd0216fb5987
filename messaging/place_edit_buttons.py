"""Buttons with which staff write places. Every place's number is checked against who presses."""

from enum import StrEnum

from messaging.callbacks import CallbackData
from messaging.picker_buttons import Day
from programme.places import InHouse, VenueKind

WORKDAYS = 7  # in the place of a weekday: Monday to Friday alike

# Codes of what is picked: the task's own (`messaging/pickers.py`).
OPENS, CLOSES = "plo", "plc"  # hours of a weekday
FIRST, LAST = "plf", "pll"  # days with other hours
SPAN_OPENS, SPAN_CLOSES = "pso", "psc"  # hours of those days
LATER = "pla"  # the day on which it opens


class PlaceAct(StrEnum):
    """What staff do with a place."""

    CHECK = "check"
    DRAFT = "draft"  # see the new edition
    SEND = "send"
    DROP = "drop"
    GONE = "gone"  # asks once
    GONE_SURE = "gone2"
    NAME = "name"
    HOURS = "hours"
    CHANGES = "changes"
    ADD_CHANGE = "add"
    HOUSE = "house"
    DROP_IN = "in"  # without signing up, with, not said: one after the other
    LATER = "later"
    LATER_SOMETIME = "later2"
    IS_OPEN = "open"
    POSITION = "where"
    NO_POSITION = "where0"
    WAY = "way"
    NO_WAY = "way0"


class StaffPlaces(CallbackData, prefix="Pl"):
    """The list of places."""

    page: int = 0


class StaffPlace(CallbackData, prefix="Pe"):
    """One place, for staff."""

    place: int


class ActOnPlace(CallbackData, prefix="Pa"):
    """That, with that place."""

    place: int
    act: PlaceAct


class PublishPlace(CallbackData, prefix="Pu"):
    """Families see it from now on, if it still says what was seen."""

    place: int
    seen: str


class NewPlaceKind(CallbackData, prefix="Pj"):
    """A new place: of which kind?"""


class NewPlace(CallbackData, prefix="Pk"):
    """A new place of that kind."""

    kind: VenueKind


class WeekdayHours(CallbackData, prefix="Pd"):
    """The hours of a weekday, or of all workdays."""

    place: int
    days: int


class AddHours(CallbackData, prefix="Pi"):
    """One more span of hours."""

    place: int
    days: int


class ClearHours(CallbackData, prefix="Ph"):
    """Closed on that weekday."""

    place: int
    days: int


class HouseFlag(CallbackData, prefix="Pf"):
    """In the house, or not."""

    place: int
    what: InHouse
    on: bool


class WayIn(CallbackData, prefix="Py"):
    """Write how to find it in that language."""

    place: int
    code: str


class _Span(CallbackData, prefix="P0"):
    place: int
    first: Day
    last: Day


class CloseDays(_Span, prefix="Ps"):
    """Closed on those days."""


class OtherHours(_Span, prefix="Po"):
    """Other hours on those days."""


class UsualDays(_Span, prefix="Px"):
    """What was said of those days holds no more."""


class PlaceHistory(CallbackData, prefix="Pg"):
    """What stood before."""

    place: int
    page: int = 0


class PlaceEdition(CallbackData, prefix="Pz"):
    """One edition that stood."""

    edition: int


class BringBack(CallbackData, prefix="Pb"):
    """That edition again, as a draft."""

    edition: int
