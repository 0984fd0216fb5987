"""What has become meanwhile of what a message on the wire is about."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, select

from storage.database import Tx
from storage.notice_tables import notice
from storage.outbox import Waiting
from storage.tables import family, outbox
from storage.written_once import IDS, among


@dataclass(frozen=True)
class Standing:
    """What is to be known before an outcome is written."""

    refused: bool  # the family: this was the last word to it
    revision: int | None  # of the notice


_STANDING = (
    select(
        outbox.c.id,
        outbox.c.family_id,
        outbox.c.guardian_id,
        outbox.c.staff_id,
        and_(family.c.waits_since.is_not(None), family.c.left_at.is_not(None)).label("refused"),
        notice.c.revision,
    )
    .select_from(
        outbox.outerjoin(family, family.c.id == outbox.c.family_id).outerjoin(
            notice, notice.c.id == outbox.c.notice_id
        )
    )
    .where(outbox.c.id.in_(IDS))
)


async def standing(tx: Tx, messages: Collection[Waiting]) -> dict[int, Standing]:
    """How things stand about messages, by number; one that was erased is left out."""
    rows = await tx.execute(_STANDING, among([message.id for message in messages]))
    found = {row.id: row for row in rows}
    return {
        message.id: Standing(bool(row.refused), row.revision)
        for message in messages
        if (row := found.get(message.id)) and _about(row) == _about(message)
    }


def _about(one: Waiting | Row[Any]) -> tuple[int | None, ...]:
    """Its number alone proves nothing: another message may have got it since."""
    return one.family_id, one.guardian_id, one.staff_id
