"""Staff write what families can come to: its facts, its words, open or not (mission E9, E10).

Coordinators and parent supporters of its areas write them: the ones run the area, the others hold
the groups. Nurses see the timetable. Its times are in `occasions.py`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from programme.activities import (
    Activity,
    ActivityKind,
    ActivityState,
    ForWhom,
    Occasion,
    SigningUp,
    Words,
)
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.notices import WordingState
from programme.places import Venue
from programme.timetables import ends_soon
from services import correcting, desks, own_areas, signing_up, translating
from services.access import Colleague, sends_notices, writes_activities
from services.translating import Asked
from storage import activities, notices, places, seats, wordings
from storage.areas import Row
from storage.database import Tx
from storage.wordings import Of, Wording

__all__ = ["Wording", "WordingState"]


class Lacks(StrEnum):
    """What an activity needs before families may see it, in the order in which it is told."""

    WORDS = "words"  # a language has no title; which, is said besides
    TIMES = "times"
    WHERE = "where"
    SPOKEN = "spoken"


class Outcome(StrEnum):
    """What came of an act."""

    DONE = "done"
    LACKS = "lacks"
    OVER = "over"  # it has begun: what was cannot be changed
    GONE = "gone"  # it is cancelled already
    TAKEN = "taken"  # it stands at that time already
    NOTHING = "nothing"  # no such days
    SIGNED_UP = "signed_up"  # people have signed up in another way


@dataclass(frozen=True)
class Line:
    """One activity in the list of staff."""

    activity: Activity
    title: str  # in any language, if not in the reader's
    next: Occasion | None
    ends: date | None  # soon


@dataclass(frozen=True)
class Page:
    """All that is known of one activity."""

    activity: Activity
    occasions: tuple[Occasion, ...] = ()
    wordings: tuple[Wording, ...] = ()
    notices: tuple[int, ...] = ()  # that have told of it
    lacks: tuple[Lacks, ...] = field(default=())
    unsaid: tuple[str, ...] = ()  # languages without words


async def page(tx: Tx, number: int, needed: Collection[str] = ()) -> Page:
    """One activity with its times; raises NotYours for one that is not there."""
    found = (await activities.load(tx, [number])).get(number)
    if found is None:
        raise NotYours
    times = (await activities.occasions(tx, [number])).get(number, ())
    unsaid = tuple(code for code in needed if not _title(found, code))
    return Page(
        activity=found,
        occasions=times,
        wordings=tuple(await wordings.listed(tx, Of(activity_id=number))),
        notices=tuple(await notices.have_told(tx, number)),
        lacks=tuple(_lacks(found, times, unsaid)),
        unsaid=unsaid,
    )


def _title(activity: Activity, code: str) -> str:
    words = activity.words.get(code)
    return words.title if words else ""


def _lacks(
    activity: Activity, times: Sequence[Occasion], unsaid: Collection[str]
) -> Sequence[Lacks]:
    lacks = {
        Lacks.WORDS: bool(unsaid),
        Lacks.TIMES: not any(not each.cancelled for each in times),
        Lacks.WHERE: activity.venue is None and not activity.link,
        Lacks.SPOKEN: not activity.spoken,
    }
    return [each for each, lacking in lacks.items() if lacking]


async def seen(tx: Tx, colleague: Colleague, number: int, needed: Collection[str] = ()) -> Page:
    """One activity of the areas whose activities they see; raises NotYours for any other."""
    own = {each.id for each in await own_areas.with_activities(tx, colleague)}
    found = await page(tx, number, needed)
    if not own & set(found.activity.areas):
        raise NotYours
    return found


async def written(tx: Tx, colleague: Colleague, number: int, needed: Collection[str] = ()) -> Page:
    """The same, of which they may change something; raises NotYours."""
    if not writes_activities(colleague):
        raise NotYours
    return await seen(tx, colleague, number, needed)


async def listed(
    tx: Tx, colleague: Colleague, language: str, now: datetime, rules: Rules
) -> list[Line]:
    """The activities of their areas that are not over, the next one first; raises NotYours."""
    own = [each.id for each in await own_areas.with_activities(tx, colleague)]
    numbers = await activities.of_areas(tx, own)
    known = await activities.load(tx, numbers)
    times = await activities.occasions(tx, numbers)
    today = on_the_clock(now, rules.zone).date()
    lines = [
        Line(
            known[number],
            title_in(known[number], language),
            _next(times.get(number, ()), now),
            ends_soon(times.get(number, ()), today, rules.zone)
            if known[number].state is ActivityState.OPEN
            else None,
        )
        for number in numbers
    ]
    ahead = [each for each in lines if each.next or each.activity.state is ActivityState.DRAFT]
    return sorted(ahead, key=lambda each: _soon(each, now))


def _soon(line: Line, now: datetime) -> tuple[bool, datetime]:
    """Drafts without a time first: they wait for somebody."""
    return line.next is not None, line.next.starts_at if line.next else now


def _next(times: Sequence[Occasion], now: datetime) -> Occasion | None:
    return next((each for each in times if not each.cancelled and each.ends_at > now), None)


def title_in(activity: Activity, language: str) -> str:
    """What it is called in that language, else in any: a draft may have words in one only."""
    every = [_title(activity, language), *(words.title for words in activity.words.values())]
    return next((each for each in every if each), "")


async def begin(tx: Tx, colleague: Colleague, kind: ActivityKind, now: datetime) -> int:
    """The number of a new draft in the colleague's own area; raises NotYours.

    A kind brings what goes without saying; everything can be changed.
    """
    if not writes_activities(colleague):
        raise NotYours
    groups = {ActivityKind.FATHERS, ActivityKind.PARENT_GROUP, ActivityKind.CIVIC}
    return await activities.add(
        tx,
        [colleague.area_id],
        kind=kind,
        state=ActivityState.DRAFT,
        made_by=colleague.member.id,
        made_at=now,
        for_whom=ForWhom.FATHERS if kind is ActivityKind.FATHERS else ForWhom.EVERYBODY,
        signing_up=SigningUp.ONCE if kind in groups else SigningUp.DROP_IN,
    )


async def change(tx: Tx, colleague: Colleague, number: int, **facts: object) -> None:
    """Write new facts of it; what is cancelled stays as it is. Raises NotYours."""
    found = await written(tx, colleague, number)
    if found.activity.state is ActivityState.CANCELLED:
        raise NotYours
    await activities.change(tx, number, **facts)


async def write_words(
    tx: Tx,
    colleague: Colleague,
    number: int,
    language: str,
    words: Words,
    now: datetime,
    rules: Rules,
) -> None:
    """The colleague's own words in that language: approved at once. Raises NotYours.

    A translator who was asked for them hears that they are not needed any more.
    """
    await written(tx, colleague, number)
    facts = {"state": WordingState.APPROVED, "approved_by": colleague.member.id}
    wording = await wordings.write(tx, Of(activity_id=number), language, words, **facts)
    await desks.catch_up(tx, await desks.concerned(tx, wording), now, rules)


async def ask_translators(
    tx: Tx, colleague: Colleague, number: int, needed: Collection[str], now: datetime, rules: Rules
) -> Asked:
    """The words that are missing are asked of the areas' translators; raises NotYours."""
    found = await written(tx, colleague, number, needed)
    return await translating.ask(tx, Of(activity_id=number), found.unsaid, now, rules)


