"""Every text about staff's own times, made with given values."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from messaging import times_texts
from messaging.hours_buttons import Margin
from messaging.keyboards import Message
from programme.localtime import STOCKHOLM

STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)
ENDS = datetime(2027, 3, 5, 14, 45, tzinfo=UTC)
DAY, LATER = date(2027, 3, 5), date(2027, 3, 12)
MORNING, LONG = ((480, 720),), ((480, 720), (780, 960))
LABEL = "Bus 4 <b>سارة"


def _rows(function: Callable[..., Any]) -> Callable[..., Any]:
    """A page with those rows under a title, so that their labels are read too."""

    def page(t: Any, *values: Any) -> Message:
        return Message(times_texts.heading(t, "Åke"), function(t, *values))

    page.__name__ = function.__name__
    return page


FOR_STAFF: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    times_texts.heading: [(None,), ("Åke <b>",)],
    times_texts.hours_line: [(day, spans) for day in range(5) for spans in ((), MORNING, LONG)],
    times_texts.no_hours_line: [()],
    times_texts.margins_line: [(30, 15)],
    times_texts.off_line: [(DAY, DAY), (DAY, LATER)],
    times_texts.busy_line: [(STARTS, ENDS, STOCKHOLM)],
    times_texts.calendar_line: [(n,) for n in (1, 2, 3, 11, 100)],
    times_texts.saved_line: [()],
    times_texts.ask_from: [()],
    times_texts.ask_until: [(time(8, 15),)],
    times_texts.ask_day_off: [()],
    times_texts.ask_busy_day: [()],
    times_texts.one_day_or_more: [(7, DAY)],
    times_texts.ask_last_day: [(DAY,)],
    times_texts.nothing_line: [(True,), (False,)],
    times_texts.choose_margin: [(7, what, (0, 15, 30, 45, 60)) for what in Margin],
    times_texts.colleagues: [((), 7), ([(8, "Bo <b>"), (9, "سارة")], 0)],
}

ROWS = {
    _rows(times_texts.main_rows): [(7, (30, 15), [(4, LABEL)], True), (7, (0, 60), (), False)],
    _rows(times_texts.week_rows): [(7, range(5))],
    _rows(times_texts.day_rows): [(7, 0, spans, 2) for spans in ((), MORNING, LONG)],
    _rows(times_texts.off_rows): [(7, [(1, DAY, DAY), (2, DAY, LATER)])],
    _rows(times_texts.busy_rows): [(7, [(1, STARTS, ENDS)], STOCKHOLM)],
}


def _collided(t: Any) -> str:
    found = [(LABEL, 2, STARTS, False), (4, 0, STARTS, False), (LABEL, 2, STARTS, True)]
    return "\n".join(times_texts.collision_lines(t, found, STOCKHOLM))


ROWS[_collided] = [()]
