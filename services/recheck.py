"""Just before sending: what still holds of a message, as the facts are now (docs/architecture.md).

Decides by the rules in `programme.plan` and writes nothing; delivery writes what comes of it.
"""

from dataclasses import dataclass, field
from datetime import datetime, time

from programme.kinds import Rules
from programme.letters import Letter
from programme.localtime import instant, on_the_clock
from programme.parcels import lane
from programme.people import Family, Guardian
from programme.plan import free_moment, still_due
from storage import families, outbox
from storage.database import Tx
from storage.outbox import Promise, Waiting


@dataclass
class Rechecked:
    """What a message comes to: letters to say now, promises to drop, or a later day to wait for."""

    guardian: Guardian | None
    letters: list[Letter] = field(default_factory=list)
    dropped: list[tuple[Promise, str]] = field(default_factory=list)
    wait_until: datetime | None = None


async def recheck(tx: Tx, message: Waiting, now: datetime, rules: Rules) -> Rechecked:
    """What still holds of a claimed message; raises ValueError for a row that cannot be read."""
    [family] = await families.load(tx, [message.family_id])
    found = Rechecked(family.guardian(message.guardian_id))
    for promise in await outbox.promises(tx, message.id):
        letter, reason = _check(family, found.guardian, promise, now, rules)
        if letter:
            found.letters.append(letter)
        else:
            found.dropped.append((promise, reason))
    found.letters.sort(key=lambda letter: (lane(letter), letter.at))
    if found.guardian and found.letters:
        found.wait_until = await _later(tx, family, found.guardian, found.letters, now, rules)
    return found


def _check(
    family: Family, guardian: Guardian | None, promise: Promise, now: datetime, rules: Rules
) -> tuple[Letter | None, str]:
    """The letter as it should be said now, or why it should not."""
    if guardian is None or guardian.stopped_at or guardian.active_since is None:
        return None, "stopped"
    if guardian.unreachable_since:
        return None, "unreachable"
    letter = still_due(family, guardian, promise.key, promise.due_at, rules)
    if letter is None:
        return None, "no longer due"
    if now > letter.not_after:
        return None, "too late"
    return letter, ""


async def _later(
    tx: Tx,
    family: Family,
    guardian: Guardian,
    letters: list[Letter],
    now: datetime,
    rules: Rules,
) -> datetime | None:
    """When a late tip may come instead of now: after an outage no burst, one a day at most."""
    midnight = instant(on_the_clock(now, rules.zone).date(), time(), rules.zone)
    if letters[0].at >= midnight:
        return None  # due today: it is not late
    said_today = await outbox.said_in_lane(tx, guardian.id, lane(letters[0]), midnight)
    moment = free_moment(family, guardian, letters[0], now, said_today, rules)
    return moment if moment > now else None
