"""Write to your team: who reads it, who reads it next, when it is closed (mission F7).

The one letter that carries a person's own words: a parent's to the staff of the family, and the
answer to the parent who asked, never to the other (mission B14, C10).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from programme.kinds import KINDS, Kind, Rules, first_leave
from programme.letters import TeamAnswer, TeamAsk
from programme.localtime import instant, on_the_clock
from programme.moments import told
from programme.people import BookingState, Family, Guardian, StaffMember
from programme.questions import Thread

LONGEST = 500  # signs in one message: a question, not a story
CLOSES_UNANSWERED = timedelta(days=14)
CLOSES_ANSWERED = timedelta(days=3)
_COMES = (BookingState.BOOKED, BookingState.DONE)


def readers(family: Family) -> tuple[StaffMember, ...]:
    """Who reads first: those of the visit that is next or was last, else the whole team."""
    inside = [each for each in family.bookings if each.state in _COMES and each.staff]
    latest = max(inside, key=lambda each: each.starts_at, default=None)
    first = tuple(m for m in latest.staff if m.in_chat) if latest else ()
    return first or everybody(family)


def everybody(family: Family) -> tuple[StaffMember, ...]:
    """All who can be written to."""
    return tuple(m for m in (*family.staff, *family.guests) if m.in_chat)


def passed_on(asked_at: datetime, rules: Rules) -> datetime:
    """When a colleague gets what nobody has answered: one working day after staff could read it."""
    read = on_the_clock(first_leave(Kind.TEAM_ASK, asked_at, rules), rules.zone)
    day = read.date() + timedelta(days=1)
    while not rules.is_working_day(day):
        day += timedelta(days=1)
    return instant(day, read.time(), rules.zone)


def asks(family: Family, member: StaffMember, rules: Rules) -> Iterator[TeamAsk]:
    """What parents have written and nobody has answered, for this colleague.

    Who reads first has it when it is passed on, too, under the same key: they may be first only
    since somebody's access rests or has ended, and then have not heard of it. Said once.
    """
    for thread in family.threads:
        if thread.answered_at is not None:
            continue
        if member.id in {each.id for each in readers(family)}:
            yield _ask(family, member, thread, thread.asked_at, rules)
        yield _ask(family, member, thread, passed_on(thread.asked_at, rules), rules)


def _ask(
    family: Family, member: StaffMember, thread: Thread, called: datetime, rules: Rules
) -> TeamAsk:
    return TeamAsk(
        key=f"thread:{thread.id}:{member.id}",
        at=first_leave(Kind.TEAM_ASK, called, rules),
        called=called,
        not_after=thread.asked_at + CLOSES_UNANSWERED,
        family_id=family.id,
        staff_id=member.id,
        thread_id=thread.id,
        text=thread.text,
    )


def answers(family: Family, guardian: Guardian, rules: Rules) -> Iterator[TeamAnswer]:
    """The team's answers to what this parent has asked."""
    for thread in family.threads:
        if thread.guardian_id == guardian.id and thread.answered_at and thread.answer:
            yield from _answer(family, guardian, thread, thread.answered_at, rules)


def _answer(
    family: Family, guardian: Guardian, thread: Thread, answered_at: datetime, rules: Rules
) -> Iterator[TeamAnswer]:
    if moment := told(family, guardian, Kind.TEAM_ANSWER, answered_at, rules):
        yield TeamAnswer(
            key=f"answer:{thread.id}:{guardian.id}",
            at=moment.at,
            called=moment.called,
            not_after=moment.at + timedelta(days=KINDS[Kind.TEAM_ANSWER].keeps_days or 0),
            family_id=family.id,
            guardian_id=guardian.id,
            text=thread.answer or "",
        )
