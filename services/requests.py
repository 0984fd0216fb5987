"""A parent asks for a call, a talk or a walk together: no reason asked, staff hear (mission D14).

What one parent asks for is never shown to the other (mission B14).
"""

from datetime import datetime

from programme.errors import NotYours
from programme.figures import Figure
from programme.kinds import Rules
from programme.looks import LookWhy
from programme.news import News
from programme.reasons import Asked
from services.access import Colleague, Reader, family_for_staff, open_lists
from services.counting import count
from services.planning import catch_up
from storage import events, requests
from storage.database import Tx
from storage.requests import Request

__all__ = ["Request", "ask", "done", "open_of"]


async def ask(
    tx: Tx, reader: Reader, what: Asked, now: datetime, rules: Rules, visit: int | None = None
) -> None:
    """Staff will contact this parent; asking again while it waits changes nothing."""
    family_id = reader.family_id
    if not await requests.add(tx, family_id, reader.guardian.id, what, visit, now):
        return
    await count(tx, family_id, visit, Figure.ASKED, now, rules, what)
    await events.note(tx, family_id, News.ASKED, now, detail=str(what))
    await catch_up(tx, family_id, now, rules)


async def open_of(tx: Tx, colleague: Colleague, now: datetime) -> list[Request]:
    """What the families of the colleague's areas wait for, the oldest first; raises NotYours."""
    await open_lists(tx, colleague, now)
    return await requests.waiting(tx, colleague.areas)


async def done(tx: Tx, colleague: Colleague, request_id: int, now: datetime, rules: Rules) -> bool:
    """The colleague has taken care of it; False if somebody was faster. Raises NotYours."""
    family_id = await requests.family_of(tx, request_id)
    if family_id is None:
        raise NotYours
    await family_for_staff(tx, colleague, family_id, now, LookWhy.ASKED)
    if not await requests.done(tx, request_id, now, colleague.member.id):
        return False
    await count(tx, family_id, None, Figure.ASKED_DONE, now, rules)
    return True
