"""What staff look up: the families of an area by their label, and what parents answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from programme.people import BookingState, Choice, Meeting, Why
from storage.database import Tx
from storage.tables import answer, booking, family, guardian, rest


@dataclass(frozen=True)
class Name:
    """A family as staff call it: by their own short word, or by its number."""

    family_id: int
    label: str | None


@dataclass(frozen=True)
class Answer:
    """What a family answered to a coming visit; not which parent did."""

    name: Name
    visit: int
    starts_at: datetime
    choice: Choice
    meeting: Meeting = Meeting.VISIT


async def label(tx: Tx, family_id: int) -> str | None:
    """Staff's own word for a family, or None."""
    return (await tx.execute(select(family.c.label).where(family.c.id == family_id))).scalar()


async def of_area(tx: Tx, area_id: int) -> list[Name]:
    """The families of an area that have not moved away, by number."""
    rows = await tx.execute(
        select(family.c.id, family.c.label)
        .where(
            family.c.area_id == area_id, family.c.left_at.is_(None), family.c.waits_since.is_(None)
        )
        .order_by(family.c.id)
    )
    return [Name(row.id, row.label) for row in rows]


async def spoken(tx: Tx, ids: Sequence[int]) -> dict[int, list[str]]:
    """The languages an interpreter is needed for, by family: of the family, then of its parents."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    theirs = ((family.c.spoken, family.c.id), (guardian.c.spoken, guardian.c.family_id))
    for column, number in theirs:
        rows = await tx.execute(
            select(number, column).where(number.in_(ids), column.is_not(None)).order_by(number)
        )
        for owner, code in rows:
            if code not in found[owner]:
                found[owner].append(code)
    return dict(found)


async def answers(tx: Tx, area_id: int, now: datetime, limit: int) -> list[Answer]:
    """The latest answers to coming visits as they stand; none of a family that rests."""
    resting = exists().where(
        rest.c.family_id == family.c.id, rest.c.why == Why.LOSS, rest.c.until.is_(None)
    )
    rows = await tx.execute(
        select(
            booking.c.id.label("booking"),
            family.c.id,
            family.c.label,
            booking.c.visit,
            booking.c.starts_at,
            booking.c.meeting,
            answer.c.choice,
        )
        .join(booking, booking.c.id == answer.c.booking_id)
        .join(family, family.c.id == booking.c.family_id)
        .where(
            family.c.area_id == area_id,
            booking.c.state == BookingState.BOOKED,
            booking.c.starts_at > now,
            answer.c.revision == booking.c.revision,
            ~resting,
        )
        .order_by(answer.c.answered_at.desc(), answer.c.id.desc())
        .limit(2 * limit)  # both parents may have answered: the later one counts
    )
    latest: dict[int, Answer] = {}
    for row in rows:
        name = Name(row.id, row.label)
        latest.setdefault(
            row.booking,
            Answer(name, row.visit, row.starts_at, Choice(row.choice), Meeting(row.meeting)),
        )
    return list(latest.values())[:limit]


async def spoken_by(tx: Tx, family_id: int) -> dict[int, str]:
    """The other languages that parents of a family read, by parent."""
    rows = await tx.execute(
        select(guardian.c.id, guardian.c.spoken).where(
            guardian.c.family_id == family_id, guardian.c.spoken.is_not(None)
        )
    )
    return {row.id: row.spoken for row in rows}
