"""Everything that is held about one parent and their family, and what is left out, with its reason.

A new table or column stands in the answer or on the list: a test demands it (mission B9).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, or_, select

from programme.looks import LookWhy
from storage.activity_tables import attendance, follow, signup
from storage.database import Tx
from storage.look_tables import look
from storage.outcome_tables import visit_outcome
from storage.tables import (
    answer,
    area,
    booking,
    booking_staff,
    child,
    consent,
    conversation,
    event,
    family,
    guardian,
    inbox,
    invite,
    item,
    outbox,
    rest,
    said,
    staff,
)
from storage.time_tables import (
    proposal,
    request,
    slot,
)
from storage.trust_tables import clearing, guess, thread

Row = dict[str, object]

_WHO = "which parent did it: what one does alone is not shown to the other (B14)"
_STAFFS = "about a colleague, not about the family"
_PLACES = "about a place"
_PUBLIC = "public words for many families, with nothing about any of them"

# Tables and columns that are not in the answer, each with its reason.
# Of the family's row: whose interpreter it is, where there are two homes, is nobody else's to know.
_OF_A_HOME = {"spoken", "interpreter_wish"}

LEFT_OUT: dict[str, str] = {
    "memory": "about the installation",
    "tally": "figures without identity: nobody can tell whose they are",
    "summer": "about an area",
    "poster": "about an area",
    **dict.fromkeys(("busy", "hours", "quarter", "slot_staff", "staff_area"), _STAFFS),
    "recording": "public words in a colleague's voice",
    "note": "a coordinator's line for the yearly follow-up, about no family",
    "research_export": "how many rows were written for researchers, and when; whose is in none",
    **dict.fromkeys(("place", "place_area", "edition"), _PLACES),
    **dict.fromkeys(("notice", "notice_area", "wording"), _PUBLIC),
    **dict.fromkeys(("activity", "activity_area", "occasion", "seats"), _PUBLIC),
    "invite.code_hash": "opens the family's door; only its hash is kept",
    "staff.chat_id": _STAFFS,
    **dict.fromkeys(
        (
            *("staff.link_hash", "staff.link_expires_at", "staff.feed_hash", "staff.busy_url"),
            *("staff.travel", "staff.debrief", "staff.calendar", "staff.ended_at"),
            *("staff.area_id", "staff.language", "staff.morning"),
            *("staff.confirmed_at", "staff.rests_since", "staff.rests_why"),
            *("booking.made_by", "proposal.made_by", "request.done_by", "thread.answered_by"),
            "visit_outcome.ticked_by",
        ),
        _STAFFS,
    ),
    **dict.fromkeys(
        (
            *("booking.changed_by", "proposal.ended_by", "rest.by_guardian"),
            *("guardian.asked_by", "guardian.asked_name", "invite.made_by", "family.why_told_at"),
        ),
        _WHO,
    ),
    "list_look": "about an area: who has opened a list, on which day; shown in *Who has looked?*",
    "unusual_look": _STAFFS,
    "look.hour": "the same as the time, to keep an hour once",
    "look.at": "the hour would tell what one parent did alone (B14); *Who has looked?* has the day",
    "look.given": _STAFFS,
    "look.words": "a colleague's words, which may tell what one parent did alone (B14)",
    "look.guardian_id": _WHO,
    "conversation.data": "half a step of a conversation, such as a chosen language; gone in days",
    "inbox.raw": "what was written, until it is answered: emptied in that moment",
    "inbox.answer": "an answer, until it is said: emptied in that moment",
}


@dataclass(frozen=True)
class Whose:
    """Whose data is asked for."""

    family_id: int
    guardian_id: int
    chat_id: int | None
    home: int
    alone: bool  # no other parent: what happened to the family was them
    apart: bool = False  # another parent has a home of their own, and a language (B15)


async def of(tx: Tx, who: Whose) -> dict[str, list[Row]]:
    """Every row about this parent and family, by table, as plain values."""
    found: dict[str, list[Row]] = {}
    for table, where in _rows(who):
        shown = [each for each in _shown(table) if not _is_the_others(table, each.name, who)]
        rows = await tx.execute(select(*shown).where(where).order_by(*table.primary_key))
        found[table.name] = [
            {name: _plain(value) for name, value in row._mapping.items()} for row in rows
        ]
    return found


def _is_the_others(table: Table, column: str, who: Whose) -> bool:
    return table is family and who.apart and column in _OF_A_HOME


def _shown(table: Table) -> list[Any]:
    return [each for each in table.columns if f"{table.name}.{each.name}" not in LEFT_OUT]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value


Part = tuple[Table, ColumnElement[bool]]


def _rows(who: Whose) -> Sequence[Part]:
    """Each table with whatever makes a row this parent's; never the other's, nor another home's."""
    return (*_of_the_family(who), *_of_visits(who), *_of_the_parent(who), *_of_the_chat(who))