async def places_to_choose(tx: Tx, colleague: Colleague) -> list[Venue]:
    """The places of their areas and of all areas, by name; raises NotYours."""
    own = {each.id for each in await own_areas.worked(tx, colleague)}
    found = [each for each in await places.listed(tx) if not each.areas or own & set(each.areas)]
    return sorted(found, key=lambda each: (not each.areas, each.name.casefold()))


async def set_place(
    tx: Tx, colleague: Colleague, number: int, place: int | None, now: datetime, rules: Rules
) -> None:
    """Where it is, told to who has signed up; raises NotYours for a place of other areas."""
    known = {each.id for each in await places_to_choose(tx, colleague)}
    if place is not None and place not in known:
        raise NotYours
    await _set_where(tx, colleague, number, now, rules, place_id=place)


async def set_link(
    tx: Tx, colleague: Colleague, number: int, link: str | None, now: datetime, rules: Rules
) -> None:
    """Its address on the internet, told to who has signed up; raises NotYours."""
    await _set_where(tx, colleague, number, now, rules, link=link)


async def _set_where(
    tx: Tx, colleague: Colleague, number: int, now: datetime, rules: Rules, **facts: object
) -> None:
    before = await written(tx, colleague, number)
    await change(tx, colleague, number, **facts)
    after = await page(tx, number)
    same = (before.activity.venue, before.activity.link) == (
        after.activity.venue,
        after.activity.link,
    )
    if after.activity.state is not ActivityState.OPEN or same:
        return
    ahead = [each.id for each in after.occasions if not each.cancelled and each.starts_at > now]
    # Of a series the next meeting is enough: one letter, not one for each.
    told_of = ahead[:1] if after.activity.signing_up is SigningUp.ONCE else ahead
    await activities.touch(tx, told_of, now, await signing_up.unheard(tx, number, rules))
    await signing_up.changed(tx, number, now, rules)


