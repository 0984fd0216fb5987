"""A public link per area: a parent answers three questions, the staff say yes or no (mission B2).

A poster tells nothing. Who waits gets no other message, and vanishes with the answer "not ours",
with a change of mind, or when nobody has answered for fourteen days.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from programme.births import check_birth
from programme.by_poster import WAITS_DAYS
from programme.errors import NotYours
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services.access import Colleague, meets_families
from services.counting_first import counted
from services.enrolment import hash_of
from services.joining import Newcomer, note_joined
from services.links import address
from services.own_areas import managed_one
from services.planning import catch_up
from storage import areas, families, memory, posters, staff, tallies
from storage.database import Tx
from storage.posters import Asker
from storage.turns import lock_family

MOST_A_DAY = 30  # in one area: a flood is nobody's family
TOLD_WITHIN = timedelta(days=7)

__all__ = ["Applied", "Asker", "Decided", "Poster"]


class Applied(StrEnum):
    """What came of asking to join by a poster."""

    WAITS = "waits"
    CLOSED = "closed"  # the poster opens nothing any more
    FULL = "full"  # so many have asked today that it cannot be true
    TAKEN = "taken"  # this chat is somebody's already


class Decided(StrEnum):
    """What came of an answer by staff."""

    WELCOME = "welcome"
    NOT_OURS = "not_ours"
    LATE = "late"  # a colleague was faster, or the parent has changed their mind


@dataclass(frozen=True)
class Poster:
    """An area's poster as its coordinator sees it."""

    area: str
    made_at: datetime | None  # None: there is none that opens
    readers: int  # how many of the area's staff will be asked in their chat
    open: bool  # families can join in the area at all


async def show(tx: Tx, colleague: Colleague, area_id: int) -> Poster:
    """An area's poster; raises NotYours."""
    area = await managed_one(tx, colleague, area_id)
    team = (await staff.of_areas(tx, [area_id])).get(area_id, ())
    readers = sum(each.in_chat for each in team)
    return Poster(area.name, await posters.made_at(tx, area_id), readers, area.open)


async def renew(tx: Tx, colleague: Colleague, area_id: int, now: datetime) -> str:
    """A new public link; the one before opens nothing any more. Raises NotYours."""
    if not (await managed_one(tx, colleague, area_id)).open:
        raise NotYours
    await posters.end(tx, area_id, now)
    # Its paper is made before the act is done again: with the same code, then.
    code = await counted(tx, ("poster", area_id), _new_code)
    await posters.add(tx, area_id, hash_of(code), now)
    return address(await memory.recall(tx, memory.BOT_NAME) or "", code)


async def _new_code(_tx: Tx) -> str:
    return secrets.token_urlsafe(16)


async def end(tx: Tx, colleague: Colleague, area_id: int, now: datetime) -> None:
    """No poster of this area opens any more; raises NotYours."""
    await managed_one(tx, colleague, area_id)
    await posters.end(tx, area_id, now)


async def knows(tx: Tx, code: str) -> bool:
    """Whether that code was ever on a poster."""
    return await posters.find(tx, hash_of(code)) is not None


async def opens(tx: Tx, code: str) -> int | None:
    """The area that poster leads to, or None if it opens nothing (any more)."""
    found = await posters.find(tx, hash_of(code))
    if found is None or not found[1]:
        return None
    area = await areas.one(tx, found[0])
    return area.id if area and area.open else None


async def count(tx: Tx, area_id: int, what: Figure, now: datetime, rules: Rules) -> None:
    """One figure more: opened, asked, welcome, not ours, forgotten, withdrawn, no to messages."""
    await tallies.count(tx, area_id, on_the_clock(now, rules.zone).date(), what)


