"""Notices for who had paused or was away when they left, and reads again (mission B8, E4)."""

from datetime import datetime

from sqlalchemy import and_, exists, or_, select, update

from programme.notices import Action, NoticeState
from programme.people import Why
from storage.database import Tx
from storage.items import ItemState
from storage.notice_tables import notice
from storage.outbox import State
from storage.tables import item, outbox, rest

_SHORT = (Why.PAUSED, Why.AWAY)  # rests of which one knows that they end


async def find(
    tx: Tx, since: datetime, frozen_since: datetime, now: datetime
) -> list[tuple[int, int]]:
    """Family and row of what was dropped because its reader had paused or was away.

    Of who reads again since `since`; of notices that have left since `frozen_since` and are neither
    stopped nor recalled.
    """
    over = and_(
        rest.c.why.in_(_SHORT),
        rest.c.until > since,
        rest.c.until <= now,
        or_(rest.c.guardian_id == outbox.c.guardian_id, rest.c.family_id == outbox.c.family_id),
    )
    whose = rest.alias("whose")
    still = exists().where(
        or_(whose.c.guardian_id == outbox.c.guardian_id, whose.c.family_id == outbox.c.family_id),
        whose.c.since <= now,
        or_(whose.c.until.is_(None), whose.c.until > now),
    )
    rows = await tx.execute(
        select(outbox.c.family_id, outbox.c.id)
        .distinct()
        .select_from(rest)
        .join(outbox, over)
        .join(item, item.c.outbox_id == outbox.c.id)
        .join(notice, notice.c.id == outbox.c.notice_id)
        .where(
            outbox.c.action == Action.SAY,
            outbox.c.state == State.DROPPED,
            item.c.state == ItemState.DROPPED,
            item.c.reason.in_(_SHORT),
            notice.c.state.in_((NoticeState.SENDING, NoticeState.PAUSED, NoticeState.DONE)),
            notice.c.frozen_at > frozen_since,
            ~still,
        )
        .order_by(outbox.c.family_id, outbox.c.id)
    )
    return [(family_id, number) for family_id, number in rows]


async def stand_again(tx: Tx, number: int, now: datetime) -> bool:
    """That row waits again, and its notice is not done; False if it is not dropped any more."""
    row = outbox.c.id == number
    facts = {"state": State.WAITING, "reason": None, "ended_at": None, "due_at": now}
    again = update(outbox).where(row, outbox.c.state == State.DROPPED)
    if not (await tx.execute(again.values(next_at=now, **facts))).rowcount:
        return False
    mine = (item.c.outbox_id == number, item.c.state == ItemState.DROPPED)
    fresh = {"state": ItemState.PLANNED, "reason": None, "due_at": now}
    await tx.execute(update(item).where(*mine).values(**fresh))
    which = select(outbox.c.notice_id).where(row).scalar_subquery()
    done = (notice.c.id == which, notice.c.state == NoticeState.DONE)
    leaves = {"state": NoticeState.SENDING, "finished_at": None, "progress_at": None}
    await tx.execute(update(notice).where(*done).values(**leaves))
    return True
