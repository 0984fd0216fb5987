"""What has become meanwhile of what a message on the wire is about."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, and_, bindparam, select

from storage.database import Tx
from storage.notice_tables import notice
from storage.outbox import Waiting
from storage.tables import family, outbox


@dataclass(frozen=True)
class Standing:
    """What is to be known before an outcome is written."""

    refused: bool  # the family: this was the last word to it
    revision: int | None  # of the notice


_STANDING = (
    select(
        and_(family.c.waits_since.is_not(None), family.c.left_at.is_not(None)).label("refused"),
        notice.c.revision,
    )
    .select_from(
        outbox.outerjoin(family, family.c.id == outbox.c.family_id).outerjoin(
            notice, notice.c.id == outbox.c.notice_id
        )
    )
    .where(
        outbox.c.id == bindparam("message"),
        *(
            outbox.c[name].is_not_distinct_from(bindparam(name, type_=BigInteger))
            for name in ("family_id", "guardian_id", "staff_id")
        ),
    )
)


async def standing(tx: Tx, message: Waiting) -> Standing | None:
    """How things stand about a message; None if it was erased: its number alone proves nothing."""
    about = {name: getattr(message, name) for name in ("family_id", "guardian_id", "staff_id")}
    row = (await tx.execute(_STANDING, {"message": message.id, **about})).first()
    return Standing(bool(row.refused), row.revision) if row else None
