"""What a child's age calls for: tips, ideas, offers of a visit; and the cap on all of them.

Where nothing makes a letter wait, only the days asked for are looked at. Where something may (a
full week with several children, a parent's quiet days), the whole series is walked in order, so
that the answer never depends on the window asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from programme.ages import Age, Span, births_reaching, date_at
from programme.kinds import CAP, CAP_DAYS, Kind, Rules
from programme.letters import (
    AgeLetter,
    BokstartLetter,
    DigestLetter,
    EarlyTipLetter,
    Letter,
    OfferLetter,
    StrengthLetter,
    TipLetter,
)
from programme.localtime import days_touched, instant, on_the_clock
from programme.moments import listens
from programme.people import BookingState, Child, Family, Guardian, ProposalState
from programme.slots import slot
from programme.strengths import STRENGTHS, Strength
from programme.tips import BOKSTART, EARLY_TIPS, TIPS, Tip
from programme.visits import VISITS, Visit, after_summer, window

DIGEST_TIPS = 3  # one short digest: the latest three things that are still useful (mission A14)


@dataclass(frozen=True, eq=False)  # there are two, and each is only like itself
class Series:
    """A table of things that an age calls for, and the letter that each becomes."""

    letter: type[AgeLetter]
    entries: tuple[Tip, ...] | tuple[Strength, ...]


# Tips first: who asks for fewer messages keeps the first and rests the others.
_SERIES = (Series(TipLetter, TIPS), Series(StrengthLetter, STRENGTHS))

# A visit that stands in one of these needs no offer.
_SETTLED = {BookingState.BOOKED, BookingState.DECLINED, BookingState.DONE}


def speaking(family: Family) -> Iterator[Child]:
    """The children about whom something may be said."""
    return (child for child in family.children if not child.silent)


def by_age(
    family: Family, guardian: Guardian, since: datetime, until: datetime, rules: Rules
) -> Iterator[Letter]:
    """The letters whose hour falls due on a day of [since, until), and perhaps a few more."""
    days = days_touched(since, until, rules.zone)
    if not days or guardian.active_since is None:
        return
    wanted = Span(days[0] - timedelta(days=1), days[-1])  # the same margin as in candidates.py
    yield from _offers(family, guardian, wanted, rules)
    if _may_wait(family, guardian):
        yield from _spaced(family, guardian, _capped(family, guardian, None, rules), rules)
    else:
        yield from _capped(family, guardian, wanted, rules)


def _may_wait(family: Family, guardian: Guardian) -> bool:
    """Whether a letter of this parent's can be held back by the others, or by a quiet day."""
    anchors = {child.tips_from or child.due for child in speaking(family)} - {None}
    return bool(guardian.quiet_days) or len(anchors) > 1


def _capped(
    family: Family, guardian: Guardian, days: Span | None, rules: Rules
) -> Iterator[Letter]:
    """Tips, ideas and the digest that fall on `days`; None: all there are."""
    for child in speaking(family):
        for series in _SERIES[:1] if guardian.fewer else _SERIES:
            yield from _from_table(family, guardian, child, days, rules, series)
        yield from _early(family, guardian, child, days, rules)
    yield from _digest(family, guardian, days, rules)


def _within(day: date, days: Span | None) -> bool:
    return days is None or days.first <= day <= days.last


def _from_table(
    family: Family,
    guardian: Guardian,
    child: Child,
    days: Span | None,
    rules: Rules,
    series: Series,
) -> Iterator[AgeLetter]:
    """The letters of one table that fall on `days` for this child."""
    if child.tips_from is None:
        return
    for entry in _reached(series, child.tips_from, days):
        offered = entry.code in BOKSTART and family.area.bokstart
        letter = BokstartLetter if offered else series.letter
        at = slot(letter.kind, date_at(child.tips_from, entry.age), rules)
        yield letter(
            key=f"{letter.kind}:{child.id}:{entry.code}:{guardian.id}",
            at=at,
            not_after=at + timedelta(days=entry.keeps_days),
            family_id=family.id,
            guardian_id=guardian.id,
            child_id=child.id,
            code=entry.code,
        )


def _reached(series: Series, born: date, days: Span | None) -> Sequence[Tip | Strength]:
    """What a child born then comes to the age for on those days; None: ever."""
    if days is None:
        return series.entries
    return [entry for entry, born_in in _births(series, days) if _within(born, born_in)]


@lru_cache(maxsize=16)
def _births(series: Series, days: Span) -> list[tuple[Tip | Strength, Span]]:
    """The same seen from the days, for they are alike for all whom one message goes to."""
    found = ((entry, births_reaching(entry.age, days)) for entry in series.entries)
    return [(entry, born_in) for entry, born_in in found if born_in]


def _early(
    family: Family, guardian: Guardian, child: Child, days: Span | None, rules: Rules
) -> Iterator[EarlyTipLetter]:
    """Before the birth; once the child is here, or the due date has come, never again."""
    if child.born or child.due is None:
        return
    for tip in EARLY_TIPS:
        day = child.due - timedelta(days=tip.days_before)
        if _within(day, days):
            at = slot(Kind.EARLY_TIP, day, rules)
            last = min(at + timedelta(days=tip.keeps_days), instant(child.due, time(), rules.zone))
            yield EarlyTipLetter(
                key=f"{Kind.EARLY_TIP}:{child.id}:{tip.code}:{guardian.id}",
                at=at,
                not_after=last,
                family_id=family.id,
                guardian_id=guardian.id,
                child_id=child.id,
                code=tip.code,
            )


