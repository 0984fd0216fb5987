"""Joining: staff register a family, a parent opens the link, says yes or no.

Before the yes nothing is kept of the person but the chat's place in the conversation.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from programme.ages import add_months
from programme.errors import BirthInFuture, BirthTooLongAgo, UnknownArea
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services.planning import catch_up
from storage import consents, families, invites, tallies
from storage.database import Tx

LINK_LIVES = timedelta(days=30)  # mission B1
OLDEST_MONTHS = 36  # the last tip comes before three years of age (mission C3)
CONSENT_VERSION = 1  # raised whenever the words of the question change (mission B5)


class Link(StrEnum):
    """What a code turned out to be."""

    GOOD = "good"
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Registered:
    """A new family, and the code of its personal link."""

    family_id: int
    code: str


async def register_family(
    tx: Tx,
    area: str,
    born: date | None,
    due: date | None,
    label: str | None,
    now: datetime,
    zone: ZoneInfo,
) -> Registered:
    """A new family with one child and one link; raises UnknownArea or what is wrong with a date."""
    today = on_the_clock(now, zone).date()
    check_birth(born, today)
    in_area = await families.area_id(tx, area)
    if in_area is None:
        raise UnknownArea(area, await families.area_names(tx))
    family_id = await families.register(tx, in_area, label, now)
    await families.add_child(tx, family_id, born, due)
    await tallies.count(tx, in_area, today, "registered")
    return Registered(family_id, await new_link(tx, family_id, now))


def check_birth(born: date | None, today: date) -> None:
    """Raises BirthInFuture or BirthTooLongAgo."""
    if born is None:
        return
    oldest = add_months(today, -OLDEST_MONTHS)
    if born > today:
        raise BirthInFuture(born, today)
    if born < oldest:
        raise BirthTooLongAgo(born, oldest)


async def new_link(tx: Tx, family_id: int, now: datetime) -> str:
    """The code of a new single-use link of a family: 128 random bits, kept as a hash only."""
    code = secrets.token_urlsafe(16)
    await invites.add(tx, family_id, _hash(code), now, now + LINK_LIVES)
    return code


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def try_link(tx: Tx, code: str, now: datetime) -> Link:
    """What that code opens."""
    found = await invites.find(tx, _hash(code))
    if found is None:
        return Link.UNKNOWN
    if found.used_at is not None:
        return Link.USED
    return Link.GOOD if now < found.expires_at else Link.EXPIRED


async def join(tx: Tx, code: str, chat_id: int, language: str, now: datetime, rules: Rules) -> Link:
    """A parent said yes: they are a guardian from now on, and their messages begin."""
    link = await try_link(tx, code, now)
    found = await invites.find(tx, _hash(code))
    if link is not Link.GOOD or found is None:
        return link
    # Used first, so that who comes second has left no trace in the family.
    if not await invites.use(tx, found.id, now):
        return Link.USED
    guardian_id = await families.add_guardian(tx, found.family_id, chat_id, language, now)
    await invites.opened_by(tx, found.id, guardian_id)
    await consents.note(tx, guardian_id, CONSENT_VERSION, language, now)
    area = (await families.home(tx, found.family_id)).area_id
    await tallies.count(tx, area, on_the_clock(now, rules.zone).date(), "joined", detail=language)
    await catch_up(tx, found.family_id, now, rules)
    return Link.GOOD


async def decline(tx: Tx, code: str, now: datetime, zone: ZoneInfo) -> int | None:
    """A parent said no to messages: only a count stays; the area it counts in, or None."""
    found = await invites.find(tx, _hash(code))
    if found is None:
        return None
    area = (await families.home(tx, found.family_id)).area_id
    await tallies.count(tx, area, on_the_clock(now, zone).date(), "declined_chat")
    return area


async def note_reason(tx: Tx, area: int, reason: str, now: datetime, zone: ZoneInfo) -> None:
    """Why somebody said no: one count, tied to nobody (mission B6)."""
    if await families.area_exists(tx, area):
        day = on_the_clock(now, zone).date()
        await tallies.count(tx, area, day, "reason_no_chat", detail=reason)
