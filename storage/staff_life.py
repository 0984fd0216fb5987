"""How somebody of the staff is let in, as rows: confirmed, resting, and who is asked about whom."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select, update

from programme.people import Role
from programme.staff_life import Access, Pause
from storage.database import Tx
from storage.outbox import State
from storage.staff import member
from storage.tables import outbox, staff


def _access(row: Row[Any]) -> Access:
    return Access(
        member=member(row),
        area=row.area_id,
        linked=row.chat_id is not None,
        confirmed_at=row.confirmed_at,
        rests_since=row.rests_since,
        ended_at=row.ended_at,
    )


async def of(tx: Tx, staff_id: int) -> Access | None:
    """One of the staff, also who has ended; or None."""
    row = (await tx.execute(select(staff).where(staff.c.id == staff_id))).first()
    return _access(row) if row else None


async def chat_of(tx: Tx, staff_id: int) -> tuple[int | None, str]:
    """Their chat, and the language they read."""
    query = select(staff.c.chat_id, staff.c.language).where(staff.c.id == staff_id)
    row = (await tx.execute(query)).one()
    return row.chat_id, row.language


async def about(tx: Tx, areas: Sequence[int]) -> list[Access]:
    """Everybody who may be asked, or asked about: of those areas, and who runs all of them."""
    theirs = or_(staff.c.area_id.in_(areas), staff.c.role == Role.ADMINISTRATOR)
    query = select(staff).where(theirs, staff.c.ended_at.is_(None), staff.c.chat_id.is_not(None))
    return await _asked(tx, query)


async def everybody(tx: Tx) -> list[Access]:
    """Everybody who has a chat and has not ended."""
    query = select(staff).where(staff.c.ended_at.is_(None), staff.c.chat_id.is_not(None))
    return await _asked(tx, query)


_LAST_OUTCOME = (
    select(outbox.c.state)
    .where(
        outbox.c.staff_id == staff.c.id,
        outbox.c.state.in_((State.SENT, State.UNREACHABLE)),
    )
    .order_by(outbox.c.ended_at.desc(), outbox.c.id.desc())
    .limit(1)
    .correlate(staff)
    .scalar_subquery()
)


async def _asked(tx: Tx, query: Select[Any]) -> list[Access]:
    """Those, and of who may be asked about others whether what was written last has arrived."""
    rows = (await tx.execute(query.order_by(staff.c.id))).all()
    asks = [each.id for each in rows if each.role in (Role.COORDINATOR, Role.ADMINISTRATOR)]
    lost = select(staff.c.id).where(staff.c.id.in_(asks), _LAST_OUTCOME == State.UNREACHABLE)
    unreached = set((await tx.execute(lost)).scalars()) if asks else set()
    return [replace(_access(row), unreached=row.id in unreached) for row in rows]


async def confirmed_in(tx: Tx, spans: Sequence[tuple[datetime, datetime]]) -> list[Access]:
    """Who was last confirmed in one of those spans [since, until)."""
    inside = [and_(staff.c.confirmed_at >= a, staff.c.confirmed_at < b) for a, b in spans]
    query = select(staff).where(or_(*inside), staff.c.ended_at.is_(None))
    return [_access(row) for row in await tx.execute(query)]


async def confirm(tx: Tx, staff_id: int, now: datetime) -> None:
    """Somebody has said that they work here."""
    await tx.execute(update(staff).where(staff.c.id == staff_id).values(confirmed_at=now))


async def ask_anew(tx: Tx, staff_id: int, counts_from: datetime) -> None:
    """Nobody who is there now has been asked about them: it is due again, as counted from then."""
    await confirm(tx, staff_id, counts_from)


async def begin_counting(tx: Tx, now: datetime) -> None:
    """Who came before anybody was asked counts from now on."""
    old = (staff.c.chat_id.is_not(None), staff.c.confirmed_at.is_(None))
    await tx.execute(update(staff).where(*old).values(confirmed_at=now))


async def rest(tx: Tx, staff_id: int, why: Pause, now: datetime) -> bool:
    """Let in no more, for now, and no link opens; False if it rested already."""
    done = await tx.execute(
        update(staff)
        .where(staff.c.id == staff_id, staff.c.ended_at.is_(None), staff.c.rests_since.is_(None))
        .values(rests_since=now, rests_why=why, link_hash=None, link_expires_at=None)
    )
    return done.rowcount == 1


async def resume(tx: Tx, staff_id: int, now: datetime) -> bool:
    """Let in again; False if it did not rest."""
    done = await tx.execute(
        update(staff)
        .where(staff.c.id == staff_id, staff.c.ended_at.is_(None), staff.c.rests_since.is_not(None))
        .values(rests_since=None, rests_why=None, confirmed_at=now)
    )
    return done.rowcount == 1