async def apply(
    tx: Tx,
    code: str,
    who: Newcomer,
    child: tuple[date | None, date | None],
    eligible: bool,
    now: datetime,
    rules: Rules,
) -> Applied:
    """A parent has answered and said yes to messages: the staff are asked. One per chat."""
    area_id = await opens(tx, code)
    if area_id is None:
        return Applied.CLOSED
    if await families.chat_is_taken(tx, who.chat_id) or await staff.by_chat(tx, who.chat_id):
        return Applied.TAKEN
    if await posters.asked_since(tx, area_id, now - timedelta(days=1)) >= MOST_A_DAY:
        return Applied.FULL
    check_birth(child[0], on_the_clock(now, rules.zone).date())
    await staff.leave_chat(tx, who.chat_id)  # a colleague on leave: from now on it is a parent's
    family_id = await families.register(tx, area_id, None, now)
    await families.set_family(tx, family_id, eligible=eligible, waits_since=now)
    await families.add_child(tx, family_id, *child)
    # Asked, and by nobody: that is how who came by a poster is told from who came by a link.
    await families.add_guardian(
        tx, family_id, who.chat_id, who.language, None, spoken=who.spoken, asked_at=now
    )
    await count(tx, area_id, Figure.POSTER_ASKED, now, rules)
    await catch_up(tx, family_id, now, rules)
    return Applied.WAITS


async def waits(tx: Tx, chat_id: int) -> Asker | None:
    """Who waits in that chat for the staff's yes, or None."""
    return await posters.in_chat(tx, chat_id)


async def withdraw(tx: Tx, who: Asker, now: datetime, rules: Rules) -> None:
    """They do not want to any more: nothing is kept of them."""
    if await posters.forget(tx, who.family_id):
        await count(tx, who.area_id, Figure.POSTER_WITHDRAWN, now, rules)


async def waiting(tx: Tx, colleague: Colleague) -> list[Asker]:
    """Who waits in the colleague's areas, longest first; raises NotYours."""
    if not meets_families(colleague):
        raise NotYours
    return await posters.waiting(tx, colleague.areas)


async def answer(
    tx: Tx, colleague: Colleague, asker: int, yes: bool, now: datetime, rules: Rules
) -> tuple[Decided, int]:
    """Yes, welcome; or not ours; and the family's number. Who comes second changes nothing.

    Raises NotYours.
    """
    if not meets_families(colleague):
        raise NotYours
    who = await posters.asker(tx, asker)
    if who:
        await lock_family(tx, who.family_id)
        who = await posters.asker(tx, asker)
    if who is None or who.refused:
        return Decided.LATE, 0
    if who.area_id not in colleague.areas:
        raise NotYours
    if yes:
        await _welcome(tx, who, now, rules)
        return Decided.WELCOME, who.family_id
    await _refuse(tx, who, Figure.POSTER_NOT_OURS, now, rules)
    return Decided.NOT_OURS, who.family_id


async def _welcome(tx: Tx, who: Asker, now: datetime, rules: Rules) -> None:
    """A family like any other from now on; the consent keeps the time at which it was given."""
    await families.set_family(tx, who.family_id, waits_since=None)
    await families.set_guardian(tx, who.guardian_id, active_since=now)
    for what in (Figure.POSTER_WELCOME, Figure.REGISTERED):
        await count(tx, who.area_id, what, now, rules)
    await note_joined(
        tx, who.family_id, who.guardian_id, who.language, who.spoken, who.asked_at, now, rules
    )


async def _refuse(tx: Tx, who: Asker, what: Figure, now: datetime, rules: Rules) -> None:
    """One kind sentence is still said; with it the record vanishes."""
    await families.set_family(tx, who.family_id, left_at=now)
    await count(tx, who.area_id, what, now, rules)
    await catch_up(tx, who.family_id, now, rules)


async def purge(tx: Tx, now: datetime, rules: Rules) -> None:
    """Nobody answered in time: they are told where to ask, and forgotten."""
    for who in await posters.unanswered(tx, now - timedelta(days=WAITS_DAYS)):
        await _refuse(tx, who, Figure.POSTER_FORGOTTEN, now, rules)
    await posters.forget_refused(tx, now - TOLD_WITHIN)
