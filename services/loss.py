"""Something hard has happened: nothing leaves to any parent until a person ends it (mission A11).

Three locks, each of which holds alone: `programme.plan.due` gives nothing, what waits is dropped in
this transaction, and delivery looks once more just before the wire. No figure is written.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from programme.errors import NotYours
from programme.kinds import Rules
from programme.news import News
from programme.people import BookingState, Child, Family, Rest, Why
from services import interpreters, signing_up
from services.access import Reader, family_for_staff, family_of
from services.holds import close_all
from services.planning import catch_up
from services.taking import take_again
from services.undoing import promise_again, staff_may_know
from services.visits import coming
from storage import bookings, events, families, inbox, items, outbox, rests
from storage.database import Tx
from storage.rests import Whose
from storage.staff import Colleague
from storage.turns import lock_family

UNDO_WITHIN = timedelta(hours=24)


class Undone(StrEnum):
    """What an *Undo* came to."""

    DONE = "done"
    TOO_LATE = "too_late"  # a person who has spoken with the family can still end it
    NOTHING = "nothing"  # nothing rests


async def begin(tx: Tx, family_id: int, by: int | None, now: datetime, rules: Rules) -> None:
    """Nothing leaves any more, as of this commit; `by`: the parent who said so, else staff."""
    await lock_family(tx, family_id)
    [family] = await families.load(tx, [family_id])
    if family.resting(Why.LOSS, now):
        return
    await rests.begin(tx, Whose(family_id=family_id), Why.LOSS, now, by=by)
    await _hush(tx, family, by, now)
    await events.note(tx, family_id, News.LOSS, now)
    await catch_up(tx, family_id, now, rules)


async def _hush(tx: Tx, family: Family, by: int | None, now: datetime) -> None:
    """What waits for the parents ends, and so do answers nobody has heard yet."""
    await close_all(tx, family, now)
    await signing_up.give_back(tx, family, now)
    await outbox.drop_family(tx, family.id, items.LOSS, now)
    others = [each.id for each in family.guardians if each.id != by]
    chats = [await families.chat_of(tx, each) for each in others]
    await inbox.take_back(tx, [chat for chat in chats if chat is not None])


def begun(reader: Reader, now: datetime) -> Rest | None:
    """The rest that this parent's family is in after a loss, or None."""
    resting = (rest for rest in reader.family_rests if rest.covers(now))
    return next((rest for rest in resting if rest.why is Why.LOSS), None)


async def hushed(tx: Tx, reader: Reader) -> bool:
    """The same for who has no clock: it lasts until somebody ends it."""
    found = await rests.of(tx, "family_id", [reader.family_id])
    resting = found.get(reader.family_id, ())
    return any(rest.why is Why.LOSS and rest.until is None for rest in resting)


def may_undo(rest: Rest, now: datetime) -> bool:
    """Whether it can still be as if it had never been."""
    return now - rest.since <= UNDO_WITHIN


