"""Coordinators keep nameless lines for the yearly follow-up, all year (mission I8).

A line belongs to an area: every coordinator there sees it, nobody else does.
"""

from dataclasses import dataclass
from datetime import date, datetime

from programme.errors import NotYours
from programme.headings import (
    Heading,
    LineFault,
    line_fault,
    month_in,
    oldest_kept,
    year_at,
)
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Role
from services.access import Colleague
from storage import areas, notes
from storage.database import Tx
from storage.notes import Note

__all__ = ["Heading", "LineFault", "Note", "Shown", "line_fault"]


@dataclass(frozen=True)
class Shown:
    """One line, and whether it may still be put into the year before (until March)."""

    note: Note
    years: tuple[int, ...]  # the follow-ups it could be for
    areas: tuple[tuple[int, str], ...]  # of a colleague with several: each with its name


def is_coordinator(colleague: Colleague) -> bool:
    """Whose work the follow-up is (domain.md W5, W6)."""
    return colleague.member.role is Role.COORDINATOR


def _their_areas(colleague: Colleague) -> tuple[int, ...]:
    if not is_coordinator(colleague):
        raise NotYours
    return colleague.areas


def years_open(day: date) -> tuple[int, ...]:
    """The years one may write about on that day: until March the last one as well."""
    return tuple(range(year_at(day), day.year + 1))


async def keep(
    tx: Tx, colleague: Colleague, heading: Heading, line: str, now: datetime, rules: Rules
) -> int:
    """Keep that line under that heading; its id. The line has no fault. Raises NotYours."""
    area, day = _their_areas(colleague)[0], on_the_clock(now, rules.zone).date()
    return await notes.add(
        tx, area, month_in(day, day.year), heading, line, colleague.member.id, now
    )


async def listed(tx: Tx, colleague: Colleague, now: datetime, rules: Rules) -> list[Note]:
    """The lines of the years that are open; raises NotYours."""
    theirs, day = _their_areas(colleague), on_the_clock(now, rules.zone).date()
    return [each for year in years_open(day) for each in await notes.of_year(tx, theirs, year)]


async def see(tx: Tx, colleague: Colleague, number: int, now: datetime, rules: Rules) -> Shown:
    """One line of one's areas; raises NotYours for any other number."""
    found = await _theirs(tx, colleague, number)
    theirs = [each for each in await areas.listed(tx) if each.id in colleague.areas]
    named = tuple((each.id, each.name) for each in theirs) if len(theirs) > 1 else ()
    return Shown(found, years_open(on_the_clock(now, rules.zone).date()), named)


async def _theirs(tx: Tx, colleague: Colleague, number: int) -> Note:
    found = await notes.one(tx, number)
    if found is None or found.area_id not in _their_areas(colleague):
        raise NotYours
    return found


async def reword(tx: Tx, colleague: Colleague, number: int, line: str) -> None:
    """Other words; they have no fault. Raises NotYours."""
    await _theirs(tx, colleague, number)
    await notes.change(tx, number, line=line)


async def move(tx: Tx, colleague: Colleague, number: int, heading: Heading) -> None:
    """Another heading; raises NotYours."""
    await _theirs(tx, colleague, number)
    await notes.change(tx, number, heading=heading)


async def set_year(
    tx: Tx, colleague: Colleague, number: int, year: int, now: datetime, rules: Rules
) -> None:
    """It is for that year's follow-up, if one may still write about it; raises NotYours."""
    await _theirs(tx, colleague, number)
    day = on_the_clock(now, rules.zone).date()
    if year in years_open(day):
        await notes.change(tx, number, month=f"{month_in(day, year):%Y-%m}")


async def set_area(tx: Tx, colleague: Colleague, number: int, area: int) -> None:
    """It is about that area of theirs; raises NotYours."""
    await _theirs(tx, colleague, number)
    if area not in colleague.areas:
        raise NotYours
    await notes.change(tx, number, area_id=area)


async def drop(tx: Tx, colleague: Colleague, number: int) -> None:
    """Delete it for good; raises NotYours."""
    await _theirs(tx, colleague, number)
    await notes.drop(tx, number)


async def purge(tx: Tx, now: datetime, rules: Rules) -> None:
    """Lines of a follow-up that was sent long ago go at the end of March."""
    await notes.purge(tx, oldest_kept(on_the_clock(now, rules.zone).date()))