def _digest(
    family: Family, guardian: Guardian, days: Span | None, rules: Rules
) -> Iterator[DigestLetter]:
    """The day after joining: what was missed and is still useful (mission A14)."""
    if guardian.active_since is None:
        return
    day = digest_day(guardian.active_since, rules)
    codes = _missed(family, guardian.active_since, day, rules) if _within(day, days) else ()
    if codes:
        at = slot(Kind.DIGEST, day, rules)
        yield DigestLetter(
            key=f"{Kind.DIGEST}:{guardian.id}",
            at=at,
            not_after=at + timedelta(days=7),
            family_id=family.id,
            guardian_id=guardian.id,
            codes=codes,
        )


def digest_day(joined: datetime, rules: Rules) -> date:
    """The day on which who joined then gets a digest."""
    return on_the_clock(joined, rules.zone).date() + timedelta(days=1)


def _missed(family: Family, joined: datetime, on: date, rules: Rules) -> tuple[str, ...]:
    """The codes of the latest tips that came too early for this parent and are still useful."""
    found = [
        (date_at(child.tips_from, tip.age), tip.code)
        for child in speaking(family)
        if child.tips_from
        for tip in TIPS
        if tip.useful_until
        and _useful(child.tips_from, tip.age, tip.useful_until, joined, on, rules)
    ]
    latest = dict.fromkeys(code for _, code in sorted(found, reverse=True))
    return tuple(latest)[:DIGEST_TIPS]


def _useful(
    born: date, age: Age, useful_until: Age, joined: datetime, on: date, rules: Rules
) -> bool:
    missed = slot(Kind.TIP, date_at(born, age), rules) < joined
    return missed and on <= date_at(born, useful_until)


def _spaced(
    family: Family, guardian: Guardian, letters: Iterator[Letter], rules: Rules
) -> Iterator[Letter]:
    """The letters at the first days that are not quiet and have room under the cap (C4)."""
    taken: list[date] = []
    for letter in sorted(letters, key=lambda each: (each.at, each.key)):
        if letter.key in family.skipped or not listens(family, guardian, letter.at):
            continue
        first = on_the_clock(letter.at, rules.zone).date()
        for day in days_touched(letter.at, letter.not_after, rules.zone):
            if day.weekday() in guardian.quiet_days or not has_room(day, taken):
                continue
            taken.append(day)
            at = letter.at if day == first else slot(letter.kind, day, rules)
            yield letter if at == letter.at else replace(letter, at=at, called=letter.at)
            break


def week_has_room(day: date, said: Sequence[date]) -> bool:
    """Whether the seven days that end with it have seen fewer than three messages (mission C4).

    `said`: the day of each; two of one day are two, for a notice may have come beside a tip.
    """
    return sum(0 <= (day - each).days < CAP_DAYS for each in said) < CAP


def has_room(day: date, taken: list[date]) -> bool:
    """Whether that day may have a tip: it has one already, or the week around it is not full."""
    others = {each for each in taken if each != day}
    near = sorted(each for each in others if abs((each - day).days) < CAP_DAYS)
    # Three others within any seven days that hold this one are too many.
    runs = (near[n : n + CAP] for n in range(len(near) - CAP + 1))
    return not any(max(day, *run) - min(day, *run) < timedelta(days=CAP_DAYS) for run in runs)


def _offers(family: Family, guardian: Guardian, days: Span, rules: Rules) -> Iterator[OfferLetter]:
    """A visit that should be booked and is not: may we offer a time (mission C2)."""
    for child, visit in unbooked(family, guardian):
        if child.born is None:
            continue
        day = after_summer(date_at(child.born, visit.offer), family.area.summers)
        if not _within(day, days):
            continue
        at = slot(Kind.VISIT_OFFER, day, rules)
        if any(rest.covers(at) for rest in family.area.rests):
            continue
        if _proposed(family, guardian, child, visit, at):
            continue  # they have times to choose from
        last = window(visit.number, child.born, child.came_home, family.area.summers).last
        yield OfferLetter(
            key=offer_key(child.id, visit.number, guardian.id),
            at=at,
            not_after=instant(last + timedelta(days=1), time(), rules.zone),
            family_id=family.id,
            guardian_id=guardian.id,
            child_id=child.id,
            visit=visit.number,
        )


def _proposed(family: Family, guardian: Guardian, child: Child, visit: Visit, at: datetime) -> bool:
    return any(
        (each.child_id, each.visit) == (child.id, visit.number)
        and each.state is not ProposalState.SHOWN
        and each.concerns(guardian)
        and each.made_at <= at < (each.ended_at or each.expires_at)
        for each in family.proposals
    )


def offer_key(child_id: int, visit: int, guardian_id: int) -> str:
    """The key of the offer of that visit to that parent."""
    return f"{Kind.VISIT_OFFER}:{child_id}:{visit}:{guardian_id}"


def unbooked(family: Family, guardian: Guardian | None = None) -> Iterator[tuple[Child, Visit]]:
    """Each visit that nobody has booked, for one child of each birth: twins have it together.

    As far as `guardian` may know: of two homes each is offered a visit whatever the other has
    booked, so that neither an offer nor its absence tells of the other's (mission B15).
    """
    wanted = family.eligible is not False and family.visits_ended_at is None
    if not (wanted and family.area.running):
        return
    births = {child.born: child for child in reversed(list(speaking(family))) if child.born}
    for born, child in births.items():
        twins = {each.id for each in family.children if each.born == born}
        settled = {
            booking.visit
            for booking in family.bookings
            if booking.child_id in twins and booking.state in _SETTLED
            if guardian is None or family.split_at is None or booking.concerns(guardian)
        }
        yield from ((child, visit) for visit in VISITS if visit.number not in settled)
