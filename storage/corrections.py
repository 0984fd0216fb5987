"""What changes a notice where it stands on phones, or says aloud that it has changed: its rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from programme.activities import STANDING
from programme.kinds import Kind, Lane
from programme.notices import Action
from storage.activity_tables import seats, signup
from storage.database import Tx
from storage.notice_rows import Piece, new, promised, write
from storage.notice_tables import notice
from storage.outbox import State
from storage.tables import guardian, outbox, said

ON_PHONES = (Action.SAY, Action.TELL)
MAY_HAVE = (State.SENT, State.IN_DOUBT)


async def mend(
    tx: Tx,
    number: int,
    action: Action,
    revision: int,
    lane: Lane,
    now: datetime,
    some: Piece,
) -> int:
    """A row for every message of the notice that stands on a phone: edit it, or delete it.

    Of those of that piece, and not where one waits already: asked twice, nothing more is done.
    """
    begun = select(notice.c.frozen_at).where(notice.c.id == number)
    # Before what still waits to be said for the first time: that is right by itself.
    first = (await tx.scalar(begun) or now) - timedelta(seconds=1)
    on = _on_phones(number, action, some)
    begins = literal(f"notice:{number}:{action}:{revision}:")
    reader = on.c.family_id, on.c.guardian_id
    rows = new(*reader, lane, now, first, number, action, on.c.message_id).select_from(on)
    # The key is taken already by who was on the wire when the notice was corrected.
    fresh = rows.where(~_mended(on, number, action), ~promised(begins + _about(on)))
    kind = Kind.NOTICE_RECALL if action is Action.DELETE else Kind.NOTICE_EDIT
    return await write(tx, fresh, kind, begins + _about(outbox))


def _about(rows: FromClause) -> ColumnElement[str]:
    return cast(rows.c.guardian_id, String) + ":" + cast(rows.c.message_id, String)


def _on_phones(number: int, action: Action, some: Piece) -> FromClause:
    """The reader and the message that each of those rows has put on a phone."""
    box = outbox.alias("box")
    # Under a picture that went ahead of too long a text, the text is what is edited.
    message = said.c.message_id if action is Action.DELETE else func.max(said.c.message_id)
    rows = (
        select(box.c.family_id, box.c.guardian_id, message.label("message_id"))
        .select_from(
            box.join(guardian, guardian.c.id == box.c.guardian_id).join(
                said, and_(said.c.outbox_id == box.c.id, said.c.chat_id == guardian.c.chat_id)
            )
        )
        .where(
            box.c.id.between(some.first, some.last),
            box.c.notice_id == number,
            box.c.action.in_(ON_PHONES),
            box.c.state == State.SENT,
        )
    )
    if action is not Action.DELETE:
        rows = rows.group_by(box.c.id, box.c.family_id, box.c.guardian_id)
    return rows.subquery("on_phones")


def _mended(on: FromClause, number: int, action: Action) -> ColumnElement[bool]:
    rows = exists().where(
        *_theirs(on, [number]),
        outbox.c.message_id == on.c.message_id,
        outbox.c.action == action,
    )
    # What is deleted is deleted; an edit that is done is no help to the next one.
    return rows if action is Action.DELETE else rows.where(outbox.c.state == State.WAITING)


def _theirs(of: FromClause, every: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """One reader's rows of those notices, found by the reader: a notice has very many."""
    return (
        outbox.c.guardian_id == of.c.guardian_id,
        func.coalesce(outbox.c.notice_id, 0).in_(every),  # its index is not to be used here
    )


async def tell(
    tx: Tx,
    number: int,
    revision: int,
    lane: Lane,
    now: datetime,
    every: Sequence[int],
    changed: datetime,
    some: Piece,
) -> int:
    """A row for everybody of that piece who has, or may have, what is not so any more.

    Once for each reader, whichever of these notices they have had. `every`: the notices about the
    same; `changed`: when it was changed last.
    """
    box = outbox.alias("box")
    reader = box.c.family_id, box.c.guardian_id
    rows = new(*reader, lane, now, now, number, Action.TELL).select_from(box)
    which = (box.c.id.between(some.first, some.last), *_untold(box, number, every, changed))
    begins = literal(f"notice:{number}:tell:{revision}:")
    fresh = ~promised(begins + cast(box.c.guardian_id, String))
    key = begins + cast(outbox.c.guardian_id, String)
    kind = Kind.NOTICE_URGENT
    return await write(tx, rows.where(*which, fresh), kind, key)


async def untold(tx: Tx, number: int, every: Sequence[int], changed: datetime) -> set[int]:
    """Who they would be of all its rows, by the parent's number."""
    box = outbox.alias("box")
    rows = select(box.c.guardian_id).where(*_untold(box, number, every, changed))
    return set((await tx.execute(rows)).scalars())


def _untold(
    box: FromClause, number: int, every: Sequence[int], changed: datetime
) -> list[ColumnElement[bool]]:
    """Readers of it from before the change, who have read it nowhere else and were not told.

    But for who has signed up: they hear of it anyway, as theirs.
    """
    told = and_(
        outbox.c.action == Action.TELL,
        or_(outbox.c.state == State.WAITING, outbox.c.due_at >= changed),
    )
    read = and_(
        outbox.c.action == Action.SAY,
        outbox.c.state == State.SENT,
        outbox.c.ended_at >= changed,
    )
    return [
        box.c.notice_id == number,
        box.c.action == Action.SAY,
        box.c.state.in_(MAY_HAVE),
        box.c.guardian_id.is_not(None),
        ~exists().where(*_theirs(box, every), or_(told, read)),
        box.c.guardian_id.not_in(_signed_up(number)),
    ]


def _signed_up(number: int) -> Select[tuple[int]]:
    """Who has a place, or a turn, at what the notice announces."""
    return (
        select(signup.c.guardian_id)
        .join(seats, seats.c.id == signup.c.seats_id)
        .join(notice, notice.c.activity_id == seats.c.activity_id)
        .where(notice.c.id == number, signup.c.state.in_(list(STANDING)))
    )
