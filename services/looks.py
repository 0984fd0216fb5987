"""Who has looked: a parent is told, and unusual looking is found (mission H2, B14, B15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.looks import NOBODY, LookWhy, lines
from programme.people import Role
from programme.unusual import Unusual, unusual
from services import desks
from services.access import Colleague, Reader, family_of
from storage import looks, staff
from storage.database import Tx
from storage.looks import Written

__all__ = ["KEPT", "LONGEST", "Line", "Unusual", "WhoLooked", "Written", "purge", "unusual_days"]
__all__ += ["watch", "who_looked", "written"]

LISTS_TOLD = timedelta(days=90)  # so long back are lists told of
KEPT = timedelta(days=400)  # what is about no single family: lists, and news of unusual looking
LONGEST = 80  # signs of a written reason


@dataclass(frozen=True)
class Line:
    """One line for a parent: who opened their page, on which day, why."""

    day: date
    name: str
    role: Role | None  # None: whoever runs Lotsen
    why: LookWhy


@dataclass(frozen=True)
class WhoLooked:
    """Everything this parent is told, the newest first; and who has seen them in lists."""

    lines: Sequence[Line]
    in_lists: Sequence[str]


async def who_looked(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> WhoLooked:
    """Who has opened the reader's page; never what would tell what the other parent did alone."""
    family = await family_of(tx, reader)
    told = lines(await looks.of_family(tx, family.id), reader.guardian, rules.zone)
    begun = max(filter(None, (family.registered_at, now - LISTS_TOLD)))
    in_lists = await looks.in_lists(tx, family.area.id, on_the_clock(begun, rules.zone).date())
    known = await looks.names(tx, {*(each.staff_id for each in told), *in_lists})
    return WhoLooked(
        [
            Line(each.day, who.name if who else "", who.role if who else None, each.why)
            for each in told
            for who in [known.get(each.staff_id)]
            if who or each.staff_id == NOBODY
        ],
        list(dict.fromkeys(known[each].name for each in in_lists if each in known)),
    )


async def watch(tx: Tx, colleague: Colleague, now: datetime, rules: Rules) -> None:
    """After what a colleague did: have they opened unusually many families? Told once a day."""
    today = on_the_clock(now, rules.zone).date()
    begins = instant(today, time(), rules.zone)
    if await looks.is_marked(tx, colleague.member.id, today):
        return
    found = unusual(await looks.of_member(tx, colleague.member.id, begins), rules)
    if found and await looks.mark_unusual(tx, found):
        await desks.catch_up(tx, await staff.administrators(tx), now, rules)


async def written(tx: Tx, since: datetime, staff_id: int | None) -> list[tuple[str, Written]]:
    """Every look since then with its reason, for whoever runs Lotsen; of one colleague or all."""
    found = await looks.written(tx, since, staff_id)
    known = await looks.names(tx, {each.look.staff_id for each in found})
    return [
        (known[each.look.staff_id].name if each.look.staff_id in known else "", each)
        for each in found
    ]


async def unusual_days(tx: Tx, since: datetime) -> list[tuple[str, Unusual]]:
    """The days on which somebody opened unusually many families, and who."""
    found = await looks.marked(tx, since)
    known = await looks.names(tx, {each.staff_id for each in found})
    return [(known[each.staff_id].name, each) for each in found]


async def purge(tx: Tx, now: datetime) -> None:
    """Old lists, and old news of unusual looking; looks go with their families."""
    await looks.purge(tx, (now - KEPT).date(), now - KEPT)
