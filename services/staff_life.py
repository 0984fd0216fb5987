"""Somebody of the staff is confirmed, rests, is back (mission H1; programme/staff_life.py).

What a phone still shows of families goes when access rests or ends: deleted within 48 hours,
rewritten to a neutral line after that.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from programme.desks import confirm_key
from programme.kinds import Rules
from programme.staff_life import Access, Pause, askers
from services import clearing, desks, translating
from storage import conversations, items, outbox, staff_life
from storage.database import Tx

APART = timedelta(seconds=3)  # between old messages that are rewritten: parents come first
RESTS, MOVED = "access rests", "new phone"


async def confirm(tx: Tx, staff_id: int, now: datetime, rules: Rules) -> None:
    """Somebody has said that they work here: asked again in half a year."""
    await staff_life.confirm(tx, staff_id, now)
    await _catch_up(tx, staff_id, now, rules)


async def rest(tx: Tx, staff_id: int, why: Pause, now: datetime, rules: Rules) -> bool:
    """From this commit on they see nothing and nothing is sent; False if it was so already."""
    if not await staff_life.rest(tx, staff_id, why, now):
        return False
    await outbox.drop_waiting(tx, (None, staff_id), RESTS, now)
    await translating.left(tx, staff_id, now, rules)
    await clear_phone(tx, staff_id, now)
    await _catch_up(tx, staff_id, now, rules)
    return True


async def resume(tx: Tx, staff_id: int, now: datetime, rules: Rules) -> bool:
    """They are back; nothing is replayed. False if it did not rest."""
    if not await staff_life.resume(tx, staff_id, now):
        return False
    await _catch_up(tx, staff_id, now, rules)
    return True


async def clear_phone(tx: Tx, staff_id: int, now: datetime) -> None:
    """What stands in their chat goes, and what was half said there."""
    chat_id, language = await staff_life.chat_of(tx, staff_id)
    if chat_id is None:
        return
    await clearing.everything(tx, chat_id, now, language, APART)
    await conversations.forget_chat(tx, chat_id)


async def rest_unconfirmed(tx: Tx, now: datetime, rules: Rules) -> int:
    """Of whom nobody has said in time that they still work here: their access rests; how many.

    Where nobody could be asked it goes on: only a person at the command line knows. Where nobody
    who could say it now has been asked, they are, and the time begins anew.
    """
    await staff_life.begin_counting(tx, now)
    over = [each for each in await staff_life.everybody(tx) if _is_over(each, now, rules)]
    # One after the other: whoever could be asked about them may rest since a moment ago, and of
    # those who may ask about each other one stays, who can let the others in again.
    return sum([await _rest_unanswered(tx, each, now, rules) for each in over])


async def _rest_unanswered(tx: Tx, who: Access, now: datetime, rules: Rules) -> bool:
    asked = list(askers(who, await staff_life.everybody(tx)))
    if not asked:
        return False
    number, since = who.member.id, await _asked_since(tx, who, asked, rules)
    if since is None:
        await staff_life.ask_anew(tx, number, now - timedelta(days=rules.confirm_days))
        await _catch_up(tx, number, now, rules)
        return False
    if now < since + timedelta(days=rules.confirm_grace_days):  # it left later than it was due
        return False
    return await rest(tx, number, Pause.UNCONFIRMED, now, rules)


async def _asked_since(tx: Tx, who: Access, asked: Iterable[int], rules: Rules) -> datetime | None:
    """When the question first reached one of those who may answer it now; None: none of them."""
    keys = [key for asker in asked if (key := confirm_key(who, asker, rules))]
    arrived = [await items.arrived_at(tx, key) for key in keys]
    return min((at for at in arrived if at), default=None)


def _is_over(each: Access, now: datetime, rules: Rules) -> bool:
    by = each.rests_at(rules)
    return by is not None and by <= now


async def _catch_up(tx: Tx, staff_id: int, now: datetime, rules: Rules) -> None:
    """Who was asked about them is asked no more."""
    everybody = await staff_life.everybody(tx)
    about = await staff_life.of(tx, staff_id)
    asked = set(askers(about, everybody)) if about else set()
    await desks.catch_up(tx, {staff_id, *asked}, now, rules)
