"""When a parent has moved out of the programme: with the family, or with one of two homes (B16)."""

from datetime import datetime

from programme.for_staff import without_home
from programme.news import News
from programme.people import Family, Guardian, Why


def left_at(family: Family, guardian: Guardian) -> datetime | None:
    """When that parent did, or None; of two homes the other's way is not theirs (mission B15)."""
    return home_left_at(family, guardian.home) or family.left_at


def home_left_at(family: Family, home: int) -> datetime | None:
    """When that one of two homes did, or None."""
    if family.split_at is None:
        return None
    return next(
        (
            each.at
            for each in family.events
            if each.what is News.LEFT
            and each.at >= family.split_at
            and without_home(each.detail or "")[1] == home
        ),
        None,
    )


def may_be_asked_why(family: Family) -> bool:
    """Whether why they stopped may be asked: never after a loss, however long ago (mission A11)."""
    hard = any(rest.why is Why.LOSS for rest in family.rests)
    return not hard and not any(child.silent for child in family.children)
