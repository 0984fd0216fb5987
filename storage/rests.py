"""Times in which messages rest: of one parent, of a family, of an area. Ended, never deleted,
so that what fell into one is never replayed; only an *Undo* takes one back.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, or_, select, update

from programme.people import Rest, Why
from storage.database import Tx
from storage.tables import rest
from storage.written_once import IDS, among


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Exactly one of the three: who rests."""

    guardian_id: int | None = None
    family_id: int | None = None
    area_id: int | None = None


async def begin(
    tx: Tx,
    whose: Whose,
    why: Why,
    since: datetime,
    until: datetime | None = None,
    by: int | None = None,
    detail: str | None = None,
) -> int:
    """The id of a new rest."""
    row = await tx.execute(
        rest.insert()
        .values(
            guardian_id=whose.guardian_id,
            family_id=whose.family_id,
            area_id=whose.area_id,
            why=why,
            since=since,
            until=until,
            by_guardian=by,
            detail=detail,
        )
        .returning(rest.c.id)
    )
    return int(row.scalar_one())


async def end(tx: Tx, whose: Whose, why: Why, now: datetime) -> bool:
    """End every rest of that kind that covers now or lies ahead; whether there was one."""
    done = await tx.execute(
        update(rest)
        .where(_of(whose), rest.c.why == why, or_(rest.c.until.is_(None), rest.c.until > now))
        .values(until=now)
    )
    return done.rowcount > 0


async def take_back(tx: Tx, whose: Whose, why: Why, since: datetime) -> None:
    """Undo: rests of that kind begun at or after `since` have never been."""
    await tx.execute(delete(rest).where(_of(whose), rest.c.why == why, rest.c.since >= since))


async def reopen(tx: Tx, rest_id: int) -> None:
    """Undo of an end: that rest goes on as if nobody had ended it."""
    await tx.execute(update(rest).where(rest.c.id == rest_id).values(until=None))


def _of(whose: Whose) -> ColumnElement[bool]:
    named = {
        name: value
        for name in ("guardian_id", "family_id", "area_id")
        if (value := getattr(whose, name)) is not None
    }
    return and_(*(rest.c[name] == value for name, value in named.items()))


_OF = {
    owner: select(rest).where(rest.c[owner].in_(IDS)).order_by(rest.c.since, rest.c.id)
    for owner in ("guardian_id", "family_id", "area_id")
}


async def of(tx: Tx, owner: str, ids: Sequence[int]) -> dict[int, tuple[Rest, ...]]:
    """The rests of those guardians, families or areas, by id; `owner`: the column's name."""
    rows = await tx.execute(_OF[owner], among(ids)) if ids else ()
    found: defaultdict[int, list[Rest]] = defaultdict(list)
    for row in rows:
        found[getattr(row, owner)].append(_rest(row))
    return {key: tuple(rests) for key, rests in found.items()}


@dataclass(frozen=True)
class Around:
    """Every rest that concerns some families: their own, their parents' and their areas'."""

    guardians: Mapping[int, tuple[Rest, ...]] = field(default_factory=dict)
    families: Mapping[int, tuple[Rest, ...]] = field(default_factory=dict)
    areas: Mapping[int, tuple[Rest, ...]] = field(default_factory=dict)

    def of_guardian(self, number: int) -> tuple[Rest, ...]:
        """Those of one parent."""
        return self.guardians.get(number, ())

    def of_family(self, number: int) -> tuple[Rest, ...]:
        """Those of one family."""
        return self.families.get(number, ())

    def of_area(self, number: int) -> tuple[Rest, ...]:
        """Those of one area."""
        return self.areas.get(number, ())


_OWNERS = ("guardian_id", "family_id", "area_id")
_AROUND = (
    select(rest)
    .where(or_(*(rest.c[owner].in_(bindparam(owner, expanding=True)) for owner in _OWNERS)))
    .order_by(rest.c.since, rest.c.id)
)


async def around(
    tx: Tx, guardians: Sequence[int], families: Sequence[int], areas: Sequence[int]
) -> Around:
    """The rests of all of these."""
    asked = dict(zip(_OWNERS, (guardians, families, areas), strict=True))
    found: dict[str, dict[int, tuple[Rest, ...]]] = {owner: {} for owner in _OWNERS}
    for row in await tx.execute(_AROUND, asked):
        owner = next(each for each in _OWNERS if getattr(row, each) is not None)
        number = getattr(row, owner)
        found[owner][number] = (*found[owner].get(number, ()), _rest(row))
    return Around(*found.values())


# What a statement about a parent asks for to know their rests and the family's as well.
BESIDE = tuple(each.label(f"rest_{each.name}") for each in rest.c)


def beside(rows: Sequence[Row[Any]]) -> tuple[tuple[Rest, ...], tuple[Rest, ...]]:
    """The parent's own rests and the family's, of rows with `BESIDE`: one for each rest."""
    own: list[Rest] = []
    family_s: list[Rest] = []
    for row in rows:
        if row.rest_id is not None:
            found = family_s if row.rest_guardian_id is None else own
            found.append(
                Rest(
                    id=row.rest_id,
                    why=Why(row.rest_why),
                    since=row.rest_since,
                    until=row.rest_until,
                    by=row.rest_by_guardian,
                )
            )
    return tuple(own), tuple(family_s)


def _rest(row: Row[Any]) -> Rest:
    return Rest(id=row.id, why=Why(row.why), since=row.since, until=row.until, by=row.by_guardian)
