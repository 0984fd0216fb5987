"""Asked again when the words have changed; the old yes goes on for visits (mission B5)."""

from datetime import datetime

from programme.kinds import Rules
from services import joining
from services.access import Reader
from services.planning import catch_up
from storage import consents
from storage.database import Database, Tx


async def ask_again(db: Database, now: datetime) -> int:
    """At every start: whoever said yes to older words is asked anew, once; how many."""
    version = joining.CONSENT_VERSION
    async with db.read() as tx:
        if not await consents.outdated(tx, version):
            return 0
    async with db.write() as tx:
        found = await consents.outdated(tx, version)
        await consents.ask(tx, found, now)
    return len(found)


async def say_yes(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """Yes to the words as they are now: everything goes on, nothing is replayed."""
    language = reader.guardian.language
    await consents.note(tx, reader.guardian.id, joining.CONSENT_VERSION, language, now)
    await catch_up(tx, reader.family_id, now, rules)
