"""What the planner found becomes messages in the outbox: new ones, or more in one that waits.

Thousands may fall due in the same minute, so each step is one statement for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, select, update

from programme.kinds import ALONE, KINDS, Lane
from programme.letters import Letter
from programme.parcels import Parcel
from storage.database import Tx
from storage.items import promise
from storage.outbox import Reader, State
from storage.tables import item, outbox
from storage.written_once import IDS, among

HOUR = timedelta(hours=1)
_Whose = tuple[int | None, Reader]  # about which family, and for whom


@dataclass
class _Box:
    """A message that waits, or will: what decides whether a letter may travel in it."""

    lane: Lane
    due_at: datetime
    next_at: datetime
    any_hour_from: datetime | None
    id: int | None = None  # None: it is not written yet
    whose: _Whose = (None, (None, None))
    joined: bool = False  # there before, and its `any_hour_from` may be another now
    keys: list[str] = field(default_factory=list)  # of the letters it gets


async def plan(tx: Tx, found: Sequence[Parcel], now: datetime) -> tuple[int, int]:
    """Keep the letters that are new; how many are planned, and how many dropped as too late."""
    fresh = await promise(tx, [letter for parcel in found for letter in parcel.letters], now)
    timely = [letters for parcel in found if (letters := _timely(parcel.letters, fresh, now))]
    if timely:
        await _write(tx, _packed(timely, await _waiting(tx, timely)))
    planned = sum(len(letters) for letters in timely)
    return planned, len(fresh) - planned


def _timely(letters: Iterable[Letter], fresh: set[str], now: datetime) -> list[Letter]:
    return [each for each in letters if each.key in fresh and now <= each.not_after]


def _packed(parcels: Iterable[Sequence[Letter]], waiting: Iterable[_Box]) -> list[_Box]:
    """The messages that carry those letters: what one reader is due in an hour travels together."""
    open_to: dict[_Whose, list[_Box]] = {}
    for box in waiting:
        open_to.setdefault(box.whose, []).append(box)
    used: dict[int, _Box] = {}
    for letters in parcels:
        first = letters[0]
        theirs = open_to.setdefault((first.family_id, first.reader), [])
        if found := next((each for each in theirs if _may_join(first, each)), None):
            box = found
            _join(box, letters)
        else:
            box = _new(letters)
            if first.kind not in ALONE:
                theirs.append(box)
        box.keys += [each.key for each in letters]
        used[id(box)] = box
    return list(used.values())


def _may_join(first: Letter, box: _Box) -> bool:
    """Whether it was due in the same hour; one that waits for another day waits alone."""
    if first.kind in ALONE or box.lane != KINDS[first.kind].lane:
        return False
    hour = first.at.replace(minute=0, second=0, microsecond=0)
    return hour <= box.due_at <= first.at and box.next_at < hour + HOUR


def _join(box: _Box, letters: Sequence[Letter]) -> None:
    near = [each for each in (box.any_hour_from, _any_hour_from(letters)) if each]
    box.any_hour_from = min(near, default=None)
    box.joined = box.id is not None


def _any_hour_from(letters: Sequence[Letter]) -> datetime | None:
    """When the first of their visits is so near that its news may leave at night."""
    near = [
        letter.begins - rule.urgent_within
        for letter in letters
        if letter.begins and (rule := KINDS[letter.kind]).urgent_within
    ]
    return min(near, default=None)


def _new(letters: Sequence[Letter]) -> _Box:
    first, at = letters[0], min(letter.at for letter in letters)
    whose = (first.family_id, first.reader)
    return _Box(KINDS[first.kind].lane, at, at, _any_hour_from(letters), whose=whose)


_ASKS = exists().where(item.c.outbox_id == outbox.c.id, item.c.kind.in_(sorted(ALONE)))
_OPEN = (
    select(
        outbox.c.id,
        outbox.c.family_id,
        outbox.c.guardian_id,
        outbox.c.staff_id,
        outbox.c.lane,
        outbox.c.due_at,
        outbox.c.next_at,
        outbox.c.any_hour_from,
    )
    .where(
        outbox.c.state == State.WAITING,
        outbox.c.doubts == 0,  # one in doubt has used up its first try, a new letter has not
        outbox.c.due_at.between(bindparam("first"), bindparam("last")),
        ~_ASKS,
    )
    .order_by(outbox.c.id)
    # What a sender is just taking is not waited for: it leaves as it was looked at.
    .with_for_update(of=outbox, key_share=True, skip_locked=True)
)
_ABOUT_FAMILIES = _OPEN.where(outbox.c.family_id.in_(IDS))
_ABOUT_WORK = _OPEN.where(outbox.c.family_id.is_(None), outbox.c.staff_id.in_(IDS))


async def _waiting(tx: Tx, parcels: Sequence[Sequence[Letter]]) -> list[_Box]:
    """The messages that wait and that any of those letters may join."""
    firsts = [letters[0] for letters in parcels if letters[0].kind not in ALONE]
    if not firsts:
        return []
    span = {"first": min(each.at for each in firsts) - HOUR, "last": max(e.at for e in firsts)}
    families = {each.family_id for each in firsts if each.family_id is not None}
    desks = {each.staff_id for each in firsts if each.family_id is None and each.staff_id}
    asked: tuple[tuple[Select[Any], set[int]], ...] = (
        (_ABOUT_FAMILIES, families),
        (_ABOUT_WORK, desks),
    )
    return [
        _box(row)
        for query, ids in asked
        if ids
        for row in await tx.execute(query, {**span, **among(sorted(ids))})
    ]


def _box(row: Row[Any]) -> _Box:
    whose = (row.family_id, (row.guardian_id, row.staff_id))
    return _Box(Lane(row.lane), row.due_at, row.next_at, row.any_hour_from, id=row.id, whose=whose)


_FACTS = ("family_id", "guardian_id", "staff_id", "lane", "due_at", "any_hour_from")
_PUT = outbox.insert().returning(outbox.c.id, *(outbox.c[name] for name in _FACTS))
_NEARER = (
    update(outbox)
    .where(outbox.c.id == bindparam("box"))
    .values(any_hour_from=bindparam("any_hour"))
)
_CARRY = update(item).where(item.c.key == bindparam("promise")).values(outbox_id=bindparam("box"))


async def _write(tx: Tx, boxes: Sequence[_Box]) -> None:
    """The new messages, and what they and the others carry."""
    await _put(tx, [each for each in boxes if each.id is None])
    nearer = [{"box": each.id, "any_hour": each.any_hour_from} for each in boxes if each.joined]
    if nearer:
        await tx.execute(_NEARER, nearer)
    await tx.execute(
        _CARRY, [{"box": each.id, "promise": key} for each in boxes for key in each.keys]
    )


async def _put(tx: Tx, new: Sequence[_Box]) -> None:
    """Number them: rows come back in any order, and two with the same facts are interchangeable."""
    numbers: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in await tx.execute(_PUT, [_row(each) for each in new]) if new else ():
        numbers[row[1:]].append(row.id)
    for each in new:
        facts = _row(each)
        each.id = numbers[tuple(facts[name] for name in _FACTS)].pop()


def _row(box: _Box) -> dict[str, object]:
    family_id, (guardian_id, staff_id) = box.whose
    return {
        "family_id": family_id,
        "guardian_id": guardian_id,
        "staff_id": staff_id,
        "lane": box.lane,
        "due_at": box.due_at,
        "next_at": box.next_at,
        "any_hour_from": box.any_hour_from,
        "state": State.WAITING,
    }
