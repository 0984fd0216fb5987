"""Anna, nurse, and Bo, parent supporter, at work on weekdays; and times proposed by them."""

from collections.abc import Sequence
from datetime import datetime

from programme.people import Meeting, Proposal, Role
from services.proposing import Times, propose
from services.slots import free_slots
from storage import availability, families
from storage.database import Database
from tests.cast import RULES
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work

EIGHT_TO_FIVE = ((480, 1020),)


async def team(
    db: Database, hours: Sequence[tuple[int, int]] = EIGHT_TO_FIVE, language: str = "en"
) -> tuple[int, int]:
    """Both read in the chat and have set their hours; their numbers."""
    anna = await at_work(db, "Anna", Role.NURSE, ANNA_CHAT, language=language)
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, BO_CHAT, language=language)
    who = (anna.member.id, bo.member.id)
    async with db.write() as tx:
        for each in who:
            for weekday in range(5):
                await availability.set_hours(tx, each, weekday, hours)
    return who


async def proposed(
    db: Database, family_id: int, visit: int, now: datetime, **how: object
) -> Proposal:
    """Three free times are held for that family."""
    async with db.write() as tx:
        [family] = await families.load(tx, [family_id])
        meeting = how.get("meeting", Meeting.VISIT)
        slots = await free_slots(tx, family, visit, now, RULES, meeting=meeting)
        times = Times(visit=visit, slots=slots, **how)
        return await propose(tx, None, family_id, times, now, RULES)
