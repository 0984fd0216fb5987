"""What a parent gets about times that staff hold for the family (mission D3).

A letter tells of them at once. Times that a parent looked for alone need none: that parent sees
them in the chat, and the other hears once one is booked.
"""

from collections.abc import Iterator

from programme.kinds import Kind, Rules
from programme.letters import Time, TimesProposed
from programme.moments import told
from programme.people import Family, Guardian, Proposal, ProposalState


def by_proposal(family: Family, guardian: Guardian, rules: Rules) -> Iterator[TimesProposed]:
    """Everything this parent gets about times to choose from, as they stand."""
    silent = {child.id for child in family.children if child.silent}
    for proposal in family.proposals:
        if proposal.state is not ProposalState.OPEN or not proposal.concerns(guardian):
            continue
        if proposal.child_id not in silent:
            yield from _proposed(family, guardian, proposal, rules)


def _proposed(
    family: Family, guardian: Guardian, proposal: Proposal, rules: Rules
) -> Iterator[TimesProposed]:
    moment = told(family, guardian, Kind.TIMES_PROPOSED, proposal.made_at, rules)
    if moment is None or moment.at >= proposal.expires_at:
        return
    moves = next((each for each in family.bookings if each.id == proposal.booking_id), None)
    times = [slot for slot in proposal.slots if slot.starts_at > moment.at]
    yield TimesProposed(
        key=f"times:{proposal.id}:{guardian.id}",
        at=moment.at,
        called=moment.called,
        not_after=proposal.expires_at,
        family_id=family.id,
        guardian_id=guardian.id,
        child_id=proposal.child_id,
        proposal_id=proposal.id,
        visit=proposal.visit,
        meeting=proposal.meeting,
        place=proposal.place,
        times=tuple(Time(slot_id=each.id, starts_at=each.starts_at) for each in times),
        old_starts_at=moves.starts_at if moves else None,
    )
