"""Whether Telegram reaches a parent: who cannot be reached gets nothing, and staff get "phone"."""

from datetime import datetime

from programme.kinds import Rules
from programme.news import News
from programme.people import Why
from services.access import Reader
from services.planning import catch_up
from storage import events, outbox, rests
from storage.database import Tx
from storage.rests import Whose


async def lost(
    tx: Tx, family_id: int, guardian_id: int, reason: str, now: datetime, rules: Rules
) -> int:
    """This parent cannot be written to; how many promises ended with it. Staff hear of it once."""
    whose = Whose(guardian_id=guardian_id)
    known = (await rests.of(tx, "guardian_id", [guardian_id])).get(guardian_id, ())
    if not any(rest.why is Why.UNREACHABLE and rest.until is None for rest in known):
        await rests.begin(tx, whose, Why.UNREACHABLE, now, detail=reason)
        await events.note(tx, family_id, News.PHONE, now)
    dropped = await outbox.drop_waiting(tx, (guardian_id, None), reason, now)
    await catch_up(tx, family_id, now, rules)
    return dropped


async def out_of_reach(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """The parent blocked the bot."""
    await lost(tx, reader.family_id, reader.guardian.id, "blocked", now, rules)


async def within_reach(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """The parent is back: everything is as it was, nothing is replayed (mission B11)."""
    if reader.guardian.resting(Why.UNREACHABLE, now):
        await rests.end(tx, Whose(guardian_id=reader.guardian.id), Why.UNREACHABLE, now)
        await catch_up(tx, reader.family_id, now, rules)