async def areas_to_choose(tx: Tx, colleague: Colleague) -> list[Row]:
    """The areas an activity of theirs may be for; raises NotYours."""
    return await own_areas.worked(tx, colleague)


async def set_area(tx: Tx, colleague: Colleague, number: int, area: int, on: bool) -> None:
    """For the families of that area too, or not; one area stays. Raises NotYours."""
    found = await written(tx, colleague, number)
    if area not in {each.id for each in await areas_to_choose(tx, colleague)}:
        raise NotYours
    kept = [each for each in found.activity.areas if each != area] + [area] * on
    await activities.set_areas(tx, number, kept or [area])


async def open_(
    tx: Tx, colleague: Colleague, number: int, needed: Collection[str], now: datetime, rules: Rules
) -> Outcome:
    """Families see it from now on; refused while something is missing. Raises NotYours."""
    found = await written(tx, colleague, number, needed)
    if found.activity.state is not ActivityState.DRAFT:
        return Outcome.GONE
    if found.lacks:
        return Outcome.LACKS
    if _next(found.occasions, now) is None:
        return Outcome.OVER
    await activities.change(tx, number, state=ActivityState.OPEN)
    await seats.ensure(tx, number)
    await _checked(tx, colleague, number, now, rules)
    return Outcome.DONE


async def check(tx: Tx, colleague: Colleague, number: int, now: datetime, rules: Rules) -> None:
    """The timetable is right today: one tap. Raises NotYours."""
    await written(tx, colleague, number)
    await _checked(tx, colleague, number, now, rules)


async def _checked(tx: Tx, colleague: Colleague, number: int, now: datetime, rules: Rules) -> None:
    today = on_the_clock(now, rules.zone).date()
    facts: dict[str, object] = {"checked_on": today, "checked_by": colleague.member.id}
    await activities.change(tx, number, **facts)


async def set_signing_up(tx: Tx, colleague: Colleague, number: int, how: SigningUp) -> Outcome:
    """How one signs up; refused once somebody has. Raises NotYours."""
    found = await written(tx, colleague, number)
    if found.activity.signing_up is how:
        return Outcome.DONE
    if not await seats.give_up_unused(tx, number):
        return Outcome.SIGNED_UP
    await change(tx, colleague, number, signing_up=how)
    await seats.ensure(tx, number)
    return Outcome.DONE


async def capacity(tx: Tx, number: int) -> int | None:
    """For how many people there is room; None: no limit."""
    known = (await seats.of_activities(tx, [number])).get(number, [])
    return known[-1].capacity if known else None


async def set_capacity(
    tx: Tx, colleague: Colleague, number: int, wanted: int | None, now: datetime
) -> None:
    """For so many people there is room; raises FewerThanSignedUp and NotYours."""
    await written(tx, colleague, number)
    await seats.set_capacity(tx, number, wanted, now)


async def places_taken(tx: Tx, page: Page, now: datetime) -> tuple[int, int | None, int] | None:
    """People who come, places there are (None: no limit) and families that wait.

    Of the series, or of the next time; None where one just comes, or of a draft.
    """
    if page.activity.state is ActivityState.DRAFT:
        return None
    ahead = _next(page.occasions, now)
    every = (await signing_up.standing(tx, [page.activity.id])).get(page.activity.id, [])
    for place, waiting in every:
        if place.occasion_id is None or (ahead and place.occasion_id == ahead.id):
            return place.taken, place.capacity, waiting
    return None


def may_close(colleague: Colleague, page: Page) -> bool:
    """Whether they may say to families of all its areas that it is closed today."""
    return (
        sends_notices(colleague)
        and page.activity.state is ActivityState.OPEN
        and set(page.activity.areas) <= set(colleague.areas)
    )


async def untold(tx: Tx, colleague: Colleague, number: int, now: datetime) -> tuple[Page, int]:
    """Its page, and how many would be told that a time or a place has changed; raises NotYours."""
    found = await _announced(tx, colleague, number)
    return found, await correcting.untold(tx, number, now)


async def _announced(tx: Tx, colleague: Colleague, number: int) -> Page:
    found = await written(tx, colleague, number)
    if not sends_notices(colleague):
        raise NotYours
    return found


async def correct(
    tx: Tx, colleague: Colleague, number: int, now: datetime, tell: bool
) -> tuple[int, int]:
    """Correct every notice that has told of it; `tell`: and say aloud that it has changed.

    On how many phones it is corrected, and how many are told; raises NotYours.
    """
    await _announced(tx, colleague, number)
    return await correcting.correct_announcing(tx, number, now, tell)
