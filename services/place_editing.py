"""Staff write places: a draft, a second pair of eyes, published, kept (mission F4).

A place belongs to the staff of its areas; one without an area to everybody who meets families.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.places import Venue, VenueKind, is_old, week_faults
from services import own_areas
from services.access import Colleague
from storage import editions, places
from storage.database import Tx
from storage.editions import Edition, EditionState, What

__all__ = ["Edition", "EditionState"]

HISTORY = 5  # editions on a page
Edit = Callable[[Venue], Venue]


class Outcome(StrEnum):
    """What came of sending or publishing."""

    DONE = "done"
    SECOND = "second"  # a second person must look, and that is not who wrote it
    MISSING = "missing"  # a text lacks a language
    NAMELESS = "nameless"
    HOURS = "hours"  # hours that cannot be
    GONE = "gone"  # somebody was faster


@dataclass(frozen=True)
class Line:
    """One place in the list of staff."""

    id: int
    name: str
    old: bool  # should be checked again
    open: EditionState | None  # a draft, or waiting for a second person


@dataclass(frozen=True)
class View:
    """One place as staff see it: what stands, and what is being written."""

    id: int
    standing: Venue | None
    draft: Venue | None
    state: EditionState | None
    own: bool  # the one who looks wrote the draft
    author: str | None
    old: bool
    mark: str = ""  # of what the draft says now


async def _areas(tx: Tx, colleague: Colleague) -> set[int]:
    return {each.id for each in await own_areas.worked(tx, colleague)}


async def _allowed(tx: Tx, colleague: Colleague, place_id: int) -> None:
    theirs = await places.areas_of(tx, place_id)
    own = await _areas(tx, colleague)
    if theirs is None or (theirs and not own & set(theirs)):
        raise NotYours


async def listed(tx: Tx, colleague: Colleague, now: datetime, rules: Rules) -> list[Line]:
    """The places they look after, those of their areas first; raises NotYours."""
    own, today = await _areas(tx, colleague), on_the_clock(now, rules.zone).date()
    being_written = {int(each.key): each for each in await editions.all_open(tx, What.PLACE)}
    standing = {each.id: each for each in await places.listed(tx)}
    found = [v for v in standing.values() if not v.areas or own & set(v.areas)]
    new = [
        replace(places.from_body(each.body), id=number, areas=areas)
        for number, each in being_written.items()
        if number not in standing and (areas := await places.areas_of(tx, number)) is not None
        if not areas or own & set(areas)
    ]
    return [
        Line(
            each.id,
            each.name,
            each.id in standing and is_old(each.checked_on, today),
            being_written[each.id].state if each.id in being_written else None,
        )
        for each in sorted([*new, *found], key=lambda v: (not v.areas, v.name.casefold()))
    ]


async def view(tx: Tx, colleague: Colleague, place_id: int, now: datetime, rules: Rules) -> View:
    """One place; raises NotYours."""
    await _allowed(tx, colleague, place_id)
    standing = await places.find(tx, place_id)
    draft = await editions.opened(tx, What.PLACE, str(place_id))
    checked_on = standing.checked_on if standing else None
    return View(
        id=place_id,
        standing=standing,
        draft=replace(places.from_body(draft.body), id=place_id) if draft else None,
        state=draft.state if draft else None,
        own=draft is not None and draft.author_id == colleague.member.id,
        author=draft.author if draft else None,
        mark=draft.mark if draft else "",
        old=is_old(checked_on, on_the_clock(now, rules.zone).date()),
    )


async def begin_new(tx: Tx, colleague: Colleague, kind: VenueKind, now: datetime) -> int:
    """The number of a new place of the colleague's own area, a nameless draft; raises NotYours."""
    await _areas(tx, colleague)
    number = await places.add(tx, [colleague.area_id])
    await _begin(tx, colleague, number, Venue(name="", kind=kind), now)
    return number


async def _begin(
    tx: Tx, colleague: Colleague, place_id: int, venue: Venue, now: datetime
) -> Edition:
    key, body = str(place_id), places.as_body(venue)
    await editions.begin(tx, What.PLACE, key, body, colleague.member.id, now)
    found = await editions.opened_to_change(tx, What.PLACE, key)
    if found is None:
        raise NotYours
    return found


async def change(tx: Tx, colleague: Colleague, place_id: int, edit: Edit, now: datetime) -> None:
    """Change the draft; the first change opens one, and one that waits is a draft again."""
    await _allowed(tx, colleague, place_id)
    draft = await editions.opened_to_change(tx, What.PLACE, str(place_id))
    if draft is None:
        standing = await places.find(tx, place_id)
        if standing is None:
            raise NotYours
        draft = await _begin(tx, colleague, place_id, standing, now)
    await editions.move(tx, draft.id, [EditionState.REVIEW], EditionState.DRAFT)
    body = places.as_body(edit(places.from_body(draft.body)))
    await editions.write(tx, draft.id, body, colleague.member.id)


