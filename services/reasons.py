"""Why a family wants no visits, or a parent no messages: told by who wishes, counted, kept nowhere.

All that is remembered is that it was told, so that it counts once (mission I7; domain.md N5, D5).
"""

from datetime import datetime

from programme.figures import Figure
from programme.kinds import Rules
from programme.leaving import left_at, may_be_asked_why
from programme.people import Family, Guardian, Why
from programme.reasons import About, WhyNot
from services import two_homes
from services.access import Colleague, Reader, family_for_staff, family_of
from services.counting import count, take_back
from storage import families
from storage.database import Tx

_COUNTED = {About.VISITS: Figure.REASON_ENDED, About.MESSAGES: Figure.REASON_STOPPED}


async def is_open(tx: Tx, reader: Reader, about: About, now: datetime) -> bool:
    """Whether this parent may tell why: they have stopped, nobody has told, there was no loss."""
    family = await family_of(tx, reader)
    guardian = family.guardian(reader.guardian.id)
    if guardian is None or not may_be_asked_why(family):
        return False
    if about is About.MESSAGES:
        return guardian.resting(Why.STOPPED, now) is not None and guardian.why_told_at is None
    return family.why_told_at is None and await _wants_no_visits(tx, family, guardian)


async def _wants_no_visits(tx: Tx, family: Family, guardian: Guardian) -> bool:
    if left_at(family, guardian):
        return False  # they have moved: nobody asks why
    ended = family.visits_ended_at is not None
    return ended or await two_homes.said_no(tx, family, guardian)


async def tell(
    tx: Tx, reader: Reader, about: About, why: WhyNot, now: datetime, rules: Rules
) -> bool:
    """A parent tells why; False if it is not open, or was told before."""
    if not await is_open(tx, reader, about, now):
        return False
    if about is About.MESSAGES:
        await families.set_guardian(tx, reader.guardian.id, why_told_at=now)
    else:
        await families.set_family(tx, reader.family_id, why_told_at=now)
    await count(tx, reader.family_id, None, _COUNTED[about], now, rules, why)
    return True


async def never_told(
    tx: Tx, reader: Reader, about: About, why: WhyNot, told_at: datetime, rules: Rules
) -> None:
    """They have not stopped after all: their reason is not counted any more."""
    await take_back(tx, reader.family_id, None, _COUNTED[about], told_at, rules, why)


def staff_may_tell(family: Family) -> bool:
    """Whether staff may tell what a family said when it stopped."""
    stopped = family.visits_ended_at is not None or family.left_at is not None
    return stopped and family.why_told_at is None and may_be_asked_why(family)


async def tell_by_staff(
    tx: Tx, colleague: Colleague, family_id: int, why: WhyNot, now: datetime, rules: Rules
) -> bool:
    """What the family said to a colleague; False if it is known, or not to be asked.

    Raises NotYours.
    """
    family = await family_for_staff(tx, colleague, family_id, now)
    if not staff_may_tell(family):
        return False
    await families.set_family(tx, family_id, why_told_at=now)
    await count(tx, family_id, None, Figure.REASON_ENDED, now, rules, why)
    return True
