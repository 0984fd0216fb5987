"""Staff register a family and make its links; joining by one is `joining.py` (mission B1).

Before a parent's yes nothing is kept of the person.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from programme.births import check_birth, check_due
from programme.errors import AreaNotOpen, FamilyRests, NoChat, NoSuchFamily, UnknownArea, WhichHome
from programme.figures import Figure
from programme.localtime import on_the_clock
from programme.people import GuardianRole, Why
from storage import areas, families, invites, tallies
from storage.database import Tx
from storage.turns import lock_family

LINK_LIVES = timedelta(days=30)  # mission B1
RANDOM_BYTES = 16
WITH_HOME = len(secrets.token_urlsafe(RANDOM_BYTES)) + 1  # signs of a code that names a home
HOMES = (1, 2)


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
    spoken: str | None = None,
) -> Registered:
    """A new family with one child and one link; raises UnknownArea or what is wrong with a date."""
    family_id = await register(tx, area, born, due, label, now, zone, spoken)
    return Registered(family_id, await new_link(tx, family_id, now))


async def register(
    tx: Tx,
    area: str,
    born: date | None,
    due: date | None,
    label: str | None,
    now: datetime,
    zone: ZoneInfo,
    spoken: str | None = None,
) -> int:
    """The same without a link: a family without the chat is a full family (mission B13)."""
    today = on_the_clock(now, zone).date()
    check_birth(born, today)
    check_due(born, due)
    in_area = await _open_area(tx, area)
    family_id = await families.register(tx, in_area, label, now)
    if spoken:
        await families.set_family(tx, family_id, spoken=spoken)
    await families.add_child(tx, family_id, born, due)
    await tallies.count(tx, in_area, today, Figure.REGISTERED)
    return family_id


async def _open_area(tx: Tx, name: str) -> int:
    found = next((each for each in await areas.listed(tx) if each.name == name), None)
    if found is None:
        raise UnknownArea(name, await areas.names(tx))
    if not found.open:
        raise AreaNotOpen(name, found.status)
    return found.id


async def new_link(
    tx: Tx,
    family_id: int,
    now: datetime,
    role: GuardianRole | None = None,
    home: int | None = None,
) -> str:
    """The code of a new single-use link by staff; of two homes it opens one.

    Raises NoSuchFamily, FamilyRests, NoChat, WhichHome.
    """
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    if family.resting(Why.LOSS, now):
        raise FamilyRests
    if family.protected:
        raise NoChat(family_id)
    if family.split_at and home not in HOMES:
        raise WhichHome(family_id)
    return await make_link(
        tx, family_id, now, LINK_LIVES, home if family.split_at else None, role=role
    )


async def make_link(
    tx: Tx,
    family_id: int,
    now: datetime,
    lives: timedelta,
    home: int | None = None,
    **facts: object,
) -> str:
    """The code of a new link: 128 random bits, kept as a hash only; and the home it is for."""
    code = secrets.token_urlsafe(RANDOM_BYTES) + (str(home) if home else "")
    await invites.add(tx, family_id, hash_of(code), now, now + lives, **facts)
    return code


def home_in(code: str) -> int | None:
    """Which of two homes that link is for; None: it was made for a family with one."""
    return int(code[-1]) if len(code) == WITH_HOME and code[-1].isdigit() else None


def hash_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()
