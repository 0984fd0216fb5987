"""The only place that asks the system for the time; everything below `bot` is told."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """What time it is for Lotsen: the system's, or one that was set and runs on from there."""

    def __init__(self, start: datetime | None = None) -> None:
        self._shift = timedelta(0)
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC) + self._shift

    def set(self, at: datetime) -> None:
        """From now on it is `at`, and the clock runs on."""
        self._shift = at.astimezone(UTC) - datetime.now(UTC)


class StoppedClock(Clock):
    """A clock that stands still until it is set: one `tick` happens at one instant."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The time it was set to."""
        return self._at

    def set(self, at: datetime) -> None:
        """From now on it is `at`, and stays so."""
        self._at = at.astimezone(UTC)


def real_now() -> datetime:
    """What time it really is, whatever the settings say."""
    return datetime.fromtimestamp(time.time(), UTC)
