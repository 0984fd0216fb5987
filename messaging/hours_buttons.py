"""Buttons of staff's own times: hours, days off, busy times, margins. `staff`: whose they are."""

from enum import StrEnum

from messaging.callbacks import CallbackData
from messaging.picker_buttons import Day

STAFF_TIMES = "times"  # a page of the menu


class TimesView(StrEnum):
    """The pages of somebody's times."""

    ALL = "all"
    WEEK = "week"
    OFF = "off"
    BUSY = "busy"
    COLLEAGUES = "team"


class Margin(StrEnum):
    """What is kept free around a visit."""

    TRAVEL = "way"
    DEBRIEF = "talk"


class TimesOf(CallbackData, prefix="yp"):
    """Show that page of their times."""

    staff: int
    view: TimesView


class DayHours(CallbackData, prefix="yw"):
    """Show the hours of that weekday; Monday is 0."""

    staff: int
    weekday: int


class SetHours(CallbackData, prefix="ys"):
    """Those hours on that weekday, in minutes since midnight; none where they are equal."""

    staff: int
    weekday: int
    starts: int
    ends: int


class OwnHours(CallbackData, prefix="yn"):
    """Other hours on that weekday; `more`: besides those that are set."""

    staff: int
    weekday: int
    more: bool


class CopyHours(CallbackData, prefix="yc"):
    """The hours of that weekday on all of them."""

    staff: int
    weekday: int


class ShowMargin(CallbackData, prefix="yq"):
    """Show the choices for the way, or for the talk."""

    staff: int
    what: Margin


class SetMargin(CallbackData, prefix="yg"):
    """So many minutes."""

    staff: int
    what: Margin
    minutes: int


class AddTime(CallbackData, prefix="ya"):
    """Add a day off, or a busy time."""

    staff: int
    off: bool


class OneDay(CallbackData, prefix="yo"):
    """Off on that day alone."""

    staff: int
    day: Day


class UntilDay(CallbackData, prefix="yu"):
    """Off from that day on until another one."""

    staff: int
    day: Day


class FreeAgain(CallbackData, prefix="ye"):
    """That day off, or busy time, is none."""

    staff: int
    busy: int
