"""Every family of rows, in the order of the table."""

from collections.abc import Callable, Coroutine
from typing import Any

from bench import (
    answering,
    booking,
    flushing,
    overtaking,
    pace,
    planning,
    queues,
    rendering,
    replanning,
    reports,
    sending,
    starting,
)
from bench.population import Populations
from bench.row import Row
from bench.sizes import Sizes

Family = Callable[[Sizes, Populations], Coroutine[Any, Any, list[Row]]]

FAMILIES: dict[str, Family] = {
    "planning": planning.rows,
    "sending": sending.rows,
    "flushing": flushing.rows,
    "pace": pace.rows,
    "overtaking": overtaking.rows,
    "answering": answering.rows,
    "replanning": replanning.rows,
    "starting": starting.rows,
    "queues": queues.rows,
    "booking": booking.rows,
    "report": reports.rows,
    "rendering": rendering.rows,
}
