"""An expected child is here: told once, undone in one tap; and the dates of a child corrected.

The bot never asks whether a child has come (mission A10). Every change plans anew in its own
transaction (mission A13).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from programme.births import check_birth, check_due
from programme.errors import (
    HomeBeforeBirth,
    NoChildBorn,
    NoDueDate,
    NoSuchChild,
    NoSuchFamily,
    NothingExpected,
    NotYours,
)
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.news import Event, News
from programme.people import Child, Family
from services import visit_figures
from services.access import Reader, family_of
from services.planning import catch_up
from storage import births, events, families
from storage.database import Tx
from storage.turns import lock_family

OLDEST_DAY = 60  # how many days back a parent may choose
EARLY = timedelta(days=21)  # born so long before the due date, tips may follow that date (A9)
MOST_CHILDREN = 3


@dataclass(frozen=True)
class Birth:
    """What was told: the day, how many children, and the first of them."""

    day: date
    count: int
    child_id: int
    at: datetime
    early: bool  # tips may follow the due date


class Undone(StrEnum):
    """What an *Undo* of a birth came to."""

    DONE = "done"
    BOOKED = "booked"  # a visit is booked for the child: people must talk


def expected(family: Family) -> list[Child]:
    """The children a family waits for."""
    return [child for child in family.children if child.born is None and not child.silent]


async def expects(tx: Tx, reader: Reader) -> bool:
    """Whether the reader's family waits for a child."""
    return bool(expected(await family_of(tx, reader)))


def may_be(day: date, now: datetime, rules: Rules) -> bool:
    """Whether a parent may choose that day."""
    today = on_the_clock(now, rules.zone).date()
    return today - timedelta(days=OLDEST_DAY) <= day <= today


async def born(
    tx: Tx, whose: Reader | int, day: date, count: int, now: datetime, rules: Rules
) -> Birth | None:
    """The expected child is here, and its twins; a parent tells it, or staff by family number.

    None if everybody knew: the other parent was faster. Raises NotYours for a parent's wrong press;
    for staff NoSuchFamily, NothingExpected, or what is wrong with the date.
    """
    family = await _family(tx, whose)
    waiting = expected(family)
    if isinstance(whose, Reader):
        if not may_be(day, now, rules) or not 1 <= count <= MOST_CHILDREN:
            raise NotYours
    else:
        _check(family, waiting, day, now, rules)
    told = waiting[:count]
    if not told or not await births.begin(tx, told[0].id, day):
        return None
    for child in told[1:]:
        await births.begin(tx, child.id, day)
    for _ in range(count - len(told)):
        await families.add_child(tx, family.id, day, told[0].due)
    if isinstance(whose, Reader):  # who works with families knows what they have told themselves
        detail = f"{told[0].id}:{len(told)}+{count - len(told)}"
        await events.note(tx, family.id, News.BORN, now, detail=detail)
    await catch_up(tx, family.id, now, rules)
    return Birth(day, count, told[0].id, now, came_early(replace(told[0], born=day)))


async def _family(tx: Tx, whose: Reader | int) -> Family:
    if isinstance(whose, Reader):
        return await family_of(tx, whose)
    if not await lock_family(tx, whose):
        raise NoSuchFamily(whose)
    [family] = await families.load(tx, [whose])
    return family


def _check(family: Family, waiting: list[Child], day: date, now: datetime, rules: Rules) -> None:
    if not waiting:
        raise NothingExpected(family.id)
    check_birth(day, on_the_clock(now, rules.zone).date())
    check_due(day, waiting[0].due)


def came_early(child: Child) -> bool:
    """Born so long before the due date that tips may follow that date (mission A9)."""
    return child.born is not None and child.due is not None and child.due - child.born > EARLY


async def undo(tx: Tx, reader: Reader, at: int, now: datetime, rules: Rules) -> Undone:
    """A wrong press: all is as it was, twins too. Raises NotYours once staff have changed it.

    `at`: when it was told, in whole seconds; what was told stands in the event of that moment.
    """
    family = await family_of(tx, reader)
    event = next((each for each in family.events if _is_it(each, at)), None)
    if event is None or event.detail is None:
        raise NotYours
    first, told, added = (int(part) for part in re.split("[:+]", event.detail))
    those = _born_together(family, first)
    if len(those) != told + added:
        raise NotYours
    booked = [each for each in family.bookings if each.child_id in {child.id for child in those}]
    if any(each.concerns(reader.guardian) for each in booked):
        return Undone.BOOKED
    if booked:  # with the other home, which is nothing this parent learns (mission B15)
        raise NotYours
    for child in those[:told]:
        await families.set_child(tx, replace(child, born=None, corrected=False, came_home=None))
    for child in those[told:]:
        await births.remove(tx, child.id)
    await events.take_back(tx, family.id, News.BORN, event.at)
    await catch_up(tx, family.id, now, rules, since=event.at)
    return Undone.DONE


