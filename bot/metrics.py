"""Figures for whoever watches the machines: numbers alone, no name, no area, no number of anybody.

The only home of prometheus_client. What the database knows is asked at most every few seconds.
"""

import logging
import re
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import get_args

from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from messaging import push
from services.health import Standing
from services.outcomes import Ended

__all__ = ["CONTENT_TYPE", "Figures"]

KEPT_SECONDS = 5.0  # what the database said so long ago is said again
HOWS = ("handled", "refused", "failed", "repeated", "unreadable")
LATE = (1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600, 7 * 24 * 3600)

# When a figure was begun: nobody asks, and it is a line for each.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library says no types here

Look = Callable[[], Awaitable[Standing | None]]


class Figures:
    """The figures of this process."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._registry = its = CollectorRegistry()
        self._late = Histogram(
            "lotsen_lateness_seconds",
            "From the hour a message was due until Telegram had it.",
            buckets=LATE,
            registry=its,
        )
        self._sends = Counter(
            "lotsen_sends", "Tries to send, by outcome.", ["outcome"], registry=its
        )
        self._updates = Counter(
            "lotsen_updates", "Updates, by what became of them.", ["how"], registry=its
        )
        self._errors = Counter(
            "lotsen_errors", "Errors in the log, by place.", ["where"], registry=its
        )
        # All of them from the start: who watches for a rise would miss the first one of its kind.
        for each in get_args(push.Outcome):
            self._sends.labels(_words(each.__name__))
        for how in HOWS:
            self._updates.labels(how)
        self._polled: float | None = None
        poll = Gauge(
            "lotsen_last_poll_seconds",
            "Since Telegram last answered a poll, or the start; -1: nobody polls.",
            registry=its,
        )
        poll.set_function(self.poll_age)
        self._lagging = Gauge(
            "lotsen_loop_lag_seconds",
            "How late the loop last was: so long a press waits on top.",
            registry=its,
        )
        self._standing = _Gauges(its)
        self._looked: float | None = None

    def ended(self, ended: Ended, now: datetime) -> None:
        """One try to send has an outcome."""
        self._sends.labels(_words(type(ended.outcome).__name__)).inc()
        due = ended.message.due_at
        if isinstance(ended.outcome, push.Sent) and due is not None:
            self._late.observe(max(0.0, (now - due).total_seconds()))

    def update(self, how: str) -> None:
        """One update was handled, failed, repeated, unreadable or passed over."""
        self._updates.labels(how).inc()

    def lag(self, seconds: float) -> None:
        """So late was the loop."""
        self._lagging.set(seconds)

    def polled(self) -> None:
        """Telegram has answered a poll, or is asked for the first time."""
        self._polled = self._monotonic()

    def poll_age(self) -> float:
        """Seconds since then; -1 where Telegram calls us."""
        return -1.0 if self._polled is None else self._monotonic() - self._polled

    def count_errors(self) -> logging.Handler:
        """Counts whatever is logged as an error from now on; to be taken off the log again."""
        handler = _Errors(self._errors)
        logging.getLogger().addHandler(handler)
        return handler

    async def page(self, look: Look, now: Callable[[], datetime]) -> bytes:
        """All of it, as Prometheus reads it."""
        moment = self._monotonic()
        if self._looked is None or moment - self._looked >= KEPT_SECONDS:
            self._looked = moment
            self._standing.show(await look(), now())
        return generate_latest(self._registry)


class _Gauges:
    """What the database knows."""

    def __init__(self, its: CollectorRegistry) -> None:
        self._up = Gauge("lotsen_database_up", "1: the database answers.", registry=its)
        self._outbox = Gauge(
            "lotsen_outbox", "Messages that have not ended, by state.", ["state"], registry=its
        )
        self._inbox = Gauge("lotsen_inbox", "Updates that are not finished.", registry=its)
        self._ages = {
            name: Gauge(f"lotsen_{name}_seconds", f"{text}; -1: none.", registry=its)
            for name, text in (
                ("oldest_due", "Age of the oldest message that may leave or waits for the morning"),
                ("oldest_update", "Age of the oldest update that is not finished"),
                ("watermark", "How far behind now the planner is"),
                ("backup", "Age of the newest backup"),
            )
        }

    def show(self, found: Standing | None, now: datetime) -> None:
        """What was found, or that the database does not answer."""
        self._up.set(found is not None)
        if found is None:
            return
        for state in ("waiting", "due", "sending"):
            self._outbox.labels(state).set(getattr(found, state))
        self._inbox.set(found.open_updates)
        for name, gauge in self._ages.items():
            at = getattr(found, name)
            gauge.set((now - at).total_seconds() if at else -1)


class _Errors(logging.Handler):
    def __init__(self, counter: Counter) -> None:
        super().__init__(logging.ERROR)
        self._counter = counter

    def emit(self, record: logging.LogRecord) -> None:
        """One more."""
        self._counter.labels(record.name).inc()


def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
