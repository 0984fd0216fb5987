"""What the buttons of the pickers say: a month to show, a day, an hour, a time.

`why` is a short code of the task that asks (two to four letters, its own), `ids` what it is about.
A day or time that cannot be read makes the whole button unreadable: it is answered as an old one.
Whether it may be chosen is asked again when it is pressed (`Days.allows`): see `pickers.py`.
"""

from datetime import date, datetime, time
from typing import Annotated

from pydantic import AfterValidator

from messaging.callbacks import CallbackData

_DAY, _MONTH, _WALL = "%Y%m%d", "%Y%m", "%H%M"
_BETWEEN = "."


def _reads(pattern: str) -> AfterValidator:
    def check(text: str) -> str:
        if not text.isascii() or _read(text, pattern).strftime(pattern) != text:
            raise ValueError(text)
        return text

    return AfterValidator(check)


def _read(text: str, pattern: str) -> datetime:
    return datetime.strptime(text, pattern)  # noqa: DTZ007 - a plain day, or wall time


def _numbers(text: str) -> str:
    if text and not all(each.isascii() and each.isdigit() for each in text.split(_BETWEEN)):
        raise ValueError(text)
    return text


Day = Annotated[str, _reads(_DAY)]
Month = Annotated[str, _reads(_MONTH)]
Wall = Annotated[str, _reads(_WALL)]
Ids = Annotated[str, AfterValidator(_numbers)]


class _ForTask(CallbackData, prefix="yy"):
    """What every one of them carries."""

    why: str
    ids: Ids

    @property
    def numbers(self) -> tuple[int, ...]:
        """The ids, in the order in which the task gave them."""
        return tuple(int(each) for each in self.ids.split(_BETWEEN)) if self.ids else ()


class _OnDay(_ForTask, prefix="yz"):
    """One that also carries a day."""

    day: Day

    @property
    def on(self) -> date:
        """The day."""
        return day_of(self.day)


class PickDay(_OnDay, prefix="yd"):
    """That day is chosen."""


class PickHour(_OnDay, prefix="yh"):
    """Show the quarters of that hour."""

    hour: int


class PickTime(_OnDay, prefix="yt"):
    """That day and time, on the clocks of Stockholm, are chosen."""

    at: Wall

    @property
    def wall(self) -> time:
        """What the clocks show."""
        return _read(self.at, _WALL).time()


class ShowMonth(_ForTask, prefix="ym"):
    """Show that month's days."""

    month: Month

    @property
    def on(self) -> date:
        """The first day of that month."""
        return _read(self.month, _MONTH).date()


class ShowMonths(_ForTask, prefix="yl"):
    """Show a list of months, page by page."""

    page: int = 0


class NoChoice(CallbackData, prefix="yx"):
    """A dot, or the name of a weekday: nothing happens."""


def day_of(text: Day) -> date:
    """The day that a button carries."""
    return _read(text, _DAY).date()


def written(day: date) -> Day:
    """The day as a button carries it."""
    return f"{day:{_DAY}}"


def ids_of(numbers: tuple[int, ...]) -> str:
    """The ids as a button carries them."""
    return _BETWEEN.join(map(str, numbers))


def pick_day(why: str, numbers: tuple[int, ...], day: date) -> str:
    """The data of the button for that day."""
    return PickDay(why=why, ids=ids_of(numbers), day=written(day)).pack()


def pick_hour(why: str, numbers: tuple[int, ...], day: date, hour: int) -> str:
    """The data of the button for that hour."""
    return PickHour(why=why, ids=ids_of(numbers), day=written(day), hour=hour).pack()


def pick_time(why: str, numbers: tuple[int, ...], day: date, wall: time) -> str:
    """The data of the button for that time."""
    ids = ids_of(numbers)
    return PickTime(why=why, ids=ids, day=written(day), at=f"{wall:{_WALL}}").pack()


def show_month(why: str, numbers: tuple[int, ...], month: date) -> str:
    """The data of the button that shows that day's month."""
    return ShowMonth(why=why, ids=ids_of(numbers), month=f"{month:{_MONTH}}").pack()


def show_months(why: str, numbers: tuple[int, ...], page: int) -> str:
    """The data of the button for that page of the list of months."""
    return ShowMonths(why=why, ids=ids_of(numbers), page=page).pack()
