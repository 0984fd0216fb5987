"""Times that are held for a family end: chosen, refused, given back (mission D5)."""

from collections.abc import Callable
from datetime import datetime

from programme.people import Family, Meeting, Proposal, ProposalState
from storage import proposals, quarters
from storage.database import Tx

UNANSWERED = frozenset({ProposalState.OPEN, ProposalState.SHOWN})


async def close(
    tx: Tx, each: Proposal, state: ProposalState, now: datetime, by: int | None = None
) -> None:
    """That is what became of it; what was held for it is free."""
    await proposals.end(tx, each.id, state, now, by)
    for slot in each.slots:
        await quarters.free(tx, slot_id=slot.id)


def unanswered(family: Family) -> list[Proposal]:
    """The proposed times that the family can still choose from, or could until they ran out."""
    return [each for each in family.proposals if each.state in UNANSWERED]


async def close_all(
    tx: Tx,
    family: Family,
    now: datetime,
    which: Callable[[Proposal], bool] = lambda _each: True,
) -> list[Proposal]:
    """Those of the family's unanswered times are withdrawn; they are returned."""
    ended = [each for each in unanswered(family) if which(each)]
    for each in ended:
        await close(tx, each, ProposalState.WITHDRAWN, now)
    return ended


async def close_for(
    tx: Tx,
    family: Family,
    visit: int,
    meeting: Meeting,
    home: int | None,
    booking_id: int | None,
    now: datetime,
) -> None:
    """Times that are held for the same thing are free: it is booked now."""

    def same(each: Proposal) -> bool:
        if (each.visit, each.meeting) != (visit, meeting):
            return False
        other = each.booking_id and booking_id and each.booking_id != booking_id
        return not other and each.home in {None, home}

    await close_all(tx, family, now, same)