def _of_the_family(who: Whose) -> Sequence[Part]:
    home = select(family.c.area_id).where(family.c.id == who.family_id)
    return (
        (area, area.c.id == home.scalar_subquery()),
        (family, family.c.id == who.family_id),
        (child, child.c.family_id == who.family_id),
        (rest, or_(rest.c.guardian_id == who.guardian_id, rest.c.family_id == who.family_id)),
        (invite, _links(who)),
        (look, _looks(who)),
        # What staff were told may be what the other parent did alone.
        (event, event.c.family_id == who.family_id if who.alone else false()),
    )


def _of_visits(who: Whose) -> Sequence[Part]:
    """What was booked or offered with this home, who came, and who of the staff has looked."""

    def with_home(table: Table) -> ColumnElement[bool]:
        theirs = or_(table.c.home.is_(None), table.c.home == who.home)
        return and_(table.c.family_id == who.family_id, theirs)

    seen = select(booking.c.id).where(with_home(booking))
    came = select(booking_staff.c.staff_id).where(booking_staff.c.booking_id.in_(seen))
    looked = select(look.c.staff_id).where(_looks(who))
    offered = select(proposal.c.id).where(with_home(proposal))
    return (
        (booking, with_home(booking)),
        (booking_staff, booking_staff.c.booking_id.in_(seen)),
        (visit_outcome, visit_outcome.c.booking_id.in_(seen)),
        (staff, or_(staff.c.id.in_(came), staff.c.id.in_(looked))),
        (proposal, with_home(proposal)),
        (slot, slot.c.proposal_id.in_(offered)),
    )


def _of_the_parent(who: Whose) -> Sequence[Part]:
    theirs = (consent, answer, request, thread, signup, follow, item, outbox)
    return (
        (guardian, guardian.c.id == who.guardian_id),
        *((table, table.c.guardian_id == who.guardian_id) for table in theirs),
        (attendance, attendance.c.signup_id.in_(_signups(who))),
    )


def _of_the_chat(who: Whose) -> Sequence[Part]:
    here = who.chat_id if who.chat_id is not None else 0
    theirs = (said, guess, clearing, inbox, conversation)
    return tuple((table, table.c.chat_id == here) for table in theirs)


def _looks(who: Whose) -> ColumnElement[bool]:
    """Looks that this parent is told of (programme/looks.py)."""
    return and_(
        look.c.family_id == who.family_id,
        or_(look.c.guardian_id == who.guardian_id, look.c.guardian_id.is_(None)),
        or_(look.c.home == who.home, look.c.home.is_(None)),
        or_(look.c.guardian_id.is_not(None), look.c.why != LookWhy.ASKED),
    )


def _signups(who: Whose) -> Select[Any]:
    """The numbers of what this parent has signed up for."""
    return select(signup.c.id).where(signup.c.guardian_id == who.guardian_id)


def _links(who: Whose) -> ColumnElement[bool]:
    """Links this parent made or came by; of one parent alone, all of the family."""
    own = (invite.c.made_by, invite.c.guardian_id, invite.c.renews_id)
    mine = or_(*(each == who.guardian_id for each in own))
    return (
        and_(invite.c.family_id == who.family_id, mine)
        if not who.alone
        else (invite.c.family_id == who.family_id)
    )
