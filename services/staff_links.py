"""Staff: invited by a one-time link, found, ended with one command (mission H1)."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.errors import NoSuchColleague, UnknownArea
from programme.kinds import Rules
from programme.people import Role, StaffMember
from services import staff_life, translating
from services.access import Colleague, colleague_of
from services.joining import Link
from storage import areas, families, outbox, staff, staff_areas
from storage.database import Tx
from storage.staff import Coming, Listed

LINK_LIVES = timedelta(days=14)

__all__ = ["LINK_LIVES", "Coming", "Listed", "Opened"]


@dataclass(frozen=True)
class Opened:
    """What a link came to, and who came in by it."""

    link: Link
    colleague: Colleague | None = None
    area: str = ""


async def invite(
    tx: Tx,
    area: str,
    name: str,
    role: Role,
    now: datetime,
    language: str | None = None,
    also: Sequence[str] = (),
) -> str:
    """The code of a link for somebody new, or a new link for who is there; raises UnknownArea.

    `also`: the areas in which they work besides.
    """
    area_id = await _area(tx, area)
    others = [await _area(tx, each) for each in also]
    known = await staff.find(tx, area_id, name)
    staff_id = known.member.id if known else await staff.add(tx, area_id, name, role)
    await staff.change(tx, staff_id, role=role, **({"language": language} if language else {}))
    await staff_areas.add(tx, staff_id, [each for each in others if each != area_id])
    return await new_link(tx, staff_id, now)


async def new_link(tx: Tx, staff_id: int, now: datetime) -> str:
    """The code of a new one-time link for somebody; the one before opens nothing any more."""
    code = secrets.token_urlsafe(16)
    await staff.make_link(tx, staff_id, _hash(code), now + LINK_LIVES)
    return code


async def _area(tx: Tx, name: str) -> int:
    found = await areas.find(tx, name)
    if found is None:
        raise UnknownArea(name, await areas.names(tx))
    return found


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def is_ours(tx: Tx, code: str) -> bool:
    """Whether that code was ever made for somebody of the staff, and for nobody since."""
    return await staff.by_link(tx, _hash(code)) is not None


async def is_own(tx: Tx, member: StaffMember, code: str) -> bool:
    """Whether that link was made for this very colleague, who is here already."""
    found = await staff.by_link(tx, _hash(code))
    return found is not None and found[0].member.id == member.id


async def try_link(tx: Tx, code: str, now: datetime) -> Link:
    """What that code opens."""
    found = await staff.by_link(tx, _hash(code))
    if found is None:
        return Link.UNKNOWN
    _, expires_at = found
    if expires_at is None:
        return Link.USED
    return Link.GOOD if now < expires_at else Link.EXPIRED


async def chat_is_a_parents(tx: Tx, chat_id: int) -> bool:
    """Whether a parent reads in that chat, or waits there for the other's yes."""
    return await families.chat_is_taken(tx, chat_id)


async def open_link(tx: Tx, code: str, chat_id: int, language: str, now: datetime) -> Opened:
    """From now on this chat is the link owner's; who comes second finds it used."""
    link = await try_link(tx, code, now)
    if link is not Link.GOOD:
        return Opened(link)
    before = await staff.by_link(tx, _hash(code))
    if before and before[0].chat_id not in {None, chat_id}:
        await staff_life.clear_phone(tx, before[0].member.id, now)
    if not await staff.use_link(tx, _hash(code), chat_id, language, now):
        return Opened(Link.USED)
    colleague = await colleague_of(tx, chat_id)
    if colleague is None:
        return Opened(Link.UNKNOWN)
    return Opened(link, colleague, await staff.area_name(tx, colleague.area_id))


async def set_language(tx: Tx, colleague: Colleague, language: str) -> None:
    """Everything from now on is in that language."""
    await staff.change(tx, colleague.member.id, language=language)


async def find(tx: Tx, area: str, name: str) -> Colleague:
    """Somebody by area and first name; raises UnknownArea, NoSuchColleague."""
    found = await staff.find(tx, await _area(tx, area), name)
    if found is None:
        raise NoSuchColleague(name, area)
    return found


async def listed(tx: Tx, area: str | None = None) -> Sequence[Listed]:
    """Everybody who works, in one area or in all; raises UnknownArea."""
    return await staff.listed(tx, await _area(tx, area) if area else None)


async def end(tx: Tx, area: str, name: str, now: datetime, rules: Rules) -> list[Coming]:
    """Somebody leaves: their chat is cut off at once; the visits somebody else must take over."""
    found = await find(tx, area, name)
    return await end_one(tx, found.member.id, now, rules)


async def end_one(tx: Tx, staff_id: int, now: datetime, rules: Rules) -> list[Coming]:
    """The same by number."""
    await staff_life.clear_phone(tx, staff_id, now)
    await staff.end(tx, staff_id, now)
    await outbox.drop_waiting(tx, (None, staff_id), "ended", now)
    await translating.left(tx, staff_id, now, rules)
    return await staff.coming(tx, staff_id, now)
