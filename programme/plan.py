"""What a family gets, decided in one place (docs/decisions/0002).

The planner, the timeline, `/plan` and the re-check before sending all call `due`. Nothing else
knows these rules, and nothing here asks a clock or a table. Its parts: `by_age.py`,
`by_booking.py`, `by_notice.py`, `by_proposal.py`, `by_signup.py`, `by_wish.py`, and `for_staff.py`
for the staff.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from programme.by_age import by_age, has_room, week_has_room
from programme.by_booking import by_booking
from programme.by_notice import by_notice
from programme.by_poster import answered
from programme.by_proposal import by_proposal
from programme.by_signup import by_signup
from programme.by_wish import by_wish
from programme.consent import asked_anew, covered
from programme.for_staff import due_to_staff
from programme.keeping import notice
from programme.kinds import KINDS, Rules
from programme.letters import AwayNote, Letter, NotOurs
from programme.localtime import days_touched, instant, on_the_clock
from programme.moments import listens, reads_what_stands
from programme.notice_letters import NoticeEdit, NoticeRecall
from programme.people import Family, Guardian, StaffMember
from programme.slots import slot
from programme.threads import answers

_MOMENT = timedelta(microseconds=1)
Reader = tuple[int | None, int | None]  # a guardian's id, or a staff member's


def due(
    family: Family, guardian: Guardian, since: datetime, until: datetime, rules: Rules
) -> list[Letter]:
    """Every letter that falls due to this parent in [since, until), in order of leaving."""
    if family.protected:  # no chat at all (domain.md K28)
        return []
    letters = [
        letter
        for letter in (
            *by_age(family, guardian, since, until, rules),
            *by_booking(family, guardian, rules),
            *by_proposal(family, guardian, rules),
            *by_signup(family, guardian, rules),
            *by_wish(family, guardian, rules),
            *answers(family, guardian, rules),
            *answered(family, guardian, rules),
            *by_notice(family, guardian, rules),
            *notice(family, guardian, rules),
            *asked_anew(family, guardian, rules),
        )
        if since <= letter.due_at < until
        and _heard(family, guardian, letter)
        and covered(guardian, letter)
        and letter.key not in family.skipped
    ]
    return sorted(letters, key=lambda letter: (letter.at, letter.key))


def _heard(family: Family, guardian: Guardian, letter: Letter) -> bool:
    """Whether this parent reads when it falls due, and still when it leaves."""
    if isinstance(letter, AwayNote | NotOurs):
        return True  # it tells of the rest that covers it; or of the end, to who never came in
    if isinstance(letter, NoticeEdit | NoticeRecall):
        return reads_what_stands(family, guardian, letter.due_at)
    return listens(family, guardian, letter.due_at) and listens(family, guardian, letter.at)


def everyones(family: Family, since: datetime, until: datetime, rules: Rules) -> list[Letter]:
    """Every letter about this family that falls due in [since, until): to parents and staff."""
    colleagues = (*family.staff, *family.guests)
    return _to(family, family.guardians, colleagues, since, until, rules)


def _to(
    family: Family,
    parents: Iterable[Guardian],
    colleagues: Iterable[StaffMember],
    since: datetime,
    until: datetime,
    rules: Rules,
) -> list[Letter]:
    to_parents = [each for parent in parents for each in due(family, parent, since, until, rules)]
    return to_parents + [
        letter
        for member in colleagues
        for letter in due_to_staff(family, member, since, until, rules)
    ]


def still_due(
    family: Family, key: str, at: datetime, rules: Rules, reader: Reader | None = None
) -> Letter | None:
    """The letter with that key as the facts are now, if it still falls due at that instant.

    `reader`: whose it is, if that is known; what others would get then is not worked out.
    """
    until = at + _MOMENT
    if reader is None:
        again = everyones(family, at, until, rules)
    else:
        parent, colleague = family.guardian(reader[0]), family.member(reader[1])
        again = _to(
            family, [parent] if parent else (), [colleague] if colleague else (), at, until, rules
        )
    return next((letter for letter in again if letter.key == key), None)


def free_moment(
    family: Family,
    guardian: Guardian,
    letter: Letter,
    now: datetime,
    said: list[date],
    rules: Rules,
) -> datetime:
    """`now` if a late tip may come today, else its hour on the first day that has room for it.

    After an outage nothing comes in a burst: one tip a day, never more than the week holds
    (mission C4, C7). `said`: the days of the last week on which one has come.
    """
    if not KINDS[letter.kind].capped:
        return now
    today = on_the_clock(now, rules.zone).date()
    for day in days_touched(now, letter.not_after, rules.zone):
        if _free(family, guardian, letter, day, said, rules):
            return now if day == today else slot(letter.kind, day, rules)
    return letter.not_after + _MOMENT  # no room while it is worth saying


def _free(
    family: Family,
    guardian: Guardian,
    letter: Letter,
    day: date,
    said: list[date],
    rules: Rules,
) -> bool:
    """Whether that day is not quiet, has no other tip of its own, and the week has room."""
    if day.weekday() in guardian.quiet_days or day in said:
        return False
    if not has_room(day, said) or not week_has_room(day, said):
        return False
    begin, end = (instant(day + timedelta(days=n), time(), rules.zone) for n in (0, 1))
    others = due(family, guardian, begin, end, rules)
    return not any(KINDS[each.kind].capped and each.key != letter.key for each in others)
