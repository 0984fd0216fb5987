"""Times that are proposed to a family, who would come at each, and what became of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from programme.people import Meeting, Place, Proposal, ProposalState, Slot, StaffMember
from storage.database import Tx
from storage.staff import member
from storage.tables import staff
from storage.time_tables import proposal, slot, slot_staff
from storage.written_once import IDS, among

_UNANSWERED = (ProposalState.OPEN, ProposalState.SHOWN)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What new proposed times are for."""

    child_id: int
    visit: int
    meeting: Meeting
    place: Place
    minutes: int
    made_at: datetime
    expires_at: datetime
    state: ProposalState = ProposalState.OPEN
    interpreter_wanted: bool = False
    home: int | None = None
    booking_id: int | None = None
    made_by: int | None = None


async def add(tx: Tx, family_id: int, facts: Facts) -> int:
    """The id of new proposed times, of which there are none yet."""
    row = await tx.execute(
        proposal.insert().values(family_id=family_id, **asdict(facts)).returning(proposal.c.id)
    )
    return int(row.scalar_one())


async def add_slot(tx: Tx, proposal_id: int, each: Slot) -> int:
    """The id of one more time; its quarters are another matter."""
    row = await tx.execute(
        slot.insert().values(proposal_id=proposal_id, starts_at=each.starts_at).returning(slot.c.id)
    )
    number = int(row.scalar_one())
    who = [
        {"slot_id": number, "staff_id": member.id, "position": n}
        for n, member in enumerate(each.staff)
    ]
    await tx.execute(slot_staff.insert(), who)
    return number


async def end(
    tx: Tx, proposal_id: int, state: ProposalState, now: datetime, by: int | None = None
) -> None:
    """What has become of proposed times; `by`: the guardian who answered."""
    await tx.execute(
        update(proposal)
        .where(proposal.c.id == proposal_id)
        .values(state=state, ended_at=now, ended_by=by)
    )


async def expire(tx: Tx, now: datetime) -> int:
    """Times that nobody chose in time are no longer open; how many."""
    done = await tx.execute(
        update(proposal)
        .where(proposal.c.state.in_(_UNANSWERED), proposal.c.expires_at <= now)
        .values(state=ProposalState.EXPIRED, ended_at=proposal.c.expires_at)
    )
    return done.rowcount


async def purge(tx: Tx, before: datetime) -> int:
    """Forget times that ended before that; how many proposals."""
    done = await tx.execute(delete(proposal).where(proposal.c.ended_at < before))
    return done.rowcount


async def family_of(tx: Tx, proposal_id: int) -> int | None:
    """The family they are proposed to, or None."""
    row = await tx.execute(select(proposal.c.family_id).where(proposal.c.id == proposal_id))
    return row.scalar()


_OF_FAMILIES = select(proposal).where(proposal.c.family_id.in_(IDS)).order_by(proposal.c.id)


async def of_families(tx: Tx, ids: Sequence[int]) -> defaultdict[int, list[Proposal]]:
    """Every proposal to those families, by family, in the order in which they were made."""
    rows = (await tx.execute(_OF_FAMILIES, among(ids))).all()
    slots = await _slots(tx, [row.id for row in rows]) if rows else {}
    found: defaultdict[int, list[Proposal]] = defaultdict(list)
    for row in rows:
        found[row.family_id].append(_proposal(row, tuple(slots.get(row.id, ()))))
    return found


async def _slots(tx: Tx, ids: Sequence[int]) -> dict[int, list[Slot]]:
    rows = (
        await tx.execute(select(slot).where(slot.c.proposal_id.in_(ids)).order_by(slot.c.starts_at))
    ).all()
    who = await _staff_of(tx, [row.id for row in rows])
    found: dict[int, list[Slot]] = {}
    for row in rows:
        each = Slot(id=row.id, starts_at=row.starts_at, staff=tuple(who.get(row.id, ())))
        found.setdefault(row.proposal_id, []).append(each)
    return found


async def _staff_of(tx: Tx, ids: Sequence[int]) -> dict[int, list[StaffMember]]:
    rows = await tx.execute(
        select(slot_staff.c.slot_id, staff)
        .join(staff, staff.c.id == slot_staff.c.staff_id)
        .where(slot_staff.c.slot_id.in_(ids))
        .order_by(slot_staff.c.position)
    )
    who: dict[int, list[StaffMember]] = {}
    for row in rows:
        who.setdefault(row.slot_id, []).append(member(row))
    return who


def _proposal(row: Row[Any], slots: tuple[Slot, ...]) -> Proposal:
    return Proposal(
        id=row.id,
        child_id=row.child_id,
        visit=row.visit,
        slots=slots,
        made_at=row.made_at,
        expires_at=row.expires_at,
        meeting=Meeting(row.meeting),
        place=Place(row.place),
        minutes=row.minutes,
        interpreter_wanted=row.interpreter_wanted,
        home=row.home,
        booking_id=row.booking_id,
        made_by=row.made_by,
        state=ProposalState(row.state),
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )


async def set_home(tx: Tx, proposal_id: int, home: int | None) -> None:
    """The times are proposed to that one of two homes; None: one home, or both."""
    await tx.execute(update(proposal).where(proposal.c.id == proposal_id).values(home=home))


async def held_by(tx: Tx, staff_id: int, since: datetime, until: datetime | None) -> list[int]:
    """The open proposals with a time in that span at which that one would come."""
    span = [slot.c.starts_at >= since, *([slot.c.starts_at < until] if until else [])]
    rows = await tx.execute(
        select(proposal.c.id)
        .distinct()
        .join(slot, slot.c.proposal_id == proposal.c.id)
        .join(slot_staff, slot_staff.c.slot_id == slot.c.id)
        .where(slot_staff.c.staff_id == staff_id, proposal.c.state == ProposalState.OPEN, *span)
        .order_by(proposal.c.id)
    )
    return list(rows.scalars())