def _is_it(event: Event, at: int) -> bool:
    return event.what is News.BORN and int(event.at.timestamp()) == at


def _born_together(family: Family, first: int) -> list[Child]:
    """That child and those of the same birth that came after it into the books."""
    born_on = next((child.born for child in family.children if child.id == first), None)
    return [child for child in family.children if child.id >= first and child.born == born_on]


async def follow_due(
    tx: Tx, reader: Reader, child_id: int, on: bool, now: datetime, rules: Rules
) -> None:
    """Tips follow the due date of this child and its twins, or the birth date again (A9)."""
    family = await family_of(tx, reader)
    child = next((each for each in family.children if each.id == child_id), None)
    if child is None or not came_early(child):
        raise NotYours
    twins = [each for each in family.children if each.born == child.born and each.due]
    await _follow(tx, family.id, twins, on, now, rules)


async def _follow(
    tx: Tx, family_id: int, children: list[Child], on: bool, now: datetime, rules: Rules
) -> None:
    for each in children:
        await families.set_child(tx, replace(each, corrected=on))
    await catch_up(tx, family_id, now, rules)


async def set_corrected(tx: Tx, family_id: int, on: bool, now: datetime, rules: Rules) -> int:
    """The same by staff, for all children; how many. Raises NoSuchFamily, NoDueDate."""
    family = await _family(tx, family_id)
    children = [each for each in family.children if each.born and each.due]
    if not children:
        raise NoDueDate(family_id)
    await _follow(tx, family_id, children, on, now, rules)
    return len(children)


async def correct(
    tx: Tx,
    family_id: int,
    number: int,
    on: date | None,
    due: date | None,
    now: datetime,
    rules: Rules,
) -> Child:
    """The dates of child 1, 2, …: None leaves one as it is. Raises what is wrong."""
    child = _child(await _children(tx, family_id), family_id, number)
    right = replace(child, born=on or child.born, due=due or child.due)
    today = on_the_clock(now, rules.zone).date()
    check_birth(on, today)
    check_due(right.born, right.due)
    if right.came_home and right.born and right.came_home < right.born:
        right = replace(right, came_home=None)
    await families.set_child(tx, right)
    await visit_figures.follow(tx, family_id, now, rules)
    await catch_up(tx, family_id, now, rules)
    return right


async def _children(tx: Tx, family_id: int) -> list[Child]:
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    return await families.children(tx, family_id)


def _child(children: Sequence[Child], family_id: int, number: int) -> Child:
    if not 1 <= number <= len(children):
        raise NoSuchChild(family_id, number)
    return children[number - 1]


async def add(
    tx: Tx, family_id: int, on: date | None, due: date | None, now: datetime, rules: Rules
) -> int:
    """One more child, a sibling or a late twin: its number. Raises what is wrong with a date."""
    family = await _family(tx, family_id)
    check_birth(on, on_the_clock(now, rules.zone).date())
    check_due(on, due)
    await families.add_child(tx, family_id, on, due)
    await catch_up(tx, family_id, now, rules)
    return len(family.children) + 1


async def came_home(
    tx: Tx, family_id: int, number: int | None, on: date, now: datetime, rules: Rules
) -> int:
    """When a child came home from the hospital, or all that are born: how many (mission A5)."""
    every = await _children(tx, family_id)
    children = [_child(every, family_id, number)] if number else every
    there = [each for each in children if each.born]
    if not there:
        raise NoChildBorn(family_id)
    today = on_the_clock(now, rules.zone).date()
    for child in there:
        if child.born and not child.born <= on <= today:
            raise HomeBeforeBirth(on, child.born, today)
        await families.set_child(tx, replace(child, came_home=on))
    await visit_figures.follow(tx, family_id, now, rules)
    await catch_up(tx, family_id, now, rules)
    return len(there)
