"""Every sealed column: which key opens what is in it, and sealing it anew with the newest one.

Columns are found in the tables themselves, so that a new one cannot be left behind under an old
key. Each batch is a transaction of its own and says nothing about the next: whoever is killed
begins again, and what is done already is only looked at.
"""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Text,
    and_,
    select,
    tuple_,
    type_coerce,
    update,
)

from storage.columns import Sealed, keys_of
from storage.database import Database, Tx
from storage.tables import metadata

BATCH = 200
NO_KEY = ""  # the mark of the key that is missing

for _file in sorted(Path(__file__).parent.glob("*_tables.py")):  # so that the metadata is whole
    import_module(f"storage.{_file.stem}")


@dataclass(frozen=True)
class Done:
    """One batch of one column: how far it came."""

    column: str
    looked: int
    resealed: int
    unopened: int  # that none of the keys opens: left as they are


def columns() -> list[Column[Any]]:
    """Every column that is sealed, in the order of the tables."""
    every = (column for table in metadata.sorted_tables for column in table.columns)
    return [column for column in every if isinstance(column.type, Sealed)]


def name_of(column: Column[Any]) -> str:
    """What it is called: table and column."""
    return f"{column.table.name}.{column.name}"


async def reseal(db: Database, column: Column[Any]) -> AsyncIterator[Done]:
    """Once through the column, batch by batch; what somebody else is writing is passed over."""
    after: tuple[Any, ...] | None = None
    while True:
        async with db.write() as tx:
            # Only what nobody holds: it neither waits for an act nor lets one wait for long.
            batch = _batch(column, after).with_for_update(skip_locked=True, key_share=True)
            found = (await tx.execute(batch)).all()
            if not found:
                return
            done = await _seal_anew(tx, column, found)
        yield done
        after = tuple(found[-1][:-1])


async def _seal_anew(tx: Tx, column: Column[Any], found: Sequence[Any]) -> Done:
    keys, table = keys_of(tx.dialect), column.table
    resealed = unopened = 0
    for *where, sealed in found:
        opener = keys.opener(sealed)
        unopened += opener is None
        if opener in {None, keys.marks[0]}:
            continue
        this = and_(*(k == v for k, v in zip(table.primary_key.columns, where, strict=True)))
        new = type_coerce(keys.renew(sealed), Text)
        changed = await tx.execute(
            # Not what somebody has written meanwhile.
            update(table).where(this, _raw(column) == sealed).values({column: new})
        )
        resealed += changed.rowcount
    return Done(name_of(column), len(found), resealed, unopened)


async def openers(db: Database) -> Counter[str]:
    """How many sealed values each key opens, by its mark; NO_KEY: none of them does."""
    found: Counter[str] = Counter()
    keys = keys_of(db.dialect)
    for column in columns():
        after: tuple[Any, ...] | None = None
        while True:
            async with db.read() as tx:
                rows = (await tx.execute(_batch(column, after))).all()
            found.update(keys.opener(row[-1]) or NO_KEY for row in rows)
            if not rows:
                break
            after = tuple(rows[-1][:-1])
    return found


def _batch(column: Column[Any], after: tuple[Any, ...] | None) -> Select[Any]:
    key = tuple(column.table.primary_key.columns)
    found = select(*key, _raw(column)).where(column.is_not(None)).order_by(*key).limit(BATCH)
    return found if after is None else found.where(tuple_(*key) > after)


def _raw(column: Column[Any]) -> ColumnElement[str]:
    """The column as it stands in the database, still sealed."""
    return type_coerce(column, Text)
