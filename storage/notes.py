"""Lines for the yearly follow-up: sealed, of an area and a month, about no family (mission I8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from programme.headings import Heading
from storage.database import Tx, note_erasure
from storage.follow_up_tables import note


@dataclass(frozen=True, kw_only=True)
class Note:
    """One line under one heading."""

    id: int
    area_id: int
    month: str  # 2026-11: in which year's follow-up it stands
    heading: Heading
    line: str

    @property
    def year(self) -> int:
        """The year whose follow-up it is for."""
        return int(self.month[:4])


async def add(
    tx: Tx, area_id: int, month: date, heading: Heading, line: str, made_by: int, now: datetime
) -> int:
    """The id of a new line."""
    facts = {"area_id": area_id, "month": f"{month:%Y-%m}", "heading": heading, "line": line}
    row = note.insert().values(**facts, made_by=made_by, made_at=now).returning(note.c.id)
    return int((await tx.execute(row)).scalar_one())


async def of_year(tx: Tx, areas: Sequence[int], year: int) -> list[Note]:
    """The lines of that year in those areas, in the order of the template, then of writing."""
    rows = await tx.execute(
        select(note)
        .where(note.c.area_id.in_(areas), note.c.month.between(f"{year}-01", f"{year}-12"))
        .order_by(note.c.id)
    )
    order = list(Heading)
    return sorted((_note(row) for row in rows), key=lambda each: order.index(each.heading))


async def one(tx: Tx, number: int) -> Note | None:
    """The line with that id, or None."""
    row = (await tx.execute(select(note).where(note.c.id == number))).first()
    return _note(row) if row else None


def _note(row: Row[Any]) -> Note:
    return Note(
        id=row.id,
        area_id=row.area_id,
        month=row.month,
        heading=Heading(row.heading),
        line=row.line,
    )


async def change(tx: Tx, number: int, **facts: object) -> None:
    """Write new facts of one line; the old words lie nowhere."""
    note_erasure(tx)
    await tx.execute(update(note).where(note.c.id == number).values(**facts))


async def drop(tx: Tx, number: int) -> None:
    """It is gone."""
    note_erasure(tx)
    await tx.execute(delete(note).where(note.c.id == number))


async def purge(tx: Tx, oldest_year: int) -> None:
    """Lines of earlier years go."""
    await tx.execute(delete(note).where(note.c.month < f"{oldest_year}-01"))


async def merge_areas(tx: Tx, gone: int, into: int) -> None:
    """Lines of an area that goes are the other's."""
    await tx.execute(update(note).where(note.c.area_id == gone).values(area_id=into))
