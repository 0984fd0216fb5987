"""Places families can go to, as values of the rules: the edition that stands, and its checks."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from programme.first_places import FIRST_PLACES, NAMED_AT
from programme.places import Change, Hours, InHouse, Point, Venue, VenueKind
from storage import editions
from storage.database import Tx
from storage.editions import EditionState, What
from storage.place_tables import place, place_area
from storage.tables import area


def as_body(venue: Venue) -> str:
    """What an edition keeps of a place: all that is written, nothing of its checks and areas."""
    facts = {
        "name": venue.name,
        "kind": venue.kind,
        "in_house": venue.in_house,
        "drop_in": venue.drop_in,
        "week": [_pairs(hours) for hours in venue.week],
        "changes": [
            [each.first.isoformat(), each.last.isoformat(), _pairs(each.hours)]
            for each in venue.changes
        ],
        "later": venue.later,
        "opens_on": venue.opens_on.isoformat() if venue.opens_on else None,
        "point": [venue.point.latitude, venue.point.longitude] if venue.point else None,
        "way": venue.way,
    }
    return json.dumps(facts, ensure_ascii=False)


def _pairs(hours: Sequence[Hours]) -> list[list[int]]:
    return [[each.opens, each.closes] for each in hours]


def from_body(body: str) -> Venue:
    """The place that `as_body` kept."""
    facts: dict[str, Any] = json.loads(body)
    opens_on, point = facts["opens_on"], facts["point"]
    return Venue(
        name=facts["name"],
        kind=VenueKind(facts["kind"]),
        in_house=tuple(map(InHouse, facts["in_house"])),
        drop_in=facts["drop_in"],
        week=tuple(_hours(pairs) for pairs in facts["week"]),
        changes=tuple(
            Change(date.fromisoformat(first), date.fromisoformat(last), _hours(pairs))
            for first, last, pairs in facts["changes"]
        ),
        later=facts["later"],
        opens_on=date.fromisoformat(opens_on) if opens_on else None,
        point=Point(*point) if point else None,
        way=dict(facts["way"]),
    )


def _hours(pairs: list[list[int]]) -> tuple[Hours, ...]:
    return tuple(Hours(*pair) for pair in pairs)


@dataclass(frozen=True)
class _Row:
    checked_on: date | None
    areas: tuple[int, ...]


async def listed(tx: Tx) -> list[Venue]:
    """Every place that stands, in alphabetical order."""
    rows = await _rows(tx)
    found = [
        _venue(each.body, int(each.key), rows[int(each.key)])
        for each in await editions.published(tx, What.PLACE)
        if int(each.key) in rows
    ]
    return sorted(found, key=lambda venue: (venue.name.casefold(), venue.id))


async def find(tx: Tx, place_id: int) -> Venue | None:
    """One place as it stands, or None for one that is not there, or no more."""
    rows = await _rows(tx, place_id)
    standing = await editions.published(tx, What.PLACE, str(place_id))
    if place_id not in rows or not standing:
        return None
    return _venue(standing[0].body, place_id, rows[place_id])


async def areas_of(tx: Tx, place_id: int) -> tuple[int, ...] | None:
    """Whose place it is, also before its first edition stands; None if it is not there."""
    rows = await _rows(tx, place_id)
    return rows[place_id].areas if place_id in rows else None


def _venue(body: str, place_id: int, row: _Row) -> Venue:
    return replace(from_body(body), id=place_id, areas=row.areas, checked_on=row.checked_on)


async def _rows(tx: Tx, place_id: int | None = None) -> dict[int, _Row]:
    query = select(place.c.id, place.c.checked_on).where(place.c.ended_at.is_(None))
    if place_id is not None:
        query = query.where(place.c.id == place_id)
    theirs: defaultdict[int, list[int]] = defaultdict(list)
    for row in await tx.execute(select(place_area).order_by(place_area.c.area_id)):
        theirs[row.place_id].append(row.area_id)
    return {
        row.id: _Row(row.checked_on, tuple(theirs.get(row.id, ())))
        for row in await tx.execute(query)
    }


async def add(tx: Tx, in_areas: Sequence[int], checked_on: date | None = None) -> int:
    """The number of a new place, of which nothing stands yet."""
    row = await tx.execute(place.insert().values(checked_on=checked_on).returning(place.c.id))
    number = int(row.scalar_one())
    await set_areas(tx, number, in_areas)
    return number


async def set_areas(tx: Tx, place_id: int, in_areas: Sequence[int]) -> None:
    """Whose place it is."""
    await tx.execute(delete(place_area).where(place_area.c.place_id == place_id))
    for area_id in dict.fromkeys(in_areas):
        await tx.execute(place_area.insert().values(place_id=place_id, area_id=area_id))


async def check(tx: Tx, place_id: int, on: date, staff_id: int | None) -> None:
    """Somebody has looked: what stands is right on that day."""
    await tx.execute(
        update(place).where(place.c.id == place_id).values(checked_on=on, checked_by=staff_id)
    )


async def end(tx: Tx, place_id: int, now: datetime) -> None:
    """The place is no more; what is being written of it is dropped."""
    await tx.execute(update(place).where(place.c.id == place_id).values(ended_at=now))
    waiting = await editions.opened(tx, What.PLACE, str(place_id))
    if waiting:
        await editions.move(tx, waiting.id, [waiting.state], EditionState.DROPPED)


async def merge_areas(tx: Tx, gone: int, into: int) -> None:
    """Before one area becomes part of another: its places become the other's."""
    for number in (
        await tx.execute(select(place_area.c.place_id).where(place_area.c.area_id == gone))
    ).scalars():
        theirs = (await areas_of(tx, number)) or ()
        await set_areas(tx, number, [into if each == gone else each for each in theirs])


async def stand(tx: Tx, venue: Venue, now: datetime, author_id: int | None = None) -> bool:
    """Publish that at once, as a file does; False if somebody has a draft of it open."""
    number = await editions.begin(tx, What.PLACE, str(venue.id), as_body(venue), author_id, now)
    found = await editions.get(tx, number) if number else None
    return found is not None and await editions.publish(
        tx, found, EditionState.DRAFT, author_id, now
    )


async def lock(tx: Tx, place_id: int) -> None:
    """Hold the place until the end of the act: what is read of it stays true."""
    await tx.execute(select(place.c.id).where(place.c.id == place_id).with_for_update())


async def close_on(tx: Tx, venue: Venue, day: date, staff_id: int, now: datetime) -> None:
    """The doors are closed on that day, at once; a draft that is open hears of it too."""
    key = str(venue.id)
    await editions.stand_at_once(tx, What.PLACE, key, as_body(_shut(venue, day)), staff_id, now)
    draft = await editions.opened(tx, What.PLACE, key)
    if draft is not None:
        await editions.amend(tx, draft.id, as_body(_shut(from_body(draft.body), day)))


def _shut(venue: Venue, day: date) -> Venue:
    others = [each for each in venue.changes if (each.first, each.last) != (day, day)]
    return replace(venue, changes=(*others, Change(day, day)))


async def begin_with_first(tx: Tx) -> None:
    """The places the documents name, if this database has never had a place."""
    if (await tx.execute(select(place.c.id).limit(1))).first() is not None:
        return
    known = {row.name: row.id for row in await tx.execute(select(area.c.name, area.c.id))}
    for first in FIRST_PLACES:
        theirs = [known[first.area]] if first.area in known else []
        number = await add(tx, theirs)
        await stand(tx, replace(first.venue, id=number), NAMED_AT)
