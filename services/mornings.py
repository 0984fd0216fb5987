"""The morning list of one colleague, filled with what is true as it leaves (mission H3).

It shows what the lists behind its buttons show, and no more: the families of the areas they work
in, and those they visit (services/access.py).
"""

from dataclasses import replace
from datetime import datetime, time

from programme.checking import Sort, old_in
from programme.desk_letters import MorningList
from programme.desks import Desk
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.morning_list import About, Line, Office, of_area, own, sections
from programme.mornings import CHOICES, before
from programme.notices import WordingState
from programme.people import Role
from services import desks as planning
from services import posters, requests, staff_view
from services.access import Colleague, meets_families
from storage import calendars, desks, families, overviews, sendings
from storage.database import Tx
from storage.overviews import Name

__all__ = ["CHOICES", "hour_of", "now_for", "set_hour"]

NOTHING = "nothing to tell"  # why an empty list is not sent


async def filled(
    tx: Tx, desk: Desk, letter: MorningList, now: datetime, rules: Rules
) -> MorningList:
    """The list as it should be said now; it may be empty."""
    me = Colleague(desk.member, desk.areas[0], None, desk.areas[1:])
    lines = await _lines(tx, me, now, rules)
    office = await _office(tx, me, desk, letter, rules)
    return replace(letter, sections=sections(lines), office=office)


async def now_for(tx: Tx, colleague: Colleague, now: datetime, rules: Rules) -> MorningList:
    """The list as it is at this moment; raises NotYours for who meets no families."""
    if not meets_families(colleague):
        raise NotYours
    [desk] = await desks.load(tx, [colleague.member.id])
    day = on_the_clock(now, rules.zone).date()
    letter = MorningList(key="", at=now, not_after=now, staff_id=desk.member.id, day=day)
    return await filled(tx, desk, letter, now, rules)


async def _lines(tx: Tx, me: Colleague, now: datetime, rules: Rules) -> list[Line]:
    names = {each.family_id: each for each in await staff_view.all_families(tx, me, now)}
    visited = await calendars.families_of(tx, me.member.id, now)
    guests = {each: Name(each, await overviews.label(tx, each)) for each in visited}
    lines = [
        Line(
            about=About.WAITS,
            family_id=each.name.family_id,
            family=_called(each.name),
            asked=each.what,
        )
        for each in await requests.open_of(tx, me, now)
    ]
    for family in await families.load(tx, sorted({*names, *guests})):
        name = _called(names.get(family.id) or guests[family.id])
        lines += own(family, me.member, name, now, rules)
        if family.id in names:
            lines += of_area(family, name, now, rules)
    return lines


def _called(name: Name) -> str | int:
    return name.label or name.family_id


async def _office(tx: Tx, me: Colleague, desk: Desk, letter: MorningList, rules: Rules) -> Office:
    office = Office(by_poster=len(await posters.waiting(tx, me)))
    if me.member.role is not Role.COORDINATOR:
        return office
    words = [each.state for each in desk.wordings if desk.looks_through(each)]
    old = old_in(desk.areas, desk.checked, letter.day)
    given = words.count(WordingState.GIVEN)
    return replace(
        office,
        untranslated=len(words) - given,
        to_approve=given,
        old_places=old.count(Sort.PLACE),
        old_pages=old.count(Sort.PAGE),
        old_activities=old.count(Sort.ACTIVITY),
        failed=await sendings.failed_since(tx, desk.areas, before(letter, rules)),
    )


async def hour_of(tx: Tx, colleague: Colleague) -> time | None:
    """When they want it; None: never. Raises NotYours for who meets no families."""
    if not meets_families(colleague):
        raise NotYours
    return await desks.hour_of(tx, colleague.member.id)


async def set_hour(
    tx: Tx, colleague: Colleague, hour: time | None, now: datetime, rules: Rules
) -> None:
    """From now on at that hour of their working days, or never. Raises NotYours."""
    if not meets_families(colleague) or hour not in {*CHOICES, None}:
        raise NotYours
    await desks.set_hour(tx, colleague.member.id, hour)
    await planning.catch_up(tx, [colleague.member.id], now, rules)
