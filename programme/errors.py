"""Broken rules, as facts. Each class's first line is its sentence for the command line.

Broken
├── UnknownArea        there is no such area
├── BirthInFuture      the birth date is after today
├── BirthTooLongAgo    the child is older than the programme reaches
├── NoSuchFamily       there is no family with that number
├── NoSuchVisit        visits are numbered 1 to 6
├── NoChildBorn        the family's child is not born yet
├── TimeInPast         a visit must lie ahead
└── NotYours           it is not there, or not this person's: nobody learns which
"""

from datetime import date, datetime


class Broken(Exception):
    """A rule was broken; str() is an English sentence for whoever typed the command."""


class UnknownArea(Broken):
    """There is no such area."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"There is no area {name!r}. Areas: {', '.join(known)}.")


class BirthInFuture(Broken):
    """The birth date lies after today."""

    def __init__(self, born: date, today: date) -> None:
        super().__init__(
            f"The birth date {born} is after today, {today}. For a child who is expected, "
            "give the due date with --due instead."
        )


class BirthTooLongAgo(Broken):
    """The child is older than the programme reaches."""

    def __init__(self, born: date, oldest: date) -> None:
        super().__init__(
            f"The birth date {born} is too long ago: Lotsen writes about children born "
            f"{oldest} or later. Please check the year."
        )


class NoSuchFamily(Broken):
    """There is no family with that number."""

    def __init__(self, family_id: int) -> None:
        super().__init__(f"There is no family {family_id}.")


class NoSuchVisit(Broken):
    """Visits are numbered 1 to 6."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no visit {number}: visits are numbered 1 to 6.")


class NoChildBorn(Broken):
    """The family's child is not born yet."""

    def __init__(self, family_id: int) -> None:
        super().__init__(f"Family {family_id} has no child with a birth date yet.")


class TimeInPast(Broken):
    """A visit must lie ahead."""

    def __init__(self, at: datetime, now: datetime) -> None:
        super().__init__(
            f"The visit at {at:%Y-%m-%d %H:%M} is not after now, {now:%Y-%m-%d %H:%M}."
        )


class NotYours(Broken):
    """It is not there, or not this person's: nobody learns which."""

    def __init__(self) -> None:
        super().__init__("Not found.")
