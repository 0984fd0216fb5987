"""Put what is due into the outbox. SQL finds the families, `programme.plan.due` decides.

The planner covers every hour since its watermark, so an outage is caught up by rule. An act that
changes a family's facts plans for that family what the planner has passed already (`catch_up`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.candidates import wanted
from programme.kinds import Rules
from programme.letters import Letter
from programme.parcels import parcels
from programme.people import Family
from programme.plan import everyones, still_due
from services import desks
from storage import families, items, memory, outbox, packing, searches, turns
from storage.database import Database, Tx, note_due

IDLE_AT_MOST = timedelta(hours=1)  # how far the watermark may lag when nothing is due
FIRST = 10  # families of which the messages leave while the others are planned
CHUNK = 50  # families in one transaction: presses and the sender never wait long for the planner


@dataclass
class Planned:
    """What one run of the planner did."""

    planned: int = 0
    dropped: int = 0
    backwards: bool = False  # the time asked for lies before what is planned already


def _nobody() -> None:
    """Where nobody waits for what is planned."""


async def plan(
    db: Database, now: datetime, rules: Rules, told: Callable[[], None] = _nobody
) -> Planned:
    """Plan everything due up to and including `now` that is not planned yet.

    `told` is called whenever more of it may leave: what is planned first waits for no more.
    """
    until = _after(now)
    async with db.read() as tx:
        since = await _since(tx, until)
        soon = until - since < IDLE_AT_MOST
        idle = soon and not await _anything(tx, since, until, rules)
    if until <= since:
        return Planned(backwards=until < since)
    # Nothing is written where nothing is due: the watermark may lag, the next window is longer.
    return Planned() if idle else await _plan(db, until, now, rules, told)


async def _anything(tx: Tx, since: datetime, until: datetime, rules: Rules) -> bool:
    """Whether there is a family or a colleague to look at."""
    families_found = await _find(tx, since, until, rules)
    return bool(families_found or await desks.letters(tx, since, until, rules))


def _after(now: datetime) -> datetime:
    """The first whole second after `now`: what is due this very second is due."""
    return now.replace(microsecond=0) + timedelta(seconds=1)


async def _since(tx: Tx, until: datetime) -> datetime:
    """Where planning goes on: the watermark, at first when there was anything to plan for."""
    watermark = await memory.recall_instant(tx, memory.WATERMARK)
    if watermark:
        return watermark
    begun = (await families.first_moment(tx), await desks.first_moment(tx))
    return min((at for at in (*begun, until) if at), default=until)


async def _plan(
    db: Database, until: datetime, now: datetime, rules: Rules, told: Callable[[], None]
) -> Planned:
    done = Planned()
    async with db.write() as tx:
        await turns.after_the_acts(tx)
        since = await _since(tx, until)
        # Said before the families are looked up: an act that commits meanwhile plans for itself.
        await memory.remember_instant(tx, memory.PLANNING, until)
    async with db.read() as tx:
        found = await _find(tx, since, until, rules)
    for some in _pieces(found):
        async with db.write() as tx:
            await _plan_families(tx, some, since, until, now, rules, done)
        told()
    async with db.write() as tx:
        found_at_desks = await desks.letters(tx, since, until, rules)
        planned, dropped = await desks.plan(tx, found_at_desks, now, rules)
        done.planned, done.dropped = done.planned + planned, done.dropped + dropped
    told()
    async with db.write() as tx:
        await memory.remember_instant(tx, memory.WATERMARK, until)
    return done


def _pieces(found: list[int]) -> Iterator[list[int]]:
    yield found[:FIRST]
    for start in range(FIRST, len(found), CHUNK):
        yield found[start : start + CHUNK]


async def _find(tx: Tx, since: datetime, until: datetime, rules: Rules) -> list[int]:
    """The families for which anything may be due in [since, until), in the order of planning."""
    return await searches.find(tx, wanted(since, until, rules))


async def _plan_families(
    tx: Tx,
    ids: list[int],
    since: datetime,
    until: datetime,
    now: datetime,
    rules: Rules,
    done: Planned,
) -> None:
    await turns.hold(tx, ids)
    letters = _letters(await families.load(tx, ids), since, until, rules)
    planned, dropped = await packing.plan(tx, parcels(letters, rules, now), now)
    done.planned += planned
    done.dropped += dropped


def _letters(of: Iterable[Family], since: datetime, until: datetime, rules: Rules) -> list[Letter]:
    return [letter for family in of for letter in everyones(family, since, until, rules)]


async def catch_up(
    tx: Tx, family_id: int, now: datetime, rules: Rules, since: datetime | None = None
) -> None:
    """After a change of a family's facts: give up what is void, plan what is passed already.

    In the transaction of the change, so nothing is ever sent by the old facts (mission A13).
    `since`: plan from then on, where an *Undo* brings back what was given up.
    """
    note_due(tx)
    await turns.lock_families(tx, [family_id])
    await _give_up(tx, family_id, rules)
    await turns.before_the_planner(tx)
    passed, begin = await memory.planned_until(tx), since or now
    if passed and begin < passed:
        await _plan_families(tx, [family_id], begin, passed, now, rules, Planned())


async def _give_up(tx: Tx, family_id: int, rules: Rules) -> None:
    """Promises that may still leave and that the facts no longer bear out."""
    underway = await items.underway(tx, family_id)
    if not underway:
        return
    [family] = await families.load(tx, [family_id])
    void = [
        each
        for each in underway
        if still_due(family, each.promise.key, each.promise.due_at, rules) is None
    ]
    await items.give_up(tx, [each.promise.id for each in void if not each.taken])
    taken = {each.outbox_id for each in void if each.taken}
    await outbox.recall(tx, taken, items.NO_LONGER_DUE)


async def next_letter(
    db: Database, after: datetime, until: datetime, rules: Rules
) -> datetime | None:
    """The hour of the first letter due in (after, until), or None: what a wound clock goes to."""
    since = after + timedelta(microseconds=1)
    async with db.read() as tx:
        found = await families.load(tx, await _find(tx, since, until, rules))
        at_desks = await desks.letters(tx, since, until, rules)
    every = [*_letters(found, since, until, rules), *at_desks]
    return min((letter.at for letter in every), default=None)
