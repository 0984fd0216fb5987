"""Areas are data: added, renamed, merged, paused, with summer weeks (mission A4, A15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.ages import Span
from programme.errors import AreaExists, PausedArea, UnknownArea
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, BookingState, Family, Rest, Why
from services.planning import catch_up
from storage import areas, bookings, families, rests
from storage.areas import STATES, Row
from storage.database import Tx
from storage.rests import Whose

__all__ = ["STATES", "Row", "add", "change", "find", "listed", "merge", "pause", "resume"]


async def listed(tx: Tx) -> list[Row]:
    """Every area, in alphabetical order."""
    return await areas.listed(tx)


async def find(tx: Tx, name: str) -> int:
    """The id of the area with that name; raises UnknownArea."""
    found = await areas.find(tx, name)
    if found is None:
        raise UnknownArea(name, await areas.names(tx))
    return found


async def add(tx: Tx, name: str, employer: str | None = None, status: str = "running") -> int:
    """The id of a new area; raises AreaExists."""
    await _must_be_free(tx, name)
    return await areas.add(tx, name, employer, status)


async def _must_be_free(tx: Tx, name: str) -> None:
    if await areas.find(tx, name) is not None:
        raise AreaExists(name)


async def change(
    tx: Tx,
    area_id: int,
    now: datetime,
    rules: Rules,
    name: str | None = None,
    employer: str | None = None,
    status: str | None = None,
    bokstart: bool | None = None,
) -> None:
    """Rename an area, say who employs its parent supporters, how far it has come, or whether
    the library comes home with books there (mission E11)."""
    if name is not None:
        await _must_be_free(tx, name)
    facts = {"name": name, "employer": employer, "status": status, "bokstart": bokstart}
    given = {key: value for key, value in facts.items() if value is not None}
    if given:
        await areas.change(tx, area_id, **given)
        await _catch_all_up(tx, area_id, now, rules)


async def merge(tx: Tx, gone: int, into: int, now: datetime, rules: Rules) -> None:
    """One area becomes part of another: families, staff, places, posters and figures go along.

    The pause of the area that goes ends with it, as by *resume*; raises PausedArea if visits would
    fall into the pause of the one that stays, for nobody would be told.
    """
    if gone == into:
        return
    pauses = {key: each.rests for key, each in (await areas.load(tx, [gone, into])).items()}
    held = []
    for family in await families.load(tx, await families.awaiting_visit(tx, gone, now)):
        for booking in _ahead(family, now):
            before, after = (_covered(pauses[each], booking) for each in (gone, into))
            if after and not before:
                raise PausedArea(await _name(tx, gone), await _name(tx, into))
            held += [booking] if before and not after else []
    await areas.merge(tx, gone, into)
    for booking in held:
        await bookings.tell_again(tx, booking, now)
    await _catch_all_up(tx, into, now, rules)


def _ahead(family: Family, now: datetime) -> list[Booking]:
    booked = [each for each in family.bookings if each.state is BookingState.BOOKED]
    return [each for each in booked if each.starts_at > now]


def _covered(pauses: Sequence[Rest], booking: Booking) -> bool:
    return any(rest.covers(booking.starts_at) for rest in pauses)


async def _name(tx: Tx, area_id: int) -> str:
    found = await areas.one(tx, area_id)
    return found.name if found else ""


@dataclass(frozen=True)
class Shown:
    """One area as its coordinator sees it."""

    paused: bool
    summers: tuple[Span, ...]


async def show(tx: Tx, area_id: int, now: datetime) -> Shown:
    """Whether it is paused, and its summer weeks that are not over."""
    area = (await areas.load(tx, [area_id]))[area_id]
    today = on_the_clock(now).date()
    coming = tuple(each for each in area.summers if each.last >= today)
    return Shown(any(rest.covers(now) for rest in area.rests), coming)


async def counted(tx: Tx, area_id: int) -> tuple[int, int]:
    """How many families and how many of the staff an area has."""
    return await areas.counted(tx, area_id)


async def no_summer(tx: Tx, area_id: int, now: datetime, rules: Rules) -> None:
    """Visits all summer, after all; what is over stays."""
    await areas.no_summer(tx, area_id, on_the_clock(now, rules.zone).date())
    await _catch_all_up(tx, area_id, now, rules)


async def set_summer(tx: Tx, area_id: int, weeks: Span, now: datetime, rules: Rules) -> None:
    """Weeks without visits: windows that fall there stretch."""
    await areas.set_summer(tx, area_id, weeks)
    await _catch_all_up(tx, area_id, now, rules)


async def pause(
    tx: Tx, area_id: int, now: datetime, rules: Rules, until: datetime | None = None
) -> None:
    """No visits and no reminders from now on; everything is kept (mission A4)."""
    whose, before = Whose(area_id=area_id), await _rests_of(tx, area_id)
    await rests.end(tx, whose, Why.PAUSED, now)  # a new pause takes the place of an old one
    await rests.begin(tx, whose, Why.PAUSED, now, until)
    await _stand_again(tx, area_id, before, now)  # the new one may be shorter
    await _catch_all_up(tx, area_id, now, rules)


async def resume(tx: Tx, area_id: int, now: datetime, rules: Rules) -> None:
    """Visits again, nothing replayed; booked ones that were on hold and lie ahead stand again."""
    before = await _rests_of(tx, area_id)
    if not await rests.end(tx, Whose(area_id=area_id), Why.PAUSED, now):
        return
    await _stand_again(tx, area_id, before, now)
    await _catch_all_up(tx, area_id, now, rules)


async def _rests_of(tx: Tx, area_id: int) -> tuple[Rest, ...]:
    return (await areas.load(tx, [area_id]))[area_id].rests


async def _stand_again(tx: Tx, area_id: int, before: tuple[Rest, ...], now: datetime) -> None:
    """Visits that were on hold then, and are not now, are told like new ones."""
    after = await _rests_of(tx, area_id)
    for family in await families.load(tx, await families.awaiting_visit(tx, area_id, now)):
        for booking in _ahead(family, now):
            if _covered(before, booking) and not _covered(after, booking):
                await bookings.tell_again(tx, booking, now)


async def _catch_all_up(tx: Tx, area_id: int, now: datetime, rules: Rules) -> None:
    """Families with a visit ahead; for all others the re-check before sending is enough."""
    for family_id in await families.awaiting_visit(tx, area_id, now):
        await catch_up(tx, family_id, now, rules)