async def undo(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> Undone:
    """A parent takes it back within a day: all is as if it had never been."""
    family = await family_of(tx, reader)
    rest = family.resting(Why.LOSS, now)
    if rest is None:
        return Undone.NOTHING
    if not may_undo(rest, now):
        return Undone.TOO_LATE
    await _never_been(tx, family, rest, now, rules)
    return Undone.DONE


async def _never_been(tx: Tx, family: Family, rest: Rest, now: datetime, rules: Rules) -> None:
    told = await staff_may_know(tx, family, News.LOSS, rest.since)
    await rests.take_back(tx, Whose(family_id=family.id), Why.LOSS, rest.since)
    await events.take_back(tx, family.id, News.LOSS, rest.since)
    if told:
        await events.note(tx, family.id, News.BACK, now)
        await interpreters.after_a_loss(tx, family, now)
    await signing_up.take_again(tx, family.id, rest.since, now, rules)
    await promise_again(tx, family.id, now, rules)
    await catch_up(tx, family.id, now, rules, since=rest.since)


async def begin_by_staff(
    tx: Tx, colleague: Colleague, family_id: int, now: datetime, rules: Rules
) -> None:
    """Do not contact this family through Lotsen; raises NotYours."""
    await family_for_staff(tx, colleague, family_id, now)
    await begin(tx, family_id, None, now, rules)


async def end_by_staff(
    tx: Tx, colleague: Colleague, family_id: int, now: datetime, rules: Rules
) -> None:
    """Within a day as if it had never been; later from now on, and nothing is replayed."""
    family = await family_for_staff(tx, colleague, family_id, now)
    rest = family.resting(Why.LOSS, now)
    if rest is None:
        return
    if may_undo(rest, now):
        await _never_been(tx, family, rest, now, rules)
    else:
        await _end(tx, family, now, rules)


async def _end(tx: Tx, family: Family, now: datetime, rules: Rules) -> None:
    await rests.end(tx, Whose(family_id=family.id), Why.LOSS, now)
    await events.note(tx, family.id, News.BACK, now)
    [family] = await families.load(tx, [family.id])  # some of its visits may be gone by now
    await interpreters.after_a_loss(tx, family, now)
    await catch_up(tx, family.id, now, rules)


def speakable(family: Family) -> list[Child]:
    """The children about whom something may be said, in their order."""
    return [child for child in family.children if not child.silent]


async def turn_on(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    living: int,
    now: datetime,
    rules: Rules,
) -> int:
    """A person has spoken with the family: messages again, about some of its children only.

    `living`: one bit for each child of `speakable`, in order. Comes back for the *Undo*: one bit
    for each of all children of whom nothing will be said from now on; 0: nothing was resting.
    Raises NotYours.
    """
    family = await family_for_staff(tx, colleague, family_id, now)
    if family.resting(Why.LOSS, now) is None:
        return 0
    kept = _chosen(speakable(family), living)
    silenced = [child for child in speakable(family) if child not in kept]
    if not kept or not silenced:
        raise NotYours
    for child in silenced:
        await families.set_child(tx, replace(child, silent=True))
        await _hand_over(tx, family, child, kept, now)
    await _end(tx, family, now, rules)
    return sum(1 << n for n, child in enumerate(family.children) if child in silenced)


def _chosen(children: Sequence[Child], bits: int) -> list[Child]:
    return [child for n, child in enumerate(children) if bits >> n & 1]


async def _hand_over(
    tx: Tx, family: Family, silenced: Child, kept: list[Child], now: datetime
) -> None:
    """Coming visits are the living twin's; a sibling has visits of its own, so these go."""
    twin = next((child for child in kept if child.born == silenced.born), None)
    for booking in coming(family, now):
        if booking.child_id != silenced.id:
            continue
        if twin:
            await bookings.give_to(tx, booking.id, twin.id)
        else:
            await bookings.set_state(tx, booking.id, BookingState.FREED, now)


async def turn_off_again(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    silenced: int,
    now: datetime,
    rules: Rules,
) -> bool:
    """Undo of that, within a day: the whole family rests as before. Raises NotYours.

    `silenced`: what `turn_on` gave back.
    """
    family = await family_for_staff(tx, colleague, family_id, now)
    ended = [rest for rest in family.rests if rest.why is Why.LOSS and rest.until]
    rest = max(ended, key=lambda each: each.until or now, default=None)
    if rest is None or rest.until is None or now - rest.until > UNDO_WITHIN:
        return False
    if family.resting(Why.LOSS, now):
        return True
    told = await staff_may_know(tx, family, News.BACK, rest.until)
    await rests.reopen(tx, rest.id)
    await _speak_of(tx, family, silenced, rest.until, now, rules)
    await events.take_back(tx, family.id, News.BACK, rest.until)
    if told:
        await events.note(tx, family.id, News.LOSS, now)
    await _hush(tx, family, None, now)
    await catch_up(tx, family.id, now, rules)
    return True


async def _speak_of(
    tx: Tx, family: Family, silenced: int, since: datetime, now: datetime, rules: Rules
) -> None:
    """These children are as before, and so are the visits that were taken away with them."""
    children = _chosen(family.children, silenced)
    for child in children:
        await families.set_child(tx, replace(child, silent=False))
    for booking in family.bookings:
        went = booking.state is BookingState.FREED and booking.changed_at == since
        theirs = booking.child_id in {child.id for child in children}
        if went and theirs and await take_again(tx, booking, now, rules):
            await bookings.set_state(tx, booking.id, BookingState.BOOKED, now)
