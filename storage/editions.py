"""Editions of what staff write for everybody: one stands, one is being written, all are kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, select, update

from storage.database import Tx, insert
from storage.place_tables import edition
from storage.tables import staff


class What(StrEnum):
    """What an edition is of. Stored: never renamed."""

    PLACE = "place"
    PAGE = "page"


class EditionState(StrEnum):
    """How far an edition has come. Stored: never renamed."""

    DRAFT = "draft"
    REVIEW = "review"  # waits for a second person
    PUBLISHED = "published"
    OLD = "old"  # was published, and another one is now
    DROPPED = "dropped"


_OPEN = (EditionState.DRAFT, EditionState.REVIEW)
_KEPT = (EditionState.PUBLISHED, EditionState.OLD)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition; author and reviewer by their first names, None if a file brought it."""

    id: int
    what: What
    key: str
    language: str
    body: str
    state: EditionState
    author_id: int | None
    author: str | None
    reviewer: str | None
    made_at: datetime
    published_at: datetime | None

    @property
    def mark(self) -> str:
        """Short, and another one as soon as it says anything else."""
        return hashlib.sha256(self.body.encode()).hexdigest()[:8]


_writer, _reader = staff.alias("writer"), staff.alias("reader")
_query = (
    select(edition, _writer.c.name.label("author"), _reader.c.name.label("reviewer"))
    .outerjoin(_writer, _writer.c.id == edition.c.author_id)
    .outerjoin(_reader, _reader.c.id == edition.c.reviewer_id)
)


def _edition(row: Row[Any]) -> Edition:
    return Edition(
        id=row.id,
        what=What(row.what),
        key=row.key,
        language=row.language,
        body=row.body,
        state=EditionState(row.state),
        author_id=row.author_id,
        author=row.author,
        reviewer=row.reviewer,
        made_at=row.made_at,
        published_at=row.published_at,
    )


async def _all(tx: Tx, query: Select[Any]) -> list[Edition]:
    return [_edition(row) for row in await tx.execute(query)]


async def get(tx: Tx, edition_id: int) -> Edition | None:
    """That edition, or None."""
    found = await _all(tx, _query.where(edition.c.id == edition_id))
    return found[0] if found else None


async def published(tx: Tx, what: What, key: str | None = None) -> list[Edition]:
    """What stands now, of everything or of one thing."""
    query = _query.where(edition.c.what == what, edition.c.state == EditionState.PUBLISHED)
    if key is not None:
        query = query.where(edition.c.key == key)
    return await _all(tx, query.order_by(edition.c.id))


async def opened(tx: Tx, what: What, key: str, language: str = "") -> Edition | None:
    """The edition of it that is being written or waits for a second person, or None."""
    found = await _all(tx, _opened(what, key, language))
    return found[0] if found else None


async def opened_to_change(tx: Tx, what: What, key: str, language: str = "") -> Edition | None:
    """The same, kept for this transaction: two who write at once both have their words in it."""
    found = await _all(tx, _opened(what, key, language).with_for_update(of=edition))
    return found[0] if found else None


def _opened(what: What, key: str, language: str) -> Select[Any]:
    return (
        _query.where(edition.c.what == what, edition.c.key == key)
        .where(edition.c.language == language, edition.c.state.in_(_OPEN))
        .order_by(edition.c.id)
    )


async def all_open(tx: Tx, what: What) -> list[Edition]:
    """Everything of that sort that is being written or waits for a second person."""
    query = _query.where(edition.c.what == what, edition.c.state.in_(_OPEN))
    return await _all(tx, query.order_by(edition.c.id))


async def history(
    tx: Tx, what: What, key: str, language: str, limit: int, skip: int = 0
) -> Sequence[Edition]:
    """What has stood, the newest first."""
    return await _all(
        tx,
        _query.where(edition.c.what == what, edition.c.key == key)
        .where(edition.c.language == language, edition.c.state.in_(_KEPT))
        .order_by(edition.c.published_at.desc(), edition.c.id.desc())
        .limit(limit)
        .offset(skip),
    )


async def begin(
    tx: Tx,
    what: What,
    key: str,
    body: str,
    author_id: int | None,
    now: datetime,
    language: str = "",
) -> int | None:
    """The number of a new draft; None if one is open already, whoever was faster."""
    row = await tx.execute(
        insert(tx, edition)
        .values(
            what=what,
            key=key,
            language=language,
            body=body,
            state=EditionState.DRAFT,
            author_id=author_id,
            made_at=now,
        )
        .on_conflict_do_nothing()
        .returning(edition.c.id)
    )
    number = row.scalar()
    return None if number is None else int(number)


async def write(tx: Tx, edition_id: int, body: str, author_id: int | None) -> bool:
    """Whether the draft says that now: it stays so only as long as it is a draft."""
    done = await tx.execute(
        update(edition)
        .where(edition.c.id == edition_id, edition.c.state == EditionState.DRAFT)
        .values(body=body, author_id=author_id)
    )
    return done.rowcount == 1


async def move(
    tx: Tx, edition_id: int, before: Sequence[EditionState], after: EditionState
) -> bool:
    """Whether it went from one of those states to that one: of two who press, one does."""
    done = await tx.execute(
        update(edition)
        .where(edition.c.id == edition_id, edition.c.state.in_(before))
        .values(state=after)
    )
    return done.rowcount == 1


async def publish(
    tx: Tx,
    found: Edition,
    before: EditionState,
    reviewer_id: int | None,
    now: datetime,
) -> bool:
    """Whether this edition stands now, in the place of the one before; False if it moved on."""
    if not await move(tx, found.id, [before], EditionState.OLD):
        return False
    await tx.execute(
        update(edition)
        .where(edition.c.what == found.what, edition.c.key == found.key)
        .where(edition.c.language == found.language, edition.c.state == EditionState.PUBLISHED)
        .values(state=EditionState.OLD)
    )
    await tx.execute(
        update(edition)
        .where(edition.c.id == found.id)
        .values(state=EditionState.PUBLISHED, reviewer_id=reviewer_id, published_at=now)
    )
    return True


async def stand_at_once(
    tx: Tx, what: What, key: str, body: str, author_id: int, now: datetime
) -> None:
    """That stands from now on, though nobody else has looked; what is being written stays open."""
    await tx.execute(
        update(edition)
        .where(edition.c.what == what, edition.c.key == key, edition.c.language == "")
        .where(edition.c.state == EditionState.PUBLISHED)
        .values(state=EditionState.OLD)
    )
    await tx.execute(
        insert(tx, edition).values(
            what=what,
            key=key,
            language="",
            body=body,
            state=EditionState.PUBLISHED,
            author_id=author_id,
            reviewer_id=author_id,
            made_at=now,
            published_at=now,
        )
    )


async def amend(tx: Tx, edition_id: int, body: str) -> None:
    """Write into what is open a fact that stands already; whose it is, and how far, stays."""
    await tx.execute(
        update(edition)
        .where(edition.c.id == edition_id, edition.c.state.in_(_OPEN))
        .values(body=body)
    )
