"""Erasing: one parent, a whole family, what a chat has left behind. At once, and without a trace.

What refers to them goes with them (`ON DELETE CASCADE`); numbers of a parent that stand elsewhere
become NULL. Figures in `tally` have no identity and stay.
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import CompoundSelect, Exists, case, delete, func, select, union, update

from storage import guesses, seats
from storage.activity_tables import signup
from storage.database import Tx, note_erasure
from storage.tables import (
    booking,
    child,
    conversation,
    family,
    guardian,
    inbox,
    invite,
    outbox,
    rest,
    said,
)
from storage.time_tables import proposal

# Numbers of a parent in rows that stay with the family.
NAMED = (booking.c.changed_by, proposal.c.ended_by, rest.c.by_guardian)


async def parent(tx: Tx, family_id: int, guardian_id: int) -> None:
    """One parent's record, what was promised and said to them, their links and who waits for them.

    The family, its children and its visits stay.
    """
    note_erasure(tx)
    for column in NAMED:
        rows = column.table
        ours = (rows.c.family_id == family_id, column == guardian_id)
        await tx.execute(update(rows).where(*ours).values({column.name: None}))
    await tx.execute(
        delete(guardian).where(
            guardian.c.asked_by == guardian_id, guardian.c.active_since.is_(None)
        )
    )
    await tx.execute(
        update(guardian).where(guardian.c.asked_by == guardian_id).values(asked_by=None)
    )
    own = (invite.c.made_by == guardian_id) | (invite.c.guardian_id == guardian_id)
    await tx.execute(delete(invite).where(invite.c.family_id == family_id, own))
    await seats.give_back_all(tx, signup.c.guardian_id == guardian_id)
    await tx.execute(delete(guardian).where(guardian.c.id == guardian_id))


async def whole_family(tx: Tx, family_id: int) -> None:
    """The family and everything that is its own."""
    note_erasure(tx)
    # In one order, as the planner holds them: neither waits for what the other has.
    await adults(tx, [family_id])
    await seats.give_back_all(tx, signup.c.family_id == family_id)
    await tx.execute(delete(guardian).where(guardian.c.family_id == family_id))
    await tx.execute(delete(family).where(family.c.id == family_id))


async def adults(tx: Tx, family_ids: Collection[int]) -> list[tuple[int | None, str]]:
    """The chat and the language of everybody of these families, who are locked until the end.

    An erasure begins with this, before it changes any message: the planner holds parents, by their
    numbers, and then changes messages (`turns.hold`).
    """
    rows = await tx.execute(
        select(guardian.c.chat_id, guardian.c.language)
        .where(guardian.c.family_id.in_(family_ids))
        .order_by(guardian.c.id)
        .with_for_update()
    )
    return [(row.chat_id, row.language) for row in rows]


async def chat(tx: Tx, chat_id: int) -> None:
    """What a chat has left behind: updates that are finished, conversations, numbers of messages.

    The update's own number stays for two days, with nothing of the chat: a repeat changes nothing.
    """
    note_erasure(tx)
    finished = (inbox.c.chat_id == chat_id, inbox.c.state != "new")
    await tx.execute(update(inbox).where(*finished).values(chat_id=None, raw=None, answer=None))
    await tx.execute(delete(conversation).where(conversation.c.chat_id == chat_id))
    await tx.execute(delete(said).where(said.c.chat_id == chat_id))
    await guesses.forget_chat(tx, chat_id)


async def forgotten(tx: Tx) -> list[tuple[int, datetime]]:
    """Families whose last parent asked to be forgotten, and when."""
    rows = await tx.execute(
        select(family.c.id, family.c.forgotten_at)
        .where(family.c.forgotten_at.is_not(None))
        .order_by(family.c.id)
    )
    return [(row.id, row.forgotten_at) for row in rows]


async def tells_staff(tx: Tx, family_id: int) -> bool:
    """Whether something about this family is still on its way to staff."""
    row = await tx.execute(
        select(outbox.c.id).where(
            outbox.c.family_id == family_id, outbox.c.state.in_(("waiting", "sending"))
        )
    )
    return row.first() is not None


async def grown(tx: Tx, born_by: date, visits_by: datetime) -> list[int]:
    """Families whose every child was born by that day, and whose every visit was by that hour.

    Of two homes one may be over before the other: their visits are looked at by the rules.
    """
    day = func.coalesce(child.c.born, child.c.due)
    # Of whom nothing is said puts nothing off, unless there is nobody else.
    spoken = func.max(case((child.c.silent, None), else_=day))
    rows = await tx.execute(
        select(child.c.family_id)
        .where(child.c.family_id.in_(_with_a_child_of(born_by)), ~_visited_after(visits_by))
        .group_by(child.c.family_id)
        .having(func.coalesce(spoken, func.max(day)) <= born_by)
        .order_by(child.c.family_id)
    )
    return list(rows.scalars())


def _with_a_child_of(born_by: date) -> CompoundSelect[int]:
    """Families with any child so old, by the indexes of both days: only these are looked at."""
    one = child.alias("one")
    days = (one.c.born, one.c.due)
    return union(*(select(one.c.family_id).where(day <= born_by) for day in days))


def _visited_after(hour: datetime) -> Exists:
    return (
        select(booking.c.id)
        .join(family, family.c.id == booking.c.family_id)
        .where(
            booking.c.family_id == child.c.family_id,
            booking.c.starts_at > hour,
            family.c.split_at.is_(None),
        )
        .correlate(child)
        .exists()
    )
