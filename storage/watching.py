"""Notices whose progress a coordinator looks at, and where it is shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select, update

from programme.kinds import Lane
from programme.notices import NoticeState
from storage.database import Tx
from storage.notice_tables import notice
from storage.outbox import State
from storage.tables import outbox

_UNDER_WAY = (State.WAITING, State.SENDING)


@dataclass(frozen=True)
class Watched:
    """One notice whose progress a coordinator looks at."""

    notice_id: int
    state: NoticeState
    revision: int
    chat_id: int
    message_id: int | None
    moves: bool  # something of it may still change


async def listed(tx: Tx) -> list[Watched]:
    """Notices whose message has, or may soon have, something new to say."""
    moves = or_(
        notice.c.state == NoticeState.SENDING,
        exists().where(outbox.c.notice_id == notice.c.id, outbox.c.state.in_(_UNDER_WAY)),
    )
    rows = await tx.execute(
        select(
            notice.c.id,
            notice.c.state,
            notice.c.revision,
            notice.c.progress_chat,
            notice.c.progress_message,
            moves,
        ).where(
            notice.c.progress_chat.is_not(None),
            notice.c.state.not_in((NoticeState.DRAFT, NoticeState.SCHEDULED)),
            or_(notice.c.progress_at.is_(None), moves),
        )
    )
    return [
        Watched(number, NoticeState(state), revision, chat, message, bool(moving))
        for number, state, revision, chat, message, moving in rows
    ]


async def others_wait(tx: Tx, lane: Lane, now: datetime) -> bool:
    """Whether a message of that lane that is no notice's could leave now."""
    row = await tx.execute(
        select(outbox.c.id)
        .where(
            outbox.c.state == State.WAITING,
            outbox.c.lane == lane,
            outbox.c.next_at <= now,
            outbox.c.notice_id.is_(None),
        )
        .limit(1)
    )
    return row.first() is not None


async def note_progress(
    tx: Tx, of: Watched, chat_id: int | None, message_id: int | None, now: datetime
) -> None:
    """Which message shows it; shown for good, unless something has changed since it was read."""
    one = update(notice).where(notice.c.id == of.notice_id)
    await tx.execute(one.values(progress_chat=chat_id, progress_message=message_id))
    if not of.moves:
        same = (notice.c.state == of.state, notice.c.revision == of.revision)
        await tx.execute(one.where(*same).values(progress_at=now))
