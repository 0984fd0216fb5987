"""Plan letters to colleagues about their work, as `planning.py` plans those about families."""

from collections.abc import Collection, Iterable
from datetime import datetime

from programme.checking import months_begin
from programme.desks import Desk, asked_between, confirmed_between, due_to_desk, still_due_to_desk
from programme.january import mornings
from programme.kinds import Rules
from programme.letters import Letter
from programme.mornings import hours_between
from programme.parcels import parcels
from storage import desks, items, memory, outbox, packing, turns
from storage.database import Tx, note_due
from storage.desks import concerned, first_moment, set_languages

__all__ = ["concerned", "first_moment", "set_languages"]


async def letters(tx: Tx, since: datetime, until: datetime, rules: Rules) -> list[Letter]:
    """Every letter that falls due to any colleague in [since, until)."""
    if since >= until:
        return []
    # When every coordinator is looked at.
    months = any(months_begin(since, until, rules)) or any(mornings(since, until, rules))
    asked, hours = asked_between(since, until, rules), hours_between(since, until, rules)
    spans = confirmed_between(since, until, rules)
    found = await desks.find(tx, since, until, asked, months, hours, spans)
    return _due(await desks.load(tx, sorted(found)), since, until, rules)


def _due(of: Iterable[Desk], since: datetime, until: datetime, rules: Rules) -> list[Letter]:
    return [letter for desk in of for letter in due_to_desk(desk, since, until, rules)]


async def plan(tx: Tx, found: Iterable[Letter], now: datetime, rules: Rules) -> tuple[int, int]:
    """Put them into the outbox; how many are new, and how many come too late."""
    return await packing.plan(tx, parcels(found, rules, now), now)


async def catch_up(tx: Tx, staff_ids: Collection[int], now: datetime, rules: Rules) -> None:
    """After a change on these desks: give up what is void, plan what is passed already.

    In the transaction of the change, so nobody is asked for what somebody else has taken.
    """
    note_due(tx)
    ids = sorted(staff_ids)
    known = await desks.load(tx, ids)
    await _give_up(tx, {desk.member.id: desk for desk in known}, ids, rules)
    await turns.before_the_planner(tx)
    passed = await memory.planned_until(tx)
    if passed and now < passed:
        await plan(tx, _due(known, now, passed, rules), now, rules)


async def _give_up(tx: Tx, known: dict[int, Desk], ids: Collection[int], rules: Rules) -> None:
    void = [
        each
        for staff_id in ids
        for each in await items.underway_to(tx, staff_id)
        if (desk := known.get(staff_id)) is None
        or still_due_to_desk(desk, each.promise.key, each.promise.due_at, rules) is None
    ]
    await items.give_up(tx, [each.promise.id for each in void if not each.taken])
    taken = {each.outbox_id for each in void if each.taken}
    await outbox.recall(tx, taken, items.NO_LONGER_DUE)