def missing(venue: Venue, needed: Collection[str]) -> list[str]:
    """The languages that how to find it lacks, if it is said in any."""
    return [code for code in needed if not venue.way.get(code)] if venue.way else []


def _fault(venue: Venue, needed: Collection[str]) -> Outcome | None:
    if not venue.name:
        return Outcome.NAMELESS
    if week_faults(venue.week) or week_faults([each.hours for each in venue.changes]):
        return Outcome.HOURS
    return Outcome.MISSING if missing(venue, needed) else None


async def send(tx: Tx, colleague: Colleague, place_id: int, needed: Collection[str]) -> Outcome:
    """Let a second person look; raises NotYours."""
    draft = await _open(tx, colleague, place_id)
    if draft is None:
        return Outcome.GONE
    if fault := _fault(places.from_body(draft.body), needed):
        return fault
    moved = await editions.move(tx, draft.id, [EditionState.DRAFT], EditionState.REVIEW)
    return Outcome.DONE if moved else Outcome.GONE


async def _open(tx: Tx, colleague: Colleague, place_id: int) -> Edition | None:
    await _allowed(tx, colleague, place_id)
    return await editions.opened_to_change(tx, What.PLACE, str(place_id))


async def publish(
    tx: Tx,
    colleague: Colleague,
    place_id: int,
    seen: str,
    needed: Collection[str],
    now: datetime,
) -> Outcome:
    """The second person has looked: parents see it from now on; raises NotYours.

    `seen`: the mark of what they looked at; what is written since has been seen by nobody.
    """
    draft = await _open(tx, colleague, place_id)
    if draft is None:
        return Outcome.GONE
    if draft.state is not EditionState.REVIEW or draft.author_id == colleague.member.id:
        return Outcome.SECOND
    if draft.mark != seen:
        return Outcome.GONE
    if fault := _fault(places.from_body(draft.body), needed):
        return fault
    reviewer = colleague.member.id
    done = await editions.publish(tx, draft, EditionState.REVIEW, reviewer, now)
    return Outcome.DONE if done else Outcome.GONE


async def drop(tx: Tx, colleague: Colleague, place_id: int, now: datetime) -> None:
    """Throw the draft away; a place that never stood goes with it. Raises NotYours."""
    draft = await _open(tx, colleague, place_id)
    if draft:
        await editions.move(tx, draft.id, [draft.state], EditionState.DROPPED)
    if await places.find(tx, place_id) is None:
        await places.end(tx, place_id, now)


async def check(tx: Tx, colleague: Colleague, place_id: int, now: datetime, rules: Rules) -> None:
    """Somebody has looked today: what stands is right. Raises NotYours."""
    await _allowed(tx, colleague, place_id)
    if await places.find(tx, place_id) is None:
        raise NotYours
    day = on_the_clock(now, rules.zone).date()
    await places.check(tx, place_id, day, colleague.member.id)


async def end(tx: Tx, colleague: Colleague, place_id: int, now: datetime) -> None:
    """The place is no more; raises NotYours."""
    await _allowed(tx, colleague, place_id)
    await places.end(tx, place_id, now)


async def history(
    tx: Tx, colleague: Colleague, place_id: int, page: int
) -> tuple[Sequence[Edition], bool]:
    """What has stood, the newest first, and whether there is more; raises NotYours."""
    await _allowed(tx, colleague, place_id)
    skip = max(page, 0) * HISTORY
    found = await editions.history(tx, What.PLACE, str(place_id), "", HISTORY + 1, skip)
    return found[:HISTORY], len(found) > HISTORY


async def edition(tx: Tx, colleague: Colleague, edition_id: int) -> tuple[Edition, Venue]:
    """One edition of a place that stood once; raises NotYours."""
    found = await editions.get(tx, edition_id)
    if found is None or found.what is not What.PLACE or found.published_at is None:
        raise NotYours
    await _allowed(tx, colleague, int(found.key))
    return found, replace(places.from_body(found.body), id=int(found.key))


async def bring_back(tx: Tx, colleague: Colleague, edition_id: int, now: datetime) -> int:
    """A draft that says what that edition said, for a second person to look at; the place."""
    found, venue = await edition(tx, colleague, edition_id)
    await change(tx, colleague, int(found.key), lambda _now: venue, now)
    return int(found.key)
