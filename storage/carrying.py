"""What must outlive a restore: who was erased, who wants silence, who may read.

A backup knows nothing of what came after it. Where the database that is replaced can still be read,
nobody who was erased comes back, and no stop, loss, new phone or end of an access is unsaid. Of a
child of whom nothing is said any more nothing is said again (mission A11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, select, update

from storage import erasing
from storage.database import Tx
from storage.follow_up_tables import note
from storage.tables import area, child, family, guardian, rest, staff

# Facts that say who may be written to, who must not learn what of whom, and what was unsaid.
_FACTS: dict[Table, tuple[str, ...]] = {
    family: ("protected", "split_at", "left_at", "visits_ended_at", "forgotten_at"),
    child: ("silent",),
    guardian: ("home", "chat_id", "research_since"),
    staff: ("ended_at", "rests_since", "rests_why", "chat_id", "link_hash", "feed_hash"),
    note: ("line",),  # reworded perhaps because it named somebody
}
_WHOSE = {"guardian_id": guardian, "family_id": family, "area_id": area}


@dataclass(frozen=True)
class Lasting:
    """The facts of the database that is replaced."""

    facts: Mapping[str, Mapping[int, Mapping[str, Any]]]  # by table and number
    rests: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Carried:
    """What was carried over, in figures."""

    erased: int
    rests: int
    changed: int


async def lasting(tx: Tx) -> Lasting:
    """What must outlive it, of this database."""
    columns = [column for column in rest.columns if column.name != "id"]
    rows = await tx.execute(select(*columns).order_by(rest.c.id))
    return Lasting(
        {table.name: await _facts(tx, table) for table in _FACTS},
        [dict(row) for row in rows.mappings()],
    )


async def carry(tx: Tx, found: Lasting) -> Carried:
    """Into this database, which is older."""
    erased = await _erase(tx, found)
    changed = sum([await _change(tx, table, found.facts[table.name]) for table in _FACTS])
    return Carried(erased, await _rest(tx, found.rests), changed)


async def _facts(tx: Tx, table: Table) -> dict[int, dict[str, Any]]:
    names = ("id", *_FACTS[table], *(["family_id"] if table is guardian else []))
    rows = await tx.execute(select(*(table.c[name] for name in names)))
    return {row["id"]: dict(row) for row in rows.mappings()}


async def _erase(tx: Tx, found: Lasting) -> int:
    """Numbers are never given out again: who is here and not there was erased."""
    families = set(await _facts(tx, family)) - set(found.facts[family.name])
    for number in sorted(families):
        await erasing.whole_family(tx, number)
    here = await _facts(tx, guardian)
    parents = set(here) - set(found.facts[guardian.name])
    for number in sorted(parents):
        await erasing.parent(tx, here[number]["family_id"], number)
    lines = set(await _facts(tx, note)) - set(found.facts[note.name])
    await tx.execute(delete(note).where(note.c.id.in_(lines)))
    return len(families) + len(parents) + len(lines)


async def _change(tx: Tx, table: Table, there: Mapping[int, Mapping[str, Any]]) -> int:
    here = await _facts(tx, table)
    changed = {
        number: {name: there[number][name] for name in _FACTS[table]}
        for number, facts in here.items()
        if number in there and any(facts[n] != there[number][n] for n in _FACTS[table])
    }
    unique = [name for name in _FACTS[table] if table.c[name].unique]
    for number in changed if unique else ():  # two may have changed places
        emptied = dict.fromkeys(unique)
        await tx.execute(update(table).where(table.c.id == number).values(emptied))
    for number, facts in changed.items():
        await tx.execute(update(table).where(table.c.id == number).values(facts))
    return len(changed)


async def _rest(tx: Tx, there: Sequence[Mapping[str, Any]]) -> int:
    """Every silence that is not known here; none is ended."""
    here = {_same(row) for row in (await lasting(tx)).rests}
    known = {name: set((await tx.execute(select(t.c.id))).scalars()) for name, t in _WHOSE.items()}
    new = [
        row
        for row in there
        if _same(row) not in here
        and all(row[name] is None or row[name] in ids for name, ids in known.items())
    ]
    if new:
        await tx.execute(rest.insert(), new)
    return len(new)


def _same(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in (*_WHOSE, "why", "since"))
