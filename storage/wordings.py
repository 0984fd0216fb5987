"""Public words in each language, of a notice or of an activity, and how far they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from programme.activities import Words
from programme.notices import WordingState
from storage.activity_tables import wording
from storage.database import Tx, insert


@dataclass(frozen=True, kw_only=True)
class Of:
    """Whose words: one of the two."""

    notice_id: int | None = None
    activity_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words in one language, and who is at it."""

    id: int
    of: Of
    language: str
    words: Words
    state: WordingState
    revision: int = 0
    asked_at: datetime | None = None
    taken_by: int | None = None
    given_at: datetime | None = None
    approved_by: int | None = None


def _is(of: Of) -> ColumnElement[bool]:
    if of.notice_id is not None:
        return wording.c.notice_id == of.notice_id
    return wording.c.activity_id == of.activity_id


async def listed(tx: Tx, of: Of) -> list[Wording]:
    """Every language there is a row for, by its code."""
    rows = await tx.execute(select(wording).where(_is(of)).order_by(wording.c.language))
    return [_wording(row) for row in rows]


async def one(tx: Tx, number: int) -> Wording | None:
    """The wording with that id, or None."""
    row = (await tx.execute(select(wording).where(wording.c.id == number))).first()
    return _wording(row) if row else None


async def write(tx: Tx, of: Of, language: str, words: Words, **facts: object) -> int:
    """Keep these words, in place of others in that language, with a higher revision; their id."""
    kept = {"title": words.title, "body": words.body, **facts}
    key = "notice_id" if of.notice_id is not None else "activity_id"
    row = insert(tx, wording).values(
        notice_id=of.notice_id, activity_id=of.activity_id, language=language, **kept
    )
    result = await tx.execute(
        row.on_conflict_do_update(
            index_elements=[key, "language"],
            set_={**kept, "revision": wording.c.revision + 1},
        ).returning(wording.c.id)
    )
    return int(result.scalar_one())


async def change(tx: Tx, number: int, states: Sequence[WordingState], **facts: object) -> bool:
    """Write new facts of a wording in one of those states; False if it is no longer in any."""
    done = await tx.execute(
        update(wording).where(wording.c.id == number, wording.c.state.in_(states)).values(**facts)
    )
    return done.rowcount == 1


async def approved(tx: Tx, column: str, ids: Sequence[int]) -> dict[int, dict[str, Words]]:
    """The approved words of those notices (`notice_id`) or activities (`activity_id`)."""
    whose = wording.c[column]
    rows = await tx.execute(
        select(wording).where(whose.in_(ids), wording.c.state == WordingState.APPROVED)
    )
    found: defaultdict[int, dict[str, Words]] = defaultdict(dict)
    for row in rows:
        found[row._mapping[column]][row.language] = Words(row.title, row.body)
    return found


def _wording(row: Row[Any]) -> Wording:
    return Wording(
        id=row.id,
        of=Of(notice_id=row.notice_id, activity_id=row.activity_id),
        language=row.language,
        words=Words(row.title, row.body),
        state=WordingState(row.state),
        revision=row.revision,
        asked_at=row.asked_at,
        taken_by=row.taken_by,
        given_at=row.given_at,
        approved_by=row.approved_by,
    )
