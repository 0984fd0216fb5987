"""Write to your team: relayed, answered, passed on, and gone when it is over (mission F7, B14)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from messaging.isolates import clean_lines
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.looks import LookWhy
from programme.people import Family
from programme.threads import CLOSES_ANSWERED, CLOSES_UNANSWERED, LONGEST, everybody, readers
from services.access import Colleague, Reader, family_for_staff, family_of, open_lists
from services.planning import catch_up
from storage import availability, clearings, tallies
from storage import threads as kept
from storage.availability import Span
from storage.database import Tx

__all__ = [
    "LONGEST",
    "Asked",
    "Open",
    "Question",
    "answer",
    "ask",
    "close_all",
    "close_old",
    "open_one",
    "reads",
    "waiting",
]


class Asked(StrEnum):
    """What came of writing to the team, or of answering."""

    DONE = "done"
    EMPTY = "empty"  # nothing in it can be read
    TOO_LONG = "too_long"
    NOBODY = "nobody"  # no colleague reads messages here
    TOO_LATE = "too_late"  # somebody has answered, or it is closed


@dataclass(frozen=True)
class Open:
    """A thread that nobody has answered, by family."""

    thread_id: int
    family_id: int
    label: str | None


@dataclass(frozen=True)
class Question:
    """What a parent wrote, and the language they read."""

    text: str
    language: str


async def reads(tx: Tx, reader: Reader) -> Span | None:
    """The hours in which somebody of the team works, if anybody reads here; (0, 0): unknown."""
    family = await family_of(tx, reader)
    if not everybody(family):
        return None
    weeks = await availability.hours_of(tx, [member.id for member in readers(family)])
    spans = [span for week in weeks.values() for day in week.values() for span in day]
    if not spans:
        return 0, 0
    return min(begins for begins, _ in spans), max(ends for _, ends in spans)


async def ask(tx: Tx, reader: Reader, text: str, now: datetime, rules: Rules) -> Asked:
    """A parent's words go to the staff of the family, and to nobody else."""
    text = clean_lines(text)
    if fault := _fault(text):
        return fault
    family = await family_of(tx, reader)
    if not everybody(family):
        return Asked.NOBODY
    await kept.add(tx, family.id, reader.guardian.id, text, now)
    await _count(tx, family, Figure.TEAM_ASKED, now, rules)
    await catch_up(tx, family.id, now, rules)
    return Asked.DONE


async def waiting(tx: Tx, colleague: Colleague, now: datetime) -> list[Open]:
    """What nobody of the colleague's areas has answered; raises NotYours."""
    await open_lists(tx, colleague, now)
    return [Open(*each) for each in await kept.waiting(tx, colleague.areas)]


async def open_one(tx: Tx, colleague: Colleague, thread_id: int, now: datetime) -> Question | None:
    """What a parent wrote, and what they read; None: answered or closed. Raises NotYours."""
    family = await _family(tx, colleague, thread_id, now)
    thread = next((t for t in family.threads if t.id == thread_id), None) if family else None
    if family is None or thread is None or thread.answered_at:
        return None
    asker = family.guardian(thread.guardian_id)
    return Question(thread.text, asker.language) if asker else None


async def answer(
    tx: Tx, colleague: Colleague, thread_id: int, text: str, now: datetime, rules: Rules
) -> Asked:
    """The team's answer goes to the parent who asked, and to nobody else; raises NotYours."""
    text = clean_lines(text)
    if fault := _fault(text):
        return fault
    family = await _family(tx, colleague, thread_id, now)
    if family is None:
        return Asked.TOO_LATE
    if not await kept.answer(tx, thread_id, colleague.member.id, text, now):
        return Asked.TOO_LATE
    await _count(tx, family, Figure.TEAM_ANSWERED, now, rules)
    await catch_up(tx, family.id, now, rules)
    return Asked.DONE


def _fault(text: str) -> Asked | None:
    if not text:
        return Asked.EMPTY
    return Asked.TOO_LONG if len(text) > LONGEST else None


async def _family(tx: Tx, colleague: Colleague, thread_id: int, now: datetime) -> Family | None:
    family_id = await kept.family_of(tx, thread_id)
    if not family_id:
        return None
    return await family_for_staff(tx, colleague, family_id, now, LookWhy.ASKED)


async def _count(tx: Tx, family: Family, what: Figure, now: datetime, rules: Rules) -> None:
    await tallies.count(tx, family.area.id, on_the_clock(now, rules.zone).date(), what)


async def close_old(tx: Tx, now: datetime) -> int:
    """Threads whose time is over: texts go here, and on the phones of staff; how many."""
    old = await kept.old(tx, now - CLOSES_UNANSWERED, now - CLOSES_ANSWERED)
    for number in old:
        await _close(tx, number, now)
    return len(old)


async def close_all(tx: Tx, family_id: int, guardian_id: int | None, now: datetime) -> None:
    """What this parent wrote, or everybody of the family, goes: from the phones of staff, too."""
    for number in await kept.numbers(tx, family_id, guardian_id):
        await _close(tx, number, now)


async def _close(tx: Tx, number: int, now: datetime) -> None:
    for each in await kept.on_phones(tx, number):
        await clearings.ask(tx, each.chat_id, each.message_id, each.said_at, now, each.language)
    await kept.close(tx, number)
