"""A family's children, as far as its own parents ask."""

from datetime import datetime
from zoneinfo import ZoneInfo

from programme.ages import months_old
from programme.errors import NotYours
from programme.figures import Figure
from programme.kinds import Kind
from programme.localtime import on_the_clock
from programme.people import Child, Family
from programme.strengths import STRENGTHS_BY_CODE
from programme.tips import EARLY_TIPS, TIPS_BY_CODE
from services.access import Reader, family_of
from storage import items, tallies
from storage.database import Tx

EXPECTED = -1  # months
_EARLY = {tip.code for tip in EARLY_TIPS}


async def months_old_now(
    tx: Tx, reader: Reader, child_id: int, code: str, now: datetime, zone: ZoneInfo
) -> int | None:
    """Why that tip came: the age in months of a child of the reader's own, None before the birth.

    Raises NotYours.
    """
    child = _child(await family_of(tx, reader), child_id)
    if code in _EARLY:
        return None
    if child.tips_from is None:
        raise NotYours
    return months_old(child.tips_from, on_the_clock(now, zone).date())


async def ages(tx: Tx, reader: Reader, now: datetime, zone: ZoneInfo) -> list[int]:
    """The ages in months of the reader's children, EXPECTED for one that is not born yet."""
    today = on_the_clock(now, zone).date()
    family = await family_of(tx, reader)
    return [
        months_old(child.tips_from, today) if child.tips_from else EXPECTED
        for child in family.children
        if not child.silent
    ]


def _child(family: Family, child_id: int) -> Child:
    found = next((each for each in family.children if each.id == child_id), None)
    if found is None or found.silent:
        raise NotYours
    return found


async def vote(
    tx: Tx, reader: Reader, child_id: int, code: str, useful: bool, now: datetime, zone: ZoneInfo
) -> None:
    """Was it useful: counted once for each parent and tip, never with who (mission C9)."""
    family = await family_of(tx, reader)
    _child(family, child_id)
    key = f"{_kind(code)}:{child_id}:{code}:{reader.guardian.id}"
    if await items.vote(tx, key, reader.guardian.id):
        day, what = on_the_clock(now, zone).date(), Figure.USEFUL if useful else Figure.NOT_USEFUL
        await tallies.count(tx, family.area.id, day, what, detail=code)


def _kind(code: str) -> Kind:
    """Tips and ideas share no code; raises NotYours for one that is neither."""
    if code in TIPS_BY_CODE:
        return Kind.TIP
    if code in STRENGTHS_BY_CODE:
        return Kind.STRENGTH
    if code in _EARLY:
        return Kind.EARLY_TIP
    raise NotYours


async def expecting(tx: Tx, reader: Reader) -> bool:
    """Whether a child is expected: nobody has said that it is here."""
    family = await family_of(tx, reader)
    return any(child.born is None and not child.silent for child in family.children)
