"""What a parent gets about activities they have signed up for (mission E7, E8)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypedDict

from programme.activities import (
    Activity,
    ActivityState,
    Occasion,
    SigningUp,
    Signup,
    SignupState,
)
from programme.activity_letters import (
    ActivityChanged,
    ActivityReminder,
    PlaceOffered,
    TimesAdded,
    offer_key,
    offer_stamp,
)
from programme.kinds import Kind, Rules, too_late_after
from programme.letters import Letter
from programme.localtime import on_the_clock
from programme.moments import told
from programme.people import Family, Guardian
from programme.slots import slot

_MOMENT = timedelta(microseconds=1)


class About(TypedDict):
    """What every letter on a sign-up says."""

    family_id: int
    guardian_id: int
    signup_id: int
    activity: Activity
    adults: int
    children: int


def by_signup(family: Family, guardian: Guardian, rules: Rules) -> Iterator[Letter]:
    """Everything this parent gets about what they have signed up for, as it stands."""
    for signup in family.signups:
        if signup.guardian_id != guardian.id:
            continue
        yield from _offered(family, guardian, signup, rules)
        yield from _changes(family, guardian, signup, rules)
        if signup.state is SignupState.IN:
            yield from _added(family, guardian, signup, rules)
            yield from _reminders(family, guardian, signup, rules)


def _offered(
    family: Family, guardian: Guardian, signup: Signup, rules: Rules
) -> Iterator[PlaceOffered]:
    """A place from the waiting list, for as long as it is held."""
    offered_at, until = signup.offered_at, signup.offered_until
    if signup.state is not SignupState.OFFERED or offered_at is None or until is None:
        return
    moment = told(family, guardian, Kind.PLACE_OFFERED, offered_at, rules)
    ahead = tuple(each for each in _taking_place(signup) if each.starts_at > offered_at)
    if moment and moment.at < until and ahead:
        yield PlaceOffered(
            key=offer_key(signup),
            at=moment.at,
            called=moment.called,
            not_after=until - _MOMENT,
            occasions=ahead,
            offered=offer_stamp(signup),
            until=until,
            **_about(family, signup),
        )


def _changes(
    family: Family, guardian: Guardian, signup: Signup, rules: Rules
) -> Iterator[ActivityChanged]:
    """Another time, or cancelled: at once, to whoever knew it otherwise."""
    for occasion in signup.occasions:
        at = occasion.changed_at
        if not occasion.revision or at is None or not _matters(signup, occasion, at):
            continue
        old = _as_known(occasion)
        begins = min(old, occasion.starts_at)
        moment = told(family, guardian, Kind.ACTIVITY_CHANGED, at, rules, begins)
        last = _worth_saying_until(occasion, at, rules)
        if moment is None or moment.at > last:
            continue
        yield ActivityChanged(
            key=f"{_key(signup, occasion)}:changed:{guardian.id}",
            at=moment.at,
            called=moment.called,
            not_after=last,
            occasion=occasion,
            old_starts_at=old,
            **_about(family, signup),
        )


def _worth_saying_until(occasion: Occasion, at: datetime, rules: Rules) -> datetime:
    """Until it begins; what is closed when it has begun until its end: somebody is on the way."""
    if _over(occasion) > at >= occasion.starts_at:
        return occasion.ends_at - _MOMENT
    return too_late_after(Kind.ACTIVITY_CHANGED, at, rules, occasion.starts_at)


def _over(occasion: Occasion) -> datetime:
    """From when on a change of it matters to nobody."""
    return occasion.ends_at if occasion.cancelled else _as_known(occasion)


def _as_known(occasion: Occasion) -> datetime:
    """When it would have been, for who has not heard of the change."""
    moved = not occasion.cancelled and occasion.previous_starts_at
    return moved or occasion.starts_at


def _matters(signup: Signup, occasion: Occasion, at: datetime) -> bool:
    """Whether they counted on it as it was; who only waits hears that it is off."""
    if signup.asked_at > at or _over(occasion) <= at:
        return False
    return occasion.cancelled or signup.state is not SignupState.WAITING


def _added(
    family: Family, guardian: Guardian, signup: Signup, rules: Rules
) -> Iterator[TimesAdded]:
    """More times of a series, planned since they signed up: once, whatever was planned at once."""
    later = [each for each in _taking_place(signup) if not each.revision and each.changed_at]
    for at in sorted({each.changed_at for each in later if each.changed_at}):
        new = tuple(each for each in later if each.changed_at == at)
        if signup.activity.signing_up is not SigningUp.ONCE or at <= signup.asked_at:
            continue
        kind = Kind.ACTIVITY_CHANGED
        moment = told(family, guardian, kind, at, rules, new[0].starts_at)
        last = too_late_after(kind, at, rules, new[-1].starts_at)
        if moment is not None and moment.at <= last:
            yield TimesAdded(
                key=f"signup:{signup.id}:added-{int(at.timestamp())}:{guardian.id}",
                at=moment.at,
                called=moment.called,
                not_after=last,
                occasions=new,
                **_about(family, signup),
            )


def _reminders(
    family: Family, guardian: Guardian, signup: Signup, rules: Rules
) -> Iterator[ActivityReminder]:
    """At 17 on the day before each occasion, unless they have just signed up or heard of it."""
    standing = _taking_place(signup)
    for n, occasion in enumerate(standing, 1):
        day = on_the_clock(occasion.starts_at, rules.zone).date()
        at = slot(Kind.ACTIVITY_REMINDER, day - timedelta(days=1), rules)
        known = max(signup.asked_at, occasion.changed_at or signup.asked_at)
        if known > at or at >= occasion.starts_at or _paused(family, at, occasion):
            continue
        yield ActivityReminder(
            key=f"{_key(signup, occasion)}:reminder:{guardian.id}",
            at=at,
            not_after=too_late_after(Kind.ACTIVITY_REMINDER, at, rules, occasion.starts_at),
            occasion=occasion,
            number=n,
            of=len(standing),
            **_about(family, signup),
        )


def _taking_place(signup: Signup) -> list[Occasion]:
    if signup.activity.state is not ActivityState.OPEN:
        return []
    return [each for each in signup.occasions if not each.cancelled]


def _paused(family: Family, at: datetime, occasion: Occasion) -> bool:
    """Whether the family's area rests then: what it reminds of rests with it (mission A4)."""
    moments = (at, occasion.starts_at)
    return any(rest.covers(each) for rest in family.area.rests for each in moments)


def _key(signup: Signup, occasion: Occasion) -> str:
    return f"signup:{signup.id}:{occasion.id}:{occasion.revision}"


def _about(family: Family, signup: Signup) -> About:
    return {
        "family_id": family.id,
        "guardian_id": signup.guardian_id,
        "signup_id": signup.id,
        "activity": signup.activity,
        "adults": signup.adults,
        "children": signup.children,
    }
