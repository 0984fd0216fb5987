"""What staff see in their chat: whom to phone, answers, the families of their own area (H1).

What one parent does alone is not shown (mission B14): a parent reads the chat, or does not.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, Child, Family, GuardianRole, Why
from programme.phone_list import Call, CallFor, call, stretched
from programme.series import Step, series
from services import interpreters, loss, reasons
from services.access import Colleague, family_for_staff, open_lists
from services.interpreters import Wanted
from storage import areas, families, overviews
from storage.database import Tx
from storage.overviews import Answer, Name

__all__ = ["Answer", "Call", "CallFor", "FamilyPage", "Line", "Name", "Parent"]

ANSWERS = 10
SUMMER_IS_NEAR = (5, 6)  # the months in which staff are told how windows stretch (mission A15)


@dataclass(frozen=True)
class Line:
    """One family to phone, and the languages that need an interpreter."""

    name: Name
    call: Call
    spoken: tuple[str, ...]


@dataclass(frozen=True)
class Parent:
    """One parent as staff may see them."""

    role: GuardianRole | None
    language: str
    spoken: str | None
    reads: bool
    id: int = 0
    home: int = 1


@dataclass(frozen=True, kw_only=True)
class FamilyPage:
    """All that staff see of one family."""

    name: Name
    children: tuple[Child, ...]
    bookings: tuple[Booking, ...]
    steps: tuple[Step, ...]  # the six, with what has become of each (mission D11)
    parents: tuple[Parent, ...]
    call: Call | None
    rests: bool  # do not contact through Lotsen
    may_undo: bool
    stretched: tuple[tuple[int, int], ...]  # visits and by how many days the summer makes longer
    moving: bool  # the parents have been asked, and have not answered
    eligible: bool | None  # the one answer; None: nobody has given it yet
    protected: bool  # no chat at all
    split: bool  # two homes
    wishes: tuple[Wanted, ...] = ()  # of the family and its parents
    may_tell_why: bool = False  # it has stopped, and nobody has told why


async def to_phone(
    tx: Tx, colleague: Colleague, now: datetime, rules: Rules, ours: Collection[str]
) -> list[Line]:
    """The families of the area that wait for a call, the most urgent first."""
    names = {each.family_id: each for each in await all_families(tx, colleague, now)}
    spoken = await overviews.spoken(tx, list(names))
    lines = []
    for family in await families.load(tx, list(names)):
        others = tuple(code for code in spoken.get(family.id, ()) if code not in ours)
        if found := call(family, bool(others), now, rules):
            lines.append(Line(names[family.id], found, others))
    return sorted(lines, key=lambda line: (line.call.by or date.max, line.name.family_id))


async def all_families(tx: Tx, colleague: Colleague, now: datetime) -> list[Name]:
    """The families of their areas, by their label; those without one last. Raises NotYours."""
    await open_lists(tx, colleague, now)
    names = [name for area in colleague.areas for name in await overviews.of_area(tx, area)]
    return sorted(names, key=lambda n: (n.label is None, (n.label or "").casefold(), n.family_id))


async def answers(tx: Tx, colleague: Colleague, now: datetime) -> list[Answer]:
    """The latest answers to coming visits; raises NotYours."""
    await open_lists(tx, colleague, now)
    found = [await overviews.answers(tx, area, now, ANSWERS) for area in colleague.areas]
    return [answer for answers in found for answer in answers][:ANSWERS]


async def family_page(
    tx: Tx, colleague: Colleague, family_id: int, now: datetime, rules: Rules, ours: Collection[str]
) -> FamilyPage:
    """One family of the colleague's own area; raises NotYours."""
    family = await family_for_staff(tx, colleague, family_id, now)
    rest = family.resting(Why.LOSS, now)
    spoken = (await overviews.spoken(tx, [family_id])).get(family_id, [])
    other = any(code not in ours for code in spoken)
    today = on_the_clock(now, rules.zone).date()
    near = today.month in SUMMER_IS_NEAR
    return FamilyPage(
        name=Name(family_id, await overviews.label(tx, family_id)),
        children=tuple(loss.speakable(family)),
        bookings=_shown(family),
        steps=tuple(series(family, now, rules)) if rest is None else (),
        parents=await _parents(tx, family, now),
        call=call(family, other, now, rules),
        rests=rest is not None,
        may_undo=rest is not None and loss.may_undo(rest, now),
        stretched=tuple(stretched(family, today)) if near and rest is None else (),
        moving=family.move is not None,
        eligible=family.eligible,
        split=family.split_at is not None,
        protected=family.protected,
        wishes=tuple(await interpreters.of_family(tx, family_id)),
        may_tell_why=reasons.staff_may_tell(family),
    )


def _shown(family: Family) -> tuple[Booking, ...]:
    """For each visit what has last become of it; and each meeting besides them."""
    silent = {child.id for child in family.children if child.silent}
    spoken = [each for each in family.bookings if each.child_id not in silent]
    latest = {
        (each.visit, each.child_id, each.home or 0, 0 if each.visit else each.id): each
        for each in sorted(spoken, key=lambda b: b.id)
    }
    return tuple(latest[key] for key in sorted(latest))


async def _parents(tx: Tx, family: Family, now: datetime) -> tuple[Parent, ...]:
    other = await overviews.spoken_by(tx, family.id)
    return tuple(
        Parent(
            each.role,
            each.language,
            other.get(each.id),
            each.listens_at(now) and not family.protected,
            each.id,
            each.home,
        )
        for each in family.guardians
        if each.active_since
    )


async def other_areas(tx: Tx, colleague: Colleague) -> list[areas.Row]:
    """Where a family may move to: planned and closed areas take none."""
    return [each for each in await areas.listed(tx) if each.id != colleague.area_id and each.open]
