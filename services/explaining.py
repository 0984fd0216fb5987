"""Why a message came, or did not: the programme as it sees one family. Looking changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.errors import NoSuchFamily
from programme.kinds import Rules
from programme.letters import Letter
from programme.people import Family
from programme.plan import everyones
from programme.series import Step, series
from storage import families, ledger
from storage.database import Database
from storage.ledger import Entry

__all__ = ["Entry", "Explained", "of_family", "overview"]

MOST = 120  # promises back in time
AHEAD = timedelta(days=120)
LISTED = 40


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One family: its visits, what was promised, what the rules will say next."""

    family: Family
    steps: tuple[Step, ...]
    promised: tuple[Entry, ...]
    coming: tuple[Letter, ...]
    chats: tuple[tuple[int, int], ...]  # each parent's number and chat


async def overview(db: Database) -> list[tuple[int, list[int]]]:
    """The first families, each with the chats of its parents."""
    async with db.read() as tx:
        return await ledger.families(tx, LISTED)


async def of_family(db: Database, family_id: int, now: datetime, rules: Rules) -> Explained:
    """What the programme knows and will say, if nothing changes; raises NoSuchFamily."""
    async with db.read() as tx:
        if not await families.exists(tx, family_id):
            raise NoSuchFamily(family_id)
        [family] = await families.load(tx, [family_id])
        promised = await ledger.of_family(tx, family_id, MOST)
        chats = [(each.id, await families.chat_of(tx, each.id)) for each in family.guardians]
    known = {each.key for each in promised}
    ahead = everyones(family, now, now + AHEAD, rules)
    return Explained(
        family=family,
        steps=tuple(series(family, now, rules)),
        promised=tuple(promised),
        coming=tuple(
            sorted(
                (each for each in ahead if each.key not in known), key=lambda one: (one.at, one.key)
            )
        ),
        chats=tuple((number, chat) for number, chat in chats if chat is not None),
    )
