"""Staff choose who comes, in place of those of last time, while they propose or book (D2)."""

from collections.abc import Sequence
from dataclasses import replace

from programme.errors import NotYours
from programme.meetings import BOTH_COME
from programme.people import Family, Role, StaffMember
from services import slots
from services.staff_booking import Draft
from storage import availability
from storage.database import Tx


async def could_come(tx: Tx, family: Family, draft: Draft) -> list[list[StaffMember]]:
    """Whom one may choose, question by question: a nurse, then a parent supporter; or anybody.

    Those who came last time first; nobody without working hours, for no time is ever theirs.
    """
    weeks = await availability.hours_of(tx, [each.id for each in family.staff])
    known = {each.id for each in slots.last_time(family)}
    works = sorted(
        (each for each in family.staff if weeks[each.id]),
        key=lambda each: (each.id not in known, each.name, each.id),
    )
    nurses = [each for each in works if each.role is Role.NURSE]
    supporters = [each for each in works if each.role is Role.PARENT_SUPPORTER]
    return [nurses, supporters] if draft.meeting in BOTH_COME else [[*supporters, *nurses]]


async def choose(tx: Tx, family: Family, draft: Draft, ids: Sequence[int]) -> Draft:
    """The draft with these people, without times; raises NotYours for who could not be asked."""
    asked = await could_come(tx, family, draft)
    if len(ids) != len(asked):
        raise NotYours
    for number, offered in zip(ids, asked, strict=True):
        if number not in {each.id for each in offered}:
            raise NotYours
    return replace(draft, who=tuple(ids), times=())
