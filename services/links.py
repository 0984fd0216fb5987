"""Links beyond the first: the other parent's, a new phone's; who waits; what nobody has used.

A link that a parent made needs that parent's yes to whoever came by it (mission B7).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.errors import NoChat, NoSuchFamily, NoSuchGuardian, NotYours
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import GuardianRole
from services.access import Reader
from services.enrolment import LINK_LIVES, hash_of, make_link
from services.joining import note_joined
from storage import families, invites, items, joiners, memory, outbox, tallies
from storage.database import Tx
from storage.joiners import Waiting
from storage.turns import lock_family

__all__ = [
    "Purged",
    "Waiting",
    "address",
    "answer",
    "is_own",
    "new_phone",
    "own_link",
    "purge",
    "set_role",
    "waits",
]

OWN_LINK_LIVES = PHONE_LINK_LIVES = timedelta(days=7)
YES_WITHIN = timedelta(days=7)
NEW_PHONE = "new phone"


@dataclass(frozen=True)
class Purged:
    """What was forgotten because nobody has used it."""

    joiners: int
    families: int
    links: int


def address(bot: str, code: str) -> str:
    """The link itself."""
    return f"https://t.me/{bot}?start={code}"


async def own_link(tx: Tx, reader: Reader, now: datetime) -> str | None:
    """A link for another parent, into the reader's own home; None without the bot's name."""
    bot = await memory.recall(tx, memory.BOT_NAME)
    if not bot:
        return None
    by = reader.guardian.id
    return address(bot, await make_link(tx, reader.family_id, now, OWN_LINK_LIVES, made_by=by))


async def is_own(tx: Tx, reader: Reader, code: str) -> bool:
    """Whether this parent made that link."""
    found = await invites.find(tx, hash_of(code))
    return found is not None and found.made_by == reader.guardian.id


async def waits(tx: Tx, chat_id: int) -> Waiting | None:
    """Who waits in that chat for another parent's yes, or None."""
    return await joiners.in_chat(tx, chat_id)


async def set_role(tx: Tx, who: Waiting, role: GuardianRole) -> None:
    """What who waits is to the child."""
    await families.set_guardian(tx, who.id, role=role)


async def answer(
    tx: Tx, reader: Reader, joiner: int, yes: bool, now: datetime, rules: Rules
) -> None:
    """Is this the person you gave your link to? Raises NotYours for what is not, or no more."""
    who = await joiners.find(tx, joiner)
    if who and (who.asked_by != reader.guardian.id or now >= who.asked_at + YES_WITHIN):
        raise NotYours
    if who and await _decide(tx, who, yes, now, rules):
        return
    if not (yes and await joiners.was_admitted(tx, joiner, reader.guardian.id)):
        raise NotYours  # else it is a second tap on yes


async def _decide(tx: Tx, who: Waiting, yes: bool, now: datetime, rules: Rules) -> bool:
    """Let them in, or forget them; False if that was decided a moment ago."""
    if not yes:
        return await joiners.forget(tx, who.id)
    admitted = await joiners.admit(tx, who.id, now)
    if admitted:
        await note_joined(
            tx, who.family_id, who.id, who.language, who.spoken, who.asked_at, now, rules
        )
    return admitted


async def new_phone(tx: Tx, family_id: int, guardian_id: int, now: datetime) -> str:
    """The code by which this parent comes back in another chat; the old one is cut off at once."""
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    guardian = family.guardian(guardian_id)
    if guardian is None or guardian.active_since is None:
        raise NoSuchGuardian(family_id, guardian_id)
    if family.protected:
        raise NoChat(family_id)
    await families.set_guardian(tx, guardian_id, chat_id=None)
    taken = {each.outbox_id for each in await items.underway(tx, family_id) if each.taken}
    await outbox.recall(tx, taken, NEW_PHONE)
    await invites.forget_renewals(tx, guardian_id)
    return await make_link(tx, family_id, now, PHONE_LINK_LIVES, renews_id=guardian_id)


async def purge(tx: Tx, now: datetime, rules: Rules) -> Purged:
    """Forget who waited too long, and links nobody has used, with families nobody of has joined.

    Of such a family only a count stays (mission B1).
    """
    undecided = await joiners.forget_undecided(tx, now - YES_WITHIN)
    unused = await invites.of_nobody(tx, now - LINK_LIVES)
    day = on_the_clock(now, rules.zone).date()
    for each in unused:
        await invites.forget_family(tx, each.family_id)
        await tallies.count(tx, each.area_id, day, Figure.LINK_UNUSED)
    return Purged(undecided, len(unused), await invites.forget_unused(tx, now - LINK_LIVES))
