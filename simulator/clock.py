"""A clock that can be moved, for a simulator that runs alone. Others bring a clock of their own."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class ShiftedClock:
    """The system's time plus a shift."""

    def __init__(self, start: datetime | None = None) -> None:
        self.shift = timedelta()
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        """The moment it is here, in UTC."""
        return datetime.fromtimestamp(time.time(), UTC) + self.shift

    def set(self, moment: datetime) -> None:
        """Make it `moment`; a moment without a zone is refused."""
        if moment.tzinfo is None:
            raise ValueError("The moment needs a zone, for example +00:00.")
        self.shift += moment - self.now()

    def advance(self, step: timedelta) -> None:
        """Move the clock by `step`."""
        self.shift += step
