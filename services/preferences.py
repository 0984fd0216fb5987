"""What a parent decides about their own messages: language, fewer, quiet days, pause, stop.

What one parent does here touches only their own messages (mission B7).
"""

from datetime import date, datetime, time, timedelta

from programme.errors import NotYours
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.people import Booking, Family, Guardian, Rest, Why
from services.access import Reader, family_of
from services.counting import take_back
from services.joining import CONSENT_VERSION
from services.planning import catch_up
from services.undoing import promise_again
from services.visits import theirs
from storage import consents, families, outbox, rests, tallies
from storage.database import Tx
from storage.rests import Whose

UNDO_WITHIN = timedelta(hours=1)  # later an *Undo* is a new beginning: nothing is replayed
LONGEST_REST_DAYS = 366
WEEK = 7


async def set_language(tx: Tx, reader: Reader, language: str) -> None:
    """Everything from now on is in that language, what waits already as well."""
    await families.set_guardian(tx, reader.guardian.id, language=language)


async def set_eligible(tx: Tx, reader: Reader, eligible: bool) -> None:
    """The answer to the one question; staff can correct it (mission A2)."""
    await families.set_family(tx, reader.family_id, eligible=eligible)


async def set_fewer(tx: Tx, reader: Reader, fewer: bool) -> None:
    """Fewer: tips stay, strength ideas rest."""
    await families.set_guardian(tx, reader.guardian.id, fewer=fewer)


async def set_quiet_day(
    tx: Tx, reader: Reader, day: int, quiet: bool, now: datetime, rules: Rules
) -> frozenset[int] | None:
    """The weekdays without tips as they are now; None: one day must be left. Raises NotYours."""
    if day not in range(WEEK):
        raise NotYours
    before = reader.guardian.quiet_days
    after = before | {day} if quiet else before - {day}
    if len(after) == WEEK:
        return None
    days = "".join(str(each) for each in sorted(after))
    await families.set_guardian(tx, reader.guardian.id, quiet_days=days)
    await catch_up(tx, reader.family_id, now, rules)
    return after


async def stop(tx: Tx, reader: Reader, now: datetime) -> Booking | None:
    """No more messages to this parent, as of this commit; the next booked visit, which stays."""
    family = await family_of(tx, reader)
    if not reader.guardian.resting(Why.STOPPED, now):
        whose = Whose(guardian_id=reader.guardian.id)
        await rests.begin(tx, whose, Why.STOPPED, now, by=reader.guardian.id)
        await families.set_guardian(tx, reader.guardian.id, why_told_at=None)
        await tallies.count(tx, family.area.id, on_the_clock(now).date(), Figure.STOPPED)
    await outbox.drop_waiting(tx, (reader.guardian.id, None), Why.STOPPED, now)
    return next_visit(family, reader.guardian, now)


async def pause(
    tx: Tx, reader: Reader, last_day: date, now: datetime, rules: Rules
) -> Booking | None:
    """No messages to this parent until that day is over; the first visit booked in that time.

    Raises NotYours for a day that has passed or lies too far ahead.
    """
    until = end_of_rest(last_day, now, rules)
    whose = Whose(guardian_id=reader.guardian.id)
    await rests.end(tx, whose, Why.PAUSED, now)  # another date takes the place of the first
    await rests.begin(tx, whose, Why.PAUSED, now, until, by=reader.guardian.id)
    await outbox.drop_waiting(tx, (reader.guardian.id, None), Why.PAUSED, now)
    await catch_up(tx, reader.family_id, now, rules)
    visit = next_visit(await family_of(tx, reader), reader.guardian, now)
    return visit if visit and visit.starts_at < until else None


def end_of_rest(last_day: date, now: datetime, rules: Rules) -> datetime:
    """The midnight after that day; raises NotYours unless it is today or within a year."""
    today = on_the_clock(now, rules.zone).date()
    if not timedelta() <= last_day - today <= timedelta(days=LONGEST_REST_DAYS):
        raise NotYours
    return instant(last_day + timedelta(days=1), time(), rules.zone)


async def next_booked(tx: Tx, reader: Reader, now: datetime) -> Booking | None:
    """The next booked visit that the reader may know of, or None."""
    return next_visit(await family_of(tx, reader), reader.guardian, now)


def last_day(until: datetime, rules: Rules) -> date:
    """The day that a rest until that midnight names."""
    return on_the_clock(until, rules.zone).date() - timedelta(days=1)


def next_visit(family: Family, guardian: Guardian, now: datetime) -> Booking | None:
    """The next booked visit of that parent's that lies ahead, or None."""
    silent = {child.id for child in family.children if child.silent}
    ahead = (each for each in theirs(family, guardian, now) if each.child_id not in silent)
    return min(ahead, key=lambda booking: booking.starts_at, default=None)


async def resume(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """Messages are taken up again from now on; nothing is replayed. An old press is harmless."""
    whose = Whose(guardian_id=reader.guardian.id)
    stopped = await rests.end(tx, whose, Why.STOPPED, now)
    paused = await rests.end(tx, whose, Why.PAUSED, now)
    if stopped and reader.guardian.consent_asked_at is None:  # else their yes is still to come
        await consents.note(tx, reader.guardian.id, CONSENT_VERSION, reader.guardian.language, now)
    if stopped or paused:
        await catch_up(tx, reader.family_id, now, rules)


def undoes_stop(reader: Reader, now: datetime) -> bool:
    """Whether an *Undo* now would make a stop one that has never been."""
    latest = _latest(reader, now)
    stopped = latest is not None and latest.why is Why.STOPPED
    return stopped and latest is not None and now - latest.since <= UNDO_WITHIN


async def undo_rest(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> Rest | None:
    """A stop or pause of the last hour has never been; an older one ends now.

    The rest that this parent is in all the same, such as the family's time away; or None.
    """
    latest = _latest(reader, now)
    if latest is None or now - latest.since > UNDO_WITHIN:
        await resume(tx, reader, now, rules)
    else:
        whose = Whose(guardian_id=reader.guardian.id)
        await rests.take_back(tx, whose, latest.why, latest.since)
        if latest.why is Why.STOPPED:
            await take_back(tx, reader.family_id, None, Figure.STOPPED, latest.since, rules)
        await promise_again(tx, reader.family_id, now, rules)
        await catch_up(tx, reader.family_id, now, rules, since=latest.since)
    return await _still(tx, reader, now)


def _latest(reader: Reader, now: datetime) -> Rest | None:
    chosen = (Why.STOPPED, Why.PAUSED)
    covering = [rest for rest in reader.guardian.rests if rest.why in chosen and rest.covers(now)]
    return max(covering, key=lambda rest: rest.since, default=None)


async def _still(tx: Tx, reader: Reader, now: datetime) -> Rest | None:
    family = await family_of(tx, reader)
    guardian = family.guardian(reader.guardian.id)
    own = guardian.resting(Why.PAUSED, now) if guardian else None
    away = guardian.resting(Why.AWAY, now) if guardian else None
    return own or family.resting(Why.AWAY, now) or away
