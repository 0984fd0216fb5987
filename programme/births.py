"""Which birth and due dates can be right, for a family that joins (mission A10, C3)."""

from datetime import date, timedelta

from programme.ages import add_months
from programme.errors import BirthInFuture, BirthTooLongAgo, FarFromDue

OLDEST_MONTHS = 36  # the last tip comes before three years of age (mission C3)
EARLIEST, LATEST = timedelta(weeks=20), timedelta(weeks=6)  # a birth, as seen from the due date


def check_birth(born: date | None, today: date) -> None:
    """Raises BirthInFuture or BirthTooLongAgo."""
    if born is None:
        return
    oldest = add_months(today, -OLDEST_MONTHS)
    if born > today:
        raise BirthInFuture(born, today)
    if born < oldest:
        raise BirthTooLongAgo(born, oldest)


def check_due(born: date | None, due: date | None) -> None:
    """Raises FarFromDue."""
    if born and due and not due - EARLIEST <= born <= due + LATEST:
        raise FarFromDue(born, due)
