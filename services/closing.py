"""Closed today: said at once, only to whom it touches, in words that Lotsen has itself (E12).

Who has signed up hears it by the letter that every cancelled time sends. For what one just comes
to, and for a place, an urgent notice goes to the families of the areas. Only coordinators send
notices, so only they close.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from messaging.i18n import Languages
from messaging.occasion_texts import closed_place, closed_time
from programme.activities import Occasion, SigningUp, Words
from programme.audience import left_out, meant
from programme.closings import would_hear
from programme.errors import NotYours
from programme.kinds import Kind, Rules, first_leave
from programme.localtime import instant, on_the_clock
from programme.notices import Audience, Notice, NoticeState, WordingState
from programme.places import Doors, Venue, VenueKind, day_at
from programme.timetables import DAY
from services import activities as acts
from services import occasions as times
from services import sending
from services.access import Colleague, sends_notices
from services.activities import Outcome, Page
from services.counting_first import counted
from services.occasions import Entry
from storage import activities, audiences, families, notices, places, signups, wordings
from storage.database import Tx
from storage.wordings import Of

CLOSES = (VenueKind.OPEN_PRESCHOOL, VenueKind.LIBRARY, VenueKind.FAMILY_CENTRE)


@dataclass(frozen=True)
class TimeClosing:
    """One time that would be closed, and how many parents would hear of it."""

    page: Page
    occasion: Occasion
    readers: int


@dataclass(frozen=True)
class PlaceClosing:
    """A place that would be closed today, what would fall away there, and how many would hear."""

    venue: Venue
    entries: tuple[Entry, ...]
    readers: int


async def preview(
    tx: Tx,
    colleague: Colleague,
    occasion_id: int,
    codes: Sequence[str],
    now: datetime,
    rules: Rules,
) -> TimeClosing:
    """What closing that time today would say, and to how many; raises NotYours."""
    page, occasion = await times.one(tx, colleague, occasion_id)
    today = on_the_clock(now, rules.zone).date()
    on_its_day = on_the_clock(occasion.starts_at, rules.zone).date() == today
    if not acts.may_close(colleague, page) or not on_its_day:
        raise NotYours
    if page.activity.signing_up is SigningUp.DROP_IN:
        readers = await _many(tx, _audience(page, codes), now, rules)
    else:
        readers = await _signed_up(tx, page, occasion, now, rules)
    return TimeClosing(page, occasion, readers)


def _audience(page: Page, codes: Sequence[str]) -> Audience:
    """The families it is meant for; rather one too many before a closed door than one too few."""
    activity = page.activity
    return Audience(
        areas=activity.areas,
        languages=tuple(codes),
        months_from=activity.months_from,
        months_to=activity.months_to,
    )


async def _many(tx: Tx, audience: Audience, now: datetime, rules: Rules) -> int:
    """How many get it; counted before the act that asks, for it may be a whole area."""
    key = ("closed", audience, now)
    return await counted(tx, key, lambda apart: _listening(apart, audience, now, rules))


async def _listening(tx: Tx, audience: Audience, now: datetime, rules: Rules) -> int:
    notice = Notice(id=0, state=NoticeState.DRAFT, audience=audience, urgent=True)
    today = on_the_clock(now, rules.zone).date()
    listening = 0
    async for each in audiences.people(tx, audience, None, now):
        listening += meant(audience, each, today) and left_out(notice, each, now, rules) is None
    return listening


async def _signed_up(tx: Tx, page: Page, occasion: Occasion, now: datetime, rules: Rules) -> int:
    """How many would hear of it by the letter that every cancelled time sends."""
    homes = await families.load(tx, await signups.families_in(tx, page.activity.id))
    return sum(len(would_hear(each, occasion, now, rules)) for each in homes)


async def urgent_closed(
    tx: Tx,
    colleague: Colleague,
    occasion_id: int,
    languages: Languages,
    now: datetime,
    rules: Rules,
) -> tuple[Outcome, int]:
    """That time does not take place, and it is said at once; to how many. Raises NotYours."""
    found = await preview(tx, colleague, occasion_id, languages.codes, now, rules)
    if found.occasion.cancelled:
        return Outcome.GONE, 0
    if found.occasion.ends_at <= now:
        return Outcome.OVER, 0
    if not await activities.cancel_occasion(tx, occasion_id, now):
        return Outcome.GONE, 0
    if found.page.activity.signing_up is not SigningUp.DROP_IN:
        await times.tell(tx, found.page.activity, now, rules)
    elif found.readers:
        about = {"activity_id": found.page.activity.id, "occasion_id": occasion_id}
        audience = _audience(found.page, languages.codes)
        number = await _notice(tx, colleague, audience, now, **about)
        unsaid = [t for t in languages if t.code not in found.page.activity.words]
        said = {t.code: closed_time(t, found.page.activity) for t in unsaid}
        await _say(tx, colleague, number, said)
        await sending.schedule(tx, colleague, number, None, now, rules, again=True)
    return Outcome.DONE, found.readers


async def _notice(
    tx: Tx, colleague: Colleague, audience: Audience, now: datetime, **about: int
) -> int:
    return await notices.add(
        tx,
        audience.areas,
        state=NoticeState.DRAFT,
        made_by=colleague.member.id,
        made_at=now,
        urgent=True,
        languages=",".join(audience.languages),
        months_from=audience.months_from,
        months_to=audience.months_to,
        **about,
    )


# --- a place ------------------------------------------------------------------------------------


async def open_today(tx: Tx, colleague: Colleague, now: datetime, rules: Rules) -> list[Venue]:
    """Open preschools, libraries and family centres of their areas that are still to close today.

    Raises NotYours.
    """
    if not sends_notices(colleague):
        raise NotYours
    found = await acts.places_to_choose(tx, colleague)
    return [
        each
        for each in found
        if each.kind in CLOSES and each.areas and set(each.areas) <= set(colleague.areas)
        if _still_open(each, now, rules)
    ]


def _still_open(venue: Venue, now: datetime, rules: Rules) -> bool:
    """Once the evening is quiet nobody would hear of it before tomorrow: *today* would be wrong."""
    shown = on_the_clock(now, rules.zone)
    heard = on_the_clock(first_leave(Kind.NOTICE_URGENT, now, rules), rules.zone)
    if heard.date() != shown.date():
        return False
    day = day_at(venue, shown.date(), rules)
    minute = shown.hour * 60 + shown.minute
    return day.doors is Doors.OPEN and any(minute < each.closes for each in day.hours)


async def preview_place(
    tx: Tx,
    colleague: Colleague,
    place: int,
    codes: Sequence[str],
    now: datetime,
    rules: Rules,
) -> PlaceClosing:
    """What closing that place today would say, and to how many; raises NotYours."""
    venues = {each.id: each for each in await open_today(tx, colleague, now, rules)}
    if place not in venues:
        raise NotYours
    venue, today = venues[place], on_the_clock(now, rules.zone).date()
    entries = await _there(tx, venue, today, now, rules)
    audience = Audience(areas=venue.areas, languages=tuple(codes))
    return PlaceClosing(venue, tuple(entries), await _many(tx, audience, now, rules))


async def _there(tx: Tx, venue: Venue, today: date, now: datetime, rules: Rules) -> list[Entry]:
    """What would still take place there today."""
    since, until = instant(today, time(), rules.zone), instant(today + DAY, time(), rules.zone)
    found = await activities.between(tx, venue.areas, since, until)
    known = await activities.load(tx, list({number for number, _ in found}))
    return [
        Entry(known[number], each)
        for number, each in found
        if not each.cancelled and each.ends_at > now
        if (where := known[number].venue) is not None and where.id == venue.id
    ]


async def close_place(
    tx: Tx, colleague: Colleague, place: int, languages: Languages, now: datetime, rules: Rules
) -> int:
    """Closed today, with all that would be there; said at once, to how many. Raises NotYours."""
    await places.lock(tx, place)  # whoever presses at the same moment finds it closed
    found = await preview_place(tx, colleague, place, languages.codes, now, rules)
    today = on_the_clock(now, rules.zone).date()
    await places.close_on(tx, found.venue, today, colleague.member.id, now)
    for entry in found.entries:
        await activities.cancel_occasion(tx, entry.occasion.id, now)
        await times.tell(tx, entry.activity, now, rules)
    if found.readers:
        audience = Audience(areas=found.venue.areas, languages=languages.codes)
        number = await _notice(tx, colleague, audience, now)
        said = {t.code: closed_place(t, found.venue, today) for t in languages}
        await _say(tx, colleague, number, said)
        await sending.schedule(tx, colleague, number, None, now, rules, again=True)
    return found.readers


async def _say(tx: Tx, colleague: Colleague, number: int, said: Mapping[str, Words]) -> None:
    """Lotsen's own words: there is no time to ask a translator."""
    facts = {"state": WordingState.APPROVED, "approved_by": colleague.member.id}
    for code, words in said.items():
        await wordings.write(tx, Of(notice_id=number), code, words, **facts)
