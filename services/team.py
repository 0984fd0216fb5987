"""The team of an area, by its coordinator's chat: invited, listed, ended (mission H1)."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.errors import NotYours
from programme.kinds import Rules
from programme.people import Role, StaffMember
from programme.staff_life import Pause
from services import staff_life, staff_links
from services.access import Colleague, meets_families
from services.links import address
from services.own_areas import is_everywhere, managed, managed_one
from services.staff_links import Coming
from storage import memory, staff, staff_areas
from storage.database import Tx
from storage.staff_areas import Worker

UNDO_WITHIN = timedelta(days=1)

__all__ = ["Coming", "Left", "Person"]


@dataclass(frozen=True)
class Person:
    """Somebody of the team: who they are, and the names of the areas they work in."""

    member: StaffMember
    areas: tuple[str, ...]
    may_end: bool  # the colleague who looks runs their own area, and is somebody else
    rests: bool = False  # is not let in for now


def may_invite(colleague: Colleague) -> list[Role]:
    """The roles that somebody may give: only an administrator makes another one."""
    everything = is_everywhere(colleague)
    return [role for role in Role if everything or role is not Role.ADMINISTRATOR]


async def listed(tx: Tx, colleague: Colleague) -> list[Person]:
    """Everybody who works in the areas that the colleague runs; raises NotYours."""
    names = {each.id: each.name for each in await managed(tx, colleague)}
    return [
        _person(colleague, each, names) for each in await staff_areas.working_in(tx, list(names))
    ]


def _person(colleague: Colleague, who: Worker, names: dict[int, str]) -> Person:
    own = tuple(names[number] for number in who.areas if number in names)
    return Person(who.member, own, _may_end(colleague, who, names), who.rests_since is not None)


def _may_end(colleague: Colleague, who: Worker, names: Container[int]) -> bool:
    """Their own area is the colleague's, their role is not above it, and nobody ends themselves."""
    role_is_theirs = who.member.role in may_invite(colleague)
    return who.areas[0] in names and role_is_theirs and who.member.id != colleague.member.id


async def invite(
    tx: Tx, colleague: Colleague, ids: Sequence[int], name: str, role: Role, now: datetime
) -> str | None:
    """The link of somebody new in those areas; None if one of that name is there already.

    Raises NotYours for an area or a role that is not the colleague's to give.
    """
    if not ids or role not in may_invite(colleague):
        raise NotYours
    for area_id in ids:
        await managed_one(tx, colleague, area_id)
    there = await staff_areas.working_in(tx, ids)
    if any(each.member.name.casefold() == name.casefold() for each in there):
        return None
    staff_id = await staff.add(tx, ids[0], name, role)
    await staff_areas.add(tx, staff_id, ids[1:])
    return await _link(tx, staff_id, now)


async def _link(tx: Tx, staff_id: int, now: datetime) -> str:
    bot = await memory.recall(tx, memory.BOT_NAME) or ""
    return address(bot, await staff_links.new_link(tx, staff_id, now))


async def show(tx: Tx, colleague: Colleague, staff_id: int) -> Person:
    """Somebody of the team who has not ended; raises NotYours."""
    names = {each.id: each.name for each in await managed(tx, colleague)}
    who = await staff_areas.worker(tx, staff_id)
    if who is None or who.ended_at or not names.keys() & set(who.areas):
        raise NotYours
    return _person(colleague, who, names)


async def new_link(tx: Tx, colleague: Colleague, staff_id: int, now: datetime) -> str:
    """A new one-time link for somebody of the team; raises NotYours."""
    if (await _theirs(tx, colleague, staff_id)).ended_at:
        raise NotYours
    return await _link(tx, staff_id, now)


async def _theirs(tx: Tx, colleague: Colleague, staff_id: int) -> Worker:
    """Somebody whom the colleague may end, also if that is done; raises NotYours."""
    names = {each.id for each in await managed(tx, colleague)}
    who = await staff_areas.worker(tx, staff_id)
    if who is None or not _may_end(colleague, who, names):
        raise NotYours
    return who


@dataclass(frozen=True)
class Left:
    """The visits that somebody else must take over: those the colleague may see, and how many
    more there are: of areas whose families are none of theirs."""

    seen: tuple[Coming, ...]
    others: int


async def end(tx: Tx, colleague: Colleague, staff_id: int, now: datetime, rules: Rules) -> Left:
    """Somebody leaves: cut off at once; the visits somebody else must take over.

    Raises NotYours, also for oneself.
    """
    if (await _theirs(tx, colleague, staff_id)).ended_at:
        raise NotYours
    visits = await staff_links.end_one(tx, staff_id, now, rules)
    areas = colleague.areas if meets_families(colleague) else ()
    seen = tuple(each for each in visits if each.area_id in areas)
    return Left(seen, len(visits) - len(seen))


async def confirm(tx: Tx, colleague: Colleague, staff_id: int, now: datetime, rules: Rules) -> None:
    """They still work here; raises NotYours, also for oneself and for who rests."""
    if not (await _theirs(tx, colleague, staff_id)).member.in_chat:
        raise NotYours
    await staff_life.confirm(tx, staff_id, now, rules)


async def rest(tx: Tx, colleague: Colleague, staff_id: int, now: datetime, rules: Rules) -> None:
    """On leave, or a lost phone: not let in from this commit on; raises NotYours."""
    if (await _theirs(tx, colleague, staff_id)).ended_at:
        raise NotYours
    await staff_life.rest(tx, staff_id, Pause.AWAY, now, rules)


async def resume(tx: Tx, colleague: Colleague, staff_id: int, now: datetime, rules: Rules) -> None:
    """They are back; raises NotYours."""
    if (await _theirs(tx, colleague, staff_id)).ended_at:
        raise NotYours
    await staff_life.resume(tx, staff_id, now, rules)


async def undo_end(tx: Tx, colleague: Colleague, staff_id: int, now: datetime) -> str:
    """They have not left after all; the link by which their chat is theirs again. For a day."""
    who = await _theirs(tx, colleague, staff_id)
    if who.ended_at is None or now - who.ended_at > UNDO_WITHIN:
        raise NotYours
    await staff_areas.back_at_work(tx, staff_id)
    return await _link(tx, staff_id, now)
