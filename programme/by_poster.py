"""Who came by an area's poster: staff are asked, and asked once more; the parent hears the answer.

Mission B2. Nothing else is said to or about a family that waits.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from programme.kinds import KINDS, Kind, Rules, first_leave, too_late_after
from programme.letters import Letter, NotOurs, PosterAsk, Welcomed
from programme.localtime import instant, on_the_clock
from programme.moments import told
from programme.people import Family, Guardian, StaffMember

WAITS_DAYS = 14  # then nobody has answered, and what the parent told is forgotten
_REMINDED_AFTER = 2  # working days
_MORNING = time(7, 30)


def poster_asks(family: Family, member: StaffMember, rules: Rules) -> Iterator[PosterAsk]:
    """Is that family ours? To everybody of the area's staff who reads the chat."""
    since = family.waits_since
    if since is None or family.refused_at or member not in family.staff:
        return
    for again, called in ((False, since), (True, reminded(since, rules))):
        at = first_leave(Kind.POSTER_ASK, called, rules)
        yield _ask(family, member, called, at, again, rules)


def _ask(
    family: Family, member: StaffMember, called: datetime, at: datetime, again: bool, rules: Rules
) -> PosterAsk:
    child, parent = family.children[0], family.guardians[0]
    return PosterAsk(
        key=f"staff:poster:{parent.id}:{'again:' if again else ''}{member.id}",
        at=at,
        called=called,
        not_after=too_late_after(Kind.POSTER_ASK, at, rules, None),
        family_id=family.id,
        staff_id=member.id,
        asker_id=parent.id,
        born=child.born,
        due=child.due,
        eligible=bool(family.eligible),
        language=parent.language,
        again=again,
    )


def reminded(since: datetime, rules: Rules) -> datetime:
    """The morning after two whole working days."""
    day, left = on_the_clock(since, rules.zone).date(), _REMINDED_AFTER + 1
    while left:
        day += timedelta(days=1)
        left -= rules.is_working_day(day)
    return instant(day, _MORNING, rules.zone)


def waiting_since(mornings: list[date], rules: Rules) -> list[tuple[datetime, datetime]]:
    """When a family may have begun to wait about which staff are reminded on those days."""
    if not mornings:
        return []
    earliest = mornings[0] - timedelta(days=14)  # no row of closed days is longer
    return [(instant(earliest, time(), rules.zone), instant(mornings[-1], time(), rules.zone))]


def answered(family: Family, guardian: Guardian, rules: Rules) -> Iterator[Letter]:
    """Welcome, or a kind no; also where nobody has answered in time."""
    if guardian.by_poster and guardian.active_since:
        kind = Kind.WELCOMED
        if moment := told(family, guardian, kind, guardian.active_since, rules):
            yield Welcomed(
                key=f"welcomed:{guardian.id}",
                at=moment.at,
                called=moment.called,
                not_after=moment.at + timedelta(days=KINDS[kind].keeps_days or 0),
                family_id=family.id,
                guardian_id=guardian.id,
            )
    if family.refused_at and guardian.by_poster:
        at = first_leave(Kind.NOT_OURS, family.refused_at, rules)
        yield NotOurs(
            key=f"not_ours:{guardian.id}",
            at=at,
            called=family.refused_at,
            not_after=too_late_after(Kind.NOT_OURS, at, rules, None),
            family_id=family.id,
            guardian_id=guardian.id,
        )
