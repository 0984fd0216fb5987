"""Times that are proposed to a family, who would come at each, and what became of them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from programme.people import Meeting, Place, Proposal, ProposalState, Slot, StaffMember
from storage.database import Tx
from storage.staff import member
from storage.tables import staff
from storage.time_tables import proposal, slot, slot_staff


async def of_families(tx: Tx, ids: Sequence[int]) -> defaultdict[int, list[Proposal]]:
    """Every proposal to those families, by family, in the order in which they were made."""
    rows = (
        await tx.execute(
            select(proposal).where(proposal.c.family_id.in_(ids)).order_by(proposal.c.id)
        )
    ).all()
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
